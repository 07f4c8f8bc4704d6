"""The libraries inside the wheels, as the running program reports them: no list of packages names these.

The list of parts that comes with the package (`sbom.cdx.json`, CycloneDX) is made from this, and the self-test compares
the two again where the program is installed.
"""

from __future__ import annotations

import json
import platform
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.paths import resources

FILE_NAME = "sbom.cdx.json"
_NUMBER = re.compile(r"\d+(?:\.\d+)+")


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A library, its version, and the package that carries it inside ("" for Python itself)."""

    name: str
    version: str
    within: str


def parts() -> tuple[Part, ...]:
    """Ask each library for its version. Raises ImportError when one is missing: the installation is damaged."""
    return tuple(sorted(_parts()))


def _parts() -> Iterator[Part]:
    import pikepdf  # noqa: PLC0415  all of these only when asked for
    import pypdfium2  # noqa: PLC0415
    import sqlcipher3.dbapi2 as sqlcipher  # noqa: PLC0415
    import uharfbuzz  # noqa: PLC0415
    from cryptography.hazmat.backends.openssl import backend  # noqa: PLC0415
    from PIL import features  # noqa: PLC0415
    from PySide6.QtCore import qVersion  # noqa: PLC0415

    yield Part("Python", platform.python_version(), "")
    yield Part("OpenSSL", _number(ssl.OPENSSL_VERSION), "Python")
    yield Part("Qt", qVersion(), "PySide6_Essentials")
    yield Part("OpenSSL", _number(backend.openssl_version_text()), "cryptography")
    yield Part("PDFium", str(pypdfium2.version.PDFIUM_INFO).partition("@")[0], "pypdfium2")
    yield Part("QPDF", str(pikepdf.__libqpdf_version__), "pikepdf")
    yield Part("HarfBuzz", str(uharfbuzz.version_string()), "uharfbuzz")
    for key, name in (("zlib", "zlib"), ("libjpeg_turbo", "libjpeg-turbo")):
        if version := features.version(key):
            yield Part(name, version, "pillow")
    connection = sqlcipher.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'only to ask'")  # before a key, SQLCipher does not name its provider
        for name, sql in (
            ("SQLite", "SELECT sqlite_version()"),
            ("SQLCipher", "PRAGMA cipher_version"),
            ("OpenSSL", "PRAGMA cipher_provider_version"),
        ):
            row = connection.execute(sql).fetchone()
            yield Part(name, _number(str(row[0]) if row else ""), "sqlcipher3")
    finally:
        connection.close()


def _number(words: str) -> str:
    found = _NUMBER.search(words)
    return found[0] if found else words


def listed(path: Path | None = None) -> tuple[Part, ...] | None:
    """The parts as the list beside the program has them; None where there is no list, as in the source."""
    path = path or resources().parent / FILE_NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return tuple(
        sorted(
            Part(one["name"], one["version"], one["properties"][0]["value"])
            for one in found["components"]
            if one["type"] == "library" and one.get("properties")
        )
    )
