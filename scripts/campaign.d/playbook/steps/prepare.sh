# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
check() { present; }
apply() {
  begin
  mkdir -p "$root/build"
  effect
}
