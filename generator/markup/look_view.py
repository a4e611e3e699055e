"""Makes the view of the look itself: its tokens, marks and stamps, for a designer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.markup.labels import Labels
from generator.markup.look_parts import LookView, SampleGroupView, SampleView
from generator.markup.mark_parts import StampView
from generator.markup.stationery import mark
from generator.markup.tokens import Token
from generator.model.colour import contrast
from generator.signoff import State

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_LENGTH = re.compile(r"([\d.]+)mm")
LONGEST = 50
"""Millimetres: a longer bar would not fit its cell."""


def look_view(
    title: str, tokens: Iterable[Token], stamps: tuple[StampView, ...], labels: Labels
) -> LookView:
    """The look of an edition."""
    marks = (mark(state, labels) for state in State)
    return LookView(
        template="look.html",
        id="look",
        title=title,
        mark=None,
        foot=(),
        groups=tuple(_groups(tuple(tokens))),
        marks=tuple(shown for shown in marks if shown),
        stamps=stamps,
    )


def _groups(tokens: tuple[Token, ...]) -> Iterator[SampleGroupView]:
    ink = next((token.value for token in tokens if token.name == "--ink"), "#000000")
    for name, members in groupby(tokens, key=lambda token: token.group):
        yield SampleGroupView(name, tuple(_sample(token, ink) for token in members))


def _sample(token: Token, ink: str) -> SampleView:
    length = _LENGTH.fullmatch(token.value)
    return SampleView(
        token.name,
        token.value,
        token.use,
        size=token.value.endswith("pt"),
        bar=bool(length and float(length[1]) <= LONGEST),
        contrast=_contrast(token.value, ink) if _COLOUR.fullmatch(token.value) else "",
    )


def _contrast(colour: str, ink: str) -> str:
    """How far a colour is from white and from ink; WCAG asks 4.5 for text, we ask 7."""
    return f"{contrast(colour, '#ffffff'):.1f} to white, {contrast(colour, ink):.1f} to ink"
