"""Comparing windows with their pictures of record."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests import pictures
from tests.desktop.parts import named, window_of
from tests.pages import OpenWindow
from tests.pictures import Pictures


def picture(tmp_path: Path, *, accept: bool = False) -> Pictures:
    return Pictures(accept=accept, reference=tmp_path / "reference", differences=tmp_path / "differences")


def test_a_picture_is_accepted_once_and_then_compared_exactly(page: OpenWindow, tmp_path: Path) -> None:
    window = window_of(QPushButton("Save"), named(QLineEdit("Peggy"), "Name"))
    page(window, 300, 150)
    with pytest.raises(pytest.fail.Exception, match="no picture of record"):
        picture(tmp_path).matches(window, "form")
    picture(tmp_path, accept=True).matches(window, "form")
    picture(tmp_path).matches(window, "form")
    line = window.findChild(QLineEdit)
    assert line is not None
    line.setText("Peggy.")
    with pytest.raises(pytest.fail.Exception, match="looks different"):
        picture(tmp_path).matches(window, "form")
    sheet = QImage(str(tmp_path / "differences" / "form-difference.png"))
    assert sheet.width() == 3 * 300 + 40
    picture(tmp_path, accept=True).matches(window, "form")
    picture(tmp_path).matches(window, "form")


def test_one_pixel_is_enough(tmp_path: Path) -> None:
    one = QImage(40, 40, QImage.Format.Format_RGB32)
    one.fill(QColor("#ffffff"))
    other = one.copy()
    other.setPixelColor(3, 3, QColor("#fffffe"))
    pictures.keep(one, tmp_path / "one.png")
    assert pictures.recorded_fingerprint(tmp_path / "one.png") == pictures.fingerprint(one)
    assert pictures.fingerprint(one) != pictures.fingerprint(other)


def test_a_picture_of_many_colours_stays_small_and_exact(tmp_path: Path) -> None:
    many = QImage(256, 256, QImage.Format.Format_RGB32)
    for x in range(256):
        for y in range(256):
            many.setPixelColor(x, y, QColor(x, y, 128))
    pictures.keep(many, tmp_path / "many.png")
    kept = QImage(str(tmp_path / "many.png"))
    assert kept.colorCount() <= 256
    assert pictures.recorded_fingerprint(tmp_path / "many.png") == pictures.fingerprint(many)


def test_a_window_looks_the_same_every_time(page: OpenWindow) -> None:
    prints = set()
    for _ in range(3):
        window = window_of(QPushButton("Save"), named(QLineEdit("Łukasz"), "Name"))
        page(window, 300, 150)
        prints.add(pictures.fingerprint(pictures.take(window)))
        window.close()
    assert len(prints) == 1
