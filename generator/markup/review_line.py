"""What a page says of its review: by whom, in what role, when, until when."""

from __future__ import annotations

from generator.markup.labels import Labels
from generator.model import SignOff
from generator.signoff import Standing, State


def review_line(standing: Standing, labels: Labels) -> str:
    """One or two sentences for the last page, with everybody who signed, true for the day it is
    printed."""
    if standing.state is State.WITHDRAWN and standing.withdrawn:
        return labels("Withdrawn by {by}.", by=_person(standing.withdrawn, labels))
    people = "; ".join(_person(entry, labels) for entry in standing.signatures)
    return _since(standing, labels("Reviewed by {by}.", by=people), labels)


def short_review_line(standing: Standing, labels: Labels) -> str:
    """The same for the foot of every page, where there is room for days and not for people:
    nobody knows how many sign, and how long their names and roles are."""
    if standing.state is State.WITHDRAWN and standing.withdrawn:
        return labels("Withdrawn {day}.", day=labels.day(standing.withdrawn.on))
    days = [entry.on for entry in standing.signatures]
    reviewed = labels("Reviewed {day}.", day=labels.day(max(days))) if days else ""
    return _since(standing, reviewed, labels)


def _since(standing: Standing, reviewed: str, labels: Labels) -> str:
    """What became of a review; that there is none for these words, if so."""
    if standing.due is None or standing.state in {State.DRAFT, State.CHANGED}:
        return labels("Not reviewed by a clinician as printed here.")
    due = labels.day(standing.due)
    match standing.state:
        case State.OUT_OF_DATE:
            until = labels("The words that this was translated from have changed since.")
        case State.OVERDUE:
            until = labels("Not to be used after {due}.", due=due)
        case _:
            until = labels("Next review by {due}.", due=due)
    return f"{reviewed} {until}"


def _person(entry: SignOff, labels: Labels) -> str:
    """``R. Sampleton, MD, Test surgeon, November 1, 2026``."""
    parts = (entry.by, entry.credential, entry.role, labels.day(entry.on))
    return labels.joined(part for part in parts if part)
