# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# The environment of checks and applies: emptied, then a known set. Both survey and leader use this file, so that a
# check sees the same before and after apply.

declare -A DEPLOY_BASE

# Fills DEPLOY_BASE from this session, and from the two files where providers of boxes put what a login would see.
base_environment() {
  local name account='\u' directory
  account=${account@P}
  if [[ -z ${HOME-} ]]; then
    unset HOME
    HOME=~ # without the variable the tilde is what the account's entry says
  fi
  DEPLOY_BASE=([USER]=$account [LOGNAME]=$account [HOME]=$HOME [TZ]=${TZ:-UTC} [LC_ALL]=C.UTF-8 [TMPDIR]=/tmp)
  if [[ -n ${TMPDIR-} && -d $TMPDIR && -w $TMPDIR ]]; then
    DEPLOY_BASE[TMPDIR]=$TMPDIR
  fi
  DEPLOY_BASE[PATH]=${PATH:-/usr/local/bin:/usr/bin:/bin}
  for directory in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin /usr/local/nvidia/bin /usr/local/cuda/bin; do
    if [[ ":${DEPLOY_BASE[PATH]}:" != *":$directory:"* ]]; then
      DEPLOY_BASE[PATH]+=:$directory
    fi
  done
  while IFS= read -r name; do
    ! passes_on "$name" || DEPLOY_BASE[$name]=${!name}
  done < <(compgen -e)
  add_from /etc/environment
  add_from /etc/rp_environment
  share_authorities
}

# Whether scripts get this variable of the session.
passes_on() {
  [[ $1 == *_proxy || $1 == *_PROXY || $1 == CUDA_VISIBLE_DEVICES || $1 == NVIDIA_* || $1 == NODE_EXTRA_CA_CERTS ||
    " $CA_FILES $CA_DIRECTORIES " == *" $1 "* ]]
}

# By these each program (OpenSSL, Python and Go; curl; requests, pip and conda; git; AWS) finds a file, or a directory, of the authorities that it trusts.
# PIP_CERT is read, and not passed on: no PIP_* is.
CA_FILES='SSL_CERT_FILE CURL_CA_BUNDLE REQUESTS_CA_BUNDLE GIT_SSL_CAINFO AWS_CA_BUNDLE PIP_CERT'
CA_DIRECTORIES='SSL_CERT_DIR GIT_SSL_CAPATH'

# What the box states for one of these programs, all of them get, each by its own variable: who sets one means the network, where somebody
# signs what comes from elsewhere. What a variable names must be there, else it is left out.
share_authorities() {
  local name value file='' directory=''
  for name in $CA_FILES; do
    value=${DEPLOY_BASE[$name]-}
    if [[ -f $value && -r $value && -s $value ]]; then
      file=${file:-$value}
    elif [[ -d $value && -x $value && $name == @(REQUESTS_CA_BUNDLE|PIP_CERT) ]]; then
      directory=${directory:-$value}
    else
      unset "DEPLOY_BASE[$name]"
    fi
  done
  for name in $CA_DIRECTORIES; do
    value=${DEPLOY_BASE[$name]-}
    if [[ -d ${value%%:*} && -x ${value%%:*} ]]; then
      directory=${directory:-${value%%:*}}
    else
      unset "DEPLOY_BASE[$name]"
    fi
  done
  for name in $CA_FILES; do
    [[ -z $file || -n ${DEPLOY_BASE[$name]-} ]] || DEPLOY_BASE[$name]=$file
  done
  unset 'DEPLOY_BASE[PIP_CERT]'
  [[ -n $directory ]] || return 0
  for name in $CA_DIRECTORIES; do
    [[ -n ${DEPLOY_BASE[$name]-} ]] || DEPLOY_BASE[$name]=$directory
  done
  [[ -n ${DEPLOY_BASE[REQUESTS_CA_BUNDLE]-} ]] || DEPLOY_BASE[REQUESTS_CA_BUNDLE]=$directory
}

# REPLY: where step $1 has its temporary files: below the root, whose disk has the room. 1: there is no such place (yet).
temporary_of() {
  REPLY=$deploy/state/$1/tmp
  [[ -d $REPLY && -w $REPLY ]]
}

# Reads NAME=value lines as data: nothing in them is run or expanded. What the session has comes first.
add_from() {
  local line name value
  [[ -r $1 ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line#"${line%%[![:blank:]]*}"}
    line=${line#export }
    name=${line%%=*} value=${line#*=}
    if [[ $line == *=* && $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] && passes_on "$name" && [[ -z ${DEPLOY_BASE[$name]+set} ]]; then
      value=${value%"${value##*[![:space:]]}"}
      if [[ $value == '"'*'"' || $value == "'"*"'" ]]; then
        value=${value:1:${#value}-2}
      fi
      DEPLOY_BASE[$name]=$value
    fi
  done <"$1"
}

# Takes the export mark from every variable and function, so that what is started gets none of them.
export_nothing() {
  local deploy_name
  while IFS= read -r deploy_name; do
    export -n "${deploy_name?}" 2>/dev/null || :
  done < <(compgen -e)
  while IFS= read -r deploy_name; do
    export -nf "${deploy_name##* }" 2>/dev/null || :
  done < <(declare -Fx)
}

# Exports the assignments "NAME=value" given. Only in a process that runs nothing else of ours afterwards: a name may be
# one that we use, too, even for an array, which would stay one and could not be exported.
export_all() {
  local deploy_assignment
  for deploy_assignment in "$@"; do
    unset -v "${deploy_assignment%%=*}"
    export "${deploy_assignment?}"
  done
}
