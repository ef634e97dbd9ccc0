# shellcheck shell=bash
fail() { say "$1"; exit 1; } # the last line has no end