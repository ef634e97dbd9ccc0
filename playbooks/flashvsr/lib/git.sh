# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Sources by Git.

# git with what is needed everywhere: a volume's files may belong to another user id; a silent link is given up.
git() {
  command git -c safe.directory='*' -c advice.detachedHead=false -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=60 "$@"
}

# at_commit DIR COMMIT: DIR is a work tree of that commit, with no file of it changed (compiled Python apart).
at_commit() {
  [[ -d $1/.git && $(git -C "$1" rev-parse --verify -q HEAD) == "$2" ]] &&
    git -C "$1" diff --quiet --no-ext-diff --ignore-submodules HEAD -- . ':(exclude)*.pyc'
}

# fetch_git URL COMMIT DIR: DIR becomes a work tree of that commit, in one rename. An older DIR is replaced, build outputs and all.
fetch_git() {
  local url=$1 commit=$2 dir=$3 new=$3.new
  [[ $commit =~ ^[0-9a-f]{40}$ ]] || fail "'$commit' is no full commit id (40 digits)"
  if at_commit "$dir" "$commit"; then return 0; fi
  say "fetching commit $commit of $url"
  rm -rf -- "$new"
  mkdir -p -- "$new"
  git -C "$new" init -q
  git -C "$new" remote add origin "$url"
  if ! git -C "$new" fetch -q --depth 1 --no-tags origin "$commit"; then
    # Not every server gives a commit that is no tip of a branch.
    say "fetching all of its history instead"
    if ! git -C "$new" fetch -q origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'; then
      stop_if_full "$new" "$url can't be fetched"
      fail_for_now "$url can't be fetched"
    fi
  fi
  git -C "$new" rev-parse -q --verify "$commit^{commit}" >/dev/null || fail "$url has no commit $commit"
  GIT_LFS_SKIP_SMUDGE=1 git -C "$new" checkout -q --detach "$commit"
  rm -rf -- "$dir"
  mkdir -p -- "${dir%/*}"
  mv -- "$new" "$dir"
}
