"""How the places of one order are named: by row, record number and resource, never by a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.errors import Problem
from generator.intake.fhir.found import Finding, Found


@dataclass(frozen=True, slots=True)
class Places:
    """``origins`` says which resource a place of the plan came from; the others, from the order."""

    file: str
    number: int
    record_id: str
    order: Found
    origins: dict[tuple[str | int, ...], Found] = field(default_factory=dict)

    def place(self, location: tuple[str | int, ...], message: str) -> Problem:
        """A problem of a place in the plan: ``row 3 (record EX-000123), Patient/p1, name``."""
        steps = range(len(location), 0, -1)
        at = next((found for n in steps if (found := self.origins.get(location[:n]))), None)
        named = " ".join(str(s + 1) if isinstance(s, int) else s for s in location)
        return self._problem(at or self.order, message, named)

    def problem(self, finding: Finding) -> Problem:
        """A problem that the door found in the record itself."""
        return self._problem(finding.at or self.order, finding.message, finding.part)

    def _problem(self, at: Found, message: str, part: str) -> Problem:
        row = f"row {self.number}" + (f" (record {self.record_id})" if self.record_id else "")
        where = ", ".join(filter(None, (row, at.name, part)))
        return Problem(self.file, at.line, 1 if at.line else 0, where, message)
