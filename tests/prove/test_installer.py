"""The package in a clean Debian: built, installed, tried by an ordinary user, upgraded, removed."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.pictures import ROOT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("dpkg-deb") is None,
    reason="it installs into a Debian of its own: this needs root and Debian's tools",
)


def test_the_package_does_its_work_in_a_clean_debian() -> None:
    done = subprocess.run(
        [str(ROOT / "installer" / "check.sh")], cwd=ROOT, capture_output=True, text=True, timeout=5400, check=False
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "The installer check passed." in done.stdout
