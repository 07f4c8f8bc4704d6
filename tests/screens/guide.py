"""`python -m tests.screens.guide`: takes the pictures of the guide anew, from the same scenes as those of the screens.

They lie in `resources/guide/pictures` and come with the program. `test_exact.py` fails when one no longer looks like
the program; `--accept-screens` and `make screens` take them anew too.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from eolc_desktop.desktop.theme import Theme
from eolc_desktop.documents import guide
from tests.pictures import keep, take
from tests.screens.dressing import dressed_app
from tests.screens.scenes import SCENES, Scene
from tests.screens.stage import Stage

WIDTH, HEIGHT = 1024, 600
"""Smaller than a laptop's screen, so that the words in a picture are large enough to read on paper."""
FOLDER = guide.folder() / "pictures"
_USED = re.compile(r"\]\(([a-z0-9-]+)\)")


def scenes() -> list[Scene]:
    """The scenes that the guide shows, in its order. Raises KeyError for one that there is not."""
    known = {scene.name: scene for scene in SCENES}
    texts = (path.read_text(encoding="utf-8") for path in sorted(guide.folder().glob("*.md")))
    return [known[name] for name in dict.fromkeys(name for text in texts for name in _USED.findall(text))]


def played(stage: Stage, scene: Scene) -> QWidget:
    """The scene, in the size of the guide."""
    stage.dress("light")
    stage.use_pointer()
    widget = scene.play(stage)
    widget.resize(WIDTH, HEIGHT)
    stage.settle()
    return widget


def take_all(stage: Stage) -> None:
    """Take every picture of the guide, and remove those it no longer shows."""
    wanted = scenes()
    for old in FOLDER.glob("*.png"):
        if old.stem not in {scene.name for scene in wanted}:
            old.unlink()
    for scene in wanted:
        keep(take(played(stage, scene)), FOLDER / f"{scene.name}.png")
        stage.clear()


def take_in_a_new_record(app: QApplication, theme: Theme) -> None:
    """Take them in a record of invented people that no other scene has changed."""
    theme.watch()  # as in the program, and in the test that compares them
    with tempfile.TemporaryDirectory(prefix="eolc-guide-") as folder:
        stage = Stage(app, theme, Path(folder))
        take_all(stage)
        stage.close()


def main() -> int:
    """Take them."""
    take_in_a_new_record(*dressed_app())
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{len(scenes())} pictures of the guide; {total / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
