"""Writes the version information that Windows shows for the program's file, in the form PyInstaller reads."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable('080904b0', [
      StringStruct('CompanyName', 'EoLC Desktop contributors'),
      StringStruct('FileDescription', 'EoLC Desktop'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'eolc-desktop'),
      StringStruct('LegalCopyright', 'MIT licence'),
      StringStruct('OriginalFilename', 'eolc-desktop.exe'),
      StringStruct('ProductName', 'EoLC Desktop'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [2057, 1200])])
  ]
)
"""


def main(path: Path) -> None:
    """Write the file."""
    sys.path.insert(0, str(ROOT))
    from eolc_desktop import __version__  # noqa: PLC0415  found only now

    parts = [int(part) for part in __version__.split(".")[:4]]
    numbers = tuple(parts + [0] * (4 - len(parts)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.format(numbers=numbers, version=__version__), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
