"""The view of a patient's own pages: everything from the plan, worded and dated for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from generator.markup.labels import Labels
from generator.markup.view import MedicineView, PlanView
from generator.model import Plan, Procedure


def plan_view(plan: Plan, procedure: Procedure, titles: Sequence[str], labels: Labels) -> PlanView:
    """The plan's own pages; ``titles`` are those of the handouts that follow them."""
    patient = plan.patient
    sides = {"left": labels("LEFT"), "right": labels("RIGHT"), None: None}
    actions = {
        "continue": labels("Keep taking"),
        "stop": labels("Stop"),
        "sip": labels("Take with a sip of water"),
        "ask": labels("Ask before you take it"),
    }
    return PlanView(
        template="plan.html",
        id="plan",
        title=labels("Your plan"),
        patient=patient.full_name,
        birth_date=labels.day(patient.birth_date),
        record_id=patient.record_id,
        language=labels.language_name,
        procedure=procedure.name,
        side=sides[plan.side],
        surgeon=plan.surgeon,
        arrival_day=labels.weekday(plan.arrival_at.date()),
        arrival_time=labels.clock(plan.arrival_at),
        surgery_day=labels.weekday(plan.surgery_at.date()),
        surgery_time=labels.clock(plan.surgery_at),
        location=plan.location,
        medicines=tuple(
            MedicineView(m.name, m.dose, actions[m.action], m.when, m.decided_by)
            for m in plan.medicines
        ),
        allergies=plan.allergies,
        contact_name=plan.contact.name,
        contact_phone=plan.contact.phone,
        escort=plan.escort,
        notes=plan.notes,
        prepared_by=plan.prepared_by,
        checked_by=plan.checked_by,
        handouts=tuple(titles),
    )
