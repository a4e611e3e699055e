"""What languages are called in each other: Spanish, español, 西班牙语."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from generator.markup.labels import Labels


def language_name(labels: Labels, tag: str) -> str:
    """A language's name in that of the labels: ``Spanish``; the tag where CLDR has none."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(labels.locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[0].upper() + name[1:]
