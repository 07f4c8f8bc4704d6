"""The versions of what the program is made of, as the running program itself reports them."""

from __future__ import annotations

import platform
import ssl
import sys
from dataclasses import dataclass

from eolc_desktop import __version__


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs here. The libraries inside the wheels are asked, not the lists of packages: those can differ."""

    program: str
    python: str
    system: str
    qt: str
    pyside: str
    sqlite: str
    sqlcipher: str
    cipher_provider: str
    openssl: str
    pdfium: str
    has_search: bool

    @classmethod
    def of_this_program(cls) -> Versions:
        """Ask every library. Raises ImportError when one of them is missing: the installation is damaged."""
        import pypdfium2  # noqa: PLC0415
        import PySide6  # noqa: PLC0415  only when asked for
        import sqlcipher3.dbapi2 as sqlcipher  # noqa: PLC0415
        from cryptography.hazmat.backends.openssl import backend  # noqa: PLC0415
        from PySide6.QtCore import qVersion  # noqa: PLC0415

        connection = sqlcipher.connect(":memory:")
        try:

            def ask(sql: str) -> str:
                row = connection.execute(sql).fetchone()
                return str(row[0]) if row and row[0] is not None else ""

            connection.execute("PRAGMA key = 'only to ask'")  # before a key, SQLCipher does not name its provider
            options = {row[0] for row in connection.execute("PRAGMA compile_options")}
            return cls(
                program=__version__,
                python=platform.python_version(),
                system=platform.platform(),
                qt=qVersion(),
                pyside=PySide6.__version__,
                sqlite=ask("SELECT sqlite_version()"),
                sqlcipher=ask("PRAGMA cipher_version"),
                cipher_provider=ask("PRAGMA cipher_provider_version"),
                openssl=f"{backend.openssl_version_text()} (cryptography); {ssl.OPENSSL_VERSION} (Python)",
                pdfium=str(pypdfium2.version.PDFIUM_INFO),
                has_search="ENABLE_FTS5" in options,
            )
        finally:
            connection.close()

    @property
    def has_encryption(self) -> bool:
        """Whether the record's library is SQLCipher, and not plain SQLite."""
        return bool(self.sqlcipher)

    @property
    def lines(self) -> tuple[str, ...]:
        """The versions in words, for the self-test, About and support."""
        bundled = " (in the program)" if getattr(sys, "frozen", False) else ""
        return (
            f"EoLC Desktop {self.program} on {self.system}",
            f"Python {self.python}{bundled}; Qt {self.qt}, PySide {self.pyside}",
            f"SQLCipher {self.sqlcipher or 'MISSING'} on SQLite {self.sqlite}; its provider: {self.cipher_provider}",
            f"OpenSSL: {self.openssl}",
            f"PDFium {self.pdfium}",
        )
