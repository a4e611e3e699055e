"""The sheet as text, to be ticked with a pen, and the score as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.check.pemat.answers import Answer, Said
from generator.check.pemat.items import ITEMS, Domain
from generator.model import Handout

WANTED = 90
"""Per cent; what we ask."""
DOMAINS: tuple[Domain, ...] = ("understandability", "actionability")
_BOXES = {
    Answer.AGREE: "[x] agree  [ ] disagree",
    Answer.DISAGREE: "[ ] agree  [x] disagree",
    Answer.NOT_APPLICABLE: "    does not apply     ",
    Answer.OPEN: "[ ] agree  [ ] disagree",
}


@dataclass(frozen=True, slots=True)
class Score:
    """The share of items that agree, of those that apply; ``open`` ones are not answered yet."""

    agree: int
    disagree: int
    open: int

    @property
    def so_far(self) -> int | None:
        """Per cent of what is answered; None when nothing is."""
        answered = self.agree + self.disagree
        return round(100 * self.agree / answered) if answered else None

    @property
    def least(self) -> int:
        """Per cent, should every open item turn out not to agree."""
        return self._share(self.agree)

    @property
    def most(self) -> int:
        """Per cent, should every open item turn out to agree."""
        return self._share(self.agree + self.open)

    def _share(self, agree: int) -> int:
        applicable = self.agree + self.disagree + self.open
        return round(100 * agree / applicable) if applicable else 0


def score(said: Mapping[int, Said], domain: Domain) -> Score:
    """The score of one of the two domains."""
    found = [said[item.number].answer for item in ITEMS if item.domain == domain]
    return Score(found.count(Answer.AGREE), found.count(Answer.DISAGREE), found.count(Answer.OPEN))


def sheet(handout: Handout, said: Mapping[int, Said]) -> str:
    """The whole sheet: every item with its boxes, and both scores."""
    return "\n".join(_lines(handout, said))


def _lines(handout: Handout, said: Mapping[int, Said]) -> Iterator[str]:
    yield f"PEMAT-P: {handout.title} ({handout.id}, {handout.language}, {handout.version})"
    yield "Ticked by the program where it can tell; the rest is for a person, with a pen."
    domain = topic = ""
    for item in ITEMS:
        if item.domain != domain:
            domain = item.domain
            yield f"\n{domain.upper()}"
        if item.topic != topic:
            topic = item.topic
            yield f"\n{topic}"
        answer = said[item.number]
        yield f"  {item.number:>2}  {_BOXES[answer.answer]}  {item.asks}"
        yield f"      {answer.why}"
    yield ""
    yield from (_scored(name, score(said, name)) for name in DOMAINS)
    yield "\nBy: ______________________  Role: ______________________  On: ______________"


def _scored(domain: str, found: Score) -> str:
    so_far = "nothing answered yet" if found.so_far is None else f"{found.so_far} % so far"
    known = f"{domain.capitalize()}: {so_far} ({found.agree} agree, {found.disagree} do not)"
    if not found.open:
        return f"{known}. Wanted: {WANTED} %."
    span = f"{found.least} to {found.most} %"
    return f"{known}; {found.open} open, so {span} in the end. Wanted: {WANTED} %."


def entry(handout: Handout, said: Mapping[int, Said]) -> dict[str, Any]:
    """The sheet for a program."""
    scores = {name: score(said, name) for name in DOMAINS}
    return {
        "id": handout.id,
        "language": handout.language,
        "version": handout.version,
        "items": [
            {"item": item.number, "domain": item.domain, "answer": said[item.number].answer}
            | {"why": said[item.number].why}
            for item in ITEMS
        ],
        "scores": {
            name: {"so_far": found.so_far, "least": found.least, "most": found.most}
            | {"open": found.open}
            for name, found in scores.items()
        },
    }
