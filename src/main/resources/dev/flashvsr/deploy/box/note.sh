# shellcheck shell=bash disable=SC2034
# note ROOT: before something is put below the root for a step, notes what of that is there already, so that clean knows what
# is ours. Entries on stdin: steps (ids, one a line), steps/ID/makes. Its order of files: docs/box-protocol.md, section 7.
set -uo pipefail
umask 077
export LC_ALL=C
deploy=$1/.deploy
receive || exit 1
make_deploy "$1" || exit 1
for step in ${SENT[steps]-}; do
  printf '%s' "${SENT[steps/$step/makes]-}" | note_made "$step" || exit 1
done
