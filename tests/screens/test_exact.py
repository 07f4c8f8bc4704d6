"""The main screens, and those in the guide, look as they did when somebody accepted them (`--accept-screens`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from eolc_desktop.desktop.theme import Theme
from tests.pictures import EVERY_LOOK, Pictures
from tests.screens import guide
from tests.screens.__main__ import ending
from tests.screens.scenes import SCENES, Variant
from tests.screens.stage import Stage

LIGHT: Variant = ("light", 100)
IN_EVERY_LOOK = ("unlock", "today", "caseload", "person", "section-about-me", "section-cpr")
IN_LIGHT = ("find", "add-person", "section-commitments", "section-contact", "person-died", "history", "commands")


@pytest.mark.timeout(300)
def test_the_main_screens_look_as_they_did(
    qapp: QApplication, theme: Theme, pictures: Pictures, tmp_path: Path
) -> None:
    scenes = {scene.name: scene for scene in SCENES}
    wanted = [(name, look) for name in IN_EVERY_LOOK for look in EVERY_LOOK] + [(name, LIGHT) for name in IN_LIGHT]
    different = []
    stage = Stage(qapp, theme, tmp_path)
    try:
        for name, look in wanted:
            assert scenes[name].is_same_every_time
            stage.dress(*look)
            try:
                pictures.matches(scenes[name].play(stage), f"{name}{ending(look)}")
            except pytest.fail.Exception as difference:
                different.append(str(difference))
            stage.clear()
        guide_pictures = Pictures(accept=pictures.accept, reference=guide.FOLDER)
        for scene in guide.scenes():
            if scene.is_same_every_time:
                try:
                    guide_pictures.matches(guide.played(stage, scene), scene.name)
                except pytest.fail.Exception as difference:
                    different.append(f"guide: {difference}")
                stage.clear()
    finally:
        stage.close()
    assert different == []
