# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

done_mark=$root/env/.done/flashvsr-requirements
wanted=$(sha256_text "$flashvsr_requirements $root")

check() {
  marked "$done_mark" "$wanted" && installed "$flashvsr_requirements"$'\n'"torch==$torch_version"
}

downloads() { wheels_to_fetch "$flashvsr_requirements" "$root/downloads/flashvsr"; }

apply() {
  local dir=$root/downloads/flashvsr site
  pinned flashvsr_requirements
  fetch_wheels "$flashvsr_requirements" "$dir"
  rm -f -- "$done_mark"
  install_wheels "$dir" "$flashvsr_requirements"
  installed "torch==$torch_version" || fail "torch was replaced by what flashvsr_requirements install"
  # FlashVSR itself is found where it lies: its setup.py would pin another torch, and runs with old setuptools only.
  site=$("$python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s\n' "$root/FlashVSR" >"$site/flashvsr.pth.new"
  mv -f -- "$site/flashvsr.pth.new" "$site/flashvsr.pth"
  mark "$done_mark" "$wanted"
}
