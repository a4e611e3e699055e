"""From the codes of an order to the clinic's procedure and handouts, by its own map."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from generator.intake.fhir.found import Refusal, refusal
from generator.intake.fhir.orders import Case
from generator.model import CodeMap
from generator.model.fhir_types import CodeableConcept

SNOMED = "http://snomed.info/sct"
_CPT = "http://www.ama-assn.org/go/cpt"
_PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
_SYSTEMS = {
    SNOMED: "snomed",
    _CPT: "cpt",
    _PCS: "icd10pcs",
    "http://hl7.org/fhir/sid/icd-10-pcs": "icd10pcs",
    "urn:oid:2.16.840.1.113883.6.96": "snomed",
    "urn:oid:2.16.840.1.113883.6.12": "cpt",
    "urn:oid:2.16.840.1.113883.6.4": "icd10pcs",
}
_SHOWN = {"snomed": "SNOMED", "cpt": "CPT", "icd10pcs": "ICD-10-PCS", "local": "local code"}
_PLAIN = re.compile(r"[A-Za-z0-9.\-]{1,20}")
_MOST = 3


def mapped(case: Case) -> CodeMap:
    """What the clinic's map says of the order; raises :class:`Refusal` for two answers, or none."""
    concepts = [one.code for _, one in case.requests] + [one.code for _, one in case.procedures]
    found = [(entry, said) for concept in concepts for entry, said in _matches(case, concept)]
    if not found:
        raise _unmapped(case, concepts)
    answers = {(entry.procedure, entry.handouts): (entry, said) for entry, said in found}
    if len(answers) > 1:
        means = " and ".join(f"{entry.procedure} ({said})" for entry, said in answers.values())
        message = f"the codes mean {means}; mend the order, or the map in content/clinic.yaml"
        raise refusal(case.order.main, message, "code")
    return found[0][0]


def _matches(case: Case, concept: CodeableConcept) -> Iterator[tuple[CodeMap, str]]:
    texts = {_folded(text) for text in concept.texts}
    for entry in case.clinic.intake.codes:
        for kind, code in _coded(concept):
            if code in getattr(entry, kind):
                yield entry, f"{_SHOWN[kind]} {code}"
        for text in entry.text:
            if _folded(text) in texts:
                yield entry, f"the text '{text}'"


def sides_of(case: Case, concept: CodeableConcept) -> Iterator[str]:
    """The sides that the clinic's map gives to the codes themselves."""
    return (entry.side for entry, _ in _matches(case, concept) if entry.side)


def _coded(concept: CodeableConcept) -> Iterator[tuple[str, str]]:
    """The kind of each code, as the map has kinds, and the code."""
    for coding in concept.coding:
        if coding.system and coding.code:
            yield _SYSTEMS.get(coding.system, "local"), coding.code


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _unmapped(case: Case, concepts: list[CodeableConcept]) -> Refusal:
    codes = [coded for concept in concepts for coded in _coded(concept)]
    plain = (f"{_SHOWN[kind]} {code}" for kind, code in codes if _PLAIN.fullmatch(code))
    listed = list(dict.fromkeys(plain))[:_MOST]
    said = f" ({', '.join(listed)})" if listed else ""
    near = list(dict.fromkeys((*_near_texts(case, concepts), *_near_codes(case, codes))))[:_MOST]
    hint = f"; the nearest there: {', '.join(near)}" if near else ""
    message = (
        f"the operation's code{said} is not in the clinic's map{hint}; "
        "add it to content/clinic.yaml (intake, codes), or mend the order"
    )
    return refusal(case.order.main, message, "code")


def _near_texts(case: Case, concepts: list[CodeableConcept]) -> Iterator[str]:
    known = {_folded(t): (t, entry) for entry in case.clinic.intake.codes for t in entry.text}
    for text in (text[:200] for concept in concepts for text in concept.texts[:_MOST]):
        for near in difflib.get_close_matches(_folded(text), known, _MOST):
            name, entry = known[near]
            yield f"'{name}' ({entry.procedure})"


def _near_codes(case: Case, codes: list[tuple[str, str]]) -> Iterator[str]:
    for kind, code in codes[:_MOST]:
        known = {c: entry for entry in case.clinic.intake.codes for c in getattr(entry, kind)}
        for near in difflib.get_close_matches(code[:40], known, _MOST):
            yield f"{_SHOWN[kind]} {near} ({known[near].procedure})"
