"""The view of a patient's own pages: everything from the plan, worded and dated for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from generator.intake import Dose, Timeline
from generator.markup.labels import Labels
from generator.markup.plan_parts import (
    MedicineView,
    PlanCallView,
    PlanPrepareView,
    PlanView,
    StepView,
)
from generator.markup.timeline_view import change_of_clocks, days, moment, too_late
from generator.model import Clinic, Fact, LastDose, Medicine, Plan, Procedure


@dataclass(frozen=True, slots=True)
class OwnPages:
    """What a patient's own pages are made of. ``facts`` are the clinic's, for what they are called
    and what they were before the plan changed them; ``tail_heights`` are in points."""

    plan: Plan
    procedure: Procedure
    timeline: Timeline
    facts: Mapping[str, Fact]
    tail_heights: tuple[float, ...]


def plan_view(own: OwnPages, clinic: Clinic, labels: Labels) -> PlanView:
    """The plan's own pages."""
    plan, patient = own.plan, own.plan.patient
    side = side_label(plan.side, labels)
    operation = own.procedure.name
    return PlanView(
        template="plan.html",
        id="plan",
        title=labels("Your plan"),
        patient=patient.full_name,
        birth_date=labels.day(patient.birth_date),
        record_id=patient.record_id,
        language=labels.language_name,
        operation=operation,
        side=side,
        surgeon=plan.surgeon,
        arrival=_time(plan.arrival_at, labels),
        surgery=_time(plan.surgery_at, labels),
        location=labels.dated(plan.location),
        days=days(own.timeline, plan, own.facts, labels),
        clocks=change_of_clocks(own.timeline, labels),
        changes=_changes(own, clinic, labels),
        medicines=tuple(
            _medicine(number, medicine, own, labels)
            for number, medicine in enumerate(plan.medicines, start=1)
        ),
        allergies=plan.allergies,
        escort=labels.dated(plan.escort) if plan.escort else None,
        notes=tuple(labels.dated(note) for note in plan.notes),
        prepared_by=plan.prepared_by,
        checked_by=plan.checked_by,
        tail_heights=own.tail_heights,
    )


def prepare_view(plan: Plan, clinic: Clinic, labels: Labels) -> PlanPrepareView:
    """What to bring and to say again; of the plan, only whether there are medicines."""
    return PlanPrepareView(
        template="plan_prepare.html",
        id="plan prepare",
        bring=tuple(thing.text[labels.language] for thing in clinic.plan.bring),
        medicines=bool(plan.medicines),
    )


def call_view(plan: Plan) -> PlanCallView:
    """Whom to call; of the plan, only the person."""
    return PlanCallView("plan_call.html", "plan call", plan.contact.name, plan.contact.phone)


def side_label(side: str | None, labels: Labels) -> str | None:
    """The side in words, loud: ``LEFT side``; None for an operation that has no side."""
    sides = {
        "left": labels("LEFT side"),
        "right": labels("RIGHT side"),
        "both": labels("LEFT and RIGHT sides"),
    }
    return sides[side] if side else None


def _time(time: datetime, labels: Labels) -> StepView:
    """A time, and the day that it is on."""
    day, clock = moment(time, labels)
    return StepView(clock, labels.weekday(day))


def _changes(own: OwnPages, clinic: Clinic, labels: Labels) -> tuple[str, ...]:
    """What is different for this patient and stands in no step of the timeline."""
    return tuple(
        labels(
            "{what}: {value}. {reason} ({by})",
            what=(own.facts[override.fact].label or {})[labels.language],
            value=labels.length(*override.number) if override.number else override.value,
            reason=labels.dated(override.reason),
            by=override.decided_by,
        )
        for override in own.plan.overrides
        if override.fact not in clinic.plan.dated
    )


def _medicine(number: int, medicine: Medicine, own: OwnPages, labels: Labels) -> MedicineView:
    actions = {
        "continue": labels("Keep taking"),
        "stop": labels("Stop"),
        "sip": labels("Take with a sip of water"),
        "ask": labels("Ask before you take it"),
    }
    dose = next((dose for dose in own.timeline.doses if dose.number == number), None)
    return MedicineView(
        medicine.name,
        medicine.dose,
        actions[medicine.action],
        _when(medicine, dose, labels),
        medicine.decided_by,
        passed=too_late(dose, labels),
    )


def _when(medicine: Medicine, last: Dose | None, labels: Labels) -> tuple[str, ...]:
    if last is None:
        return (labels.dated(medicine.when),)
    if last.at:
        day, clock = moment(last.at, labels)
        ends = labels("Last dose before {time}, {day}", time=clock, day=labels.weekday(day))
    else:
        ends = labels("Last dose: {day}", day=labels.weekday(last.day))
    if medicine.stop is None or isinstance(medicine.stop, LastDose):
        return (ends,)
    length = labels.length(medicine.stop.number, medicine.stop.unit)
    return labels("{length} before your operation", length=length), ends
