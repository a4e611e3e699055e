"""The kinds of values that the files hold: ids, lines of text, dates, times, colours.

Everything arrives as text (YAML's own guesses read ``12:30`` as 750), so each kind
says here what it takes and what it answers to the rest.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from generator.model.colour import contrast
from generator.model.countries import countries
from generator.model.wordings import A_COUNTRY, A_DATE, A_LOCAL_TIME, quoted

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?")
_VERSION = re.compile(r"\d+(\.\d+){1,2}")
YEARS = range(1900, 2200)
"""Of appointments; so far from the ends of the calendar no arithmetic overflows."""
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_URL = re.compile(r"https://[!-~]+")
_PICTURE_FILE = re.compile(r"[a-z0-9-]+\.(svg|png)")
_COUNTRY = re.compile(r"[A-Z]{2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _text(value: Any) -> Any:
    """One run of text: white space folded, composed (NFC), nothing invisible in it."""
    if not isinstance(value, str):
        return value
    for character in value.replace("\n", " "):
        if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
            raise ValueError(
                f"holds the invisible or unassigned character U+{ord(character):04X}; remove it"
            )
    return unicodedata.normalize("NFC", " ".join(value.split()))


@dataclass(frozen=True, slots=True)
class Matching:
    """Text of one shape: refused in words a person understands, and in editors by pattern."""

    pattern: re.Pattern[str]
    wanted: str

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^({self.pattern.pattern})$"}

    def _check(self, value: Any) -> Any:
        if isinstance(value, str) and not self.pattern.fullmatch(value):
            raise ValueError(f"must be {self.wanted}, not {quoted(value)}")
        return value


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"must be {A_DATE}, not {quoted(value)}") from None


def read_day(text: str) -> date | None:
    """A day written as ``2026-12-08``; None when it is no day."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _person(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str) and any(character.isdigit() for character in text):
        raise ValueError("holds a digit, and a name does not; has a column been shifted?")
    return text


def _local_time(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if not _TIME.fullmatch(value):
            raise ValueError
        time = datetime.fromisoformat(value)
        if time.year not in YEARS:
            raise ValueError
    except ValueError:
        raise ValueError(f"must be {A_LOCAL_TIME}, not {quoted(value)}") from None
    return time


def _zone(value: Any) -> Any:
    if isinstance(value, str) and value not in available_timezones():
        raise ValueError(f"must be a time zone such as America/New_York, not {quoted(value)}")
    return value


def _country(value: Any) -> Any:
    if isinstance(value, str) and value not in countries():
        raise ValueError(f"must be {A_COUNTRY}, not {quoted(value)}")
    return value


def _brand_colour(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _COLOUR.fullmatch(value):
        raise ValueError(f"must be a colour such as #0b4f5c, not {quoted(value)}")
    if (ratio := contrast(value, "#ffffff")) < 7:
        raise ValueError(
            f"is too pale to read: contrast {ratio:.1f} to white, at least 7 is needed; darken it"
        )
    return value


Version = Annotated[str, Matching(_VERSION, "a version such as 1.0")]
Digest = Annotated[str, Matching(_DIGEST, "sha256: and 64 hexadecimal digits")]
Url = Annotated[str, Matching(_URL, "an address that starts with https://")]
PictureFile = Annotated[
    str, Matching(_PICTURE_FILE, "the name of an .svg or .png file in content/figures/")
]
Country = Annotated[str, BeforeValidator(_country), Matching(_COUNTRY, A_COUNTRY)]

Slug = Annotated[
    str, Matching(_SLUG, "lower-case letters, digits and single hyphens"), Field(max_length=60)
]
"""An id: the name of a folder, a file or a block."""

LanguageTag = Annotated[str, Matching(_LANGUAGE, "a language tag such as en, es or zh-Hans")]
"""A BCP 47 language tag, as in the file names."""

Line = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1, max_length=200)]
"""A short line of plain text."""

PersonName = Annotated[
    str, BeforeValidator(_person), StringConstraints(min_length=1, max_length=100)
]
"""A person's name, or a part of it."""

Text = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1, max_length=2000)]
"""A paragraph or an item: plain text, ``{fact-name}`` and ``**strong**`` (see markup.inline)."""

Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
PartialDate = Annotated[
    str, Matching(_PARTIAL_DATE, "a date (2022-04-29), a month (2022-04) or a year (2022)")
]
"""As precise as the source itself is."""

LocalTime = Annotated[
    datetime,
    BeforeValidator(_local_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_TIME.pattern}$"}),
]
"""A wall-clock time in the clinic's time zone, or one that carries its own offset from UTC."""

TimeZone = Annotated[str, BeforeValidator(_zone)]
Colour = Annotated[str, BeforeValidator(_brand_colour)]
"""``#rrggbb``, dark enough to carry or to be white text (WCAG contrast 7:1 or better)."""

Translated = Annotated[dict[LanguageTag, Line], Field(min_length=1)]
"""The same short text by language."""


def zone(name: str) -> ZoneInfo:
    """The time zone of that name (one of the IANA data base)."""
    return ZoneInfo(name)
