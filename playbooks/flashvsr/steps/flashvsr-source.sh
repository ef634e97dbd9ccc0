# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

link=$root/FlashVSR/examples/WanVSR/FlashVSR-v1.1

check() {
  at_commit "$root/FlashVSR" "$flashvsr_commit" && [[ -L $link ]]
}

downloads() { git_to_fetch "$flashvsr_git" "$flashvsr_commit" "$root/FlashVSR"; }

apply() {
  pinned flashvsr_commit
  fetch_git "$flashvsr_git" "$flashvsr_commit" "$root/FlashVSR"
  link_weights
}
