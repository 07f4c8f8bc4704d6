"""The page with the recovery code: printed once, kept apart from the laptop, with no name of any patient on it."""

from __future__ import annotations

from eolc_desktop.documents.blocks import Block, Fact, Facts, Heading, NoteBox, Paragraph, Span


def recovery_page(user_name: str, organisation: str, made_on: str, code: str) -> list[Block]:
    """The recovery code in large type, and what it is for. `made_on` is a date in words."""
    return [
        Heading("Recovery code", 1),
        Paragraph(
            Span("Keep this page apart from the laptop: in a sealed envelope in a locked place at work.", bold=True)
        ),
        Facts((Fact("For", user_name), Fact("At", organisation or "Not recorded"), Fact("Made on", made_on))),
        NoteBox("The code", (Paragraph(Span(code, bold=True, keep=False)),), thick=True),
        Paragraph(
            "With this code the record on the laptop can be opened when the passphrase is forgotten. Anyone who has "
            "both this page and the laptop can read the record. Nobody can make the code again: not the supplier, not "
            "the NHS. If this page is lost, sign in, choose Settings, and make a new code; the old one then stops "
            "working."
        ),
        Paragraph("It can be typed with or without hyphens, in capitals or small letters."),
    ]
