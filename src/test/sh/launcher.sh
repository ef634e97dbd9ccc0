#!/usr/bin/env bash
# The launcher, in a copy of the checkout with a Maven that only counts and hands out the jar built before.
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
[ -f "$repo/target/flashvsr-deploy.jar" ] || { echo "not ok - target/flashvsr-deploy.jar: run mvn package first"; exit 1; }
version=$(java -jar "$repo/target/flashvsr-deploy.jar" --version)

# A checkout of two source files, and beside it tools that stand in for the real ones.
checkout() {
  mkdir -p "$1/scripts" "$1/src/main" "$work/bin"
  cp "$repo/scripts/flashvsr-deploy" "$1/scripts/"
  echo '<project/>' >"$1/pom.xml"
  echo one >"$1/src/main/One.java"
}
cat >"$work/mvn" <<END
#!/bin/sh
echo built >>"\$FAKE_MVN_LOG"
sleep 0.2
echo "a line of Maven on its stdout"
mkdir -p target/lib
cp "$repo/target/flashvsr-deploy.jar" target/
cp "$repo"/target/lib/*.jar target/lib/
END
mkdir -p "$work/bin"
install -m 755 "$work/mvn" "$work/bin/mvn"
export PATH="$work/bin:$PATH" FAKE_MVN_LOG="$work/builds"
unset FLASHVSR_DEPLOY_JAVA_HOME JAVA_HOME
builds() { if [ -f "$FAKE_MVN_LOG" ]; then grep -c . "$FAKE_MVN_LOG"; else echo 0; fi; }
forget() { rm -f "$FAKE_MVN_LOG"; }

here="$work/a checkout"
checkout "$here"
tool="$here/scripts/flashvsr-deploy"

first_run() {
  same "$version" "$("$tool" --version 2>"$work/said")" && same 1 "$(builds)" && has "$(cat "$work/said")" "building into"
}
check "the first run builds, and says so on stderr only" first_run

second_run() { same "$version" "$("$tool" --version 2>&1)" && same 1 "$(builds)"; }
check "the second run builds nothing and says nothing" second_run

called() { has "$("$tool" no-such-command 2>&1)" "'$tool' --help"; }
check "the commands that it names are called as it was itself" called

archive() { compgen -G "$here/target/launcher/*/base.jsa"; }
check "the first run leaves a class-data archive" archive

touched() { touch "$here/src/main/One.java" "$here/pom.xml" && "$tool" --version && same 1 "$(builds)"; }
check "a new time on a file is no change" touched

edited() { echo two >"$here/src/main/One.java" && "$tool" --version && same 2 "$(builds)"; }
check "a changed source is built" edited

back() { echo one >"$here/src/main/One.java" && "$tool" --version && same 2 "$(builds)"; }
check "the sources as they were before need no new build" back

removed() { echo x >"$here/src/main/Two.java" && "$tool" --version && rm "$here/src/main/Two.java" && "$tool" --version && same 3 "$(builds)"; }
check "an added source is built; removing it goes back" removed

linked() {
  mkdir -p "$work/links" && ln -s "$tool" "$work/links/one" && ln -s one "$work/links/two" &&
    cd / && same "$version" "$("$work/links/two" --version)" &&
    same "$version" "$(cd "$work/links" && PATH="$work/links:$PATH" two --version)"
}
check "symbolic links lead to the checkout, from any directory and over the PATH" linked

exit_code() { local code=0; "$tool" no-such-command || code=$?; same 2 "$code"; }
check "the exit code is the program's" exit_code

race() {
  forget
  checkout "$work/race"
  local pids=() pid
  for _ in 1 2 3; do "$work/race/scripts/flashvsr-deploy" --version & pids+=($!); done
  for pid in "${pids[@]}"; do wait "$pid" || return 1; done
  same 1 "$(builds)"
}
check "three first runs at once build once" race

broken() {
  forget
  checkout "$work/broken"
  printf '#!/bin/sh\necho "COMPILATION ERROR"\nexit 1\n' >"$work/bin/mvn"
  local code=0 said
  said=$("$work/broken/scripts/flashvsr-deploy" --version 2>&1 >/dev/null) || code=$?
  install -m 755 "$work/mvn" "$work/bin/mvn"
  same 1 "$code" && has "$said" "COMPILATION ERROR" && has "$said" "the build failed" &&
    same "$version" "$("$work/broken/scripts/flashvsr-deploy" --version)"
}
check "a build that fails is shown, and the next run builds again" broken

release="$work/release"
mkdir -p "$release/scripts"
cp "$repo/scripts/flashvsr-deploy" "$release/scripts/"
cp -R "$repo/target/flashvsr-deploy.jar" "$repo/target/lib" "$release/"
released() {
  forget
  same "$version" "$(HOME="$work/home" XDG_CACHE_HOME='' "$release/scripts/flashvsr-deploy" --version 2>&1)" &&
    [ -f "$work/home/.cache/flashvsr-deploy/base.jsa" ] && same 0 "$(builds)"
}
check "an unpacked release runs without Maven, with its archive in the user's cache" released

