"""Due dates as a calendar (iCalendar, RFC 5545) that an office's program can subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from generator.review.board import Row


def calendar(rows: Iterable[Row], clinic: str, warning_days: int) -> bytes:
    """An event of a whole day for each handout that has a due date, with an alarm before it.

    The same rows give the same bytes; an event keeps its id, so that a changed date moves it.
    """
    made = Calendar()
    made.add("prodid", "-//handout-press//review calendar//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Handout reviews, {clinic}")
    for row in rows:
        if row.standing.due and row.standing.signatures:
            made.add_component(_event(row, warning_days))
    return bytes(made.to_ical())


def _event(row: Row, warning_days: int) -> Event:
    handout, where = row.handout, row.standing
    signed = where.signatures[-1]
    event = Event()
    event.add("uid", f"{handout.id}.{handout.language}.review@handout-press")
    event.add("dtstamp", datetime.combine(signed.on, time(), UTC))
    event.add("dtstart", where.due)
    event.add("dtend", where.due + timedelta(days=1) if where.due else None)
    event.add("summary", f"Review due: {handout.title} ({handout.language})")
    people = "; ".join(f"{entry.by}, {entry.role}" for entry in where.signatures)
    event.add(
        "description",
        f"{handout.id}, version {handout.version}. Signed by {people} on {signed.on}. "
        "This is the last day on which it may be handed out without a new review. "
        f"State when this was written: {where.state}.",
    )
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Review due in {warning_days} days: {handout.title}")
    alarm.add("trigger", timedelta(days=-warning_days))
    event.add_component(alarm)
    return event
