"""Contrast of every pair of colours that meets on the screen, recomputed from the tokens (WCAG 2.2)."""

from __future__ import annotations

from dataclasses import fields
from itertools import chain

import pytest
from PySide6.QtGui import QColor, QPalette

from eolc_desktop.desktop.theme import palette, tokens_from
from eolc_desktop.desktop.tokens import BRIGHT, DARK, LIGHT, Block, Colour, Pair, Tokens, contrast

THEMES = {"light": LIGHT, "dark": DARK, "bright": BRIGHT}
TEXT, EDGE, BRIGHT_LIGHT = 4.5, 3.0, 7.0

ON_GROUNDS = ("text", "text_secondary", "text_disabled", "link", "error_text")
"""Words that stand on the window, on a surface and on what the pointer is over."""

DECORATION = {"divider"}
"""Never the only edge of anything a person acts on."""


def grounds(tokens: Tokens) -> dict[str, Colour]:
    return {"window": tokens.window, "surface": tokens.surface, "hover": tokens.hover}


def blocks(tokens: Tokens) -> dict[str, Pair | Block]:
    found = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    return {name: value for name, value in found.items() if isinstance(value, Pair | Block)}


def words(tokens: Tokens) -> dict[str, float]:
    """The contrast of every pair of words and their ground."""
    pairs = {
        f"{name} on {ground}": contrast(getattr(tokens, name), colour)
        for name in ON_GROUNDS
        for ground, colour in grounds(tokens).items()
    }
    pairs |= {name: contrast(block.text, block.background) for name, block in blocks(tokens).items()}
    pairs["banner_label"] = contrast(tokens.banner_label, tokens.banner.background)
    for name in ("information", "success", "warning", "error"):
        block = getattr(tokens, name)
        pairs[f"a button in {name}"] = contrast(tokens.link, block.background)
    return pairs


def edges(tokens: Tokens) -> dict[str, float]:
    """The contrast of what tells a control or a block from what lies round it."""
    around = (tokens.window, tokens.surface)
    pairs = {f"control_border on {ground}": contrast(tokens.control_border, ground) for ground in around}
    for name in ("link", "error_text", "text_disabled"):
        pairs |= {f"{name} as an edge on {ground}": contrast(getattr(tokens, name), ground) for ground in around}
    for name in ("accent", "primary", "destructive", "primary_hover"):
        pairs |= {f"{name} on {ground}": contrast(getattr(tokens, name).background, ground) for ground in around}
    for name, block in blocks(tokens).items():
        if isinstance(block, Block):
            pairs |= {f"edge of {name} on {ground}": contrast(block.edge, ground) for ground in around}
    # The ring and the ground inside it: one of the two must stand out from whatever lies round the control.
    pairs |= {
        f"focus on {ground}": max(contrast(tokens.focus.text, ground), contrast(tokens.focus.background, ground))
        for ground in around
    }
    # A tick is a picture on the accent.
    pairs["tick"] = contrast(tokens.accent.text, tokens.accent.background)
    return pairs


@pytest.mark.parametrize("name", THEMES)
def test_all_words_can_be_read(name: str) -> None:
    tokens = THEMES[name]
    least = BRIGHT_LIGHT if tokens is BRIGHT else TEXT
    assert {pair: round(ratio, 2) for pair, ratio in words(tokens).items() if ratio < least} == {}


@pytest.mark.parametrize("name", THEMES)
def test_all_controls_can_be_seen(name: str) -> None:
    tokens = THEMES[name]
    least = BRIGHT_LIGHT if tokens is BRIGHT else EDGE
    assert {pair: round(ratio, 2) for pair, ratio in edges(tokens).items() if ratio < least} == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_banner_stands_out_from_the_page(name: str) -> None:
    """In the dark too a reader must see at once where one person's banner ends (NHS CUI PAB-0013)."""
    tokens = THEMES[name]
    for banner in (tokens.banner, tokens.banner_died):
        assert contrast(banner.background, tokens.window) >= (1.3 if banner is BRIGHT.banner_died else 2.0)


def test_no_colour_escapes_the_sums() -> None:
    summed = " ".join(chain(words(LIGHT), edges(LIGHT)))
    colours = {field.name for field in fields(LIGHT) if field.name not in {"name", "is_dark", "draws_tints"}}
    assert {name for name in colours if name not in summed} - DECORATION == set()


def test_the_sum_itself() -> None:
    assert contrast("#000000", "#ffffff") == 21.0
    assert contrast("#ffffff", "#000000") == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast("#005eb8", "#005eb8") == 1.0


def test_the_sums_find_a_pale_colour() -> None:
    pale = "#9aa5ac"
    tokens = Tokens(**{field.name: getattr(LIGHT, field.name) for field in fields(LIGHT)} | {"text_secondary": pale})
    assert any(ratio < TEXT for ratio in words(tokens).values())


def test_the_palette_uses_the_tokens() -> None:
    made = palette(DARK)
    assert made.color(QPalette.ColorRole.Window).name() == DARK.window
    assert made.color(QPalette.ColorRole.Text).name() == DARK.text
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == DARK.text_disabled


def test_a_contrast_theme_of_the_computer_uses_none_of_our_colours() -> None:
    system = QPalette()
    given = {
        QPalette.ColorRole.Window: "#202020",
        QPalette.ColorRole.WindowText: "#ffffff",
        QPalette.ColorRole.Base: "#202020",
        QPalette.ColorRole.Highlight: "#8ee3f0",
        QPalette.ColorRole.HighlightedText: "#263b50",
        QPalette.ColorRole.Link: "#75e9fc",
    }
    for role, colour in given.items():
        system.setColor(role, QColor(colour))
    system.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor("#a6a6a6"))
    tokens = tokens_from(system)
    used = set()
    for field in fields(tokens):
        value = getattr(tokens, field.name)
        if isinstance(value, Pair):
            used |= {value.text, value.background}
        elif isinstance(value, Block):
            used |= {value.text, value.background, value.edge}
        elif isinstance(value, str) and field.name != "name":
            used.add(value)
    assert used == {*given.values(), "#a6a6a6"}
    assert tokens.is_dark
    assert min(words(tokens).values()) >= TEXT
