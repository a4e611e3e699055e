"""The program's own words on a page, and dates and numbers, in the reader's language.

Labels are gettext messages: English is the key, ``templates/locale/<language>.po`` the
translation. Dates and units follow Unicode's CLDR for the language and the clinic's country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.pofile import read_po
from babel.units import format_unit

from generator.errors import TemplateError, UnknownLocale
from generator.library import Layers
from generator.markup.creole import CREOLE
from generator.markup.message import is_translated
from generator.model import Fact
from generator.signoff import State

UNITS = {
    "minutes": "duration-minute",
    "hours": "duration-hour",
    "days": "duration-day",
    "weeks": "duration-week",
    "months": "duration-month",
    "years": "duration-year",
    "pounds": "mass-pound",
    "inches": "length-inch",
    "fahrenheit": "temperature-fahrenheit",
}
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?\b")
RIGHT_TO_LEFT = "right-to-left"
_FORMS: tuple[Literal["long", "short"], ...] = ("long", "short")
_COMMAS = {"ar": "، ", "zh": "，", "ja": "、"}


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language: ``labels("Page")``; a missing translation is an error."""

    language: str
    locale: Locale
    messages: dict[str, str] | None

    def __call__(self, message: str, **values: object) -> str:
        return self.unfilled(message).format(**values)

    def unfilled(self, message: str) -> str:
        """A label whose ``{parts}`` are filled in later."""
        if self.messages is not None and message not in self.messages:
            raise TemplateError(
                f"locale/{self.language}.po", None, f'there is no translation of "{message}"'
            )
        return self.messages[message] if self.messages is not None else message

    @property
    def direction(self) -> str:
        return "rtl" if self.locale.character_order == RIGHT_TO_LEFT else "ltr"

    @property
    def language_name(self) -> str:
        """The language's name in itself."""
        return self.locale.get_language_name(self.locale) or self.language

    def day(self, day: date) -> str:
        """``December 8, 2026``: never in figures alone."""
        return self._said(format_date(day, "long", locale=self.locale))

    def short_day(self, day: date) -> str:
        """``Dec 8, 2026``: where there is little room, and still not in figures alone."""
        return self._said(format_skeleton("yMMMd", day, locale=self.locale))

    def weekday(self, day: date) -> str:
        """``Tuesday, December 8, 2026``."""
        return self._said(format_date(day, "full", locale=self.locale))

    def day_of_month(self, day: date) -> str:
        """``Tuesday, December 8``: CLDR's short form with its names written out, as it allows."""
        skeletons = self.locale.datetime_skeletons
        pattern = skeletons["MMMMEd" if "MMMMEd" in skeletons else "MMMEd"].pattern
        pattern = re.sub(r"(?<![A-Za-z])M{3,}", "MMMM", pattern)
        pattern = re.sub(r"(?<![A-Za-z])[Ec]+(?![A-Za-z])", "EEEE", pattern)
        return self._said(format_date(day, pattern, locale=self.locale))

    def clock(self, time: datetime) -> str:
        """``7:30 AM``; noon is said, since few people know which 12:00 it is."""
        if (time.hour, time.minute) == (12, 0):
            return self("12 noon")
        pattern = self.locale.time_formats["short"].pattern
        if self.locale.language == "ko":  # whose short forms are the English AM and PM
            pattern = pattern.replace("a", "aaaa")
        return self._said(format_time(time.time(), pattern, locale=self.locale))

    def length(self, number: int, unit: str) -> str:
        """``5 days``. Where CLDR has no long form of a unit, its short one is a word as well."""
        for form in _FORMS:
            text = format_unit(number, UNITS[unit], form, locale=self.locale)
            if UNITS[unit] not in text:  # Babel's way to say that it has none
                return self._said(text)
        raise UnknownLocale(self.language)

    @property
    def comma(self) -> str:
        """What stands between two names, or a name and what it is."""
        return _COMMAS.get(self.locale.language, ", ")

    def joined(self, parts: Iterable[str]) -> str:
        """Names, or a name and what it is, one after the other."""
        return self.comma.join(parts)

    def partial_date(self, written: str) -> str:
        """A source's date, as precise as it is: a year, a month, or a day."""
        match written.count("-"):
            case 0:
                return written
            case 1:
                month = date.fromisoformat(f"{written}-01")
                return self._said(format_skeleton("yMMMM", month, locale=self.locale))
            case _:
                return self.day(date.fromisoformat(written))

    def fact(self, fact: Fact) -> str:
        """A fact as it is printed: ``2 hours``, or its phrase in this language."""
        if fact.number is None or fact.unit is None:
            return (fact.text or {})[self.language]
        return self.length(fact.number, fact.unit)

    def dated(self, text: str) -> str:
        """A text of the plan with its ISO dates (``2026-12-08``) as a reader knows them."""

        def written(found: re.Match[str]) -> str:
            try:
                moment = datetime.fromisoformat(found[0])
            except ValueError:
                return found[0]
            day = self.weekday(moment.date())
            return self.joined((day, self.clock(moment))) if "T" in found[0] else day

        return _ISO.sub(written, text)

    def _said(self, text: str) -> str:
        """CLDR's text, with spaces that our faces have, and in Haitian Creole's own words."""
        text = text.replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")
        if self.locale.language != "ht":
            return text
        return re.sub(r"[a-zéû]+\.?", lambda word: CREOLE.get(word[0], word[0]), text)

    def state(self, state: State) -> tuple[str, str]:
        """The mark of a handout that does not stand: one loud word, and what it means."""
        return {
            State.DRAFT: (self("DRAFT"), self("no clinician has approved these words yet")),
            State.CHANGED: (
                self("CHANGED SINCE REVIEW"),
                self("not approved as it is now"),
            ),
            State.OUT_OF_DATE: (
                self("TRANSLATION OUT OF DATE"),
                self("its source has changed"),
            ),
            State.OVERDUE: (self("REVIEW OVERDUE"), self("a clinician has to look at this again")),
            State.WITHDRAWN: (self("WITHDRAWN"), self("do not follow this page")),
            State.STANDS: ("", ""),
        }[state]


def load_labels(templates: Layers | Path, language: str, country: str) -> Labels:
    """The labels of a language; raises :class:`TemplateError` when there are none."""
    locale = _locale(language, country)
    if language == "en":
        return Labels(language, locale, None)
    file = Layers.of(templates).find(f"locale/{language}.po")
    try:
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=locale.language)
    except OSError:
        message = f"there are no labels for '{language}'; translate templates/locale/{file.name}"
        raise TemplateError(f"locale/{file.name}", None, message) from None
    messages = {str(m.id): str(m.string) for m in catalog if is_translated(m)}
    return Labels(language, locale, messages)


def _locale(language: str, country: str) -> Locale:
    """The language as it is written in the clinic's country, if CLDR knows that."""
    try:
        return Locale.parse(f"{language}-{country}", sep="-")
    except UnknownLocaleError:
        return Locale.parse(language, sep="-")
