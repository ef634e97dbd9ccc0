# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook
# What system-packages could not or may not install, from conda packages below $root. lib/common.sh puts it at the end of PATH.

done_mark=$root/tools/.done
wanted=$(sha256_text "$tools_packages")

# Half an environment may have every command, and not the libraries they need.
check() {
  local none
  if [[ -d $root/tools ]]; then marked "$done_mark" "$wanted" || return 1; fi
  # shellcheck disable=SC2086 # a list of names
  none=$(missing_commands $needed_commands)
  if [[ -z $none ]] && host_compiler 13 >/dev/null; then return 0; fi
  say "not there:${none:- a g++ that CUDA 12.4 takes}"
  # system-packages may bring it, and has not tried yet: whether this step is needed can't be told.
  if may_install && [[ ! -e $left_mark ]]; then return 75; fi
  return 1
}

# Whether system-packages will bring it can't be told before it has tried; where its servers are not reached either, it is needed.
downloads() {
  local none
  # shellcheck disable=SC2086 # a list of names
  none=$(missing_commands $needed_commands)
  if [[ -z $none ]] && host_compiler 13 >/dev/null; then return 0; fi
  conda_to_fetch "$tools_packages"
}

apply() {
  local name tool none
  # shellcheck disable=SC2086 # a list of names
  none=$(missing_commands $needed_commands)
  say "from conda packages, as this box has not what is needed:${none:- a g++ that CUDA 12.4 takes}"
  pinned tools_packages
  conda_env "$root/tools" "$tools_packages"
  # Its compilers have long names.
  for name in gcc g++ cc c++ ar readelf; do
    case $name in
      cc) tool=gcc ;;
      c++) tool=g++ ;;
      *) tool=$name ;;
    esac
    tool=x86_64-conda-linux-gnu-$tool
    if [[ -x $root/tools/bin/$tool && ! -e $root/tools/bin/$name ]]; then ln -s "$tool" "$root/tools/bin/$name"; fi
  done
  hash -r
  # shellcheck disable=SC2086 # a list of names
  none=$(missing_commands $needed_commands)
  [[ -z $none ]] || fail "still not there:$none. tools_packages bring none of it: install it by the means of this box, or ask the provider for an image that has it"
  host_compiler 13 >/dev/null || fail "CUDA 12.4 takes no g++ newer than 13, and tools_packages bring none"
  mark "$done_mark" "$wanted"
}
