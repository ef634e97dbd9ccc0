#!/usr/bin/env bash
# init.sh BOX NAME CGROUP: the first process of a box. In namespaces of its own it puts the file systems together,
# waits for its end of the link, and becomes process 1, which starts sshd and reaps whom nobody waits for.
set -euo pipefail

main() {
  local pid turn node major minor
  cd "$1"
  read -r pid _ </proc/self/stat # as this machine counts
  printf '%s\n' "$pid" >init
  for ((turn = 0; turn < 1000; turn++)); do
    [ ! -e go ] || break
    sleep 0.01
  done
  [ -e go ] # else its maker is gone
  printf '%s\n' "$2" >/proc/sys/kernel/hostname

  mkdir -p lower root
  mount --bind "$(<base)" lower
  mount -t overlay -o lowerdir=lower,upperdir=layers/upper,workdir=layers/work overlay root
  mkdir -p root/workspace root/etc/testbox
  mount --bind disk root/workspace
  mount -t proc proc root/proc
  mount --bind -o ro boot_id root/proc/sys/kernel/random/boot_id
  mount -t sysfs -o ro sysfs root/sys
  if [ -n "$3" ]; then
    case $3 in
      */memory/*)
        mount -t tmpfs -o mode=755,size=64k cgroup root/sys/fs/cgroup
        mkdir root/sys/fs/cgroup/memory
        mount --bind "$3" root/sys/fs/cgroup/memory
        mount -o remount,ro,bind root/sys/fs/cgroup/memory
        ;;
      *)
        mount --bind "$3" root/sys/fs/cgroup
        mount -o remount,ro,bind root/sys/fs/cgroup
        ;;
    esac
  fi
  mount -t tmpfs -o mode=755,size=16m run root/run
  mount -t tmpfs -o mode=755,size=64k dev root/dev
  while read -r node major minor; do
    mknod -m 666 "root/dev/$node" c "$major" "$minor"
  done < <(printf '%s\n' $'null 1 3\nzero 1 5\nfull 1 7\nrandom 1 8\nurandom 1 9\ntty 5 0')
  mkdir root/dev/pts root/dev/shm
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts root/dev/pts
  mount -t tmpfs -o mode=1777,size=64m shm root/dev/shm
  ln -s pts/ptmx root/dev/ptmx
  ln -s /proc/self/fd root/dev/fd
  ln -s /proc/self/fd/0 root/dev/stdin
  ln -s /proc/self/fd/1 root/dev/stdout
  ln -s /proc/self/fd/2 root/dev/stderr

  printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$2" >root/etc/hosts
  printf '%s\n' "$2" >root/etc/hostname
  cp clock root/etc/testbox/clock # the same file for all processes: they have it mapped
  chmod 644 root/etc/testbox/clock
  echo /usr/lib/testbox-clock.so >root/etc/ld.so.preload
  install -m 600 host_ed25519 root/etc/testbox/host_key
  cat >root/etc/testbox/sshd_config <<END
Port $(<port)
ListenAddress 0.0.0.0
HostKey /etc/testbox/host_key
PidFile /run/sshd.pid
AuthorizedKeysFile .ssh/authorized_keys
PasswordAuthentication no
PermitRootLogin prohibit-password
UsePAM no
UseDNS no
MaxStartups 100
END
  export BOX_USER BOX_SHELL BOX_KEY
  BOX_USER=$(<user) BOX_SHELL=$(<shell) BOX_KEY=$(<key.pub)
  cd root
  pivot_root . .
  umount -l .
  # shellcheck disable=SC2016 # the box expands it
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    BOX_USER="$BOX_USER" BOX_SHELL="$BOX_SHELL" BOX_KEY="$BOX_KEY" chroot . /bin/bash --noprofile --norc -c '
      cd /
      mkdir -p /run/sshd
      if ! id -u "$BOX_USER" >/dev/null 2>&1; then useradd -m -p "*" "$BOX_USER"; fi
      usermod -s "$BOX_SHELL" "$BOX_USER" 2>/dev/null
      home=$(eval "printf %s ~$BOX_USER")
      mkdir -p "$home/.ssh" && printf "%s\n" "$BOX_KEY" >"$home/.ssh/authorized_keys"
      chmod 700 "$home/.ssh" && chown -R "$BOX_USER" "$home/.ssh" /workspace/.
      chown "$BOX_USER" /workspace
      /usr/sbin/sshd -f /etc/testbox/sshd_config
      unset BOX_USER BOX_SHELL BOX_KEY
      sleep infinity &
      while :; do wait; done' init
}

main "$@"
