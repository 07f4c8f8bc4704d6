"""The who-to-call card: names and numbers only, for the fridge (A6) and for a wallet."""

from __future__ import annotations

from eolc_desktop.documents.blocks import Block, Heading, Paragraph, Span
from eolc_desktop.documents.calls import call_lines, calls, without_number
from eolc_desktop.documents.material import Material


def call_card(m: Material) -> list[Block]:
    """One line of type for each number: who answers and when in bold, then what it is for."""
    blocks: list[Block] = [Heading(m.words("calls.title"), 1)]
    found = calls(m)
    for call in found:
        blocks.append(Paragraph(call_lines(m, call)))
    if not found:
        worker, phone = m.plan.text("key_people", "key_worker_name"), m.plan.text("key_people", "key_worker_phone")
        if phone:
            blocks.append(Paragraph((Span(phone, bold=True, keep=True), f" {worker or m.words('calls.key_worker')}")))
        else:
            blocks.append(Paragraph(m.words("calls.none") + "\n\n\n"))
    return [*blocks, *without_number(m)]
