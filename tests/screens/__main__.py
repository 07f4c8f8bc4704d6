"""`python -m tests.screens [NAME …]`: writes a picture of every screen, and one sheet of all, to docs/screens."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.pictures import ROOT, keep_small, take
from tests.screens import guide
from tests.screens.contact_sheet import contact_sheet
from tests.screens.dressing import dressed_app
from tests.screens.scenes import Variant
from tests.screens.section_scenes import ALL_SCENES
from tests.screens.stage import Stage

FOLDER = ROOT / "docs" / "screens"
LIMIT_MB = 8.0


def main(names: list[str]) -> int:
    """Write the pictures of these scenes, or of all."""
    unknown = set(names) - {scene.name for scene in ALL_SCENES}
    if unknown:
        print(f"There is no scene called {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    app, theme = dressed_app()
    if not names:
        for old in FOLDER.glob("*.png"):
            old.unlink()
    shown = []
    with tempfile.TemporaryDirectory(prefix="eolc-screens-") as folder:
        stage = Stage(app, theme, Path(folder))
        for scene in ALL_SCENES:
            if names and scene.name not in names:
                continue
            # Very large text is walked by the tests, and shown when a scene is asked for by name: all of it together
            # would be more than may be committed.
            also = scene.also if names else tuple(look for look in scene.also if look[1] == 100)
            for variant in (("light", 100), *also):
                stage.dress(*variant)
                picture = take(scene.play(stage))
                path = FOLDER / f"{scene.name}{ending(variant)}.png"
                keep_small(picture, path)
                shown.append((f"{scene.title}{_words(variant)}", picture))
                print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} KB", flush=True)
                stage.clear()
        stage.close()
    if not names:
        guide.take_in_a_new_record(app, theme)
        keep_small(contact_sheet(shown), FOLDER / "contact-sheet.png")
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png")) / 1e6
    print(f"{len(shown)} pictures; {total:.1f} MB in docs/screens")
    return 0 if total < LIMIT_MB else 1


def ending(variant: Variant) -> str:
    """What the name of a picture ends with: nothing for light at 100 per cent."""
    theme, percent = variant
    return (f"-{theme}" if theme != "light" else "") + (f"-{percent}" if percent != 100 else "")


def _words(variant: Variant) -> str:
    theme, percent = variant
    said = [*([] if theme == "light" else [theme]), *([] if percent == 100 else [f"text at {percent} %"])]
    return f" ({', '.join(said)})" if said else ""


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
