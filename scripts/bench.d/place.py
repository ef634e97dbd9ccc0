"""Where the comparison takes place: an sshd of its own on 127.0.0.1, a HOME for it, keys, and links of chosen length."""

import getpass
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
HOME = REPO / "target/bench/home"  # of the user on the far side: no start files, so that nobody pays for them


def call(command, env):
    """Runs a command; stdout and stderr together in .stdout."""
    return subprocess.run(
        command, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


class Place:
    """Everything is ended and removed on exit."""

    def __init__(self, markers):
        self.user = getpass.getuser()
        self.login = f"{self.user}@127.0.0.1"
        self.python = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
        self.markers = markers
        self.links = {}
        self.processes = []

    def __enter__(self):
        # Short, because names of Ansible's control sockets have little room.
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="fvb"))
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir(parents=True)
        for i in range(self.markers):
            self.marker(i).touch()
        self.key, self.known_hosts = self.dir / "key", self.dir / "known_hosts"
        for name in ("key", "host"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.dir / name)], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (self.dir / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {self.dir}/host\nPidFile none\n"
            f"AuthorizedKeysFile {self.dir}/key.pub\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
            f"PermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\nSetEnv HOME={HOME}\n"
        )
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        self.processes.append(
            subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(self.dir / "sshd_config")], stderr=subprocess.DEVNULL)
        )
        self._listening(self.port)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
        shutil.rmtree(self.dir, ignore_errors=True)

    def marker(self, i):
        return HOME / f"marker-{i}"

    def link(self, rtt):
        """The port of a link with this round trip, in milliseconds; its host key is known from then on."""
        if rtt not in self.links:
            process = subprocess.Popen(
                [sys.executable, str(REPO / "scripts/bench.d/slow_link.py"), str(self.port), str(rtt)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self.processes.append(process)
            port = self.links[rtt] = int(process.stdout.readline())
            with self.known_hosts.open("a") as known:
                known.write(f"[127.0.0.1]:{port} {(self.dir / 'host.pub').read_text()}")
        return self.links[rtt]

    def ssh_options(self, port, port_option):
        return [
            *("-F", "/dev/null", "-i", str(self.key), port_option, str(port)),
            *("-o", f"UserKnownHostsFile={self.known_hosts}", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"),
        ]

    def quiet(self):
        """Nothing to prepare."""

    def end_masters(self):
        """Ends what Ansible's ssh keeps open for the next run."""
        for path in (self.dir / "control").glob("*"):
            subprocess.run(
                ["ssh", "-F", "/dev/null", "-O", "exit", "-o", f"ControlPath={path}", self.login],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    @staticmethod
    def _listening(port):
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                if time.monotonic() > end:
                    sys.exit("scripts/bench: the sshd that it starts does not answer; run it with -d to see why")
                time.sleep(0.05)
