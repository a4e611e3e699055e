"""The clock: times of the clinic's zone, and so many hours before them.

Hours are elapsed hours: they are counted in UTC, because a clock on the wall may be put forward
or back between the two times (Python's own aware ``datetime - timedelta`` counts by the wall).
Days are days of the clinic's calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """A wall-clock time that does not exist in the zone, or exists twice."""


def placed(time: datetime, zone: ZoneInfo) -> datetime:
    """A time as the zone's clock shows it, aware; one with an offset is the same instant.

    Raises :class:`NoSuchTime` for a time without offset that the clock skips, or shows twice.
    """
    if time.tzinfo is not None:
        return time.astimezone(UTC).astimezone(zone)
    first, second = (time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    shown = f"{time:%Y-%m-%dT%H:%M}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != time:
        message = f"{shown} does not exist: the clocks are put forward then; mend it"
        raise NoSuchTime(message)
    raise NoSuchTime(
        f"{shown} comes twice: the clocks are put back then; "
        f"write {_with_offset(first)} for the first, {_with_offset(second)} for the second"
    )


def before(anchor: datetime, length: timedelta) -> datetime:
    """So much elapsed time before an aware time, in the same zone."""
    return (anchor.astimezone(UTC) - length).astimezone(anchor.tzinfo)


def elapsed(start: datetime, end: datetime) -> timedelta:
    """The time that passes from one aware time to another."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def day_before(anchor: datetime, days: int) -> date:
    """So many days before, by the calendar on the wall."""
    return anchor.date() - timedelta(days=days)


def clock_change(start: datetime, end: datetime) -> tuple[date, timedelta] | None:
    """The first day between two times of one zone on which its clocks are moved, and by how much.

    Positive when they are put forward.
    """
    zone, moment, last = start.tzinfo, start.astimezone(UTC), end.astimezone(UTC)
    offset = start.utcoffset()
    while moment < last:
        moment = min(moment + timedelta(hours=1), last)
        now = moment.astimezone(zone)
        if (moved := now.utcoffset()) != offset and moved is not None and offset is not None:
            return now.date(), moved - offset
    return None


def is_shown_twice(time: datetime) -> bool:
    """Whether the zone's clock shows this time a second time, an hour or so apart."""
    folded = time.replace(fold=1 - time.fold)
    first, second = sorted((time, folded), key=lambda t: t.fold)
    return bool(
        first.utcoffset() != second.utcoffset()
        and first.astimezone(UTC).astimezone(time.tzinfo).replace(tzinfo=None, fold=0)
        == time.replace(tzinfo=None, fold=0)
    )


def _with_offset(time: datetime) -> str:
    return time.isoformat(timespec="minutes")
