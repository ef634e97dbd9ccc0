# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Secrets on their way from submit to runner to leader: over pipes, so that neither has them in its environment, which every
# process of the same user can read. A list of them is NAME=value, each ended by NUL, and a dot at the end.

declare -A SECRETS

# Prints of SECRETS those that the step $1 names.
say_secrets_of() {
  local name
  while IFS= read -r name; do
    [[ -z ${SECRETS[$name]+set} ]] || printf '%s=%s\0' "$name" "${SECRETS[$name]}"
  done <"$bundle/steps/$1/secrets"
  printf '.\0'
}

# Fills SECRETS from stdin; 1: the list broke off.
read_secrets() {
  local secret
  while IFS= read -r -d '' secret; do
    [[ $secret != . ]] || return 0
    SECRETS[${secret%%=*}]=${secret#*=}
  done
  return 1
}
