"""How well two colours stand apart, by WCAG 2.2 (relative luminance and contrast ratio)."""

from __future__ import annotations

TINT = 0.07
"""How much of the colour is in its tint."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, from 1 (the same) to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tint(colour: str) -> str:
    """A ground for boxes of a brand's colour: white with a breath of it.

    A colour that is dark enough for white (7:1) keeps 5.7:1 or better on it, and ink 14:1, so a
    tint needs no check of its own; a test tries colours of every hue.
    """
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - c) * TINT):02x}" for c in channels)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
