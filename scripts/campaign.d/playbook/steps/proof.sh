# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
# Everything that the steps before it claim.
check() { present; }
apply() {
  begin
  printf '%s  %s\n' "$sum" "$root/weights" | sha256sum --status -c
  "$root/build/program"
  for line in config-a config-b config-c; do
    [[ $(grep -cx "$line" "$root/config") == 1 ]]
  done
  effect
  echo 'all as it should be'
}
