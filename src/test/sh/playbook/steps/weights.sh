# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# weights, from a hub with Git LFS or by plain download.

hub=$work/hub/me/weights
mkdir -p "$hub"
command git -C "$hub" init -q
command git -C "$hub" lfs install --local >/dev/null
printf '*.bin filter=lfs diff=lfs merge=lfs -text\n' >"$hub/.gitattributes"
head -c 500000 /dev/urandom >"$hub/a.bin"
head -c 300000 /dev/urandom >"$hub/b.bin"
vars[weights_revision]=$(commit "$hub") vars[hub_base]=file://$work/hub vars[weights_repo]=me/weights
vars[weights_manifest]="$(sum "$hub/a.bin") 500000 a.bin"$'\n'"$(sum "$hub/b.bin") 300000 b.bin"
files=$root/weights/FlashVSR-v1.1
step weights both
expect "weights come by Git LFS, and no second copy stays" 0 "$(find "$root/weights" -type f -size +1k -printf '%f ')" "$(find "$files" -type f -size +1k -printf '%f ')"
rm "$files"/*.bin # file:// objects are hard links to the hub's
head -c 300000 /dev/zero >"$files/b.bin"
cp "$hub/a.bin" "$files/a.bin"
step weights check
expect "a file that was changed is noticed by its times" 1 "$(grep -c a.bin "$work/log")" 1
head -c 1000 "$hub/a.bin" >"$files/a.bin"
step weights check
expect "a file that was cut short is named with both sizes" 1 "$(grep -c 'a.bin: has 1000 bytes instead of 500000' "$work/log")" 1
step weights "df() { printf 'Avail\\n 100\\n'; }; apply"
expect "a disk that is too small is told before the download" 1 "$(grep -c 'missing of the weights needs 0 MB on the disk' "$work/log") $(grep -c fetching "$work/log")" "1 0"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:x\nsize 1\n' >"$files/a.bin"
step weights check
expect "a pointer in place of a file is named" 1 "$(grep -c 'a.bin: only a Git LFS pointer' "$work/log")" 1
step weights apply
ok "... and both are fetched again"
cp -p "$files/a.bin" "$files/a.new"
mv "$files/a.new" "$files/a.bin"
step weights check
expect "a copy has to be looked at" 1 "" ""
step weights apply hub_base="file://$work/nothing"
expect "... but not to be fetched" 0 "$(grep -c 'checking the SHA-256 of a.bin' "$work/log")" 1
rm "$files/b.bin" # a hard link, too
head -c 300000 /dev/zero >"$files/b.bin"
# shellcheck disable=SC2016 # the step's text
step weights 'sha256sum() { [[ $* != *b.bin ]] && command sha256sum "$@"; }; apply'
expect "a file that can't be read now is left as it is" 75 "$(grep -c "b.bin can't be read to the end" "$work/log") $(stat -c %s "$files/b.bin")" "1 300000"
step weights downloads
expect "a file that has rotted is not told by its size" 0 "$(<"$work/log")" ""
step weights apply hub_base="file://$work/nothing"
expect "... but by apply, where the hub is not reached" 1 "$(grep -c 'b.bin has the SHA-256 .* is pinned: removed' "$work/log")" 1
step weights downloads
expect "... then it is among what is to be fetched" 0 "$(cut -d ' ' -f 1,2,4- "$work/log")" "file $(sum "$hub/b.bin") 300000 HF_TOKEN $files/b.bin"
mkdir -p "$work/www/me/weights/resolve/${vars[weights_revision]}"
cp "$hub"/*.bin "$work/www/me/weights/resolve/${vars[weights_revision]}"
rm "$files/a.bin"
step weights apply hub_base="$url"
expect "where Git LFS can't be used, plain download is" 0 "$(grep -c 'going on by plain download' "$work/log")" 1
step weights check
ok "... with the same result"
rm "$files/a.bin"
step weights apply hub_base="$url/token/only/good" HF_TOKEN=bad
expect "a hub that refuses the token ends the step, naming the token and the mirror" 1 \
  "$(grep -c 'refused (HTTP 401). A mirror may serve it: .* set HF_TOKEN to one that may read it' "$work/log") $(grep -c bad "$work/log")" "1 0"
step weights apply hub_base="$url/token/only/good" HF_TOKEN=good
ok "... one that it takes brings the file"
rm "$files/a.bin"
step weights apply hub_base="$url/busy/2"
expect "a hub that limits requests is asked again when it said" 0 "$(grep -c 'a.bin: interrupted (curl 22, HTTP 429).*again in 1 s' "$work/log")" 2
# Another byte at the same size, times and inode: what a bad disk does.
was=$(stat -c '%s %Y %i' "$files/a.bin")
printf 'x' | dd of="$files/a.bin" bs=1 seek=1000 conv=notrunc status=none
touch -d "@${was:7:10}" "$files/a.bin"
step weights check
expect "a file that looks the same is taken for the same" 0 "$(stat -c '%s %Y %i' "$files/a.bin")" "$was"
step weights check DEPLOY_DEEP=1
expect "... but not by a deep check, which says how to mend it" 1 "$(tail -n 1 "$work/log")" \
  "no longer what its SHA-256 says: a.bin. up --force weights fetches that anew"
step weights apply hub_base="$url"
step weights check DEPLOY_DEEP=1
expect "... and so it is mended" 0 "$(sum "$files/a.bin")" "$(sum "$hub/a.bin")"
cut_off weights 'cp --remove-destination weights/FlashVSR-v1.1/a.bin weights/a; printf x >>weights/a; mv weights/a weights/FlashVSR-v1.1/a.bin' \
  weights/FlashVSR-v1.1/a.bin weights/FlashVSR-v1.1/b.bin
rm "$files/a.bin"
head -c 200000 "$hub/a.bin" >"$files/a.bin.part"
: >"$work/server.log"
step weights apply hub_base="$url"
expect "a plain download that was cut off goes on as one" 0 \
  "$(grep -c "a.bin bytes=200000- 206" "$work/server.log") $(grep -c 'an earlier plain download goes on' "$work/log") $(ls "$root/weights")" "1 1 FlashVSR-v1.1"
rm "$files/a.bin"
step weights apply HF_TOKEN=hush hub_base="$url" weights_manifest="${vars[weights_manifest]/500000/500001}"
expect "no token is shown" 1 "$(grep -c hush "$work/log")" 0
step weights apply
ok "the right ones are there again"

# The first version beside it. These stand-ins are told apart as the real ones are.
head -c 500000 /dev/urandom >"$work/v1.bin"
versions="weights_versions='v1 $(sum "$work/v1.bin")"$'\n'"v1.1 $(sum "$hub/a.bin")'"
v1=(weights_repo=me/FlashVSR weights_revision=main "weights_manifest=$(sum "$work/v1.bin") 500000 a.bin"$'\n'"$(sum "$hub/b.bin") 300000 b.bin")
mkdir -p "$work/www/me/FlashVSR/resolve/main"
cp "$hub/b.bin" "$work/www/me/FlashVSR/resolve/main/"
cp "$work/v1.bin" "$work/www/me/FlashVSR/resolve/main/a.bin"
step weights "$versions; apply" hub_base="$url" "${v1[@]}"
expect "the first version comes from a branch into a folder of its own, and the other stays" 0 \
  "$(cd "$root/weights" && find . -name '*.bin' -printf '%P\n' | LC_ALL=C sort | tr '\n' ' ')$(grep -c 'by plain download, as main is no commit' "$work/log")" \
  "FlashVSR-v1.1/a.bin FlashVSR-v1.1/b.bin FlashVSR/a.bin FlashVSR/b.bin 1"
step weights check "${v1[@]}"
ok "... and is as wanted"
step weights check
ok "... as the other is"
rm "$files/a.bin"
cp "$work/v1.bin" "$files/a.bin"
step weights "$versions; apply" hub_base="$url"
expect "a file of the first version in the other's place is named, and replaced" 0 \
  "$(grep -qF 'a.bin: this is the file of FlashVSR v1, and that of v1.1 is wanted' "$work/log" && sum "$files/a.bin")" "$(sum "$hub/a.bin")"
step weights "$versions; apply" hub_base="$url" "${v1[2]}"
expect "files of one version with the repository of the other are refused" 1 \
  "$(grep -c 'weights_manifest pins a.bin of FlashVSR v1, but weights_repo, me/weights, stands for v1.1: .*--env flashvsr-v1' "$work/log")" 1
