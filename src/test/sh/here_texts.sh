#!/usr/bin/env bash
# No script gives a text to a command as its input (<<<, <<) where its failure would be lost: before bash 5.1 that is a file below TMPDIR, and where none
# can be written a loop ends as if there were nothing to loop over, and a command in a pipe or a substitution reads nothing.
# shellcheck disable=SC2016 # what is looked for is not expanded
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"

# What may be: a here-document for a plain command that ends its script if it fails (set -e, or the script's last command); and the one that finds out
# whether such texts work. FILE: LINE, without blanks in front.
allowed='scripts/mutation: python3 - <<'\''PYTHON'\''
scripts/test: python3 - "target/$1" <<'\''PY'\''
scripts/testbox.d/init.sh: cat >root/etc/testbox/sshd_config <<END
scripts/campaign.d/playbook/steps/sources.sh: cat >compiler <<'\''END'\''
src/main/resources/dev/flashvsr/deploy/rehearsal/conda/conda.sh: cat >"$prefix/bin/nvcc" <<'\''NVCC'\''
src/main/resources/dev/flashvsr/deploy/rehearsal/conda/installer.sh: cat >"$prefix/bin/conda" <<'\''CONDA'\''
src/main/resources/dev/flashvsr/deploy/rehearsal/standins/always/nvidia-smi: cat <<TABLE
src/main/resources/dev/flashvsr/deploy/inspect/probes.yaml: "$python" -I -u - <<'\''PYTHON'\''
src/main/resources/dev/flashvsr/deploy/box/check.sh: deploy_texts_work='\''printf -v deploy_long_text %4096s x; { : <<<"$deploy_long_text"; } 2>/dev/null || { TMPDIR=/tmp; : <<<"$deploy_long_text"; } 2>/dev/null || { printf "error: %s\n"'\'

# texts DIRECTORY: the lines below it that give a text so, as "FILE: LINE". Shifts in (( )), comments and what is no bash are left out.
texts() {
  (
    cd "$1" || exit
    find scripts playbooks src/main/resources -type f ! -name '*.py' ! -name '*.c' ! -name '*.json' ! -name '*.html' -print0 2>/dev/null | LC_ALL=C sort -z |
      xargs -0 grep -HE '<<' -- |
      sed -E 's/^([^:]*):[[:blank:]]*/\1: /; /^[^ ]* #/d; s/(\(\(|\[\[)[^)]*<<[^)]*\)\)/(())/g' |
      grep -E '<<[<-]?[[:blank:]]*["'\''$\\A-Za-z_{]'
  ) | LC_ALL=C sort
}

no_text_is_lost() {
  local found
  found=$(LC_ALL=C comm -13 <(printf '%s\n' "$allowed" | LC_ALL=C sort) <(texts "$repo"))
  [ -z "$found" ] || { printf 'a pipe (printf ... | COMMAND), < <(printf ...) or a split (lines, split_lines) does not need a file:\n%s\n' "$found"; return 1; }
  same '' "$(LC_ALL=C comm -23 <(printf '%s\n' "$allowed" | LC_ALL=C sort) <(texts "$repo"))"
}
check "no script loses a text where /tmp is full" no_text_is_lost

finds_them() {
  mkdir -p "$work/scripts"
  printf '%s\n' 'done <<<"$x"' '((a << 2))' '# <<<"$x"' 'wc -l <<<word' "cat <<'END'" 'x=$((1<<3))' "read -r a <<< \$'b'" 'cat <<-END' 'twice<<<1, 1>>>(x);' >"$work/scripts/a"
  same 'scripts/a: cat <<'\''END'\''
scripts/a: cat <<-END
scripts/a: done <<<"$x"
scripts/a: read -r a <<< $'\''b'\''
scripts/a: wc -l <<<word' "$(texts "$work")"
}
check "... and each form of it would be found" finds_them
finish
