"""A PostgreSQL of the tests' own, on loopback, in a folder that goes away; as another user where tests run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from tests.servers.processor import seconds_of

_PLACES = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed or nobody may run it."""
    found = shutil.which("initdb")
    folder = Path(found).parent if found else next((Path(p) for p in _PLACES if (Path(p) / "initdb").exists()), None)
    return folder if folder is not None and (os.geteuid() or _other_user()) else None


def _other_user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return ""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgreSQL:
    """One cluster, made for a run of tests."""

    def __init__(self, folder: Path) -> None:
        self._programs = folder
        # Not under pytest's folder: that is closed to other users.
        self._home = Path(tempfile.mkdtemp(prefix="eolc-postgres-"))
        self._data = self._home / "data"
        self.port = free_port()
        self.url = f"jdbc:postgresql://127.0.0.1:{self.port}/postgres"
        self._user = "" if os.geteuid() else _other_user()
        if self._user:
            shutil.chown(self._home, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "hapi", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            # Each write reaches the disk: a test kills the server and looks for what it promised.
            "-c fsync=on -c max_connections=60"
        )
        log = str(self._data / "log")
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-w", "-t", "60", "-l", log, "start")

    def processor(self) -> float:
        """The seconds of the processor that it has taken since it was started, all its processes together."""
        return seconds_of(int((self._data / "postmaster.pid").read_text().split()[0]), with_children=True)

    def stop(self) -> None:
        """Stop it, and take its folder away."""
        pid = self._data / "postmaster.pid"
        if pid.exists():
            number = int(pid.read_text().split()[0])
            os.kill(number, signal.SIGINT)
            self._run("pg_ctl", "-D", str(self._data), "-w", "-t", "60", "-m", "fast", "stop", may_fail=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def _run(self, program: str, *arguments: str, may_fail: bool = False) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=not may_fail,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd=self._home,
            user=self._user or None,
            group=self._user or None,
            extra_groups=[] if self._user else None,
            timeout=120,
        )
