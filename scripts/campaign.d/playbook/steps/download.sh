# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
# Its effect is the file itself: a marker beside it could fail to be written when the file is whole.
present() { [[ -e $root/weights ]]; }
check() { present; }
apply() {
  local part=$root/weights.part have=0
  begin
  if [[ -e $part ]]; then have=$(stat -c %s "$part"); fi
  printf 'have %s of %s\n' "$have" "$size"
  if ((have < size)); then
    curl -sS --fail --connect-timeout 5 --speed-limit 1 --speed-time 5 -C "$have" -o "$part" "$url" || exit 75
  fi
  if ! printf '%s  %s\n' "$sum" "$part" | sha256sum --status -c; then
    note spoiled
    rm "$part"
    exit 1
  fi
  mv "$part" "$root/weights"
  note effect
}
