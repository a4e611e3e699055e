"""When to come and when the operation begins: from the order, and from its Appointment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.intake.fhir.found import Finding, Found, Refusal, refusal
from generator.intake.fhir.moments import NoMoment, iso, moment
from generator.intake.fhir.orders import Case, Order
from generator.intake.fhir.record import Record
from generator.intake.fhir.references import dangling, plain, references
from generator.model import Clinic, fhir
from generator.model.fields import zone

_BOOKED = {"booked", "arrived", "checked-in"}
Said = tuple[Found, str, str]
"""A resource, the element in it, and the time that it says."""


def visit_of(record: Record, order: Order, patient: Found, alone: bool) -> Found | None:
    """The Appointment of an order, if there is one; raises :class:`Refusal` for two, or a fallen.

    By its own reference; or, if this is the patient's only order, as the patient's only one.
    """
    mine = record.visits(patient)
    linked = record.visits_for(order.parts)
    if not linked and alone:
        linked = [found for found in mine if not any(references(found, "basedOn"))]
        linked = linked if len(linked) == 1 else []
    if found := _standing(record, linked):
        if record.has_patient(found) and found not in mine:
            raise refusal(found, "is of another patient; mend the record", "participant")
        return found
    _refuse_dangling(record, mine)
    return None


def _refuse_dangling(record: Record, visits: list[Found]) -> None:
    """An Appointment for an order that is not here might be for this one."""
    for found in visits:
        for reference in references(found, "basedOn"):
            booked = any(found.data.get("status") == status for status in _BOOKED)
            if booked and record.resolve(reference, found) is None:
                raise refusal(found, dangling("basedOn", reference), "basedOn")


def _standing(record: Record, found: list[Found]) -> Found | None:
    """The one that is booked; raises :class:`Refusal` when none of them is, or two are."""
    statuses = {each: record.typed(each, fhir.Appointment).status for each in found}
    booked = [each for each, status in statuses.items() if status in _BOOKED]
    if len(booked) > 1:
        names = " and ".join(each.name for each in booked)
        raise refusal(booked[0], f"{names} are both booked for this order; keep one")
    if statuses and not booked:
        message = "is {}, and not booked: the order has no time; book it"
        findings = (Finding(e, message.format(plain(s)), "status") for e, s in statuses.items())
        raise Refusal(*findings)
    return booked[0] if booked else None


def day_of(order: Order, visit: Found | None) -> str:
    """The day of the operation as far as it is known, for names that have ended; or ""."""
    texts = [text for _, _, text in _said(order)]
    if visit and isinstance(start := visit.data.get("start"), str):
        texts.append(start)
    return texts[0][:10] if texts else ""


def times(case: Case) -> dict[str, object]:
    """``arrival_at`` and ``surgery_at``; raises :class:`Refusal`."""
    starts = _start(case)
    surgery = _surgery(case, starts.get("surgery"))
    arrival = starts.get("arrival") or _led(case, surgery)
    if case.visit:
        case.origins["arrival_at",] = case.visit
        if "surgery" in starts:
            case.origins["surgery_at",] = case.visit
    return {"arrival_at": iso(arrival), "surgery_at": iso(surgery)}


def _start(case: Case) -> dict[str, datetime]:
    """The Appointment's start as the time that the clinic says it is."""
    if not (case.visit and (appointment := case.appointment)):
        return {}
    if not appointment.start:
        raise refusal(case.visit, "has no time; add its start", "start")
    meaning = case.clinic.intake.fhir.appointment_start
    if meaning is None:
        message = (
            "content/clinic.yaml does not say which time an Appointment's start is; add to it "
            "(intake, fhir) appointment_start: arrival, or surgery"
        )
        raise refusal(case.visit, message, "start")
    time = _moment(case.visit, "start", appointment.start)
    if time is None:
        raise refusal(case.visit, "has no time of day; add it", "start")
    return {meaning: time}


def _surgery(case: Case, start: datetime | None) -> datetime:
    """When the operation begins; all who say it must agree."""
    times: dict[str, datetime] = {}
    for found, part, text in _said(case.order):
        time = _moment(found, part, text)
        if time:
            times[f"{found.name} {part}"] = time
        elif start and case.visit and not _same_day(text, start, case.clinic):
            raise _disagree(case.order, [f"{found.name} {part}", f"{case.visit.name} start"])
    if case.visit and start:
        times[f"{case.visit.name} start"] = start
    if not times:
        message = "has no time: no time of day says when the operation begins; add one to the order"
        raise refusal(case.order.main, message, "occurrence")
    if len(set(times.values())) > 1:
        raise _disagree(case.order, list(times))
    return next(iter(times.values()))


def _same_day(text: str, start: datetime, clinic: Clinic) -> bool:
    """Whether a date, as coarse as it may be, is the clinic's day of a time."""
    return start.astimezone(zone(clinic.time_zone)).date().isoformat()[: len(text)] == text


def _led(case: Case, surgery: datetime) -> datetime:
    """When to come by the clinic's own rule: so much elapsed time before the operation."""
    name = case.clinic.plan.arrival_lead
    fact = case.clinic.facts.get(name) if name else None
    if not fact or fact.number is None or not fact.unit:
        message = (
            "nothing says when the patient comes; add an Appointment whose start is that time, "
            "or a rule to content/clinic.yaml (plan, arrival_lead)"
        )
        raise refusal(case.order.main, message, "occurrence")
    return surgery - timedelta(**{fact.unit: fact.number})


def _said(order: Order) -> Iterator[Said]:
    for found in order.parts:
        stem = "occurrence" if found.type == "ServiceRequest" else "performed"
        period = found.data.get(f"{stem}Period")
        values = {
            f"{stem}DateTime": found.data.get(f"{stem}DateTime"),
            f"{stem}Period.start": period.get("start") if isinstance(period, dict) else None,
        }
        yield from ((found, part, v) for part, v in values.items() if isinstance(v, str))


def _moment(found: Found, part: str, text: str) -> datetime | None:
    try:
        return moment(text)
    except NoMoment as error:
        raise refusal(found, str(error), part) from None


def _disagree(order: Order, places: list[str]) -> Refusal:
    message = f"{' and '.join(places)} say different times; find out which is right"
    return refusal(order.main, message, "occurrence")
