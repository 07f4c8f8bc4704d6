"""Each document, reader and size looks as it did when somebody looked at it (`--accept-screens` keeps it anew)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QImageWriter, qRgb

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.kinds import DOCUMENTS, LISTS
from eolc_desktop.documents.lists import ListedPerson, PeopleList
from eolc_desktop.documents.making import ListOrder, Order, make
from eolc_desktop.documents.page import PageIdentity, PrintStyle
from eolc_desktop.documents.raster import pages
from eolc_desktop.documents.translations import WELSH
from eolc_desktop.services.print_needs import Chosen
from tests.documents.a_life import a_life
from tests.documents.orders import IDENTITY, order_for

REFERENCE = Path(__file__).parent / "reference"
DPI = 40
ACROSS = 4
MOST_BYTES = 2_000_000
HASH = "pixels"

PLAN: Plan = a_life()
CASES: dict[str, tuple[str, Chosen]] = {
    **{f"{key}-{points}": (key, Chosen(points=points)) for key, kind in DOCUMENTS.items() for points in kind.sizes},
    **{f"{key}-{WELSH}": (key, Chosen(language=WELSH)) for key, kind in DOCUMENTS.items() if WELSH in kind.languages},
    **{f"handover-to-{place}": ("handover", Chosen(going_to=place)) for place in ("hospital", "prison")},
    "family-plan-contrast": ("family-plan", Chosen(high_contrast=True)),
    "family-plan-easy": ("family-plan", Chosen(easy=True, points=16)),
}


def sheet_of(order: Order | ListOrder) -> QImage:
    """The pages of a document side by side, in greys."""
    drawn = list(pages(make(order), DPI))
    width, height = max(page.width for page in drawn) + 4, max(page.height for page in drawn) + 4
    across = min(ACROSS, len(drawn))
    wide = -(-width * across // 4) * 4
    together = bytearray(b"\xa0" * (wide * height * -(-len(drawn) // across)))
    for number, page in enumerate(drawn):
        left, top = width * (number % across) + 2, height * (number // across) + 2
        for row in range(page.height):
            at = (top + row) * wide + left
            together[at : at + page.width] = page.pixels[row * page.stride : row * page.stride + page.width]
    picture = QImage(bytes(together), wide, len(together) // wide, wide, QImage.Format.Format_Grayscale8)
    return picture.copy()


def print_of(picture: QImage) -> str:
    """A hash of every dot of a picture."""
    return hashlib.sha256(bytes(picture.constBits())).hexdigest()


def keep(picture: QImage, path: Path) -> None:
    """Keep a picture for people to look at, in a few greys, with the hash of all its dots in it."""
    greys = [qRgb(level, level, level) for level in range(0, 256, 51)]
    writer = QImageWriter(str(path), QByteArray(b"png"))
    writer.setText(HASH, print_of(picture))
    writer.setCompression(100)
    assert writer.write(picture.convertToFormat(QImage.Format.Format_Indexed8, greys)), writer.errorString()


def orders() -> Iterator[tuple[str, Order | ListOrder]]:
    for name, (key, chosen) in CASES.items():
        yield name, order_for(PLAN, key, chosen=chosen)[0]
    people = tuple(ListedPerson(f"EXAMPLE, Person {n}", "05-Apr-1941", "999 000 0018", ("Home", "12-Nov-2026"))
                   for n in range(30))  # fmt: skip
    listed = PeopleList("Reviews due", ("Preferred place", "Review"), people, 49)
    for key in LISTS:
        identity = PageIdentity("", printed=IDENTITY.printed, printed_by=IDENTITY.printed_by, check_code="7K2M9Q")
        yield key, ListOrder(key, listed, identity, PrintStyle(base_points=12, dense=True))


@pytest.mark.parametrize(("name", "order"), [pytest.param(n, o, id=n) for n, o in orders()])
def test_it_looks_as_it_did(name: str, order: Order | ListOrder, request: pytest.FixtureRequest) -> None:
    now = sheet_of(order)
    path = REFERENCE / f"{name}.png"
    if request.config.getoption("--accept-screens"):
        REFERENCE.mkdir(exist_ok=True)
        keep(now, path)
    assert path.exists(), f"there is no picture of record for {name}: look at it, and keep it with --accept-screens"
    kept = QImage(str(path)).text(HASH)
    assert kept == print_of(now), f"{name} looks different: compare, and keep it with --accept-screens"


def test_the_pictures_stay_small_and_none_is_left_over() -> None:
    found = {path.stem: path.stat().st_size for path in REFERENCE.glob("*.png")}
    assert sum(found.values()) < MOST_BYTES
    assert set(found) == {name for name, _order in orders()}
