# shellcheck shell=bash disable=SC2154,SC2164,SC2016 # the variables are the playbook's; apply runs under set -e
check() { present; }
apply() {
  begin
  cd "$root/build"
  printf 'int f1(void), f40(void);\nint main(void) { return f40() - f1() != 39; }\n' >main.c
  gcc -o program.new main.c f*.o
  mv program.new program
  ./program
  effect
}
