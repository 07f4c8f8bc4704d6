"""Paper leaves no trace: while pages are made, shown and printed, no file appears anywhere it could.

The printer is Qt's own, painting into `/dev/null`. What a real printer's queue (CUPS, the Windows spooler) keeps until
the page has come out is the system's, and no test of ours can see to it: SECURITY.md says so.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from eolc_desktop.services import paper_copies
from eolc_desktop.views.printing import paper
from eolc_desktop.views.printing.page import PrintPage
from tests.traces import CAN_SEE, Traces
from tests.views.conftest import PEGGY, Office

pytestmark = pytest.mark.skipif(not CAN_SEE, reason="only Linux tells of files that are gone a moment later")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own, for this process, Qt and the worker process."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return made


def print_some(office: Office, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Print a family's plan again and again, as a nurse does: Print, look, Not now."""
    monkeypatch.setattr(paper, "printer_names", lambda: ["A printer"])
    monkeypatch.setattr(PrintPage, "_chosen_printer", _printer_into_nothing)
    person_id = office.person(PEGGY, about_me={"most_important": "My own bed."})
    window = PrintPage(office.desk, person_id)
    page = office.show(window)
    for _ in range(count):
        office.qtbot.waitUntil(window._print.isEnabled, timeout=30_000)
        page.press("Print")
        page.wait_until_has("Not now", milliseconds=60_000)
        page.press("Not now")
    office.qtbot.waitUntil(window._print.isEnabled, timeout=30_000)  # the next page is made; then nothing is under way
    register = office.on_store(lambda: paper_copies.register_of(office.session, person_id))
    assert len({copy.code for copy in register.copies}) == count


def _printer_into_nothing(_page: PrintPage) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(os.devnull)
    return printer


def folders(temporary: Path) -> list[Path]:
    return [temporary, Path.home(), Path.cwd() / "eolc_desktop"]


def test_no_file_appears_while_pages_are_printed(
    office: Office, own_home: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Traces(folders(temporary), names=("sem.", "__pycache__")) as traces:
        print_some(office, 2, monkeypatch)
    assert traces.found == []


def test_the_test_sees_a_file_that_is_gone_a_moment_later(temporary: Path, own_home: Path) -> None:
    with Traces(folders(temporary)) as traces:
        with tempfile.NamedTemporaryFile():
            pass
        (own_home / "trace.pdf").write_bytes(b"%PDF-")
        (own_home / "trace.pdf").unlink()
    assert {Path(path).parent for path in traces.found} == {temporary, own_home}
