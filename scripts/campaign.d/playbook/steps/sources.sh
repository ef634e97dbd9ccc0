# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
# Forty units, and how Ninja makes a program of them. The compiler says what it was asked for.
check() { present; }
apply() {
  local unit objects=''
  begin
  cd "$root/build"
  cat >compiler <<'END'
#!/bin/sh
# compiler LEDGER OBJECT SOURCE
echo "start $2" >>"$1/units"
sleep 0.15
gcc -c -o "$2" "$3" && echo "done $2" >>"$1/units"
END
  chmod +x compiler
  {
    printf 'rule cc\n  command = ./compiler %s $out $in\n' "$ledger"
    for unit in {1..40}; do
      printf 'int f%d(void) { return %d; }\n' "$unit" "$unit" >"f$unit.c"
      printf 'build f%d.o: cc f%d.c\n' "$unit" "$unit"
      objects+=" f$unit.o"
    done
    printf 'build all: phony%s\n' "$objects"
  } >build.ninja
  effect
}
