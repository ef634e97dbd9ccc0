# shellcheck shell=bash disable=SC2016,SC2034,SC2154 # a part of boxes.sh; holds what the box expands
# Start files of the shell, and what a ready image sets: the whole program, over SSH.

up() {
  HOME=$work/home.d "$repo/scripts/flashvsr-deploy" up "tester@$(value address)" --yes --plain --identity "$(value key)" --known-hosts "$work/known" \
    --accept-new-host-key --state-dir "$work/state" --ssh-config /dev/null --playbook "$work/small" --set root=/workspace/up >"$work/log" 2>&1
}
mkdir -p "$work/small" "$work/home.d"
cp -r "$playbook/lib" "$work/small"
cat >"$work/small/playbook.yaml" <<'END'
version: 1
name: small
library: [lib/common.sh, lib/disk.sh]
steps:
  - id: environment
    check: '[[ -e $root/seen ]]'
    run: 'export -p | grep -oE "(PIP_|CONDA_|PYTHON|LD_PRELOAD|HF_)[A-Z_0-9]*" | sort -u | tr "\n" " " >$root/seen.new; mv $root/seen.new $root/seen'
END
chatty() {
  as_root bash -c 'rm -rf /workspace/up; cat >/home/tester/.bashrc' <<'END'
echo "Welcome to this image"
export PIP_INDEX_URL=http://nowhere.invalid PIP_BREAK_SYSTEM_PACKAGES=1 CONDA_PREFIX=/opt/conda CONDA_PKGS_DIRS=/nowhere HF_HUB_ENABLE_HF_TRANSFER=1
export PYTHONPATH=/opt/lib PYTHONHOME=/opt LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libz.so.1
return 0
END
  up || { cat "$work/log"; return 1; }
  same 'PYTHONNOUSERSITE PYTHONUTF8 ' "$(<"$disk/up/seen")"
}
check "a .bashrc that prints, sets PIP_*, CONDA_*, PYTHONPATH, LD_PRELOAD and returns early has no effect on the steps" chatty
exits() {
  local code=0
  as_root bash -c 'rm -rf /workspace/up; printf "echo no commands here\nexit 7\n" >/home/tester/.bashrc'
  up || code=$?
  same 4 "$code" && has "$(<"$work/log")" /.bashrc && has "$(<"$work/log")" 'case $- in' && [ ! -e "$disk/up" ]
}
check "a .bashrc that exits is refused in clear words, and nothing is changed" exits
