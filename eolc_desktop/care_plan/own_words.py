"""The person's own words: which fields hold statements, and what may never happen to one."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Authorship, Field, Kind, is_empty
from eolc_desktop.care_plan.plan import Edit, Op, Source

A_STATEMENT = 400
"""A longer own-words field holds a statement: a newer one follows it, and nobody types over it."""

NOT_A_CLINICIANS = (
    "These are the person's own words or choices, so a clinician's judgement cannot stand in their place. "
    "Say who told you, or record the judgement where decisions are recorded."
)
NOT_TAKEN_AWAY = (
    "What the person said is not taken away. Add what they say now, which will stand beside it, or say why these words "
    "do not belong here."
)


def holds_statements(field: Field) -> bool:
    """Whether a field holds what the person said, rather than a choice, a name or an address."""
    own_words = field.authorship is Authorship.VOICE
    return own_words and field.kind is Kind.LONG_TEXT and field.max_length > A_STATEMENT


def why_not(field: Field, edit: Edit) -> str:
    """Why this edit may not be made to the person's own words or choices, in a sentence; "" when it may.

    A newer statement, with its own date and source, follows the one before, which stays in the history and beneath it
    on the screen. It is only taken away with a reason: it was somebody else's, or it was undone at once. An edit
    without a base takes nothing away, for nothing stood there.
    """
    if edit.op is not Op.SET or field.authorship is not Authorship.VOICE:
        return ""
    if edit.told.source is Source.CLINICIAN:
        return NOT_A_CLINICIANS
    if holds_statements(field) and is_empty(edit.value) and edit.base and not edit.reason:
        return NOT_TAKEN_AWAY
    return ""
