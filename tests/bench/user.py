"""What is measured in the program itself: unlocking, finding, opening, going about in a plan, printing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from tests.bench.seat import Painted, Seat, Steps, key_press

Found = TypeVar("Found", bound=QObject)

BEAT_MILLISECONDS = 5


class Heart(QObject):
    """Beats every few milliseconds in the window's own loop. What holds a beat up would hold a paint up."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.monotonic_ns()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(BEAT_MILLISECONDS)

    def _on_beat(self) -> None:
        now = time.monotonic_ns()
        self.gaps.append((now - self._last) / 1e9)
        self._last = now

    def stop(self) -> list[float]:
        """Return the seconds from each beat to the next."""
        self._on_beat()
        self._timer.stop()
        self.deleteLater()
        return self.gaps


class User:
    """What somebody does in the program's own window, sitting at it."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    # Unlocking

    def unlock(self, passphrase: str, wait_seconds: float) -> Steps:
        """Type the passphrase, press Enter so long after the field appeared, and wait for Today and the caseload."""
        from PySide6.QtTest import QTest  # noqa: PLC0415  not before the start was measured

        field = self._seat.field
        assert field is not None
        yield _at(self._seat.ready_at + int(wait_seconds * 1e9) - 100_000_000, self._seat)
        field.selectAll()
        QTest.keyClicks(field, passphrase)
        spent = _time_key_derivation()
        yield _at(self._seat.ready_at + int(wait_seconds * 1e9), self._seat)
        began = time.monotonic_ns()
        QTest.keyClick(field, Qt.Key.Key_Return)
        today_at = yield Painted(_is_list_of_people)
        shell = self.shell
        QTest.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        caseload_at = yield Painted(_is_filled_table)
        derivation = sum(spent)
        return {
            "derivation": derivation,
            "today": (today_at - began) / 1e9 - derivation,
            "caseload": (caseload_at - began) / 1e9 - derivation,
        }

    # The caseload

    def go(self, place: str) -> Steps:
        """Go to "today", "caseload" or "settings" and wait until nothing is left to do."""
        getattr(self.shell, f"show_{place}")()
        yield _quiet(self._seat)
        return {}

    def search(self, words: list[str]) -> Steps:
        """Type each into the caseload's search box, letter by letter, then clear it; seconds from key to list."""
        from PySide6.QtTest import QTest  # noqa: PLC0415

        page = self.shell.places.currentWidget()
        table = page._table
        resets: list[int] = []
        note = lambda: resets.append(1)  # noqa: E731
        table.model().modelReset.connect(note)
        page.focus_first()
        keys: list[float] = []
        clears: list[float] = []
        for word in words:
            for letter in [*word, None]:
                resets.clear()
                began = time.monotonic_ns()
                if letter is None:
                    QTest.keyClick(page._search, Qt.Key.Key_Escape)
                else:
                    QCoreApplication.sendEvent(page._search, key_press(letter))
                at = yield Painted(lambda widget: bool(resets) and widget in (table.viewport(), page._empty))
                (clears if letter is None else keys).append((at - began) / 1e9)
        table.model().modelReset.disconnect(note)
        return {"keys": keys, "clears": clears}

    def page(self, kind: str) -> Steps:
        """Go to the page about the service, and from there to a page; the longest seconds between two beats until
        nothing is left to do there."""
        from eolc_desktop.views.places import Place  # noqa: PLC0415  loaded by the program when it is needed

        self.shell.places.go(Place("our_service"))
        yield _at(time.monotonic_ns() + 1_500_000_000, self._seat)
        heart = Heart()
        self.shell.places.go(Place(kind))
        yield _at(time.monotonic_ns() + 1_500_000_000, self._seat)
        return max(heart.stop())

    def scroll(self) -> Steps:
        """Scroll through the whole caseload, a page at a time; the longest seconds between two beats."""
        from PySide6.QtTest import QTest  # noqa: PLC0415  not before the start was measured

        table = self.shell.places.currentWidget()._table
        table.setFocus()
        heart = Heart()
        for _page in range(200):
            QTest.keyClick(table, Qt.Key.Key_PageDown)
            yield _at(time.monotonic_ns() + 15_000_000, self._seat)
        return max(heart.stop())

    def type(self, words: list[str]) -> Steps:
        """Type each into the search box, a key every 60 ms, as somebody does; the longest seconds between two beats."""
        from PySide6.QtTest import QTest  # noqa: PLC0415  not before the start was measured

        page = self.shell.places.currentWidget()
        page.focus_first()
        heart = Heart()
        for word in words:
            for letter in word:
                QCoreApplication.sendEvent(page._search, key_press(letter))
                yield _at(time.monotonic_ns() + 60_000_000, self._seat)
            QTest.keyClick(page._search, Qt.Key.Key_Escape)
            yield _at(time.monotonic_ns() + 60_000_000, self._seat)
        return max(heart.stop())

    # One person

    def open_person(self, person_id: str) -> Steps:
        """Open a plan; seconds from the request to the painted page."""
        shell = self.shell
        began = time.monotonic_ns()
        shell._desk.person_wanted.emit(person_id)

        def is_shown(widget: QWidget) -> bool:
            page = shell.places.currentWidget()
            plan = getattr(page, "plan", None)
            return plan is not None and plan.person_id == person_id and page.places.glance.isAncestorOf(widget)

        at = yield Painted(is_shown)
        return (at - began) / 1e9

    def section(self, key: str) -> Steps:
        """Go to a section of the plan that is open; seconds until its form is painted."""
        page = self.shell.places.currentWidget()
        began = time.monotonic_ns()
        page.go_to(key)
        at = yield Painted(lambda _: True, only=page.places.currentWidget())
        return (at - began) / 1e9

    def sections(self) -> Steps:
        """The keys of every section of the plan that is open, as the page offers them."""
        yield lambda: True
        return [key for key, _name in self.shell.places.currentWidget().rail.places()]

    def find_in_plan(self, words: list[str]) -> Steps:
        """Type each into the box that finds in this plan, letter by letter; seconds from key to painted list."""
        from PySide6.QtTest import QTest  # noqa: PLC0415

        page = self.shell.places.currentWidget()
        page._on_find()
        pane = page._find
        box, listed = pane._typed, pane._list
        resets: list[int] = []
        note = lambda: resets.append(1)  # noqa: E731
        pane._hits.modelReset.connect(note)
        keys: list[float] = []
        for word in words:
            box.setFocus()
            box.clear()
            yield _quiet(self._seat)
            for letter in word:
                resets.clear()
                began = time.monotonic_ns()
                QCoreApplication.sendEvent(box, key_press(letter))
                at = yield Painted(lambda widget: bool(resets) and widget in (listed.viewport(), pane, pane._says))
                keys.append((at - began) / 1e9)
        QTest.keyClick(box, Qt.Key.Key_Escape)
        pane._hits.modelReset.disconnect(note)
        return keys

    # Printing

    def print(self, person_id: str, document: str, folder: str) -> Steps:
        """Open the print page, wait for the preview, and print on a printer that writes a file.

        Returns the longest seconds between two beats while the page opens, while the document is made, and on paper.
        """
        pdf = Path(folder) / f"{os.getpid()}-{time.monotonic_ns()}.pdf"
        shell = self.shell
        with _printer_that_writes(pdf):
            heart = Heart()
            began = time.monotonic_ns()
            shell.show_printing(person_id, document)
            page = shell.places.currentWidget()
            yield Painted(lambda widget: widget is page)
            opening = heart.stop()
            heart = Heart()
            at = yield lambda: page._save.isEnabled()
            made = (at - began) / 1e9
            yield _quiet(self._seat)
            making = heart.stop()
            heart = Heart()
            page._print.click()
            yield lambda: page._said.text().startswith("Sent")
            printing = heart.stop()
        pages, size = page._preview.page_count, pdf.stat().st_size
        pdf.unlink()
        return {
            "seconds": made,
            "pages": pages,
            "size": size,
            "opening": max(opening),
            "making": making,
            "printing": printing,
        }

    def print_many(self, folder: str, count: int) -> Steps:
        """Save the family plans of so many people in one batch; returns how many were made, in which time, and the
        longest seconds between two beats meanwhile."""
        from eolc_desktop.views.places import Place  # noqa: PLC0415  loaded by the program when it is needed

        self.shell.places.go(Place("batch_printing"))
        page: Any = self.shell.places.currentWidget()
        yield lambda: page._rows
        page._rows = page._rows[:count]
        yield _quiet(self._seat)
        heart = Heart()
        began = at = time.monotonic_ns()
        page._begin_in(Path(folder))
        run = page._run
        for done in [*range(25, count, 25), count]:
            at = yield partial(_has_done, run, done)
        longest = max(heart.stop())
        made = sum(1 for outcome in run._outcomes if not outcome.failed)
        yield lambda: page._run is None
        return {"made": made, "seconds": (at - began) / 1e9, "longest": longest}

    def share(self) -> Steps:
        """Exchange with the shared record by hand; returns the ten longest waits between two beats until it ended and a
        little after, how long the exchange took (both in seconds), and what stopped it."""
        sharing = self.shell._desk.sharing
        ended: list[object] = []
        sharing.ended.connect(ended.append)
        heart = Heart()
        began = at = time.monotonic_ns()
        sharing.share_now()
        while not ended:
            # In parts: no command may wait for one thing as long as a first exchange takes.
            part = _at(time.monotonic_ns() + 20_000_000_000, self._seat)
            at = yield partial(_either, ended, part)
        yield _quiet(self._seat)
        sharing.ended.disconnect(ended.append)
        waits = sorted(heart.stop())[-10:]
        stopped = "" if ended[0] is None else str(ended[0])
        return {"waits": waits, "seconds": (at - began) / 1e9, "stopped": stopped}

    # What the window holds

    @property
    def shell(self) -> Any:
        """The signed-in window."""
        from eolc_desktop.views.shell import Shell  # noqa: PLC0415  loaded by the program when it is needed

        return _only(Shell)


