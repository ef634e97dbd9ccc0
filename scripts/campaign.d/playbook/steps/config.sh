# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
# Its effect is its line, added blindly: were this done twice, the line would be there twice.
present() { grep -qsx "$STEP_ID" "$root/config"; }
check() { present; }
apply() {
  begin
  pause 0.7
  printf '%s\n' "$STEP_ID" >>"$root/config"
  note effect
}
