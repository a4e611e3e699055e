"""FHIR's dates and times, which may be as coarse as a year, as a plan has them."""

from __future__ import annotations

import re
from datetime import datetime

from generator.model.fhir_types import Period

_MOMENT = re.compile(
    r"(?P<day>\d{4}(-\d{2}(-\d{2})?)?)(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(?P<offset>Z|[+-]\d{2}:\d{2})?)?"
)


class NoMoment(ValueError):
    """A text that is no moment, or none that a plan can hold; says so without quoting it."""


def moment(text: str) -> datetime | None:
    """A time of day with its offset, to the minute; None for a date without a time.

    Raises :class:`NoMoment`.
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        raise NoMoment("is no date and time as FHIR has them; mend it")
    if "T" not in text:
        return None
    if not found["offset"]:
        raise NoMoment("has no offset from UTC, which FHIR asks for; mend it")
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise NoMoment("is no date and time that exists; mend it") from None
    if time.second or time.microsecond:
        raise NoMoment("has seconds, and no patient comes to the second; mend it")
    if not 1900 < time.year < 2200:
        raise NoMoment("is in a year that cannot be meant; mend it")
    return time


def iso(time: datetime) -> str:
    """As a plan has it, with the offset: ``2027-03-16T07:30-04:00``."""
    return time.isoformat(timespec="minutes")


def holds(period: Period, day: str) -> bool:
    """Whether a period covers a day, compared as coarsely as it is written; "" is any day."""
    if not day:
        return True
    start, end = (period.start or "")[:10], (period.end or "")[:10]
    return day[: len(start)] >= start and (not end or day[: len(end)] <= end)
