"""Where the handouts of one library stand, on the days that count for a packet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.library import Library
from generator.model import Handout, Plan
from generator.signoff import Standing, standing_over


@dataclass(slots=True)
class Standings:
    """Finds handouts and says where they stand; remembers both."""

    library: Library
    on: date
    _handouts: dict[tuple[str, str], Handout] = field(default_factory=dict)
    _standings: dict[tuple[str, str, date], Standing] = field(default_factory=dict)

    def find(self, name: str, language: str) -> Handout:
        """The library's handout for a reader; raises for an unknown id or language."""
        if (name, language) not in self._handouts:
            self._handouts[name, language] = self.library.handout_for(name, language)
        return self._handouts[name, language]

    def of(self, handout: Handout, plan: Plan | None = None) -> Standing:
        """Where a handout's words stand on the day of printing; in a packet, on the worse of that
        day and the day of the operation."""
        last = max(self.on, plan.surgery_at.date()) if plan else self.on
        at = (handout.id, handout.language, last)
        if at not in self._standings:
            rules = self.library.clinic.review
            self._standings[at] = standing_over(handout, self.on, last, rules)
        return self._standings[at]
