"""veraPDF, a checker of another hand, on every document: PDF/A-2b for the kept copy, and what PDF/UA-1 asks of a page.

The documents do not claim PDF/UA: the claim is put on for the check alone, so that the checker looks at all the rest.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from eolc_desktop.documents.archive import archive_copy
from eolc_desktop.documents.blocks import Paragraph
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import make
from eolc_desktop.documents.page import PrintStyle, build
from eolc_desktop.documents.translations import WELSH
from eolc_desktop.services.print_needs import Chosen
from tests.documents.a_life import a_life
from tests.documents.examples import IDENTITY, IN_MANY_SCRIPTS, plan
from tests.documents.orders import order_for
from tests.plans import full_plan
from tests.servers.fetching import KEPT, need, one_at_a_time, run

VERSION = "1.28.2"
POM = Path(__file__).parent / "verapdf" / "pom.xml"


@pytest.fixture(scope="module")
def checker() -> Path:
    """The folder with veraPDF's libraries, fetched once from Maven Central."""
    need("java", "mvn")
    folder = KEPT / f"verapdf-{VERSION}"
    with one_at_a_time("verapdf"):
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(["mvn", "-B", "-q", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"])
            (folder / "whole").touch()
    return folder


def verdicts(checker: Path, flavour: str, files: list[Path]) -> dict[str, str]:
    """What the checker says of each file: "" when it passes, else the clauses it breaks."""
    command = ["java", "-cp", f"{checker}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
    done = subprocess.run(
        [*command, "-f", flavour, "--format", "text", "-v", *map(str, files)],
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    found: dict[str, str] = {}
    name = ""
    for line in done.stdout.splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            name = Path(line.split(" ")[1]).name
            found[name] = "" if line.startswith("PASS") else "broken:"
        elif name and line.startswith("  FAIL"):
            found[name] += f" {line.split()[1]}"
    assert len(found) == len(files), done.stderr
    return found


def every_document() -> dict[str, bytes]:
    """Each document of a full life in each language, each of everything there is, and many scripts on one page."""
    made = {}
    for key, kind in DOCUMENTS.items():
        for language in kind.languages:
            made[f"{key}-{language}"] = make(order_for(a_life(), key, chosen=Chosen(language=language))[0])
        made[f"{key}-full"] = make(order_for(full_plan(), key)[0])
    story = [*plan(), *(Paragraph(text, language=tag) for tag, text in IN_MANY_SCRIPTS.items())]
    made["many-scripts"] = build("My plan for care", IDENTITY, PrintStyle(), story)
    made["large"] = build("My plan for care", IDENTITY, PrintStyle(22, high_contrast=True, language=WELSH), plan())
    return made


def claiming_ua(pdf: bytes) -> bytes:
    """The document with the claim that it is PDF/UA-1."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["pdfuaid:part"] = "1"
        document.save(out)
    return out.getvalue()


def test_the_kept_copy_of_every_document_is_pdf_a_2b(checker: Path, tmp_path: Path) -> None:
    files = []
    for name, pdf in every_document().items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(archive_copy(pdf))
    assert {name: said for name, said in verdicts(checker, "2b", files).items() if said} == {}
    print(f"veraPDF {VERSION}: {len(files)} kept copies are PDF/A-2b")


def test_every_document_holds_what_pdf_ua_1_asks_that_a_program_can_check(checker: Path, tmp_path: Path) -> None:
    files = []
    for name, pdf in every_document().items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(claiming_ua(pdf))
    assert {name: said for name, said in verdicts(checker, "ua1", files).items() if said} == {}
    print(f"veraPDF {VERSION}: {len(files)} documents pass its checks for PDF/UA-1 (they do not claim it)")


def test_the_checker_sees_what_is_wrong(checker: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(make(order_for(a_life(), "commitments")[0]))
    assert verdicts(checker, "2b", [plain])["plain.pdf"]
    assert verdicts(checker, "ua1", [plain])["plain.pdf"].split() == ["broken:", "5-1"]
