"""A PDF locked with a password, in memory: AES-256 as ISO 32000-2 has it, for a copy that is sent or carried."""

from __future__ import annotations

import io

LEAST_LETTERS = 8
"""Letters of a password at least: a shorter one is found by trying."""


def lock(pdf: bytes, password: str) -> bytes:
    """Return the document locked with a password. Whoever has it may print, and have it read out."""
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        allowed = pikepdf.Permissions(modify_annotation=False, modify_other=False, modify_assembly=False)
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6, allow=allowed))
    return out.getvalue()
