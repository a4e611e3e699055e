"""The side of the operation, from every place that says it; all of them must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.intake.fhir.codes import SNOMED, sides_of
from generator.intake.fhir.found import refusal
from generator.intake.fhir.orders import Case
from generator.model.fhir_types import CodeableConcept

_SNOMED = {"7771000": "left", "24028007": "right", "51440002": "both"}
"""SNOMED CT: left; right; right and left."""
_LATERALITY = re.compile(r"272741003\s*(?:\|[^|]*\|)?\s*=\s*(7771000|24028007|51440002)\b")
"""The attribute in a post-coordinated expression."""
_WORD = re.compile(r"\b(left|right|bilateral)\b(?![\s-]*handed)", re.IGNORECASE)
"""In English alone: a text in another language says no side, and a plan without one is refused."""


def side(case: Case) -> str | None:
    """``left``, ``right`` or ``both``; None when nothing says it; raises :class:`Refusal`."""
    found = list(_said(case))
    if len({said for _, said in found}) > 1:
        listed = ", ".join(dict.fromkeys(f"{said} ({place})" for place, said in found))
        message = f"the places contradict each other: {listed}; find out which side it is"
        raise refusal(case.order.main, message, "side")
    return found[0][1] if found else None


def _said(case: Case) -> Iterator[tuple[str, str]]:
    """Each place that says a side, and the side."""
    requests = [(found, one.code, one.body_site) for found, one in case.requests]
    procedures = [(found, one.code, one.body_site) for found, one in case.procedures]
    for found, code, sites in (*requests, *procedures):
        yield from (("content/clinic.yaml", said) for said in sides_of(case, code))
        yield from ((f"{found.name} code", said) for said in _words(code))
        for site in sites:
            yield from ((f"{found.name} bodySite", said) for said in (*_codes(site), *_words(site)))


def _codes(site: CodeableConcept) -> Iterator[str]:
    for code in site.codes(SNOMED):
        if code in _SNOMED:
            yield _SNOMED[code]
        yield from (_SNOMED[said] for said in _LATERALITY.findall(code))


def _words(concept: CodeableConcept) -> Iterator[str]:
    for text in concept.texts:
        for word in _WORD.findall(text):
            yield "both" if word.lower() == "bilateral" else word.lower()
