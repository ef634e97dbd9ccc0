#!/usr/bin/env bash
# The jar and its list of parts, built a second time: in another directory, time zone, locale and file mask they are the same to the byte. That takes a
# compilation with its static analysis, two minutes of a processor, so only with --full. What a jar does tell are the modes of the resources, as they
# are in the checkout: one that was cloned with another file mask makes another jar.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
here="$work/an other place"
mkdir -p "$here/src"
cp -r "$repo/pom.xml" "$repo/scripts" "$here/"
cp -r "$repo/src/main" "$here/src/"

build() {
  (umask 077 && cd "$here" && env LC_ALL=C TZ=Asia/Kathmandu scripts/dependencies mvn -q -B -ntp -Psbom -Dmaven.test.skip=true package)
}
check "the program is built in another place" build
for file in flashvsr-deploy.jar flashvsr-deploy.cdx.json; do
  check "$file is the same to the byte" cmp "$repo/target/$file" "$here/target/$file"
done
finish
