#!/usr/bin/env bash
# Stand-in for Miniforge's installer in a rehearsal: -b -p PREFIX makes a prefix whose conda can create environments
# from files named as the real packages are.
set -euo pipefail
echo "Miniforge installer: a rehearsal's stand-in"

prefix=
while (($# > 0)); do
  case $1 in
    -b) ;;
    -p)
      prefix=$2
      shift
      ;;
    *)
      echo "the stand-in installer knows no $1" >&2
      exit 2
      ;;
  esac
  shift
done
[[ $prefix == /* ]] || {
  echo "-p PREFIX is missing" >&2
  exit 2
}
if [[ -e $prefix ]]; then
  echo "ERROR: File or directory already exists: '$prefix'" >&2
  exit 1
fi

mkdir -p -- "$prefix/bin" "$prefix/conda-meta" "$prefix/etc/profile.d"
cat >"$prefix/bin/conda" <<'CONDA'
@CONDA@
CONDA
chmod 755 "$prefix/bin/conda"
printf '# Stand-in in a rehearsal.\nPATH="%s/bin:%s"\n' "$prefix" "\$PATH" >"$prefix/etc/profile.d/conda.sh"
echo "installation finished."
