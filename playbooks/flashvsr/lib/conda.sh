# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Conda environments, from files only.

# conda_env DIR LINES: a conda environment of exactly these packages: lines "SHA-256 SUBDIR/FILE" of $conda_channel.
conda_env() {
  local dir=$1 list=$root/downloads/conda/${1##*/}.txt sha path
  mkdir -p -- "$root/downloads/conda"
  printf '@EXPLICIT\n' >"$list.new"
  while read -r sha path; do
    fetch_file "$conda_channel/$path" "$sha" "$root/downloads/conda/$path"
    printf 'file://%s\n' "$root/downloads/conda/$path" >>"$list.new"
  done < <(lines "$2")
  mv -f -- "$list.new" "$list"
  # The marks first: what is half removed must not pass for whole. Of packages that conda had half unpacked it would take what is there.
  rm -rf -- "$dir/.done"
  rm -rf -- "$dir" "$root/downloads/conda/pkgs"
  # With a home of its own, so that no .condarc there has a say, and no list of environments is written there.
  if ! HOME=$(conda_home) TMPDIR=$(scratch) CONDA_PKGS_DIRS=$root/downloads/conda/pkgs \
    "$root/conda/bin/conda" create --yes --offline --no-default-packages --prefix "$dir" --file "$list"; then
    stop_if_full "$dir" "$dir can't be made"
    fail "conda could not make $dir; its words above say why"
  fi
  rm -rf -- "$root/downloads/conda/pkgs"
}

# conda_to_fetch LINES: the lines of a step's downloads() for these packages.
conda_to_fetch() {
  local sha path
  while read -r sha path; do to_fetch "$sha" "$conda_channel/$path" "$root/downloads/conda/$path"; done < <(lines "$1")
}

# A home directory for conda, in which it finds nothing and may write.
conda_home() {
  mkdir -p -- "$root/tmp/home"
  printf '%s\n' "$root/tmp/home"
}
