"""Words that stood when their pages were printed, and do not stand today.

Pages that nobody marked are not printed a second time when their words have changed, were
withdrawn, or are due for review: they are made anew, and say so themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.errors import OldWords
from generator.library import Library
from generator.review.whatis import Known, what_is
from generator.signoff import PrintedWords, State


def old_words(library: Library, words: Iterable[PrintedWords], on: date) -> tuple[Known, ...]:
    """What of these stood at printing and does not stand on a day."""
    unmarked = (one.code for one in words if one.state is State.STANDS)
    return tuple(known for code in unmarked if not (known := what_is(library, code, on)).stands)


def refuse_old_words(
    library: Library, words: Iterable[PrintedWords], on: date, called: str
) -> None:
    """Raise :class:`OldWords` for a file or a part of a run, ``called`` so for people."""
    if old := old_words(library, words, on):
        raise OldWords(called, [(_name(known), known.why) for known in old])


def _name(known: Known) -> str:
    code = known.code
    return f"{code.handout} ({code.language}), version {code.version}"
