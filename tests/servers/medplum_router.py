"""Medplum's FHIR router over its store in memory, on loopback: fetched once from npm, started, stopped."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

from tests.servers.database import free_port
from tests.servers.fetching import KEPT, need, one_at_a_time, run
from tests.servers.waiting import until

OURS = Path(__file__).parent / "medplum"
FILES = ("package.json", "package-lock.json", "server.mjs")


def fetched() -> Path:
    """The folder with the router and what it needs: exactly the packages of the lock, checked by their hashes."""
    need("node", "npm")
    mark = hashlib.sha256(b"".join((OURS / name).read_bytes() for name in FILES)).hexdigest()[:16]
    folder = KEPT / f"medplum-{mark}"
    with one_at_a_time("medplum"):
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for name in FILES:
                shutil.copy(OURS / name, folder)
            environment = os.environ | {"npm_config_cache": str(KEPT / "npm")}
            run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, env=environment)
            (folder / "whole").touch()
    return folder


class MedplumRouter:
    """One server, started by `begin`."""

    def __init__(self) -> None:
        self._folder = fetched()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/fhir"
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start the server and wait until it answers."""
        nowhere = subprocess.DEVNULL
        self._process = subprocess.Popen(
            ["node", "server.mjs", str(self.port)], cwd=self._folder, stdin=nowhere, stdout=nowhere, stderr=nowhere
        )
        until(self._answers, 120, lambda: "Medplum's router did not start")

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "Medplum's router ended while it started"
        try:
            with urllib.request.urlopen(f"{self.address}/metadata", timeout=30) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def end(self) -> None:
        """Stop the server."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
