# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

dir=$root/weights/$(weights_folder)
# Pointers and, while they come in, objects of Git LFS; on the same disk as the files, so that these are moved, not copied.
clone=$root/weights/.git-lfs
verified=$dir/.verified
# Lines like those, of the files that attempts since the last success have hashed: a next attempt need not do it again.
hashed=$dir/.hashed

# What the files looked like when their SHA-256 was right: lines "SHA-256 SIZE MTIME INODE FILE".
# With DEPLOY_DEEP set (`status --deep`) their bytes are read again.
check() {
  local sha size file changed=
  [[ -n $weights_manifest && -f $verified ]] || return 1
  while read -r sha size file; do
    if [[ $(size_of "$dir/$file") != "$size" ]] || ! contains "$verified" "$(seen "$sha" "$file")"; then
      say "$file: $(what_is "$dir/$file" "$size")"
      return 1
    fi
  done < <(lines "$weights_manifest")
  [[ -n ${DEPLOY_DEEP:-} ]] || return 0
  while read -r sha size file; do
    [[ $(sha256 "$dir/$file") == "$sha" ]] || changed+=${changed:+, }$file
  done < <(lines "$weights_manifest")
  [[ -z $changed ]] || say "no longer what its SHA-256 says: $changed. up --force weights fetches that anew"
  [[ -z $changed ]]
}

# By their sizes: to hash some GB takes too long here. Of a file that has rotted apply leaves nothing behind.
downloads() {
  local sha size file
  while read -r sha size file; do
    [[ $(size_of "$dir/$file") == "$size" ]] ||
      printf 'file %s %s %s HF_TOKEN %s\n' "$sha" "$hub_base/$weights_repo/resolve/$weights_revision/$file" "$size" "$dir/$file"
  done < <(lines "$weights_manifest")
}

seen() { printf '%s %s %s' "$1" "$(stat -c '%s %Y %i' -- "$dir/$2")" "$2"; }

what_is() {
  if [[ ! -f $1 ]]; then
    say "not there"
  elif is_pointer "$1"; then
    say "only a Git LFS pointer, not the file itself"
  elif [[ $(size_of "$1") != "$2" ]]; then
    say "has $(size_of "$1") bytes instead of $2"
  else
    say "its SHA-256 is not known to be right"
  fi
}

is_pointer() {
  local line
  (($(size_of "$1") < 1024)) && IFS= read -r line <"$1" && [[ $line == 'version https://git-lfs.github.com/spec/'* ]]
}

