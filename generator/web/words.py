"""What the desk itself says, in English or Spanish; handouts have labels of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request

from generator.library import Library
from generator.markup import Labels, load_labels
from generator.signoff import State

LANGUAGES = {"en": "English", "es": "Español"}
COOKIE = "desk-language"
_HERE = Path(__file__).resolve().parent


def language_of(request: Request) -> str:
    """The language that was chosen in this browser, else the first of its own that we speak."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    wanted = request.headers.get("accept-language", "").split(",")
    tags = (tag.partition(";")[0].partition("-")[0].strip().lower() for tag in wanted)
    return next((tag for tag in tags if tag in LANGUAGES), "en")


@cache
def labels_of(language: str, country: str) -> Labels:
    """The desk's labels; dates and times as in the clinic's country."""
    return load_labels(_HERE, language, country)


def title_of(library: Library, handout: str, language: str) -> str:
    """A handout's title in the desk's language, or in the first that it is written in."""
    titles = library.definitions[handout].title
    return titles.get(language) or next(iter(titles.values()))


def states(_: Labels) -> Mapping[str, str]:
    """Where a handout stands, in a word or two."""
    return {
        State.STANDS: _("stands"),
        State.DRAFT: _("draft"),
        State.CHANGED: _("changed since sign-off"),
        State.OUT_OF_DATE: _("translation out of date"),
        State.OVERDUE: _("overdue"),
        State.WITHDRAWN: _("withdrawn"),
    }
