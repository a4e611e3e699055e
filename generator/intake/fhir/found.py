"""One resource of a file, what it is called, and what can be wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.intake.fhir.source import Raw
from generator.model import Invalid, Violation, read
from generator.model.fhir_types import Element

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,39}")
_MISSING = "' is missing; add it"
E_ = TypeVar("E_", bound=Element)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A resource as it stands in the file. ``within`` is the one that contains it."""

    data: Raw
    number: int
    line: int = 0
    url: str = ""
    within: Found | None = None

    @property
    def type(self) -> str:
        found = self.data.get("resourceType")
        return found if isinstance(found, str) and _TYPE.fullmatch(found) else "unknown type"

    @property
    def id(self) -> str:
        found = self.data.get("id")
        return found if isinstance(found, str) and _ID.fullmatch(found) else ""

    @property
    def name(self) -> str:
        """What it is called in messages; never by what is in it."""
        return f"{self.type}/{self.id}" if self.id else f"{self.type} (resource {self.number})"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a part of a resource; ``at`` None: with the order as a whole."""

    at: Found | None
    message: str
    part: str = ""


class Refusal(Exception):
    """An order that cannot become a plan, and every reason found."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.message for finding in findings))


def refusal(at: Found | None, message: str, part: str = "") -> Refusal:
    """A refusal for one reason."""
    return Refusal(Finding(at, message, part))


def typed(found: Found, model: type[E_]) -> E_ | Refusal:
    """A resource as R4 has it, or why it cannot be read so."""
    for key in ("modifierExtension", "implicitRules"):
        if _holds(found.data, key):
            message = f"has {key}, which may change what it says; ask who exported the record"
            return refusal(found, message)
    try:
        return read(model, found.data)
    except Invalid as invalid:
        return Refusal(*(_misshapen(found, v) for v in invalid.violations[:3]))


def _misshapen(found: Found, violation: Violation) -> Finding:
    """Without the violation's own words where they may quote the record."""
    steps = (step if isinstance(step, str) else str(step + 1) for step in violation.location)
    part = ".".join(steps)
    if violation.message.endswith(_MISSING):
        return Finding(found, violation.message, part)
    return Finding(found, "has not the form that FHIR R4 gives it; mend it", part)


def _holds(data: Any, key: str) -> bool:
    """Whether a key is anywhere in the data; what is contained is asked when it is read itself."""
    stack = [data]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if one.get(key):
                return True
            stack += [value for name, value in one.items() if name != "contained"]
        elif isinstance(one, list):
            stack += one
    return False
