"""Every colour of the program by what it is for, in light, dark and bright light.

Palette, style sheet, icons and charts all read these. The light values are those of the NHS digital service manual. A
test recomputes the contrast of every pair (WCAG 2.2: text 4.5 to 1, edges of controls 3 to 1; bright light 7 to 1), and
fails for a colour that is in no pair.
"""

from __future__ import annotations

from dataclasses import dataclass

Colour = str
"""Seven characters, `#rrggbb`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words and the ground they stand on."""

    text: Colour
    background: Colour


@dataclass(frozen=True, slots=True)
class Block:
    """Words, their ground, and the stripe at the edge that sets the block apart."""

    text: Colour
    background: Colour
    edge: Colour


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme. Every state also has a word or a shape: a grey print loses nothing."""

    name: str
    is_dark: bool
    draws_tints: bool
    """False where strong sun or a contrast theme leaves only edges to set things apart."""

    window: Colour
    surface: Colour
    text: Colour
    text_secondary: Colour
    text_disabled: Colour
    link: Colour
    error_text: Colour
    control_border: Colour
    divider: Colour
    """Decoration only: never the sole edge of a control."""
    hover: Colour

    accent: Pair
    accent_hover: Pair
    primary: Pair
    primary_hover: Pair
    destructive: Pair
    focus: Pair
    """The text is also the ring: yellow alone has no contrast with white."""
    selected: Block

    information: Block
    success: Block
    warning: Block
    error: Block

    banner: Pair
    banner_label: Colour
    banner_died: Pair
    """Drawn with a hatch too: colour and pattern (NHS CUI PAB-0055)."""
    do_not: Pair

    tag: Pair
    stage_blue: Pair
    stage_green: Pair
    stage_amber: Pair
    stage_red: Pair


LIGHT = Tokens(
    name="light",
    is_dark=False,
    draws_tints=True,
    window="#f0f4f5",
    surface="#ffffff",
    text="#212b32",
    text_secondary="#4c6272",
    text_disabled="#5b6b77",
    link="#005eb8",
    error_text="#b3130b",
    control_border="#4c6272",
    divider="#d8dde0",
    hover="#e3ecf3",
    accent=Pair("#ffffff", "#005eb8"),
    accent_hover=Pair("#ffffff", "#004b93"),
    primary=Pair("#ffffff", "#007f3b"),
    primary_hover=Pair("#ffffff", "#00662f"),
    destructive=Pair("#ffffff", "#aa2016"),
    focus=Pair("#212b32", "#ffeb3b"),
    selected=Block("#212b32", "#d9e8f6", "#005eb8"),
    information=Block("#212b32", "#e6f0fa", "#005eb8"),
    success=Block("#212b32", "#e3f4ea", "#007f3b"),
    warning=Block("#212b32", "#fff9c4", "#8a6100"),
    error=Block("#212b32", "#fbeae9", "#b3130b"),
    banner=Pair("#ffffff", "#003087"),
    banner_label="#d0dcf0",
    banner_died=Pair("#ffffff", "#425563"),
    do_not=Pair("#ffffff", "#212b32"),
    tag=Pair("#212b32", "#d8dde0"),
    stage_blue=Pair("#003a75", "#dcebfa"),
    stage_green=Pair("#00401e", "#cfe9d9"),
    stage_amber=Pair("#5a3300", "#ffe3b3"),
    stage_red=Pair("#7a0f08", "#f8d7d4"),
)

DARK = Tokens(
    name="dark",
    is_dark=True,
    draws_tints=True,
    window="#1b2227",
    surface="#26313a",
    text="#f0f4f5",
    text_secondary="#b8c4cc",
    text_disabled="#9fadb7",
    link="#8cc1f2",
    error_text="#ff9b90",
    control_border="#8fa1ad",
    divider="#3b4852",
    hover="#2f3d48",
    accent=Pair("#0b1a2b", "#8cc1f2"),
    accent_hover=Pair("#0b1a2b", "#b3d6f7"),
    primary=Pair("#06230f", "#7bd8a2"),
    primary_hover=Pair("#06230f", "#a3e5be"),
    destructive=Pair("#3a0703", "#ff9b90"),
    focus=Pair("#212b32", "#ffeb3b"),
    selected=Block("#ffffff", "#123f66", "#8cc1f2"),
    information=Block("#f0f4f5", "#17324a", "#8cc1f2"),
    success=Block("#f0f4f5", "#153826", "#7bd8a2"),
    warning=Block("#ffe9a8", "#3d3310", "#ffb81c"),
    error=Block("#ffe3df", "#481a15", "#ff9b90"),
    banner=Pair("#ffffff", "#1351a4"),
    banner_label="#dce6f5",
    banner_died=Pair("#ffffff", "#425563"),
    do_not=Pair("#1b2227", "#f0f4f5"),
    tag=Pair("#f0f4f5", "#45535e"),
    stage_blue=Pair("#003a75", "#dcebfa"),
    stage_green=Pair("#00401e", "#cfe9d9"),
    stage_amber=Pair("#5a3300", "#ffe3b3"),
    stage_red=Pair("#7a0f08", "#f8d7d4"),
)

_BLACK, _WHITE = "#000000", "#ffffff"
_PAPER = Pair(_BLACK, _WHITE)
_INK = Pair(_WHITE, _BLACK)

BRIGHT = Tokens(
    name="bright",
    is_dark=False,
    draws_tints=False,
    window=_WHITE,
    surface=_WHITE,
    text=_BLACK,
    text_secondary=_BLACK,
    text_disabled="#4a4a4a",
    link="#002a80",
    error_text="#7a0f08",
    control_border=_BLACK,
    divider=_BLACK,
    hover="#e6e6e6",
    accent=Pair(_WHITE, "#002a80"),
    accent_hover=Pair(_WHITE, _BLACK),
    primary=_INK,
    primary_hover=Pair(_WHITE, "#333333"),
    destructive=Pair(_WHITE, "#7a0f08"),
    focus=Pair(_BLACK, "#ffeb3b"),
    selected=Block(_WHITE, _BLACK, _BLACK),
    information=Block(_BLACK, _WHITE, _BLACK),
    success=Block(_BLACK, _WHITE, _BLACK),
    warning=Block(_BLACK, _WHITE, _BLACK),
    error=Block(_BLACK, _WHITE, _BLACK),
    banner=_INK,
    banner_label=_WHITE,
    banner_died=Pair(_BLACK, "#d9d9d9"),
    do_not=_INK,
    tag=_PAPER,
    stage_blue=_PAPER,
    stage_green=_PAPER,
    stage_amber=_PAPER,
    stage_red=_PAPER,
)


def relative_luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, 0 to 1, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
