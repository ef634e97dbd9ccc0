# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

done_mark=$root/conda/.done
installer=$root/downloads/miniforge/${miniforge_url##*/}

check() {
  [[ -x $root/conda/bin/conda ]] && marked "$done_mark" "$miniforge_sha256"
}

downloads() { to_fetch "$miniforge_sha256" "$miniforge_url" "$installer"; }

apply() {
  pinned miniforge_sha256
  fetch_file "$miniforge_url" "$miniforge_sha256" "$installer"
  # The installer takes no prefix that exists; it writes its path into its files, so it can't be moved there afterwards.
  # The mark first: what is half removed must not pass for whole.
  rm -f -- "$done_mark"
  rm -rf -- "$root/conda"
  # -b: no questions, and no start file of the shell is touched. A conda of the box is left alone, and not used: its settings, channels
  # and packages are somebody else's.
  if ! HOME=$(conda_home) TMPDIR=$(scratch) bash "$installer" -b -p "$root/conda"; then
    stop_if_full "$root" "Miniforge can't be installed"
    fail "Miniforge could not be installed; its words above say why"
  fi
  mark "$done_mark" "$miniforge_sha256"
}
