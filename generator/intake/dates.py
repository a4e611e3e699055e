"""Dates and times as the clinic writes them, made ISO 8601; what is uncertain is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from generator.model import RosterFormat
from generator.model.wordings import A_DATE, quoted

_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_DAY = {
    "YYYY-MM-DD": r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)",
    "MM/DD/YYYY": r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})",
    "DD/MM/YYYY": r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})",
    "DD.MM.YYYY": r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})",
    "DD-MM-YYYY": r"(?P<day>\d\d?)-(?P<month>\d\d?)-(?P<year>\d{4})",
}
_ISO_CLOCK = r"[T ](?P<hour>\d\d):(?P<minute>\d\d)(:00)?"
_MINUTES = r"(?P<hour>\d\d?):(?P<minute>\d\d)(:00)?"
_OFFSET = r"(?P<offset>Z|[+-]\d\d:\d\d)?"
_CLOCK = {
    "24-hour": rf"[T ]{_MINUTES}{_OFFSET}",
    "12-hour": rf" {_MINUTES} ?(?P<half>[AP])\.?M\.?",
}
_FIGURES = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", re.ASCII)
_YEAR_FIRST = re.compile(r"\d{4}-", re.ASCII)


def iso(text: str, declared: RosterFormat, *, private: bool = False) -> str:
    """A date, or a date and time, in the clinic's format or ours, as ISO 8601.

    Raises :class:`ValueError` for one that could be read in two ways, or is not in the calendar.
    Text that is no such thing comes back, for the plan to refuse. ``private``: a birth date,
    which has no time and is not quoted.
    """
    text = " ".join(text.split())
    named = "this date" if private else said(text)
    wanted = declared.dates if private else f"{declared.dates}, times as {declared.times}"
    other = f"{named} is no date of the format in clinic.yaml ({wanted}); mend it"
    for pattern in _patterns(declared.dates, declared.times, not private):
        if found := pattern.fullmatch(text):
            return _written(found.groupdict(), other)
    if not _FIGURES.match(text) or _YEAR_FIRST.match(text):
        return text
    if declared.dates == "YYYY-MM-DD":
        raise ValueError(
            f"{named} can be read in more than one way; write {A_DATE}, or declare the "
            "clinic's format in clinic.yaml (intake, roster, dates)"
        )
    raise ValueError(other)


def looks_like_date(text: str) -> bool:
    """Figures parted like those of a date."""
    return bool(_FIGURES.match(text))


def said(text: str) -> str:
    """A cell as a message quotes it: short, in one line, nothing invisible in it."""
    folded = " ".join(text.split())
    return quoted("".join(each if each.isprintable() else "\ufffd" for each in folded))


@cache
def _patterns(dates: str, times: str, timed: bool) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(each, re.ASCII | re.IGNORECASE) for each in _shapes(dates, times, timed)
    )


def _shapes(dates: str, times: str, timed: bool) -> Iterator[str]:
    yield from (_ISO_DAY, _DAY[dates])
    if timed:
        yield f"{_ISO_DAY}{_ISO_CLOCK}{_OFFSET}"
        yield from (f"{day}{_CLOCK[times]}" for day in (_ISO_DAY, _DAY[dates]))


def _written(parts: dict[str, str | None], wrong: str) -> str:
    numbers = [int(parts.get(part) or 0) for part in ("year", "month", "day", "hour", "minute")]
    half = (parts.get("half") or "").upper()
    try:
        if half and not 1 <= numbers[3] <= 12:
            raise ValueError
        if half:
            numbers[3] = numbers[3] % 12 + (12 if half == "P" else 0)
        moment = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # on the clinic's wall
    except ValueError:
        raise ValueError(wrong) from None
    if not parts.get("hour"):
        return f"{moment.date()}"
    return f"{moment.isoformat(timespec='minutes')}{(parts.get('offset') or '').upper()}"
