# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# The two versions of FlashVSR's weights. Their files have the same names, tensors and (but for one) sizes, so that either version loads with a file of
# the other without a word, and spoils the picture: only the SHA-256 tells them apart.

# Lines "VERSION SHA-256" of the files that differ.
weights_versions='
v1 b05be65078a22000d8efdb6ce212133fd043255371c015329e9f3d31645c62c5
v1 7ad76b2cc682d72e9521c5fa6bf15850c974c8aff9a04c92882b49c0517ffb94
v1.1 bd28180edcf3446c028e32fc6b731a80bf7e4da2ab4caac3186b9499964d37be
v1.1 d6d011cdaaba6a52645086caa08fa04124e746f6ca568140a24007591142bfd2
'

# weights_folder: the folder below weights/, as FlashVSR's scripts call it: FlashVSR for version 1, whose repository has that name; else FlashVSR-v1.1.
weights_folder() {
  if [[ ${weights_repo##*/} == FlashVSR ]]; then say FlashVSR; else say FlashVSR-v1.1; fi
}

# weights_version: the version that is wanted.
weights_version() {
  if [[ $(weights_folder) == FlashVSR ]]; then say v1; else say v1.1; fi
}

# version_with SHA256: the version that a file with this SHA-256 belongs to; nothing where it belongs to both, or is not known.
version_with() {
  local version sha
  while read -r version sha; do
    [[ $sha != "$1" ]] || say "$version"
  done < <(lines "$weights_versions")
}

# Links where the scripts of FlashVSR look for its weights, which lie outside of the source, so that a newer source keeps them.
link_weights() {
  local folder
  mkdir -p -- "$root/FlashVSR/examples/WanVSR"
  for folder in FlashVSR FlashVSR-v1.1; do
    ln -sfn "../../../weights/$folder" "$root/FlashVSR/examples/WanVSR/$folder"
  done
}