def _either(ended: list[object], part: Callable[[], bool]) -> bool:
    return bool(ended) or part()


def _has_done(run: Any, count: int) -> bool:
    return len(run._outcomes) >= count


def _only(kind: type[Found]) -> Found:
    found = {
        id(widget): widget
        for window in QApplication.topLevelWidgets()
        for widget in ([window] if isinstance(window, kind) else window.findChildren(kind))
    }
    (one,) = found.values()
    return one


def _is_list_of_people(widget: QWidget) -> bool:
    """Whether this is the ground of a short list with people in it."""
    return _is_filled("PeopleList", widget)


def _is_filled_table(widget: QWidget) -> bool:
    """Whether this is the ground of the caseload's table with people in it."""
    return _is_filled("CaseloadTable", widget)


def _is_filled(kind: str, widget: QWidget) -> bool:
    view = widget.parentWidget()
    return (
        isinstance(view, QAbstractItemView)
        and type(view).__name__ == kind
        and widget is view.viewport()
        and view.model().rowCount() > 0
    )


def _at(moment: int, parent: QObject) -> Callable[[], bool]:
    """Holds from this moment (of the monotonic clock, in ns) on."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start(max(0, (moment - time.monotonic_ns()) // 1_000_000))
    return lambda: not timer.isActive()


def _quiet(parent: QObject) -> Callable[[], bool]:
    """Holds when a good while has passed in which whatever was asked for has been done and painted."""
    return _at(time.monotonic_ns() + 300_000_000, parent)


def _time_key_derivation() -> list[float]:
    """Have the seconds of every derivation of a key written down from now on."""
    import argon2.low_level as argon2  # noqa: PLC0415  the program's warm-up has loaded it

    spent: list[float] = []
    real = argon2.hash_secret_raw

    def timed(*arguments: Any, **named: Any) -> bytes:
        began = time.monotonic_ns()
        try:
            return real(*arguments, **named)
        finally:
            spent.append((time.monotonic_ns() - began) / 1e9)

    argon2.hash_secret_raw = timed
    return spent


@contextmanager
def _printer_that_writes(pdf: Path) -> Iterator[None]:
    """The print page finds one printer, and what is printed on it is written to a file."""
    from eolc_desktop.views.printing import paper  # noqa: PLC0415
    from eolc_desktop.views.printing.page import PrintPage  # noqa: PLC0415

    names, chosen = paper.printer_names, PrintPage._chosen_printer

    def writes(_page: PrintPage) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(pdf))
        return printer

    paper.printer_names = lambda: ["Printer that writes"]
    PrintPage._chosen_printer = writes  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        paper.printer_names, PrintPage._chosen_printer = names, chosen  # type: ignore[method-assign]
