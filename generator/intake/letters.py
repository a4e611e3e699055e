"""Letters of a plan that none of our faces can print: known before a page is laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from generator.errors import Problem
from generator.fonts.coverage import cure_for, unprintable
from generator.intake.entry import Place
from generator.model import Location, Plan

NAMED = 3


def unprintable_letters(plan: Plan, place: Place) -> Iterator[Problem]:
    """A problem for each field with letters that would come out as boxes, naming them."""
    for location, text in _texts((), plan.model_dump()):
        if lacking := unprintable(text):
            named = ", ".join(map(_named, lacking[:NAMED]))
            more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
            message = f"no font of ours has {named}{more}; {cure_for(lacking[0])}"
            yield place(location, message)


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "without a name").lower()
    return f"U+{ord(letter):04X} ({name})"


def _texts(at: Location, value: Any) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        if not value.isascii():
            yield at, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts((*at, name), part)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _texts((*at, index), part)
