"""The family's plan on paper against two other engines with the same words, in one run."""

from __future__ import annotations

import html
import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eolc_desktop.documents import blocks
from eolc_desktop.documents.blocks import Block, Text
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import Order, make
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.raster import page_count
from eolc_desktop.documents.text import plain
from eolc_desktop.documents.translations import ENGLISH, words_in
from eolc_desktop.paths import resources
from tests.bench.bench import Bench
from tests.bench.figures import Figure, median, spread
from tests.documents.a_life import a_life
from tests.documents.orders import order_for

WEASYPRINT = "EOLC_WEASYPRINT"
"""Environment variable: a Python that has WeasyPrint, where this one has not (`pip install weasyprint`, Pango from
the system)."""
FIVE_TIMES = 0.2
_WITH_WEASYPRINT = """
import json, sys, time
from weasyprint import HTML
source, times = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
size, taken = len(HTML(string=source).write_pdf()), []
for _ in range(times):
    start = time.perf_counter()
    HTML(string=source).write_pdf()
    taken.append(time.perf_counter() - start)
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
    for name, run in (("WeasyPrint", _weasyprint), ("LibreOffice", _libreoffice)):
        found = run(page, bench.times(5, 2))
        if found is None:
            yield Figure(f"the same words with {name}", math.nan, "ms", None, f"DID NOT RUN: {name} is not installed")
            continue
        size, taken = found
        theirs.append(median(taken))
        told = f"{size / 1000:.0f} kB; {spread(taken)}"
        yield Figure(f"the same words with {name}", median(taken) * 1000, "ms", None, told)
    if theirs:
        ratio = median(ours) / min(theirs)
        told = f"{1 / ratio:.1f} times as fast"
        yield Figure("our time, as a share of the faster of them", ratio, "×", FIVE_TIMES, told)


def _timed(make_one: Callable[[], bytes], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        make_one()
        taken.append(time.perf_counter() - start)
    return taken


def _weasyprint(page: Path, times: int) -> tuple[int, list[float]] | None:
    python = os.environ.get(WEASYPRINT) or sys.executable
    done = subprocess.run(
        [python, "-c", _WITH_WEASYPRINT, str(page), str(times)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        return None
    size, taken = json.loads(done.stdout.splitlines()[-1])
    return int(size), [float(each) for each in taken]


def _libreoffice(page: Path, times: int) -> tuple[int, list[float]] | None:
    """Convert the page once, and again with copies of it: what each copy adds is the time without the start."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    out = page.parent / "libreoffice"
    copies = [page.with_name(f"copy-{number}.html") for number in range(5)]
    for copy in copies:
        copy.write_bytes(page.read_bytes())

    def convert(files: Sequence[Path]) -> float:
        start = time.perf_counter()
        subprocess.run(
            [program, f"-env:UserInstallation=file://{page.parent}/office", "--headless",
             "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(out), *map(str, files)],
            capture_output=True, check=True, timeout=600,
        )  # fmt: skip
        return time.perf_counter() - start

    convert([page])
    taken = [(convert([page, *copies]) - convert([page])) / len(copies) for _ in range(times)]
    return (out / "plan.pdf").stat().st_size, taken


def as_html(order: Order) -> str:
    """The words of a document for an engine that sets HTML, with the same font."""
    document = DOCUMENTS[order.document]
    story = document.blocks(Material(order.plan, document.audience, words_in(ENGLISH), order.beside))
    font = (resources() / "fonts" / "NotoSans-Regular.ttf").as_uri()
    style = (
        f"@font-face {{ font-family: Plan; src: url({font}) }} @page {{ size: A4; margin: 18mm }} "
        f"body {{ font: {order.style.base_points}pt/1.4 Plan, sans-serif }} "
        "blockquote { border-left: 4pt solid; padding-left: 8pt }"
    )
    body = "".join(_html(block) for block in story)
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>Plan</title><style>{style}</style>{body}"


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