homeless() { same "$version" "$(env -u HOME -u XDG_CACHE_HOME "$release/scripts/flashvsr-deploy" --version 2>&1)"; }
check "an unpacked release runs without HOME" homeless

mkdir -p "$work/old/bin"
printf '#!/bin/sh\necho "openjdk version \\"1.8.0_432\\"" >&2\n' >"$work/old/bin/java"
chmod +x "$work/old/bin/java"
too_old() { same "$version" "$(JAVA_HOME="$work/old" "$release/scripts/flashvsr-deploy" --version 2>&1)"; }
check "a JAVA_HOME of Java 8 is passed over" too_old

said_so() {
  local code=0 said
  said=$(FLASHVSR_DEPLOY_JAVA_HOME="$work/old" "$release/scripts/flashvsr-deploy" --version 2>&1) || code=$?
  same 2 "$code" && has "$said" "FLASHVSR_DEPLOY_JAVA_HOME=$work/old"
}
check "a FLASHVSR_DEPLOY_JAVA_HOME that is too old ends with 2 and its name" said_so

# A Java that says how it was started.
mkdir -p "$work/says/bin"
cat >"$work/says/bin/java" <<'END'
#!/bin/sh
case $1 in -version) echo 'openjdk version "17.0.1"' >&2 ;; *) echo "$*" ;; esac
END
chmod +x "$work/says/bin/java"
options() { FLASHVSR_DEPLOY_JAVA_HOME="$work/says" XDG_CACHE_HOME="$work/says" "$release/scripts/flashvsr-deploy" "$@"; }
crypto() {
  local at_once=-XX:CompileCommand=CompileThresholdScaling
  local said
  said=$(options up box)
  has "$said" "$at_once,com.sun.crypto.provider.GHASH::update,0" && has "$said" "$at_once,com.sun.crypto.provider.CounterMode::crypt,0"
}
check "encryption is to be compiled at its first calls" crypto
# By the second compiler ("4"), as a real Java tells it: it hashes on the way, and refuses no option that it knows.
compiled() {
  JAVA_TOOL_OPTIONS=-XX:+PrintCompilation "$release/scripts/flashvsr-deploy" plan --offline 2>&1 |
    grep -qE ' 4 +sun\.security\.provider\.SHA2::implCompress '
}
check "... as hashing is, by a Java of this machine" compiled

# ---- locales: whatever LANG says, a file may have any name ----

# names_files NAME=VALUE...: in this environment the program writes a file of such a name.
names_files() {
  local name="план ü 日.json"
  rm -f "$work/$name"
  env -u LANG -u LC_ALL -u LC_CTYPE "$@" "$release/scripts/flashvsr-deploy" plan --offline --playbook "$repo/playbooks/flashvsr" --out "$work/$name" || [ "$?" = 10 ] || return
  has "$(cat "$work/$name")" '"steps"'
}
check "without a locale, a file may have any name" names_files
for locale in LC_ALL=C LANG=POSIX LANG=ru_RU.KOI8-R LC_ALL=en_US.ISO-8859-1 LC_CTYPE=xx_YY.UTF-8 'LANG=C.UTF-8 LC_TIME=xx_YY.UTF-8'; do
  # shellcheck disable=SC2086 # words
  check "... nor does $locale keep it from that" names_files $locale
done
mkdir -p "$work/locales"
if localedef -i ru_RU -f KOI8-R "$work/locales/ru_RU.KOI8-R" 2>"$work/said"; then
  check "... nor that of Russia before UTF-8, where it is installed" names_files "LOCPATH=$work/locales" LC_ALL=ru_RU.KOI8-R
else
  skip "... nor that of Russia before UTF-8, where it is installed" "$(tail -n 1 "$work/said")"
fi

