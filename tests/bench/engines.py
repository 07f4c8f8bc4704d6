"""The family's plan on paper against two other engines with the same words and furniture, in one run.

What is compared is the time of the processor, which other work on the computer does not change; all make tagged PDFs
where they can. LibreOffice has no head and foot from a page of HTML, which is in its favour.
"""

from __future__ import annotations

import html
import json
import math
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eolc_desktop.documents import blocks
from eolc_desktop.documents.blocks import Block, Text
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import Order, make
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.raster import page_count
from eolc_desktop.documents.square_code import square_code
from eolc_desktop.documents.text import plain
from eolc_desktop.documents.translations import ENGLISH, words_in
from eolc_desktop.paths import resources
from tests.bench.bench import Bench
from tests.bench.figures import Figure, median, spread
from tests.documents.a_life import a_life
from tests.documents.orders import order_for

WITH_WEASYPRINT = Path(__file__).resolve().parents[2] / "build" / "bench" / "bin" / "python"
"""The Python that `installer/bench.sh` gives WeasyPrint to: it is no part of the program or of its tests."""
FIVE_TIMES = 0.2
_WITH_WEASYPRINT = """
import json, sys, time
from weasyprint import HTML
source, times = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
size, taken = len(HTML(string=source).write_pdf(pdf_tags=True)), []
for _ in range(times):
    start = time.process_time()
    HTML(string=source).write_pdf(pdf_tags=True)
    taken.append(time.process_time() - start)
print(json.dumps([size, taken]))
"""


def measure(bench: Bench) -> Iterator[Figure]:
    """Make the family's plan here, with WeasyPrint and with LibreOffice."""
    order = order_for(a_life(), "family-plan")[0]
    pdf = make(order)
    ours = _timed(lambda: make(order), bench.times(20, 5))
    told = f"{page_count(pdf)} pages, {len(pdf) / 1000:.0f} kB; {spread(ours)}"
    yield Figure("the family's plan as a PDF", median(ours) * 1000, "ms", None, told)
    page = bench.new_folder() / "plan.html"
    page.write_text(as_html(order), "utf-8")
    theirs: list[float] = []
    missing = "DID NOT RUN: it is not installed"
    name = "the same words with WeasyPrint"
    if found := _weasyprint(page, bench.times(5, 2)):
        theirs.append(median(found[1]))
        yield Figure(name, median(found[1]) * 1000, "ms", None, f"{found[0] / 1000:.0f} kB; {spread(found[1])}")
    else:
        yield Figure(name, math.nan, "ms", None, missing)
    name = "the same words with LibreOffice, when asked for"
    if office := _libreoffice(page, bench.times(5, 2)):
        size, alone, each_more = office
        theirs.append(median(alone))
        told = f"{size / 1000:.0f} kB, no tags, head, foot or code; {spread(alone)}"
        yield Figure(name, median(alone) * 1000, "ms", None, told)
        yield Figure("… and each further one in the same run", median(each_more) * 1000, "ms", None, spread(each_more))
    else:
        yield Figure(name, math.nan, "ms", None, missing)
    if theirs:
        ratio = median(ours) / min(theirs)
        told = f"{1 / ratio:.1f} times as fast, a plan when it is asked for"
        yield Figure("our time, as a share of the faster of them", ratio, "×", FIVE_TIMES, told)


