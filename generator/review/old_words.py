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
from generator.signoff import PrintedWords, State, WordsCode


def old_words(library: Library, words: Iterable[PrintedWords], on: date) -> tuple[Known, ...]:
    """What of these stood at printing and does not stand on a day, and until their operation; each
    once."""
    days: dict[WordsCode, list[date]] = {}
    for one in words:
        if one.state is State.STANDS:
            days.setdefault(one.code, [on]).append(max(on, one.until or on))
    return tuple(filter(None, (_fallen(library, code, *both) for code, both in days.items())))


def _fallen(library: Library, code: WordsCode, *days: date) -> Known | None:
    """What the library knows of words on the first of these days on which they do not stand."""
    found = (what_is(library, code, day) for day in sorted(set(days)))
    return next((known for known in found if not known.stands), None)


def refuse_old_words(
    library: Library, words: Iterable[PrintedWords], on: date, called: str
) -> None:
    """Raise :class:`OldWords` for a file or a part of a run, ``called`` so for people."""
    if old := old_words(library, words, on):
        raise OldWords(called, [(_name(known), known.why) for known in old])


def _name(known: Known) -> str:
    code = known.code
    return f"{code.handout} ({code.language}), version {code.version}"
