# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Sources by Git.

# git [-C DIR] ARGUMENT...: with what is needed everywhere; a silent link is given up. A volume's files may belong to another user id, and git takes no
# such repository that it finds by itself, but one that is named (the git of Debian 11 and Ubuntu 20.04 does not heed safe.directory on its command line).
# DIR is absolute, and a work tree with its own .git. What git starts, as git-lfs, has these names from it.
git() {
  local options=(-c 'safe.directory=*' -c advice.detachedHead=false -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=60)
  if [[ $1 == -C ]]; then
    options+=(-C "$2" --git-dir="$2/.git" --work-tree="$2")
    shift 2
  fi
  command git "${options[@]}" "$@"
}

# at_commit DIR COMMIT: DIR is a work tree of that commit, with no file of it changed (compiled Python apart).
at_commit() {
  [[ -d $1/.git && $(git -C "$1" rev-parse --verify -q HEAD) == "$2" ]] &&
    git -C "$1" diff --quiet --no-ext-diff --ignore-submodules HEAD -- . ':(exclude)*.pyc'
}

# bundle_of COMMIT: where a bundle may lie that was sent here: the commit as refs/heads/relayed, without what was before it.
bundle_of() { printf '%s\n' "$root/downloads/git/$1.bundle"; }

# git_to_fetch URL COMMIT DIR: the line of a step's downloads() for what fetch_git would bring.
git_to_fetch() {
  local bundle
  bundle=$(bundle_of "$2")
  [[ -z $2 || -f $bundle ]] || at_commit "$3" "$2" 2>/dev/null || printf 'git %s %s %s\n' "$2" "$1" "$bundle"
}

# take_bundle BUNDLE COMMIT DIR: the commit comes into the new repository DIR.
take_bundle() {
  say "taking commit $2 from ${1##*/}"
  printf '%s\n' "$2" >"$3/.git/shallow" # nothing before it is missed
  if git -C "$3" fetch -q --no-tags "$1" refs/heads/relayed && git -C "$3" rev-parse -q --verify "$2^{commit}" >/dev/null; then return 0; fi
  say "which does not hold it whole: removed"
  rm -f -- "$1" "$3/.git/shallow"
  return 1
}

# fetch_git URL COMMIT DIR: DIR becomes a work tree of that commit, in one rename. An older DIR is replaced, build outputs and all.
fetch_git() {
  local url=$1 commit=$2 dir=$3 new=$3.new bundle
  bundle=$(bundle_of "$commit")
  [[ $commit =~ ^[0-9a-f]{40}$ ]] || fail "'$commit' is no full commit id (40 digits)"
  if at_commit "$dir" "$commit"; then return 0; fi
  rm -rf -- "$new"
  mkdir -p -- "$new"
  git -C "$new" init -q
  git -C "$new" remote add origin "$url"
  if [[ ! -f $bundle ]] || ! take_bundle "$bundle" "$commit" "$new"; then fetch_commit "$url" "$commit" "$new"; fi
  git -C "$new" rev-parse -q --verify "$commit^{commit}" >/dev/null || fail "$url has no commit $commit"
  GIT_LFS_SKIP_SMUDGE=1 git -C "$new" checkout -q --detach "$commit"
  rm -rf -- "$dir"
  mkdir -p -- "${dir%/*}"
  mv -- "$new" "$dir"
  rm -f -- "$bundle"
}

# fetch_commit URL COMMIT DIR: the commit comes into the new repository DIR, whose origin is URL.
fetch_commit() {
  say "fetching commit $2 of $1"
  if git -C "$3" fetch -q --depth 1 --no-tags origin "$2"; then return 0; fi
  # Not every server gives a commit that is no tip of a branch.
  say "fetching all of its history instead"
  if git -C "$3" fetch -q origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'; then return 0; fi
  stop_if_full "$3" "$1 can't be fetched"
  fail_for_now "$1 can't be fetched. If this box does not reach it, up --relay (once more, if that was given) sends it from your machine"
}
