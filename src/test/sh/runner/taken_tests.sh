# shellcheck shell=bash disable=SC2034,SC2154 # part of run.sh
# How much of what steps make lies on the box.

# taken ID=MAKES...: asks for these steps, the paths of each separated by blanks.
taken() {
  local each text ids=''
  for each; do ids+=${each%%=*}$'\n'; done
  {
    printf 'steps %d\n%s\n' "${#ids}" "$ids"
    for each; do
      text=$(lines "${each#*=}")$'\n'
      printf 'steps/%s/makes %d\n%s\n' "${each%%=*}" "${#text}" "$text"
    done
    printf '. 0\n\n'
  } | box_script "$TAKEN" "$ROOT" >"$BOX/taken.out"
  parse_entries <"$BOX/taken.out"
}

test_what_steps_make_is_measured_once_and_nothing_else() {
  mkdir -p "$ROOT/down/a" "$ROOT/env"
  head -c 1048576 /dev/urandom >"$ROOT/down/a/file.part"
  head -c 2097152 /dev/urandom >"$ROOT/env/file"
  head -c 4194304 /dev/urandom >"$ROOT/foreign"
  taken 'a=down/a none' 'b=env down/a' c=
  ((${ENTRY[taken/a]} >= 1024 && ${ENTRY[taken/a]} < 1100))
  ((${ENTRY[taken/b]} >= 2048 && ${ENTRY[taken/b]} < 2200))
  is "${ENTRY[taken/c]}" 0
}

test_of_a_root_that_is_not_there_nothing_is_taken_nor_made() {
  rmdir "$ROOT"
  taken 'a=down/a'
  is "${ENTRY[taken/a]}" 0
  [[ ! -e $ROOT ]]
}
