# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

# Where the scripts of FlashVSR look for its weights; they lie outside of the source, so that a newer source keeps them.
link=$root/FlashVSR/examples/WanVSR/FlashVSR-v1.1

check() {
  at_commit "$root/FlashVSR" "$flashvsr_commit" && [[ -L $link ]]
}

downloads() { git_to_fetch "$flashvsr_git" "$flashvsr_commit" "$root/FlashVSR"; }

apply() {
  pinned flashvsr_commit
  fetch_git "$flashvsr_git" "$flashvsr_commit" "$root/FlashVSR"
  mkdir -p -- "${link%/*}"
  ln -sfn ../../../weights/FlashVSR-v1.1 "$link"
}
