# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
check() { present; }
apply() {
  begin
  cd "$root/build"
  # What Ninja knows to be finished must not be compiled again.
  if [[ -e .ninja_log ]]; then awk -F '\t' 'NF == 5 { print "known", $4 }' .ninja_log >>"$ledger/units"; fi
  ninja -j 3 all || { pause 0.5 && exit 75; }
  effect
}
