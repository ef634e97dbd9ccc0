check() { test -e "$root/first"; }

apply() {
  touch "$root/first"
}
