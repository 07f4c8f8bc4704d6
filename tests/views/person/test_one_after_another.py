"""Hazard H01: one page serves person after person, and nothing of the one before is left anywhere in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QTreeView, QWidget

from eolc_desktop.care_plan.fields import MAIN, Section
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.record import journal
from eolc_desktop.services import plans
from eolc_desktop.views.person.open_plan import OpenPlan
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.person.rail import HISTORY, VISIT
from eolc_desktop.views.shell import Shell
from tests.pictures import take
from tests.plans import canary, full_plan
from tests.views.conftest import EWA, Office

MARK = "Zq"
"""Every word that is recorded about the person before begins with it, and no other word of the program does."""
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def written_all_over(office: Office) -> str:
    """A person about whom every item of every section is recorded, in words that are nobody else's."""
    person_id = office.person(EWA | {"given_names": MARK, "family_name": MARK})

    def fill() -> None:
        edits = []
        for section in office.session.catalogue:
            entry, parent = _entry(section), _entry(office.session.catalogue[section.parent]) if section.parent else ""
            known = plans.read_plan(office.session, person_id).all_entries(section.key)
            items = {entry_.id: entry_.items for entry_ in known}.get(entry, {})
            for field in section.fields:
                base = items[field.key].change_id if field.key in items else ""
                edits.append(Edit(section.key, entry, field.key, canary(section, field), base=base, parent=parent))
        with office.session.store.writing() as connection:
            journal.append(connection, office.session.pen(), person_id, edits)

    office.do(fill)
    return person_id


def _entry(section: Section) -> str:
    if section.fixed_entries:
        return section.fixed_entries[0].id
    return f"{MARK}-{section.key}" if section.repeats else MAIN


def open_person(office: Office, shell: Shell, person_id: str) -> PersonPage:
    shell.show_person(person_id)
    office.settle()
    page = shell.places.page
    assert isinstance(page, PersonPage)
    assert page.plan is not None
    assert page.plan.person_id == person_id
    return page


def said(widgets: list[QWidget]) -> Iterator[tuple[QWidget, str]]:
    """Every text that widgets hold: what is seen, what is heard, what a pointer would bring up, and what lists hold."""
    for widget in widgets:
        meta = widget.metaObject()
        for number in range(meta.propertyCount()):
            if isinstance(text := widget.property(str(meta.property(number).name())), str):
                yield widget, text
        if isinstance(words := getattr(widget, "_words", ""), str):
            yield widget, words
        if (heard := QAccessible.queryAccessibleInterface(widget)) is not None:
            yield from ((widget, heard.text(kind)) for kind in TEXTS)
        for action in widget.actions():
            yield from ((widget, text) for text in (action.text(), action.toolTip(), action.statusTip()))
        if isinstance(widget, QAbstractItemView | QComboBox) and (model := widget.model()) is not None:
            waiting = [QModelIndex()]
            while waiting:
                around = waiting.pop()
                for row in range(model.rowCount(around)):
                    index = model.index(row, 0, around)
                    if isinstance(widget, QTreeView):
                        waiting.append(index)
                    yield from ((widget, str(index.data(role) or "")) for role in ROLES)


def left_of_them(shell: Shell, *, only_shown: bool) -> list[str]:
    """Where words of the person before still stand. Lists of people name everybody, and are left out."""
    today = shell.places.kept_page("today")
    assert today is not None
    widgets = [
        widget
        for widget in QApplication.allWidgets()
        if not today.isAncestorOf(widget) and (widget.isVisible() or not only_shown)
    ]
    return [f"{type(widget).__name__}: {text[:60]}" for widget, text in said(widgets) if MARK in text]


def use_everything(office: Office, shell: Shell, page: PersonPage) -> None:
    """Go to every kind of place, write without saving, find, ask for more: whatever could leave something behind."""
    page.banner._more.click()
    page.go_to(HISTORY)
    page.go_to(VISIT)
    office.settle()
    page.go_to("contacts")
    page.go_to("about_me")
    row = page.places.entry_page.form.rows["most_important"]  # type: ignore[union-attr]
    row._on_begin()
    row._editor.set_value(f"{MARK} unsaved")  # type: ignore[union-attr]
    row._on_changed()
    page.bar._asked()._detail.setText(MARK)
    page.bar.show_problem(f"{MARK} problem")
    page._on_find()
    page._find._typed.setText(MARK)  # type: ignore[union-attr]
    office.settle()


def test_nothing_of_the_person_before_is_left_anywhere(office: Office) -> None:
    """Not in what is seen, nor in what a screen reader is told; and the page looks as it did when it was new."""
    after, before = office.person(EWA), written_all_over(office)
    shell, window = office.shell()
    fresh = take(open_person(office, shell, after))
    page = open_person(office, shell, before)
    assert window.says(f"{MARK}personpreferredname"), "the check finds what stands there"
    use_everything(office, shell, page)
    assert len(left_of_them(shell, only_shown=True)) > 20
    shell.show_person(after)
    assert left_of_them(shell, only_shown=True) == [], "not even while the next plan is read"
    office.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert shell.places.page is page, "it is the same page: else this proves nothing"
    assert left_of_them(shell, only_shown=False) == []
    assert len(page.findChildren(OpenPlan)) == 1
    assert take(page) == fresh
    shell.show_today()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not page.person_id
    assert [text for _widget, text in said(page.findChildren(QWidget)) if "NOWAK" in text.upper()] == []


def test_what_comes_late_is_told_to_nobody_else(office: Office) -> None:
    """A save, a draft and a reading that end after the next person was opened: kept, and said on no other page."""
    first, second = office.person(EWA | {"family_name": MARK}), office.person(EWA)
    shell, _window = office.shell()
    page = open_person(office, shell, first)
    page.go_to("about_me")
    row = page.places.entry_page.form.rows["most_important"]  # type: ignore[union-attr]
    row._editor.set_value("My garden")  # type: ignore[union-attr]
    row._on_changed()
    page.writing.save()
    page.writing.save()  # the second time without saying who told
    page.open_plan.read()  # type: ignore[union-attr]
    shell.show_person(second)
    office.settle()
    assert page.plan is not None
    assert page.plan.person_id == second
    assert "Saved" not in page.bar._said.text()
    assert left_of_them(shell, only_shown=False) == []
    plan = office.on_store(lambda: plans.read_plan(office.session, first))
    assert plan.value("about_me", "most_important") == "My garden"


def test_another_persons_plan_is_refused_by_the_page(office: Office) -> None:
    shell, _window = office.shell()
    page = open_person(office, shell, office.person(EWA))
    with pytest.raises(ValueError, match="another person"):
        page._show_plan(full_plan())
