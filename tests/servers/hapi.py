"""HAPI FHIR on a real database, on loopback: fetched once from Maven Central, compiled, started, stopped, killed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from pathlib import Path

from tests.servers.database import PostgreSQL, free_port, programs
from tests.servers.fetching import KEPT, check_hashes, need, one_at_a_time, run
from tests.servers.processor import seconds_of
from tests.servers.waiting import until

OURS = Path(__file__).parent / "hapi"
VERSION = "8.8.0"
SECONDS_TO_START = 300
"""A server alone on two cores is there within half a minute; a busy computer takes its time."""


def fetched() -> Path:
    """The folder with HAPI's libraries and our compiled server: fetched, checked by hash and compiled at first need."""
    need("java", "javac", "mvn")
    listed = OURS / "jars.sha256"
    source = OURS / "TestServer.java"
    mark = hashlib.sha256(listed.read_bytes() + source.read_bytes()).hexdigest()[:16]
    folder = KEPT / f"hapi-{VERSION}-{mark}"
    with one_at_a_time("hapi"):
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            libraries = folder / "libraries"
            run(["mvn", "-B", "-q", "-f", str(OURS / "pom.xml"), "dependency:copy-dependencies",
                 "-DincludeScope=runtime", f"-DoutputDirectory={libraries}"])  # fmt: skip
            check_hashes(libraries, listed)
            classes = folder / "classes"
            run(["javac", "-proc:none", "-cp", f"{libraries}/*", "-d", str(classes), str(source)])
            shutil.copy(OURS / "logback.xml", classes)
            (folder / "whole").touch()
    return folder


class Hapi:
    """One server with its database. `kill` is as if the power went; the database stays as it then was.

    With `teams` each of so many has a partition of its own, at one of the addresses of `of_teams`.
    """

    def __init__(self, *, teams: int = 0) -> None:
        self._teams = teams
        self._folder = fetched()
        self._home = Path(tempfile.mkdtemp(prefix="eolc-hapi-"))
        self._database = PostgreSQL(found) if (found := programs()) else None
        self.database = "PostgreSQL" if self._database else "H2 in a file"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/fhir"
        self.of_teams = [f"{self.address}/TEAM-{team}" for team in range(1, teams + 1)]
        self._process = 0

    def begin(self) -> None:
        """Start the database, then the server."""
        if self._database:
            self._database.start()
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers. Raises AssertionError with its last words when it does not."""
        url = self._database.url if self._database else f"jdbc:h2:file:{self._home}/record"
        log = self._home / "log"
        before = len(log.read_text("utf-8")) if log.exists() else 0
        command = ["java", "-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                   "-cp", f"{self._folder}/classes:{self._folder}/libraries/*", "TestServer",
                   str(self.port), url, *([str(self._teams)] if self._teams else [])]  # fmt: skip
        # Started like PostgreSQL, as no child of this process: a test may kill it and start it again.
        detached = ["sh", "-c", '"$@" >>"$0" 2>&1 </dev/null & echo $!', str(log), *command]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JAVA_TOOL")}
        started = subprocess.run(detached, env=environment, cwd=self._home, capture_output=True, check=True, timeout=30)
        self._process = int(started.stdout)
        until(
            lambda: self._answers(log, before),
            SECONDS_TO_START,
            lambda: f"HAPI did not start: {log.read_text()[-2000:]}",
        )

    def _answers(self, log: Path, before: int) -> bool:
        assert self._is_running(), "HAPI ended while it started"
        if "\nready" not in log.read_text("utf-8")[before:]:
            return False
        try:
            anywhere = (self.of_teams or [self.address])[0]
            with urllib.request.urlopen(f"{anywhere}/Basic?_summary=count", timeout=60) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _is_running(self) -> bool:
        try:
            state = Path(f"/proc/{self._process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        return state != "Z"

    def processor(self) -> tuple[float, float]:
        """The seconds of the processor that the server, and its database, have taken since they were started."""
        return seconds_of(self._process), self._database.processor() if self._database else 0.0

    def kill(self) -> None:
        """End the server at once, with no chance to tidy up."""
        if self._process and self._is_running():
            os.kill(self._process, signal.SIGKILL)
            until(lambda: not self._is_running(), 30, lambda: "HAPI does not end")
        self._process = 0

    def end(self) -> None:
        """Stop the server and its database, and take their folders away."""
        self.kill()
        if self._database:
            self._database.stop()
        shutil.rmtree(self._home, ignore_errors=True)
