"""The tables of the encrypted store. The journal (`change`) is the truth; `current` and `person` follow from it."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Moments are ISO 8601 text in UTC to the microsecond ("2026-11-12T14:32:00.000000+00:00"): readable in a rescue, and
# they sort as text. Values are JSON text.

user = Table(
    "user",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("added_at", String, nullable=False),
    Column("closed_at", String),
)

person = Table(
    # What is listed, searched and measured about each person, in typed columns: a projection of `current`,
    # written in the same transaction (`care_plan.listed`) and rebuilt from the journal by `record.plans.rebuild`.
    "person",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("added_at", String, nullable=False),
    Column("family_name", String, nullable=False, server_default=""),
    Column("given_names", String, nullable=False, server_default=""),
    Column("title", String, nullable=False, server_default=""),
    Column("preferred_name", String, nullable=False, server_default=""),
    Column("birth_date", String, nullable=False, server_default="", index=True),
    Column("gender", String, nullable=False, server_default=""),
    Column("nhs_number", String, nullable=False, server_default="", index=True),
    Column("postcode", String, nullable=False, server_default=""),
    Column("sort_name", String, nullable=False, server_default=""),
    Column("sound_name", String, nullable=False, server_default="", index=True),
    Column("cpr_decision", String, nullable=False, server_default=""),
    Column("preferred_death", String, nullable=False, server_default=""),
    Column("review_date", String, nullable=False, server_default=""),
    Column("died_on", String, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("last_change_at", String, nullable=False, server_default=""),
    Column("last_change_by", String, nullable=False, server_default=""),
    *(
        Column(name, String, nullable=False, server_default="")
        for name in (
            "stage",
            "plan_status",
            "review_responsible",
            "key_worker",
            "practice",
            "diagnosis",
            "on_register",
            "fast_track",
            "fast_track_state",
            "just_in_case",
            "last_meeting",
            "last_conversation",
        )
    ),
    Index("ix_person_sort_name_number", "sort_name", "number"),
)

change = Table(
    "change",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("section", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("field", String, nullable=False),
    Column("op", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("parent", String, nullable=False, server_default=""),
    Column("base_change", String, nullable=False, server_default=""),
    Column("save_id", String, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("author_role", String, nullable=False),
    Column("author_organisation", String, nullable=False),
    Column("source", String, nullable=False),
    Column("source_detail", String, nullable=False, server_default=""),
    Column("reason", String, nullable=False, server_default=""),
    Column("laptop_id", String, nullable=False),
    CheckConstraint("op in ('set', 'confirm')", name="op"),
    Index("ix_change_person_id_section_entry_field", "person_id", "section", "entry", "field", "sequence"),
    Index("ix_change_save_id", "save_id"),
    sqlite_autoincrement=True,
)

current = Table(
    # The latest value of each field with its envelope: derived from `change`, never written alone.
    "current",
    metadata,
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("section", String, primary_key=True),
    Column("entry", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("parent", String, nullable=False, server_default=""),
    Column("set_by", Integer, ForeignKey("change.sequence"), nullable=False),
    Column("confirmed_by", Integer, ForeignKey("change.sequence")),
    # Finds the page whose check code is typed, and the people of whom pages are about.
    Index(
        "ix_current_check_code",
        "value",
        "person_id",
        "entry",
        sqlite_where=text("section = 'paper_copies' AND field = 'code'"),
    ),
    sqlite_with_rowid=False,
)

paper_recall = Table(
    # Which pages that are about say something that is not so any more: follows from `change`, person by person, and
    # is worked out again when `due` is set (`record.paper_copies`).
    "paper_recall",
    metadata,
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("due", Integer, nullable=False),
    Column("pages", Text, nullable=False, server_default="[]"),
    sqlite_with_rowid=False,
)

draft = Table(
    # What a user was writing, kept within a second and offered again on that person only.
    "draft",
    metadata,
    Column("user_id", String, primary_key=True),
    Column("person_id", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("values", Text, nullable=False),
    Column("kept_at", String, nullable=False),
    Column("plan_version", Integer, nullable=False),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("user_id", String, nullable=False),
    Column("action", String, nullable=False),
    Column("person_id", String, nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default="{}"),
    Index("ix_audit_person_id_sequence", "person_id", "sequence"),
    sqlite_autoincrement=True,
)

fact = Table(
    # What the store knows of itself: its id, the laptop's id, the organisation's number to call.
    "fact",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

user_role = Table(
    # What each user may do in this program: the keys of `services.roles.Role`.
    "user_role",
    metadata,
    Column("user_id", String, ForeignKey("user.id"), primary_key=True),
    Column("role", String, primary_key=True),
    sqlite_with_rowid=False,
)

seal = Table(
    # One for each save of a person and for each stretch of the audit, each made from the one before it and from what it
    # covers (`first` to `last`), so that nothing in the journal can be changed, taken out or put back unseen.
    "seal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person_id", String, nullable=False, server_default=""),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("body", String, nullable=False),
    Column("mac", String, nullable=False),
    CheckConstraint("kind in ('change', 'audit')", name="kind"),
    Index("ix_seal_person_id_number", "person_id", "number"),
)

set_aside = Table(
    # People who are not listed: their record was joined with another of the same person, or came in by mistake. Nothing
    # of it is deleted, and the row goes away when they are put back.
    "set_aside",
    metadata,
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("why", String, nullable=False),
    Column("into_person", String, nullable=False, server_default=""),
    Column("reason", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by_user", String, nullable=False),
    Column("save_id", String, nullable=False, server_default=""),
    CheckConstraint("why in ('joined', 'removed')", name="why"),
    sqlite_with_rowid=False,
)

disposal = Table(
    # The log of records that were deleted from this laptop when their time was over: whose (a random id), when, by
    # whom, by which rule, and how many lines of the journal went. The seals over those lines stay.
    "disposal",
    metadata,
    Column("person_id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("by_user", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("changes", Integer, nullable=False),
    sqlite_with_rowid=False,
)

written_back = Table(
    # Forms that came back: the answers, each waiting until somebody settles it. The file is among the attachments.
    "written_back",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("entry", String, nullable=False),
    Column("received_at", String, nullable=False),
    Column("received_by", String, nullable=False),
    Column("told_by", String, nullable=False, server_default=""),
    Column("told_by_words", String, nullable=False, server_default=""),
    Column("answers", Text, nullable=False),
    Column("waits", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Index("ix_written_back_person_id_received_at", "person_id", "received_at"),
)

shared_person = Table(
    # How each person stands in the exchange with the shared record: whether something waits to be sent, why nothing
    # may be, what went wrong last.
    "shared_person",
    metadata,
    Column("person_id", String, primary_key=True),
    Column("waiting_since", String, nullable=False, server_default=""),
    Column("staged", Integer, nullable=False, server_default="0"),
    Column("hold", String, nullable=False, server_default=""),
    Column("trouble", Text, nullable=False, server_default=""),
    Column("last_sent", String, nullable=False, server_default=""),
    Column("last_received", String, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

shared_resource = Table(
    # The raw JSON of each resource on the server: the version that our own follows, and a newer one that was received
    # and is not merged yet. Kept whole, so that what we do not know goes back unchanged. The rows lie in the order in
    # which they came: by their keys, which are random, each long text would be written between others that move aside.
    # The long texts stand last, so that what is beside them is read without them.
    "shared_resource",
    metadata,
    Column("key", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("base_version", String, nullable=False, server_default=""),
    Column("base_updated", String, nullable=False, server_default=""),
    Column("seen_version", String, nullable=False, server_default=""),
    Column("seen_updated", String, nullable=False, server_default=""),
    Column("base", Text, nullable=False, server_default=""),
    Column("seen", Text, nullable=False, server_default=""),
)

change_set = Table(
    # What was sent as one transaction. `bundle` is emptied once the server has it.
    "change_set",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("person_id", String, nullable=False),
    Column("state", String, nullable=False),
    Column("bundle", Text, nullable=False, server_default=""),
    Column("guarded", Integer, nullable=False),
    Column("journal_head", Integer, nullable=False),
    Column("sent_at", String, nullable=False),
    Column("done_at", String, nullable=False, server_default=""),
    Column("trouble", Text, nullable=False, server_default=""),
    CheckConstraint("state in ('sent', 'done', 'kept', 'dropped', 'refused')", name="state"),
    Index("ix_change_set_state_number", "state", "number"),
)

conflict = Table(
    "conflict",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("found_at", String, nullable=False),
    Column("settled_at", String, nullable=False, server_default=""),
    # Whether the two versions disagree about the CPR decision, or whether it stands: the caseload says so.
    Column("about_cpr", Integer, nullable=False, server_default="0"),
    Index("ix_conflict_open", "person_id", "about_cpr", sqlite_where=text("settled_at = ''")),
    sqlite_with_rowid=False,
)

proposal = Table(
    # What another system changed in the shared record, until somebody accepts or declines it.
    "proposal",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("found_at", String, nullable=False),
    Column("decided_at", String, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

exchange_mark = Table(
    # How far each type has been read, and other words that the exchange remembers.
    "exchange_mark",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

own_form = Table(
    # Every version of the organisation's own forms as it was taken in: a FHIR Questionnaire as JSON.
    "own_form",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("section_key", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("address", String, nullable=False),
    Column("version", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("accepted_at", String, nullable=False),
    Column("accepted_by", String, nullable=False),
    Column("put_away_at", String),
    sqlite_autoincrement=True,
)

attachment = Table(
    # A scan or photograph of one person, named by the SHA-256 of its bytes; what it is stands in the plan.
    "attachment",
    metadata,
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", String, nullable=False),
    sqlite_with_rowid=False,
)

attachment_part = Table(
    # The bytes of an attachment in pieces, in order.
    "attachment_part",
    metadata,
    Column("person_id", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    ForeignKeyConstraint(["person_id", "sha256"], ["attachment.person_id", "attachment.sha256"]),
)

SEARCH_SQL = (
    # The words of each person's names, postcode and NHS number, folded by `record.search` before they come here.
    "CREATE VIRTUAL TABLE person_search USING fts5"
    "(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
)
"""Statements that metadata cannot express, run by the first migration."""
