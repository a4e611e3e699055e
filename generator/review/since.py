"""What changed since the last sign-off, in lines for the person who is to sign again."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import HandoutsError
from generator.library import Library
from generator.markup import load_labels
from generator.model import Handout
from generator.review.approval import last_approval
from generator.review.before import LAST_SIGNOFF, before
from generator.review.changes import Change, changes
from generator.signoff import digest

SHOWN = 20
"""Changes; a longer list scrolls past the question that it is to answer."""


def changed_since_signed(library: Library, handout: Handout) -> Iterator[str]:
    """The changed sentences, or one line when there are none or nothing was signed before."""
    last = last_approval(handout)
    if last is None:
        yield "  Nobody has signed this handout before; read all of it."
        return
    signed = f"version {last.version}, signed by {last.by} on {last.on}"
    if last.digest == digest(handout):
        yield f"  Not a word changed since {signed}."
        return
    yield f"  Changed since {signed}:"
    labels = load_labels(library.templates, handout.language, library.clinic.country)
    try:
        with before(library, handout, LAST_SIGNOFF) as was:
            found = changes(was.handout, handout, labels)
    except HandoutsError as error:
        yield f"  What changed cannot be shown: {error}"
        return
    for change in found[:SHOWN]:
        yield from _lines(change)
    if len(found) > SHOWN:
        yield f"    and {len(found) - SHOWN} more; see: handouts diff {handout.id}"


def _lines(change: Change) -> Iterator[str]:
    yield f"    {change.place}{' (moved)' if change.moved else ''}"
    if change.before is not None:
        yield f"      - {change.before}"
    if change.after is not None:
        yield f"      + {change.after}"
