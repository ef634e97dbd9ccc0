# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
# Numbered lines, of which none may be lost or shown twice.
check() { present; }
apply() {
  local line
  begin
  for line in {1..400}; do
    printf 'word %d of attempt %d\n' "$line" "$STEP_ATTEMPT"
    pause 0.01
  done
  effect
}
