# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# What the parts have in common. Variables of the playbook are in vars, the root is $root.

# step ID check|apply|both [NAME=VALUE]...: as the runner does it; both: check says no, apply ends well, check says yes.
step() {
  local id=$1 what=$2 settings=(STEP_FILES="$playbook") inputs name
  shift 2
  inputs=$(sed -n "/- id: $id\$/,/inputs:/s/.*inputs: \[\(.*\)\].*/\1/p" "$playbook/playbook.yaml")
  for name in ${inputs//,/}; do settings+=("$name=${vars[$name]-}"); done
  mkdir -p "$work/step/$id"
  settings+=(STEP_DIR="$work/step/$id" "$@")
  if [[ $what != both ]]; then
    in_step "$root" "sleep() { :; }"$'\n'"$(<"$playbook/steps/$id.sh")"$'\n'"$what" "${settings[@]}"
    return
  fi
  in_step "$root" "$(<"$playbook/steps/$id.sh")"$'\n'check "${settings[@]}"
  if ((status == 0)); then
    status="check said yes before"
    return
  fi
  in_step "$root" "$(<"$playbook/steps/$id.sh")"$'\n'apply "${settings[@]}"
  ((status == 0)) || return
  in_step "$root" "$(<"$playbook/steps/$id.sh")"$'\n'check "${settings[@]}"
}

# bytes PATH...: what lies there below the root.
bytes() { (cd "$root" && find "$@" -name .git -prune -o \( -type f -o -type l \) -print | sort | xargs sha256sum 2>&1); }

# cut_off ID UNDO PATH...: killed after any number of its commands (a few of them are tried), with all of its processes as the runner ends
# what is left before it begins anew: it is not taken for done as
# long as what lies at PATH is not all there, and the next apply completes it. UNDO makes it do all of its work.
cut_off() {
  local id=$1 undo=$2 whole n=$((RANDOM % 9 + 1)) cuts=0
  shift 2
  whole=$(bytes "$@")
  while :; do
    (cd "$root" && eval "$undo")
    step "$id" "n=0; set -T; trap '((++n != $n)) || kill -KILL -- -\$\$' DEBUG; apply" 2>/dev/null
    [[ $status == 137 ]] || break
    cuts=$((cuts + 1))
    step "$id" check
    if [[ $status == 0 && $(bytes "$@") != "$whole" ]]; then
      status="taken for done when cut off at command $n"
      break
    fi
    step "$id" apply && step "$id" check
    [[ $status == 0 ]] || break
    n=$((n + 11))
  done
  expect "$id goes on wherever it was cut off ($cuts places)" 0 "$((cuts > 1)) $(bytes "$@")" "1 $whole"
}

ok() { expect "$1" 0 "" ""; }

sum() { sha256sum "$1" | head -c 64; }

script() {
  mkdir -p "${1%/*}"
  cat >"$1"
  chmod +x "$1"
}

commit() {
  command git -C "$1" add -A
  command git -C "$1" -c user.name=x -c user.email=x@x commit -qm x
  command git -C "$1" rev-parse HEAD
}
