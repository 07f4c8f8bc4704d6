"""The guide as a document: every word and picture of it on paper, with words for the pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

from eolc_desktop.app.command_line import main
from eolc_desktop.documents.blocks import BulletList, Picture
from eolc_desktop.documents.guide import chapters, folder, make_guide
from eolc_desktop.documents.raster import text_of


def letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


def test_every_word_of_every_chapter_is_on_paper() -> None:
    printed = letters("".join(text_of(make_guide())))
    for path in folder().glob("*.md"):
        for line in path.read_text(encoding="utf-8").splitlines():
            said = re.sub(r"\{#[a-z-]+\}|^!\[.*|^\d+\. |^KEYS$|^\|[-|]+$", "", line)
            missing = [word for word in said.replace("|", " ").split() if letters(word) not in printed]
            assert missing == [], path.name


def test_pictures_have_words_and_lists_have_numbers() -> None:
    pictured = [block for chapter in chapters() for block in chapter.blocks if isinstance(block, Picture)]
    assert len(pictured) >= 10
    assert all(len(block.alt) > 4 for block in pictured)
    (steps,) = [b for c in chapters() if c.key == "a-visit" for b in c.blocks if isinstance(b, BulletList)]
    assert steps.numbered
    with pikepdf.open(io.BytesIO(make_guide(("a-visit",)))) as pdf:
        pages = [page for page in pdf.pages if page.get_images()]
        assert len(pages) >= 2
        named = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert "What matters to the person" in named


def test_equal_input_gives_equal_bytes() -> None:
    assert make_guide(("privacy",)) == make_guide(("privacy",))


def test_the_command_writes_it_and_says_when_it_cannot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "--out", str(tmp_path / "guide.pdf")]) == 0
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF")
    assert main(["guide", "--out", str(tmp_path / "none" / "guide.pdf")]) == 1
    assert "could not be written" in capsys.readouterr().err