def _timed(make_one: Callable[[], bytes], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.process_time()
        make_one()
        taken.append(time.process_time() - start)
    return taken


def _weasyprint(page: Path, times: int) -> tuple[int, list[float]] | None:
    if not WITH_WEASYPRINT.exists():
        return None
    done = subprocess.run(
        [WITH_WEASYPRINT, "-c", _WITH_WEASYPRINT, str(page), str(times)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        return None
    size, taken = json.loads(done.stdout.splitlines()[-1])
    return int(size), [float(each) for each in taken]


def _children() -> float:
    """The time of the processor that the programs started here have taken, in seconds."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _libreoffice(page: Path, times: int) -> tuple[int, list[float], list[float]] | None:
    """Convert the page alone, as a program has to that asks for one plan; and with copies, to tell the start apart.

    Returns the size, the time of one conversion, and what each further page of the same run adds.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    out = page.parent / "libreoffice"
    copies = [page.with_name(f"copy-{number}.html") for number in range(5)]
    for copy in copies:
        copy.write_bytes(page.read_bytes())

    def convert(files: Sequence[Path]) -> float:
        start = _children()
        subprocess.run(
            [program, f"-env:UserInstallation=file://{page.parent}/office", "--headless",
             "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(out), *map(str, files)],
            capture_output=True, check=True, timeout=600,
        )  # fmt: skip
        return _children() - start

    convert([page])  # the first run makes its profile
    alone = [convert([page]) for _ in range(times)]
    together = [convert([page, *copies]) for _ in range(times)]
    each_more = [(both - one) / len(copies) for both, one in zip(together, alone, strict=True)]
    return (out / "plan.pdf").stat().st_size, alone, each_more


def as_html(order: Order) -> str:
    """The words of a document for an engine that sets HTML, with the same font."""
    document = DOCUMENTS[order.document]
    story = document.blocks(Material(order.plan, document.audience, words_in(ENGLISH), order.beside))
    fonts = "".join(
        f"@font-face {{ font-family: Plan; font-weight: {weight}; src: url({path.as_uri()}) }} "
        for weight, path in (
            (w, resources() / "fonts" / f"NotoSans-{n}.ttf") for w, n in ((400, "Regular"), (700, "Bold"))
        )
    )
    style = (
        f"{fonts} @page {{ size: A4; margin: 28mm 18mm 38mm; @top-left {{ content: element(head); width: 100% }} "
        "@bottom-left { content: element(foot); width: 100% } } .n::after { content: counter(page) } "
        "#head { position: running(head); border-bottom: 1.4pt solid } #foot { position: running(foot) } "
        f"body {{ font: {order.style.base_points}pt/1.4 Plan, sans-serif }} "
        "blockquote { border-left: 4pt solid; padding-left: 8pt }"
    )
    body = "".join(_html(block) for block in story)
    head = f"<meta charset=utf-8><title>Plan</title><style>{style}</style>"
    return f"<!doctype html><html lang=en>{head}{_furniture(order)}{body}"


def _furniture(order: Order) -> str:
    """Head and foot of every page: whose plan, which copy, page, and the check code in letters and squares."""
    who = order.identity
    rows = square_code(who.check_code)
    squares = "".join(
        f"<rect x={x} y={y} width=1 height=1 />" for y, row in enumerate(rows) for x, black in enumerate(row) if black
    )
    code = f"<svg width=43 height=43 viewBox='0 0 {len(rows)} {len(rows)}'>{squares}</svg>"
    return (
        f"<div id=head><b>{html.escape(who.person_line)}</b> – Born {who.born} – NHS No. {who.nhs_number}</div>"
        f"<div id=foot>{code} This may not be the newest copy. To check, call {who.to_check_call}.<br>Plan version "
        f"{who.plan_version} – Printed {who.printed} by {who.printed_by}<br>Check code {who.check_code}, page "
        "<span class=n></span></div>"
    )


def _words(text: Text) -> str:
    return html.escape(plain(text)).replace("\n", "<br>")


def _html(block: Block) -> str:
    match block:
        case blocks.Heading():
            return f"<h{block.level}>{_words(block.text)}</h{block.level}>"
        case blocks.Paragraph():
            return f"<p>{_words(block.text)}</p>"
        case blocks.OwnWords():
            return f"<blockquote>{_words(block.words)}<br><small>{_words(block.who_when)}</small></blockquote>"
        case blocks.OwnWordsGroup():
            rows = "".join(f"<p><b>{_words(row.label)}</b><br>{_words(row.words)}</p>" for row in block.rows)
            return f"<blockquote>{rows}<small>{_words(block.who_when)}</small></blockquote>"
        case blocks.Facts():
            return "".join(f"<p><b>{_words(f.label)}</b> {_words(f.value)} {_words(f.note)}</p>" for f in block.rows)
        case blocks.BulletList():
            return "<ul>" + "".join(f"<li>{_words(item)}</li>" for item in block.items) + "</ul>"
        case blocks.CallFirst():
            rows = "".join(f"<p><b>{_words(e.who)} {_words(e.number)}</b> {_words(e.when)} {_words(e.note)}</p>"
                           for e in block.entries)  # fmt: skip
            return f"<div style='border: 3pt solid'>{rows}</div>"
        case blocks.KeepTogether() | blocks.NoteBox():
            return "".join(_html(each) for each in block.body)
        case _:
            return ""
