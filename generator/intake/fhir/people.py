"""Who operates, where, who takes the patient home, who prepared and checked; and what to note."""

from __future__ import annotations

from collections.abc import Iterator

from generator.intake.fhir.found import Found, refusal
from generator.intake.fhir.names import joined, one_of, who
from generator.intake.fhir.orders import Case
from generator.intake.fhir.references import dangling, type_of
from generator.model import fhir
from generator.model.fhir_types import Reference

_PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_AGENTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_SURGEON = "304292004"
"""SNOMED CT: Surgeon, as a Procedure.performer's function."""
Referred = tuple[Found, str, Reference]
"""A resource, the element in it, and the reference there."""


def surgeon(case: Case) -> dict[str, object]:
    """The plan's ``surgeon``: of the order, or else of its Appointment; raises :class:`Refusal`."""
    for referred in (list(_performers(case)), list(_visitors(case, "Practitioner"))):
        names = [who(case.record, ref, found, case.day, part) for found, part, ref in referred]
        if name := one_of(names, case.order.main, "performer", "name the surgeon alone"):
            return {"surgeon": name}
    message = "nobody is named as the surgeon; add a performer to the order"
    raise refusal(case.order.main, message, "performer")


def location(case: Case) -> dict[str, object]:
    """The plan's ``location``; raises :class:`Refusal`."""
    for referred in (list(_places(case)), list(_visitors(case, "Location"))):
        places = [_place(case, *each) for each in referred]
        if place := one_of(places, case.order.main, "location", "name the one to come to"):
            return {"location": place}
    message = "no place is named to come to; add a locationReference to the order"
    raise refusal(case.order.main, message, "location")


def contact(case: Case) -> dict[str, object]:
    """The plan's ``contact``, which no record names but the clinic; raises :class:`Refusal`."""
    whom = case.clinic.intake.fhir.contact
    if whom is None:
        message = "content/clinic.yaml names nobody to call; add it (intake, fhir, contact)"
        raise refusal(None, message, "contact")
    return {"contact": {"name": whom.name, "phone": whom.phone}}


def escort(case: Case) -> dict[str, object]:
    """The plan's ``escort``: the Appointment's participant of type ESC, as displayed."""
    names = []
    for part in _participants(case):
        if case.visit and any("ESC" in kind.codes(_PARTICIPATION) for kind in part.type):
            shown = joined((part.actor.display,))
            whom = who(case.record, part.actor, case.visit, case.day, "participant")
            names.append(shown or whom)
    if case.visit and (name := one_of(names, case.visit, "participant", "name one escort")):
        return {"escort": name}
    return {}


def notes(case: Case) -> dict[str, object]:
    """The plan's ``notes``: what the order and the Appointment tell the patient."""
    told = [request.patient_instruction for _, request in case.requests]
    if case.appointment:
        told.append(case.appointment.patient_instruction)
    listed = dict.fromkeys(text.strip() for text in told if text and text.strip())
    return {"notes": list(listed)} if listed else {}


def signers(case: Case) -> dict[str, object]:
    """``prepared_by`` and ``checked_by`` from a Provenance; left out where they are not certain."""
    found = {
        "prepared_by": _agents(case, "author") or _agents(case, "enterer"),
        "checked_by": _agents(case, "verifier"),
    }
    return {name: people[0] for name, people in found.items() if len(people) == 1}


def _agents(case: Case, kind: str) -> list[str]:
    people: list[str] = []
    for found in case.record.provenances(case.order.parts):
        for agent in case.record.typed(found, fhir.Provenance).agent:
            if kind in agent.type.codes(_AGENTS):
                name = who(case.record, agent.who, found, case.day, "agent")
                people += [name] if name else []
    return list(dict.fromkeys(people))


def _performers(case: Case) -> Iterator[Referred]:
    for found, request in case.requests:
        yield from ((found, "performer", reference) for reference in request.performer)
    for found, procedure in case.procedures:
        surgeons = [p for p in procedure.performer if _SURGEON in p.function.codes()]
        for performer in surgeons or procedure.performer:
            yield found, "performer", performer.actor


def _places(case: Case) -> Iterator[Referred]:
    for found, request in case.requests:
        yield from ((found, "locationReference", place) for place in request.location_reference)
    for found, procedure in case.procedures:
        if procedure.location:
            yield found, "location", procedure.location


def _visitors(case: Case, kind: str) -> Iterator[Referred]:
    """The Appointment's participants of a kind; a PractitionerRole is a practitioner too."""
    for part in _participants(case):
        said = part.actor.reference or ""
        target = case.record.resolve(said, case.visit) if case.visit and said else None
        type_ = target.type if target else type_of(part.actor)
        if case.visit and type_ in {kind, f"{kind}Role"}:
            yield case.visit, "participant", part.actor


def _participants(case: Case) -> Iterator[fhir.Participant]:
    parts = case.appointment.participant if case.appointment else ()
    return (part for part in parts if part.status != "declined")


def _place(case: Case, found: Found, part: str, reference: Reference) -> str:
    display = joined((reference.display,))
    target = case.record.resolve(reference.reference, found) if reference.reference else None
    if target and target.type == "Location":
        place = case.record.typed(target, fhir.Location)
        if name := joined((place.name,)):
            return ", ".join(filter(None, (name, joined((place.description,)))))
    if not display and target is None:
        raise refusal(found, dangling(part, reference.reference or ""), part)
    return display
