#!/usr/bin/env bash
# What the program is made of: scripts/dependencies ends Maven at a jar that is changed or unknown, and the list of parts beside the jar is right. The
# build itself (scripts/test) has shown that all files are as the list says.
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
store=$HOME/.m2/repository
if ! grep -v '^#' "$repo/scripts/dependencies.d/sha256" | cut -c 67- | grep -q 'maven-enforcer-plugin.*\.jar$'; then
  echo "not ok - the list of dependencies has the plugins"
  exit 1
fi

# A checkout with a list of its own, and a local repository of links, in which one file is another.
here="$work/a checkout"
mkdir -p "$here/target"
cp -r "$repo/scripts" "$repo/pom.xml" "$here/"
if [ -d "$repo/target/dependencies" ]; then cp -r "$repo/target/dependencies" "$here/target/"; fi
plugin=$(sed -n 's/^[0-9a-f]*  \(.*\/maven-enforcer-plugin-[^/]*\.jar\)$/\1/p' "$repo/scripts/dependencies.d/sha256")
library=$(sed -n 's/^[0-9a-f]*  \(.*\/commons-exec-[^/]*\.jar\)$/\1/p' "$repo/scripts/dependencies.d/sha256")

# ends_at FILE WORDS COMMAND...: Maven ends there, and says so.
ends_at() {
  local file=$1 words=$2 code=0
  shift 2
  (cd "$here" && scripts/dependencies "$@" -o -q -B "-Dmaven.repo.local=$work/m2") >"$work/said" 2>&1 || code=$?
  cat "$work/said"
  same 1 "$code" && has "$(<"$work/said")" "$work/m2/$file has the SHA-256 $(sha256sum <"$work/m2/$file" | cut -c 1-64) and, by " &&
    has "$(<"$work/said")" "$words" && has "$(<"$work/said")" "Nothing of it was run"
}
changed() {
  rm "$work/m2/$1" && { cat "$store/$1" && echo more; } >"$work/m2/$1"
}
changed_plugin() {
  changed "$plugin" && ends_at "$plugin" "should have $(sha256sum <"$store/$plugin" | cut -c 1-64)" mvn validate && ln -sf "$store/$plugin" "$work/m2/$plugin"
}
changed_library() {
  changed "$library" && ends_at "$library" "should have $(sha256sum <"$store/$library" | cut -c 1-64)" any-mvn dependency:copy-dependencies "-DoutputDirectory=$work/copied" &&
    ln -sf "$store/$library" "$work/m2/$library" && [ ! -e "$work/copied" ]
}
unknown() {
  grep -v "  $plugin\$" "$repo/scripts/dependencies.d/sha256" >"$here/scripts/dependencies.d/sha256" || return
  ends_at "$plugin" "is not in that list" mvn validate
}
passes() {
  (cd "$here" && scripts/dependencies any-mvn validate -o -q -B "-Dmaven.repo.local=$work/m2")
}
if [ -e "$store/$plugin" ] && cp -rs "$store" "$work/m2"; then
  check "a plugin whose jar is changed ends Maven, and says which" changed_plugin
  check "... as does a library, before it is used" changed_library
  check "... and a plugin that is not in the list" unknown
  check "... which another Maven than ours may use" passes
else
  skip "a jar that is changed ends Maven" "the local repository is elsewhere than in $store"
fi

# The jars of target/lib, and no others, each with its hash; nothing of the time or place of the build.
sbom() {
  python3 - "$repo/target" <<'PY'
import hashlib, json, pathlib, sys
target = pathlib.Path(sys.argv[1])
bom = json.loads((target / "flashvsr-deploy.cdx.json").read_text())
assert bom["bomFormat"] == "CycloneDX" and "serialNumber" not in bom, bom.get("serialNumber")
assert bom["metadata"]["component"]["name"] == "flashvsr-deploy"
assert bom["metadata"].get("timestamp", "2026-11-01T00:00:00Z") == "2026-11-01T00:00:00Z", bom["metadata"]["timestamp"]
listed = {f'{c["name"]}-{c["version"]}.jar': [h["content"] for h in c["hashes"] if h["alg"] == "SHA-256"] for c in bom["components"]}
real = {f.name: [hashlib.sha256(f.read_bytes()).hexdigest()] for f in (target / "lib").iterdir()}
assert listed == real, (set(listed) ^ set(real), [n for n in listed if listed[n] != real.get(n)])
PY
}
check "the list of parts beside the jar names each library with its hash, and no other" sbom
finish
