"""Whether this computer's disk is encrypted, as far as can be told without an administrator's rights."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import Enum
from pathlib import Path

SECONDS = 8


class DiskEncryption(Enum):
    """What was found about the disk that the record is on."""

    FOUND = "found"
    NOT_FOUND = "not found"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """What the screen says, in plain words."""
        return {
            DiskEncryption.FOUND: (
                "This computer’s disk is encrypted: if the laptop is lost, what else is on it is safe too."
            ),
            DiskEncryption.NOT_FOUND: (
                "This computer’s disk does not seem to be encrypted. The record itself always is. Other things on the "
                "laptop, such as pages you save as PDF, are not: please ask your computer support to switch on disk "
                "encryption."
            ),
            DiskEncryption.UNKNOWN: (
                "The program could not tell whether this computer’s disk is encrypted. The record itself always is. "
                "Please ask your computer support about the rest."
            ),
        }[self]


def disk_encryption(folder: Path, system: str = sys.platform) -> DiskEncryption:
    """Look at the disk that holds `folder`. Takes up to a few seconds; never raises."""
    try:
        if system == "win32":
            return _windows(folder)
        if system == "darwin":
            return _mac()
        return _linux(folder)
    except (OSError, ValueError, subprocess.SubprocessError):
        return DiskEncryption.UNKNOWN


def _linux(
    folder: Path, sys_folder: Path = Path("/sys"), mounts: Path = Path("/proc/self/mountinfo")
) -> DiskEncryption:
    number = folder.stat().st_dev
    device = sys_folder / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
    if not device.exists():
        found = _device_of_mount(f"{os.major(number)}:{os.minor(number)}", mounts, sys_folder)
        if found is None:
            return DiskEncryption.UNKNOWN
        device = found
    return DiskEncryption.FOUND if _is_under_crypt(device.resolve()) else DiskEncryption.NOT_FOUND


def _device_of_mount(number: str, mounts: Path, sys_folder: Path) -> Path | None:
    """The block device behind a mount that has no number of its own, such as btrfs; None for those that have none."""
    for line in mounts.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields[2] == number:
            source = Path(fields[fields.index("-") + 2])
            if source.parts[:2] == ("/", "dev") and source.exists():
                block = sys_folder / "class" / "block" / source.resolve().name
                return block if block.exists() else None
    return None


def _is_under_crypt(device: Path) -> bool:
    """Whether the device, or every device it lies on, is a dm-crypt mapping (LUKS)."""
    kind = device / "dm" / "uuid"
    if kind.exists() and kind.read_text(encoding="utf-8").startswith("CRYPT-"):
        return True
    slaves = device / "slaves"
    beneath = list(slaves.iterdir()) if slaves.is_dir() else []
    return bool(beneath) and all(_is_under_crypt(slave.resolve()) for slave in beneath)


def _mac() -> DiskEncryption:
    said = _asked(["/usr/bin/fdesetup", "status"])
    if "FileVault is On" in said:
        return DiskEncryption.FOUND
    return DiskEncryption.NOT_FOUND if "FileVault is Off" in said else DiskEncryption.UNKNOWN


def _windows(folder: Path) -> DiskEncryption:
    """Ask the shell, which answers without an administrator's rights: 1, 3 and 5 mean that BitLocker protects."""
    drive = folder.resolve().drive
    if len(drive) != 2 or not drive[0].isalpha():
        return DiskEncryption.UNKNOWN
    question = (
        f"(New-Object -ComObject Shell.Application).NameSpace('{drive}\\').Self"
        ".ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    powershell = Path(os.environ["SYSTEMROOT"]) / "System32" / "WindowsPowerShell" / "v1.0" / "powershell.exe"
    said = _asked([str(powershell), "-NoProfile", "-NonInteractive", "-Command", question]).strip()
    if said in ("1", "3", "5"):
        return DiskEncryption.FOUND
    return DiskEncryption.NOT_FOUND if said in ("0", "2") else DiskEncryption.UNKNOWN


def _asked(command: list[str]) -> str:
    answer = subprocess.run(  # noqa: S603  a fixed program of the system, no words from anywhere else
        command, capture_output=True, text=True, timeout=SECONDS, check=True
    )
    return answer.stdout
