"""The who-to-call card: names and numbers only, for the fridge (A6) and for a wallet."""

from __future__ import annotations

from eolc_desktop.documents.blocks import Block, Heading, Paragraph
from eolc_desktop.documents.calls import call_lines, calls, without_number
from eolc_desktop.documents.family_plan import key_worker
from eolc_desktop.documents.material import Material


def call_card(m: Material) -> list[Block]:
    """One line of type for each number: who answers and when in bold, then what it is for."""
    blocks: list[Block] = [Heading(m.words("calls.title"), 1)]
    found = calls(m)
    for call in found:
        blocks.append(Paragraph(call_lines(m, call)))
    worker = (
        key_worker(m) if m.plan.text("key_people", "key_worker_phone") not in {call.phone for call in found} else []
    )
    if not found and not worker:
        blocks.append(Paragraph(m.words("calls.none") + "\n\n\n"))
    return [*blocks, *worker, *without_number(m)]
