# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# smoke: without the model.

if ! with_driver_python; then
  printf 'ok - smoke # skipped: numpy and imageio-ffmpeg can not be installed here\n'
  return
fi
"$driver_python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$site/driver.pth"
vars[smoke_backend]=bicubic vars[smoke_size]=32x32 vars[smoke_frames]=21 vars[smoke_min_psnr]=18
step smoke both
expect "the smoke run passes, and says that it was not the model" 0 "$(python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["passed"], r["is_model"], [c["name"] for c in r["checks"] if not c["passed"]])' "$root/smoke/result.json")" "True False []"
expect "... and leaves a picture of before and after" 0 "$(head -c 8 "$root/smoke/before-after.png" | od -An -c | tr -d ' ')" '211PNG\r\n032\n'
step smoke check smoke_size=64x64
expect "another clip is another run" 1 "" ""
step smoke check weights_repo=me/FlashVSR
expect "other weights need another run" 1 "" ""
printf 'x' >>"$root/env/.done/pytorch"
step smoke check
expect "another stack needs another run" 1 "" ""
step smoke apply smoke_min_psnr=90
expect "a result that is too far off fails the step" 1 "$(grep -c 'FAILED  like the input' "$work/log")" 1
expect "... and leaves no word of success" 1 "$(ls "$root/smoke/passed" 2>/dev/null)" ""