# A Java that says its locale, and a machine with other locales than this one has: those in $INSTALLED.
mkdir -p "$work/asks/bin" "$work/locale-of"
cat >"$work/asks/bin/java" <<'END'
#!/bin/sh
case $1 in -version) echo 'openjdk version "17.0.1"' >&2 ;; *) echo "LC_ALL=${LC_ALL-} LANG=${LANG-}" ;; esac
END
cat >"$work/locale-of/locale" <<'END'
#!/bin/sh
case $1 in -a) for one in $INSTALLED; do echo "$one"; done; exit ;; esac
current=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
case " C POSIX $INSTALLED " in *" $current "*) ;; *) echo "locale: Cannot set LC_ALL to default locale" >&2; current=C ;; esac
case $current in *UTF-8) echo UTF-8 ;; *KOI8-R) echo KOI8-R ;; *) echo ANSI_X3.4-1968 ;; esac
END
chmod +x "$work/asks/bin/java" "$work/locale-of/locale"
# starts_with INSTALLED EXPECTED NAME=VALUE...
starts_with() {
  local installed=$1 expected=$2
  shift 2
  same "$expected" "$(env -u LANG -u LC_ALL -u LC_CTYPE "INSTALLED=$installed" "PATH=$work/locale-of:$PATH" "FLASHVSR_DEPLOY_JAVA_HOME=$work/asks" \
    "XDG_CACHE_HOME=$work/asks" "$@" "$release/scripts/flashvsr-deploy" up box)"
}
check "a locale of UTF-8 stays as it is" starts_with "C.UTF-8 ru_RU.UTF-8" "LC_ALL= LANG=ru_RU.UTF-8" LANG=ru_RU.UTF-8
check "another becomes that of its language" starts_with "C.UTF-8 ru_RU.UTF-8" "LC_ALL=ru_RU.UTF-8 LANG=ru_RU.KOI8-R" LANG=ru_RU.KOI8-R
check "... also where a modifier follows" starts_with "C.UTF-8 de_DE.UTF-8" "LC_ALL=de_DE.UTF-8 LANG=" LC_ALL=de_DE@euro
check "... and where that is not installed, the neutral one" starts_with "en_US.UTF-8 C.UTF-8" "LC_ALL=C.UTF-8 LANG=ru_RU.KOI8-R" LANG=ru_RU.KOI8-R
check "where a machine has only American English, that" starts_with "en_US.ISO8859-1 en_US.UTF-8" "LC_ALL=en_US.UTF-8 LANG=" LC_ALL=C
check "... and where it has only another, that" starts_with "hu_HU hu_HU.UTF-8" "LC_ALL=hu_HU.UTF-8 LANG="
check "one category that is not installed does not cost the language" \
  starts_with "C.UTF-8 ru_RU.UTF-8" "LC_ALL=ru_RU.UTF-8 LANG=ru_RU.UTF-8" LANG=ru_RU.UTF-8 LC_CTYPE=xx_YY.UTF-8
no_locale_program() {
  printf '#!/bin/sh\nexit 127\n' >"$work/locale-of/locale"
  starts_with "" "LC_ALL=C.UTF-8 LANG=de_DE.UTF-8" LANG=de_DE.UTF-8
}
check "without a locale program it is the neutral one" no_locale_program

# Without any Java and git: in a mount namespace of its own, where /usr/lib/jvm is empty and no git can be started until
# apt-get "installs" them.
cat >"$work/no-java" <<END
set -e
mkdir -p "$work/fake"
mount --bind /usr/lib/jvm "$work/jvm"
mount -t tmpfs none /usr/lib/jvm
for git in \$GITS; do mount --bind "$work/nothing" "\$git"; done
printf '#!/bin/sh\n[ "\$2" = openjdk-21-jdk-headless ]\n' >"$work/fake/apt-cache"
printf '#!/bin/sh\necho "\$*" >>"$work/apt"\ncase \$* in *install*) mount --bind "$work/jvm" /usr/lib/jvm; umount \$GITS ;; esac\n' >"$work/fake/apt-get"
printf '#!/bin/sh\necho "\$FAKE_UID"\n' >"$work/fake/id"
chmod +x "$work"/fake/*
export PATH="$work/fake:\$PATH"
exec "\$@"
END
mkdir -p "$work/jvm"
: >"$work/nothing"
GITS=$(type -ap git | xargs -n 1 readlink -f | sort -u | tr '\n' ' ')
export GITS
if [ -d /usr/lib/jvm ] && unshare -rm sh "$work/no-java" true 2>/dev/null; then
  without_java() { unshare -rm sh "$work/no-java" "$@"; }
  user_without() {
    checkout "$work/user"
    local code=0 said
    said=$(FAKE_UID=1000 without_java "$work/user/scripts/flashvsr-deploy" "$@" 2>&1) || code=$?
    same 2 "$code" && has "$said." "sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages." &&
      [ ! -e "$work/apt" ]
  }
  packages=openjdk-21-jdk-headless
  check "a user without Java is told the command, and nothing is installed" user_without --version
  packages="openjdk-21-jdk-headless git"
  check "... for a rehearsal with git, in the same command" user_without rehearse
  root_without() {
    checkout "$work/root"
    local said
    said=$(FAKE_UID=0 without_java "$work/root/scripts/flashvsr-deploy" rehearse --help 2>&1) || return 1
    has "$said" "installing openjdk-21-jdk-headless git" && has "$said" "--fail-at" &&
      has "$(cat "$work/apt")" "install openjdk-21-jdk-headless git" && same 1 "$(grep -c install "$work/apt")"
  }
  check "for root all that a rehearsal lacks is installed at once, with the first Java that the package lists have" root_without
else
  skip "without any Java" "needs unshare -rm and /usr/lib/jvm"
fi
finish
