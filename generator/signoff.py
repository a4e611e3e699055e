"""Whether words may go to a patient: the digest of a handout's words, and where it stands.

A sign-off is bound to the digest. Change a comma, and it no longer stands.
"""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model import Fact, Handout, SignOff


class State(StrEnum):
    """Where a handout stands on a date. Only ``STANDS`` may be given to a patient."""

    STANDS = "stands"
    DRAFT = "draft"
    CHANGED = "changed since sign-off"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


_SEVERITY = (State.STANDS, State.OVERDUE, State.CHANGED, State.DRAFT, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer of :func:`standing`: the state, and the sign-off that it rests on, if any.

    ``due`` is the last day on which the sign-off holds.
    """

    state: State
    digest: str
    signoff: SignOff | None = None
    due: date | None = None

    @property
    def stands(self) -> bool:
        return self.state is State.STANDS


def worst(states: Iterable[State]) -> State:
    """Of several states the one that most forbids handing a page out."""
    return max(states, key=_SEVERITY.index)


def digest(handout: Handout) -> str:
    """``sha256:…`` over all that a clinician signs: definition, words, facts and figures, and the
    clinic's rules for the plans that the handout is given out with.

    Editors' notes are not printed and not signed. The version has its own place in the
    ledger, so that new words under an old version can be told apart.
    """
    words = {
        "id": handout.id,
        "language": handout.language,
        "title": handout.title,
        "audience": handout.definition.audience[handout.language],
        "sections": [
            [section.id, section.words.model_dump(mode="json", exclude={"editor_notes"})]
            for section in handout.sections
        ],
        "facts": _said(handout.facts, handout.language),
        "plan": _plan(handout),
        "figures": {name: picture.digest for name, picture in handout.pictures.items()},
    }
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def _said(facts: Mapping[str, Fact], language: str) -> dict[str, object]:
    return {
        name: {
            "number": fact.number,
            "unit": fact.unit,
            "text": fact.text and fact.text[language],
        }
        for name, fact in facts.items()
    }


def _plan(handout: Handout) -> dict[str, object]:
    language, rules = handout.language, handout.rules
    timeline = [
        [rule.id, rule.before, rule.fact, rule.every_day, rule.text[language]]
        for rule in rules.timeline
    ]
    bring = [thing.text[language] for thing in rules.bring]
    return {"timeline": timeline, "bring": bring, "facts": _said(handout.rule_facts, language)}


def standing(handout: Handout, on: date, interval_months: int) -> Standing:
    """Where a handout stands on a day, by the last entry of its ledger up to that day.

    ``interval_months`` is how long a sign-off holds that does not say so itself.
    """
    now = digest(handout)
    entries = [s for s in handout.signoffs if s.language == handout.language and s.on <= on]
    if not entries:
        return Standing(State.DRAFT, now)
    last = entries[-1]
    if last.action == "withdraw":
        return Standing(State.WITHDRAWN, now, last)
    due = add_months(last.on, last.valid_months or interval_months)
    if (last.digest, last.version) != (now, handout.version):
        return Standing(State.CHANGED, now, last, due)
    return Standing(State.OVERDUE if on > due else State.STANDS, now, last, due)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
