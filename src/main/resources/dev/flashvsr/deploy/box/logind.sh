# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Where systemd-logind ends a user's processes at logout, a session of one's own does not help.

# Whether it does so with ours.
logout_kills() {
  local file line kills=no account='\u'
  account=${account@P}
  [[ -d /run/systemd/system && $EUID != 0 && ! -e /var/lib/systemd/linger/$account ]] || return 1
  for file in /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf; do
    [[ -r $file ]] || continue
    while IFS= read -r line; do
      case ${line//[[:space:]]/} in
        KillUserProcesses=yes | KillUserProcesses=true | KillUserProcesses=1) kills=yes ;;
        KillUserProcesses=*) kills=no ;;
      esac
    done <"$file"
  done
  [[ $kills == yes ]]
}

# SCOPE: the words to put before a command that is to outlive this login; none where nothing is needed or helps.
choose_scope() {
  SCOPE=()
  if logout_kills && loginctl enable-linger 2>/dev/null && systemd-run --user --scope --quiet true 2>/dev/null; then
    SCOPE=(systemd-run --user --scope --quiet)
  fi
}
