"""Every palette meets the contrasts of WCAG 2.2, level AA."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor

from ui.kit.look.theme import DARK, LIGHT, Colours

TEXT = 4.5
BOUNDARY = 3.0
PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(name: str) -> float:
    channels = QColor(name).getRgbF()[:3]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@PALETTES
def test_text_can_be_read_on_every_ground(colours: Colours) -> None:
    inks = (colours.text, colours.secondary, colours.accent, colours.low, colours.high)
    grounds = (colours.window, colours.panel, colours.hover, colours.wash)
    pairs = [
        *product(inks, grounds),
        (colours.on_accent, colours.accent),
        (colours.low, colours.low_wash),
        (colours.medium, colours.medium_wash),
        (colours.high, colours.high_wash),
    ]
    assert min(contrast(*pair) for pair in pairs) >= TEXT


@PALETTES
def test_what_can_be_filled_in_has_a_visible_boundary(colours: Colours) -> None:
    assert contrast(colours.edge, colours.panel) >= BOUNDARY
    assert contrast(colours.edge, colours.window) >= BOUNDARY
    assert contrast(colours.accent, colours.panel) >= BOUNDARY
