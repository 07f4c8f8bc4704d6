"""Documents and photographs attached: what each is, and where the original is (D-14.1)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import automatic, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 60
ASK = OnFamilyCopy.ASK

DOCUMENTS = Section(
    key="documents",
    title="Documents and photographs",
    family_title="My documents",
    part=Part.CARE,
    intro="What was attached, and where the original is.",
    repeats=True,
    entry_name="document",
    entry_title=("title", "dated"),
    fields=(
        fact(key="title", label="Title", standard="D-14.1", family=ASK, need=Need.RECOMMENDED, max_length=150),
        fact(
            key="kind",
            label="Kind",
            standard="D-14.1",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            options=value_set("document_kind"),
        ),
        fact(key="name", label="Name in the indexing standard", standard="D-14.1", kind=Kind.CODED),
        fact(key="dated", label="Date on it", standard="D-14.1", kind=Kind.DATE, family=ASK),
        fact(
            key="original",
            label="Where the original is",
            standard="D-14.1",
            family=ASK,
            need=Need.RECOMMENDED,
            max_length=300,
        ),
        fact(
            key="confidentiality",
            label="Confidentiality",
            standard="D-14.1",
            kind=Kind.CHOICE,
            options=value_set("confidentiality"),
        ),
        fact(key="service", label="Service it comes from", standard="D-14.1", kind=Kind.CODED),
        fact(
            key="made_by",
            label="Made by",
            standard="D-14.1",
            kind=Kind.LINK,
            links_to="care_team",
            help="Who wrote it, or took the picture.",
        ),
        fact(key="shows", label="What the picture shows", standard="D-14.1", max_length=300),
        fact(key="taken_on", label="Picture taken on", standard="D-14.1", kind=Kind.DATE),
        fact(key="identifier", label="Number of the document or picture", standard="D-14.1", max_length=100),
        fact(key="filed_by", label="Added by", standard="D-14.1", kind=Kind.LINK, links_to="care_team"),
        fact(key="filed_on", label="Added on", standard="D-14.1", kind=Kind.DATE),
        fact(key="comment", label="Comment", standard="D-14.1", kind=Kind.LONG_TEXT, max_length=600),
        automatic(key="media_type", label="Type of file", standard="D-14.1", max_length=100),
        automatic(
            key="size",
            label="Size in bytes",
            standard="D-14.1",
            kind=Kind.NUMBER,
            minimum=0,
            maximum=2_000_000_000,
        ),
        automatic(key="sha256", label="Fingerprint (SHA-256)", standard="D-14.1", max_length=64),
    ),
)

SECTIONS = (DOCUMENTS,)
