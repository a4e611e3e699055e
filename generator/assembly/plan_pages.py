"""A patient's own pages: what their plan says on a day, and the end that many plans share."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from generator.assembly.fragments import Fragments
from generator.compose import Tail, tail_of
from generator.intake import timeline
from generator.library import Library
from generator.markup import Document, ViewMaker, own_pages
from generator.model import Handout, Plan

KEPT = 32
"""How many ends stay in memory; a clinic has few people to call."""


@dataclass(slots=True)
class PlanPages:
    """Makes the views of plans as they hold at one time."""

    library: Library
    now: datetime
    _tails: OrderedDict[tuple[object, ...], tuple[Tail, ...]] = field(default_factory=OrderedDict)

    def document(
        self, plan: Plan, maker: ViewMaker, tail_heights: tuple[float, ...] = ()
    ) -> Document:
        """The view of a patient's own pages, with so many points left free at their end."""
        reader = plan.patient.language
        return maker.plan_document(own_pages(self.library, plan, self.now, reader, tail_heights))

    def tails(self, plan: Plan, maker: ViewMaker, fragments: Fragments) -> tuple[Tail, ...]:
        """The end of the plan's pages: kept in memory alone, since it names whom to call."""
        key = (plan.contact, bool(plan.medicines), maker.labels.language, maker.edition)
        if key not in self._tails:
            documents = maker.tail_documents(plan)
            self._tails[key] = tuple(
                tail_of(fragments.patients(one), f"Tail{number}")
                for number, one in enumerate(documents)
            )
            if len(self._tails) > KEPT:
                self._tails.popitem(last=False)
        self._tails.move_to_end(key)
        return self._tails[key]

    def passed(self, plan: Plan) -> str:
        """Which steps of the plan have passed: the one thing on it that the time of day changes."""
        dated = timeline(self.library, plan, self.now)
        late = [*(step.past for step in dated.steps), *(dose.past for dose in dated.doses)]
        return "".join("1" if past else "0" for past in late)

    def sources(self, handouts: Iterable[Handout]) -> list[str]:
        """The short names of what the clinic's rules rest on, each once."""
        clinic = self.library.clinic
        facts = dict(clinic.facts)
        for handout in handouts:
            facts |= handout.definition.facts
        named = [rule.source or facts[rule.fact or ""].source for rule in clinic.plan.timeline]
        short = {source.id: source.short for source in clinic.sources}
        return [short[name] for name in dict.fromkeys(named) if name in short]
