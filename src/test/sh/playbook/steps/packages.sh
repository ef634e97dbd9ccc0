# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# pytorch, flashvsr-source, flashvsr-requirements.

# wheel NAME VERSION MODULE CODE DIR: a wheel with one module; prints its file name.
wheel() {
  python3 -I - "$@" <<'PY'
import base64, hashlib, sys, zipfile

name, version, module, code, directory = sys.argv[1:]
info = f"{name}-{version}.dist-info"
files = {
    f"{module}.py": code,
    f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
    f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}
record = "".join(
    f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}\n"
    for path, text in files.items()
)
files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
with zipfile.ZipFile(f"{directory}/{name}-{version}-py3-none-any.whl", "w") as file:
    for path, text in files.items():
        file.writestr(zipfile.ZipInfo(path), text)
print(f"{name}-{version}-py3-none-any.whl")
PY
}

mkdir -p "$work/www/whl/torchvision" "$work/www/simple/dep-a" "$work/www/simple/dep-b"
torch=$(wheel torch 2.5.1+cu121 torch $'__standin__ = True\n__version__ = "2.5.1+cu121"\nclass version:\n    cuda = "12.1"\n' "$work/www/whl")
vision=$(wheel torchvision 0.20.1+cu121 torchvision '' "$work/www/whl")
a=$(wheel dep_a 1.0 dep_a '' "$work/www/simple/dep-a")
b=$(wheel dep_b 2.0 dep_b '' "$work/www/simple/dep-b")
printf '<a href="/whl/%s#sha256=%s">x</a>' "${vision/+/%2B}" "$(sum "$work/www/whl/$vision")" >"$work/www/whl/torchvision/index.html"
printf '<a href="%s#sha256=%s">x</a>' "$a" "$(sum "$work/www/simple/dep-a/$a")" >"$work/www/simple/dep-a/index.html"
printf '<a href="%s#sha256=%s">x</a>' "/cut/1/simple/dep-b/$b" "$(sum "$work/www/simple/dep-b/$b")" >"$work/www/simple/dep-b/index.html"
vars[torch_version]=2.5.1+cu121 vars[pytorch_wheel_base]=$url/whl vars[pypi_index]=$url/simple
vars[torch_wheels]="$(sum "$work/www/whl/$torch") $torch"$'\n'"- $vision"
vars[torch_requirements]="dep_a==1.0 --hash=sha256:$(sum "$work/www/simple/dep-a/$a")"
step pytorch both
ok "torch and what it needs are installed from files with their hashes"
site=$(echo "$root"/env/lib/python3*/site-packages)
printf '#!/bin/sh\necho "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"\nexit 1\n' | script "$work/full"
rm "$site/torch-2.5.1+cu121.dist-info/RECORD"
step pytorch apply
ok "an installation that was cut off is completed"
step pytorch "forget_broken() { :; }; python=$work/full; scratch() { say /tmp; }; install_wheels x y"
expect "a disk that is too small for packages is told, with the way out" 1 "$(grep -c 'too small for the packages. Make room there, or take another place' "$work/log")" 1
step pytorch "install_wheels() { exit 137; }; apply"
step pytorch check
expect "one that was cut off is not taken for done" 1 "" ""
step pytorch apply
rm -r "$site"/dep_a*
step pytorch check
expect "a package that is gone is missed" 1 "$(grep -c 'dep_a is not installed' "$work/log")" 1
wrong=$(sum "$work/www/Miniforge.sh")
step pytorch apply torch_requirements="dep_a==1.0 --hash=sha256:$wrong"
expect "a pin that the index does not know ends the step for good, naming the file and both hashes" 1 \
  "$(grep -c "SHA-256 $wrong, .* for dep_a 1.0, but $a with ${vars[torch_requirements]#*sha256:}\." "$work/log")" 1
printf '<a href="%s#sha256=%s">x</a>' "../dep-b/$b" "$wrong" >"$work/www/simple/dep-a/index.html"
step pytorch apply torch_requirements="dep_a==1.0 --hash=sha256:$wrong"
expect "other bytes than the index states end it as well" 1 \
  "$(grep -c "dep-b/$b has the SHA-256 $(sum "$work/www/simple/dep-b/$b"), but $wrong is pinned" "$work/log")" 1
rm "$work/www/simple/dep-a/index.html"
step pytorch apply
ok "... and the right one is taken, from what was fetched before"

mkdir -p "$work/flashvsr/diffsynth" "$work/flashvsr/examples/WanVSR"
command git -C "$work/flashvsr" init -q
printf 'x = 1\n' >"$work/flashvsr/diffsynth/__init__.py"
vars[flashvsr_git]=file://$work/flashvsr vars[flashvsr_commit]=$(commit "$work/flashvsr")
step flashvsr-source both
ok "FlashVSR's source is fetched"
cut_off flashvsr-source 'printf x >>FlashVSR/diffsynth/__init__.py' FlashVSR
vars[flashvsr_requirements]="dep_b==2.0 --hash=sha256:$(sum "$work/www/simple/dep-b/$b")"
step flashvsr-requirements both
expect "a wheel that was cut off goes on where it was" 0 "$(grep -c "GET /cut/1/simple/dep-b/$b bytes=[1-9][0-9]*- 206" "$work/server.log")" 1
expect "FlashVSR can be imported from anywhere" 0 "$(cd / && "$root/env/bin/python" -I -c 'import diffsynth, dep_b; print(diffsynth.x)')" 1
