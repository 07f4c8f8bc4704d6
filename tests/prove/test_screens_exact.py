"""The main screens look exactly as they did when somebody looked at them and accepted them (`--accept-screens`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from eolc_desktop.desktop.theme import Theme
from tests.pictures import Pictures
from tests.screens.__main__ import ending
from tests.screens.scenes import BRIGHT, DARK, LARGE, SCENES, Variant
from tests.screens.stage import Stage

LIGHT: Variant = ("light", 100)
EVERY_LOOK = [LIGHT, DARK, BRIGHT, LARGE]
IN_LIGHT = ("section-commitments", "history", "add-person", "person-died", "commands")
IN_EVERY_LOOK = ("unlock", "caseload", "person")


@pytest.mark.timeout(300)
def test_the_main_screens_look_as_they_did(
    qapp: QApplication, theme: Theme, pictures: Pictures, tmp_path: Path
) -> None:
    stage = Stage(qapp, theme, tmp_path)
    different = []
    try:
        for scene in SCENES:
            looks = EVERY_LOOK if scene.name in IN_EVERY_LOOK else [LIGHT] if scene.name in IN_LIGHT else []
            for look in looks:
                stage.dress(*look)
                try:
                    pictures.matches(scene.play(stage), f"{scene.name}{ending(look)}")
                except pytest.fail.Exception as difference:
                    different.append(str(difference))
                stage.clear()
    finally:
        stage.close()
    assert different == []
