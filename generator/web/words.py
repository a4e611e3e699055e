"""What the desk itself says, in English or Spanish; handouts have labels of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.requests import Request

from generator.markup import Labels, load_labels

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
