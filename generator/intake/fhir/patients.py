"""The patient: name, record number, birth date and language; never an SSN or a licence number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.intake.fhir.found import Finding, Found, Refusal
from generator.intake.fhir.moments import holds
from generator.intake.fhir.names import NoName, chosen, joined
from generator.intake.fhir.orders import Case
from generator.intake.fhir.record import Record
from generator.model import Clinic, fhir
from generator.model.fhir_types import Identifier
from generator.model.fields import read_day

_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
_PRIVATE = {"SS", "SB", "DL", "PPN", "TAX", "NI", "CZ"}
"""Numbers that no page may carry: social security, driver's licence, passport, tax, citizen."""
_PRIVATE_SYSTEMS = {"http://hl7.org/fhir/sid/us-ssn", "urn:oid:2.16.840.1.113883.4.1"}
_LANGUAGES = "urn:ietf:bcp:47"


class _Missing(ValueError):
    """What the record lacks, in words for the person who mends it."""


def patient(case: Case) -> dict[str, object]:
    """The plan's ``patient``; raises :class:`Refusal` with all that is missing."""
    found = case.patient
    one = case.record.typed(found, fhir.Patient)
    data: dict[str, str] = {}
    findings: list[Finding] = []
    steps: dict[str, Callable[[], dict[str, str]]] = {
        "identifier": lambda: {"record_id": record_id(one, case.clinic, case.day)},
        "name": lambda: _name(one, case.day),
        "birthDate": lambda: {"birth_date": _birth_date(one)},
        "communication": lambda: {"language": _language(one, case.clinic)},
    }
    for part, step in steps.items():
        try:
            data |= step()
        except (_Missing, NoName) as error:
            findings.append(Finding(found, str(error), part))
    if findings:
        raise Refusal(*findings)
    case.origins["patient",] = found
    return {"patient": data}


def refuse_gone(record: Record, found: Found) -> None:
    """Raise :class:`Refusal` for a patient who died, or whose record is not in use."""
    if reasons := list(_gone(record.typed(found, fhir.Patient))):
        raise Refusal(*(Finding(found, message, part) for part, message in reasons))


def known_record_id(record: Record, found: Found, clinic: Clinic) -> str:
    """The record number for naming places; "" when there is none, or none that can be shown."""
    try:
        number = record_id(record.typed(found, fhir.Patient), clinic, "")[:40]
    except (_Missing, Refusal):
        return ""
    return number if number.isprintable() else ""


def record_id(one: fhir.Patient, clinic: Clinic, day: str) -> str:
    """The identifier of the clinic's system, or else the one typed MR; raises ``ValueError``."""
    system = clinic.intake.fhir.record_id_system
    usable = [i for i in one.identifier if _is_usable(i, day)]
    ours = [i for i in usable if system and i.system == system]
    medical = [i for i in usable if "MR" in i.type.codes(_TYPES)]
    numbers = {(i.value or "").strip() for i in ours or medical}
    if not numbers:
        wanted = f"of the system {system}" if system else "of type MR (v2-0203)"
        raise _Missing(f"has no record number {wanted}; add it to the record")
    if len(numbers) > 1:
        message = (
            "say in content/clinic.yaml which system is yours (intake, fhir, record_id_system)"
        )
        raise _Missing(f"has {len(numbers)} different record numbers; {message}")
    return numbers.pop()


def _gone(one: fhir.Patient) -> Iterator[tuple[str, str]]:
    if one.deceased_boolean or one.deceased_date_time:
        yield "deceased", "the patient has died; nothing is printed"
    if not one.active:
        yield "active", "is false: this record is not in use; find the one that is"
    if any(link.type == "replaced-by" for link in one.link):
        yield "link", "this record was replaced by another; use that one"


def _is_usable(identifier: Identifier, day: str) -> bool:
    return bool(
        (identifier.value or "").strip()
        and identifier.use != "old"
        and identifier.system not in _PRIVATE_SYSTEMS
        and not identifier.type.codes() & _PRIVATE
        and holds(identifier.period, day)
    )


def _name(one: fhir.Patient, day: str) -> dict[str, str]:
    name = chosen(one.name, day)
    parts = {"given_name": joined(name.given), "family_name": joined((name.family,))}
    if all(parts.values()):
        parts["suffix"] = joined(name.suffix)
        return {key: value for key, value in parts.items() if value}
    if text := joined((name.text,)):
        return {"name": text}
    missing = " and no ".join(
        key.removesuffix("_name") for key, value in parts.items() if not value
    )
    raise _Missing(f"has no {missing} name, and no text; add it to the record")


def _birth_date(one: fhir.Patient) -> str:
    if not one.birth_date:
        raise _Missing("is missing; add it to the record")
    if read_day(one.birth_date) is None:
        raise _Missing("is no full date (year-month-day); complete it in the record")
    return one.birth_date


def _language(one: fhir.Patient, clinic: Clinic) -> str:
    spoken = one.communication
    preferred = [each for each in spoken if each.preferred] or spoken
    if not preferred:
        raise _Missing("has no communication.language; add it to the record")
    codes = {tag for each in preferred for tag in _tags(each, clinic)}
    if "" in codes:
        raise _Missing("the language has no code (such as en); add it to the record")
    if len(codes) > 1:
        raise _Missing("has several languages and not one that is preferred; mark the one to print")
    return codes.pop()


def _tags(communication: fhir.Communication, clinic: Clinic) -> set[str]:
    """A language by its codes; "" for one that has none."""
    language = communication.language
    codes = language.codes(_LANGUAGES) or language.codes() or {""}
    return {_tag(code, clinic) for code in codes}


def _tag(tag: str, clinic: Clinic) -> str:
    """The clinic's own tag for a language, or else the record's."""
    known = {own.casefold(): own for own in clinic.languages}
    steps = tag.casefold().split("-")
    for length in range(len(steps), 0, -1):
        if own := known.get("-".join(steps[:length])):
            return own
    return tag
