# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

check() { python_is_made && is_wanted; }

downloads() { conda_to_fetch "$python_packages"; }

apply() {
  pinned python_packages
  conda_env "$root/env" "$python_packages"
  is_wanted || fail "python_packages do not bring Python $python_version"
  "$python" -I -m ensurepip --default-pip
  mark "$root/env/.done/python" "$(python_made_of)"
}

is_wanted() {
  [[ $("$python" -I -c 'import platform; print(platform.python_version())') == "$python_version" ]]
}
