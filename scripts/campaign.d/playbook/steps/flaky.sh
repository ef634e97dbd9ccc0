# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
# Fails once, in a way that may pass.
check() { present; }
apply() {
  begin
  ((STEP_ATTEMPT > 1)) || exit 75
  effect
}