apply() {
  local sha size file missing=() status=0
  pinned weights_revision weights_manifest
  refuse_mixed
  mkdir -p -- "$dir"
  # A first attempt believes nothing but bytes, so that --force repairs what only they show.
  ((STEP_ATTEMPT > 1)) || rm -f -- "$hashed"
  while read -r sha size file; do
    is_right "$sha" "$size" "$file" || missing+=("$sha $size $file")
  done < <(lines "$weights_manifest")
  if ((${#missing[@]})); then
    need_room "$dir" "$(still_to_come "${missing[@]}")" "what is missing of the weights"
    if begun "${missing[@]}"; then
      say "an earlier plain download goes on where it was"
    elif [[ ! $weights_revision =~ ^[0-9a-f]{40}$ ]]; then
      say "by plain download, as $weights_revision is no commit, which Git LFS is asked for here"
    else
      # In a shell of its own: where Git LFS gives up, there is another way.
      set +e
      (set -e && by_git_lfs "${missing[@]}")
      status=$?
      set -e
      ((status == 0)) || say "Git LFS did not bring everything: going on by plain download"
    fi
    # What Git LFS has left half done is of no use to that, and would take its room.
    rm -rf -- "$clone" "$clone.new"
    by_download "${missing[@]}"
  fi
  note_verified
  rm -rf -- "$clone" "$clone.new"
}

# split_entry ENTRY: a line "SHA-256 BYTES FILE" into $sha, $size and $file.
split_entry() {
  sha=${1%% *} file=${1#* }
  size=${file%% *} file=${file#* }
}

# still_to_come ENTRY...: bytes that these files need, less what is there of them.
still_to_come() {
  local entry sha size file bytes=0
  for entry; do
    split_entry "$entry"
    bytes=$((bytes + size - $(size_of "$dir/$file.part")))
  done
  if [[ -d $clone ]]; then bytes=$((bytes - $(du -sk -- "$clone" | cut -f 1) * 1024)); fi
  printf '%d\n' "$bytes"
}

# begun ENTRY...: of one of these files a part is there already.
begun() {
  local entry
  for entry; do
    [[ ! -s $dir/${entry##* }.part ]] || return 0
  done
  return 1
}

# Both versions would load such a mix.
refuse_mixed() {
  local sha file version
  while read -r sha _ file; do
    version=$(version_with "$sha")
    [[ -z $version || $version == "$(weights_version)" ]] ||
      fail "weights_manifest pins $file of FlashVSR $version, but weights_repo, $weights_repo, stands for $(weights_version): take both from one environment (--env flashvsr-v1 has those of v1)"
  done < <(lines "$weights_manifest")
}

# is_right SHA SIZE FILE: FILE is there, or the complete part of it, with the right bytes. What has the right size and other bytes is removed: if
# its place can't be filled now, downloads() shall name it.
is_right() {
  local at got version
  for at in "$dir/$3" "$dir/$3.part"; do
    [[ $(size_of "$at") == "$2" ]] || continue
    if [[ $at != *.part && -f $hashed ]] && contains "$hashed" "$(seen "$1" "$3")"; then return 0; fi
    say "checking the SHA-256 of ${at##*/}"
    got=$(sha256 "$at") || exit 75
    if [[ $got == "$1" ]]; then
      [[ $at == "$dir/$3" ]] || mv -f -- "$at" "$dir/$3"
      printf '%s\n' "$(seen "$1" "$3")" >>"$hashed" || :
      return 0
    fi
    version=$(version_with "$got")
    if [[ -n $version ]]; then
      say "$3: this is the file of FlashVSR $version, and that of $(weights_version) is wanted: removed"
    else
      say "${at##*/} has the SHA-256 $got, but $1 is pinned: removed"
    fi
    rm -f -- "$at"
  done
  [[ ! -e $dir/$3 ]] || say "$3: $(what_is "$dir/$3" "$2")"
  return 1
}

by_git_lfs() {
  local entry sha size file oid include=
  with_token
  fetch_git "$hub_base/$weights_repo" "$weights_revision" "$clone"
  for entry; do
    split_entry "$entry"
    oid=$(pointed_at "$clone/$file")
    [[ $oid == "$sha" ]] || fail "$file at $weights_revision of $weights_repo is the object ${oid:-none}, but $sha is pinned"
    include+=${include:+,}$file
  done
  git -C "$clone" lfs install --local --skip-smudge >/dev/null
  GIT_LFS_FORCE_PROGRESS=1 git -C "$clone" lfs fetch --include "$include" --exclude '' origin "$weights_revision"
  for entry; do
    split_entry "$entry"
    [[ ! -f $clone/.git/lfs/objects/${sha:0:2}/${sha:2:2}/$sha ]] || mv -f -- "$clone/.git/lfs/objects/${sha:0:2}/${sha:2:2}/$sha" "$dir/$file.part"
    is_right "$sha" "$size" "$file"
  done
}

# A token, where there is one, goes to Git through its environment, never through an argument.
with_token() {
  [[ -n ${HF_TOKEN:-} ]] || return 0
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$hub_base/.extraHeader" \
    GIT_CONFIG_VALUE_0="Authorization: Bearer ${HF_TOKEN//[[:space:]]/}"
}

# The SHA-256 that a pointer file names.
pointed_at() {
  local line
  [[ -f $1 ]] || return 0
  while IFS= read -r line; do
    if [[ $line =~ ^oid\ sha256:([0-9a-f]{64})$ ]]; then say "${BASH_REMATCH[1]}"; fi
  done <"$1"
}

by_download() {
  local entry sha size file
  for entry; do
    split_entry "$entry"
    if ! is_right "$sha" "$size" "$file"; then
      FETCH_TOKEN=${HF_TOKEN:-} fetch_file "$hub_base/$weights_repo/resolve/$weights_revision/$file" "$sha" "$dir/$file"
      [[ $(size_of "$dir/$file") == "$size" ]] || fail "$file has $(size_of "$dir/$file") bytes, and weights_manifest says $size"
    fi
  done
}

note_verified() {
  local sha size file text=
  while read -r sha size file; do
    text+=$(seen "$sha" "$file")$'\n'
  done < <(lines "$weights_manifest")
  mark "$verified" "$text"
  rm -f -- "$hashed"
}
