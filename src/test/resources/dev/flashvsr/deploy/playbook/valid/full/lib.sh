# shared
say() { printf "%s\n" "$*"; }
