# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

done_mark=$root/env/.done/pytorch
wanted=$(sha256_text "$torch_version $torch_wheels $torch_requirements")

# The wheels as lines "NAME==VERSION".
named_wheels() {
  local sha file
  while read -r sha file; do
    file=$(wheel_version "$file")
    printf '%s==%s\n' "${file% *}" "${file#* }"
  done < <(lines "$torch_wheels")
}

check() {
  marked "$done_mark" "$wanted" && installed "$(named_wheels)"$'\n'"$torch_requirements"
}

downloads() {
  local dir=$root/downloads/pytorch sha file
  wheels_to_fetch "$torch_requirements" "$dir"
  while read -r sha file; do
    if [[ $sha != - ]]; then
      to_fetch "$sha" "$pytorch_wheel_base/${file//+/%2B}" "$dir/$file"
    elif [[ ! -f $dir/$file || ! -f $dir/$file.sha256 ]]; then
      printf 'stated %s %s %s\n' "$pytorch_wheel_base" "$file" "$dir"
    fi
  done < <(lines "$torch_wheels")
}

apply() {
  local dir=$root/downloads/pytorch sha file hashed=
  pinned torch_wheels torch_requirements
  fetch_wheels "$torch_requirements" "$dir"
  while read -r sha file; do
    if [[ $sha == - ]]; then
      wheel_sha256 "$pytorch_wheel_base" "$file" "$dir"
      sha=$stated
      say "$file: no SHA-256 is pinned; the index says $sha"
    fi
    fetch_file "$pytorch_wheel_base/${file//+/%2B}" "$sha" "$dir/$file"
    file=$(wheel_version "$file")
    hashed+="${file% *}==${file#* } --hash=sha256:$sha"$'\n'
  done < <(lines "$torch_wheels")
  rm -f -- "$done_mark"
  install_wheels "$dir" "$hashed$torch_requirements"
  cd /
  "$python" -I -c '
import sys, torch
print("torch", torch.__version__, "for CUDA", torch.version.cuda)
if torch.__version__ != sys.argv[1]:
    sys.exit(f"torch {sys.argv[1]} was asked for")
' "$torch_version"
  mark "$done_mark" "$wanted"
}
