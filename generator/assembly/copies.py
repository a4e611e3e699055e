"""What a handout's pages say of their words, when they are bound."""

from __future__ import annotations

from generator.compose import Copy, Part
from generator.model import Handout, SignOff
from generator.press import Printed
from generator.signoff import Standing, State, words_code


def part_of(handout: Handout, where: Standing, printed: Printed) -> Part:
    """A handout's pages, ready to be bound."""
    return Part(handout.title, handout.language, printed, _copy(handout, where))


def _copy(handout: Handout, where: Standing) -> Copy:
    signed = where.signatures if where.state in {State.STANDS, State.OVERDUE} else ()
    sources = {source.id: source for s in handout.sections for source in s.words.sources}
    return Copy(
        handout=handout.id,
        version=handout.version,
        state=where.state,
        digest=where.digest,
        code=str(words_code(handout.id, handout.version, handout.language, where.digest)),
        reviewers=tuple(_person(entry) for entry in signed),
        signed_on=max((entry.on.isoformat() for entry in signed), default=""),
        due=where.due.isoformat() if where.due and signed else "",
        sources=tuple(source.url or source.title for source in sources.values()),
    )


def _person(entry: SignOff) -> str:
    return ", ".join(part for part in (entry.by, entry.credential, entry.role) if part)
