"""The program's own words on a page, and dates and numbers, in the reader's language.

Labels are gettext messages: English is the key, ``templates/locale/<language>.po`` the
translation. Dates and units follow Unicode's CLDR for the language and the clinic's country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.units import format_unit

from generator.errors import TemplateError
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


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language: ``labels("Page")``; a missing translation is an error."""

    language: str
    locale: Locale
    messages: dict[str, str] | None

    def __call__(self, message: str, **values: object) -> str:
        if self.messages is not None and message not in self.messages:
            raise TemplateError(
                f"locale/{self.language}.po", None, f'there is no translation of "{message}"'
            )
        translated = self.messages[message] if self.messages is not None else message
        return translated.format(**values)

    @property
    def direction(self) -> str:
        return "rtl" if self.locale.character_order == RIGHT_TO_LEFT else "ltr"

    @property
    def language_name(self) -> str:
        """The language's name in itself."""
        return self.locale.get_language_name(self.locale) or self.language

    def day(self, day: date) -> str:
        """``December 8, 2026``: never in figures alone."""
        return _plain(format_date(day, "long", locale=self.locale))

    def short_day(self, day: date) -> str:
        """``Dec 8, 2026``: where there is little room, and still not in figures alone."""
        return _plain(format_skeleton("yMMMd", day, locale=self.locale))

    def weekday(self, day: date) -> str:
        """``Tuesday, December 8, 2026``."""
        return _plain(format_date(day, "full", locale=self.locale))

    def day_of_month(self, day: date) -> str:
        """``Tuesday, December 8``: CLDR's short form with its names written out, as it allows."""
        skeletons = self.locale.datetime_skeletons
        pattern = skeletons["MMMMEd" if "MMMMEd" in skeletons else "MMMEd"].pattern
        pattern = re.sub(
            r"(?<![A-Za-z])E+(?![A-Za-z])", "EEEE", re.sub(r"(?<![A-Za-z])M{3,}", "MMMM", pattern)
        )
        return _plain(format_date(day, pattern, locale=self.locale))

    def clock(self, time: datetime) -> str:
        """``7:30 AM``; noon is said, since few people know which 12:00 it is."""
        if (time.hour, time.minute) == (12, 0):
            return self("12 noon")
        return _plain(format_time(time.time(), "short", locale=self.locale))

    def length(self, number: int, unit: str) -> str:
        """``5 days``."""
        return _plain(format_unit(number, UNITS[unit], "long", locale=self.locale))

    def partial_date(self, written: str) -> str:
        """A source's date, as precise as it is: a year, a month, or a day."""
        match written.count("-"):
            case 0:
                return written
            case 1:
                month = date.fromisoformat(f"{written}-01")
                return _plain(format_date(month, "MMMM y", locale=self.locale))
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
            return f"{day}, {self.clock(moment)}" if "T" in found[0] else day

        return _ISO.sub(written, text)

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
                self("the words it was made from have changed"),
            ),
            State.OVERDUE: (self("REVIEW OVERDUE"), self("a clinician has to look at this again")),
            State.WITHDRAWN: (self("WITHDRAWN"), self("do not follow this page")),
            State.STANDS: ("", ""),
        }[state]


def load_labels(templates: Path, language: str, country: str) -> Labels:
    """The labels of a language; raises :class:`TemplateError` when there are none."""
    locale = _locale(language, country)
    if language == "en":
        return Labels(language, locale, None)
    file = templates / "locale" / f"{language}.po"
    try:
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=locale.language)
    except OSError:
        message = f"there are no labels for '{language}'; translate templates/locale/{file.name}"
        raise TemplateError(f"locale/{file.name}", None, message) from None
    messages = {str(m.id): str(m.string) for m in catalog if is_translated(m)}
    return Labels(language, locale, messages)


def is_translated(message: Message) -> bool:
    """Whether a catalog's entry can be printed: translated, by a person, with all its values."""
    if not message.id or not message.string or message.fuzzy:
        return False
    return _values(str(message.id)) == _values(str(message.string))


def _values(text: str) -> set[str | None] | None:
    """The names in braces; None for a text whose braces are broken."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _locale(language: str, country: str) -> Locale:
    """The language as it is written in the clinic's country, if CLDR knows that."""
    try:
        return Locale.parse(f"{language}-{country}", sep="-")
    except UnknownLocaleError:
        return Locale.parse(language, sep="-")


def _plain(text: str) -> str:
    """CLDR's narrow spaces are in few fonts; an ordinary no-break space is in all."""
    return text.replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")
