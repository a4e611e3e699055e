"""What a template may see of a patient's plan: complete, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MedicineView:
    """``lines`` say when; ``passed`` what to do when the last dose should have been before this was
    printed."""

    name: str
    dose: str
    action: str
    lines: tuple[str, ...]
    decided_by: str
    passed: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of the timeline. ``notes`` say what is different for this patient, and why;
    ``passed`` what to do when its time was over before this was printed."""

    time: str
    text: str
    notes: tuple[str, ...] = ()
    passed: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    day: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The patient's own pages: what differs from patient to patient and nothing else.

    ``tail_heights`` is the room in points that is left free for each part of their end.
    """

    template: str
    id: str
    title: str
    patient: str
    birth_date: str
    record_id: str
    language: str
    operation: str
    side: str | None
    surgeon: str
    arrival: StepView
    surgery: StepView
    location: str
    days: tuple[DayView, ...]
    clocks: str | None
    changes: tuple[str, ...]
    medicines: tuple[MedicineView, ...]
    allergies: tuple[str, ...]
    escort: str | None
    notes: tuple[str, ...]
    prepared_by: str
    checked_by: str
    tail_heights: tuple[float, ...]

    @property
    def changed_days(self) -> tuple[DayView, ...]:
        """Of the timeline, what is different for this patient and nothing else."""
        changed = ((day, tuple(step for step in day.steps if step.notes)) for day in self.days)
        return tuple(DayView(day.day, steps) for day, steps in changed if steps)


@dataclass(frozen=True, slots=True)
class PlanPrepareView:
    """The end of the patient's own pages: what to bring, what to say in one's own words."""

    template: str
    id: str
    bring: tuple[str, ...]
    medicines: bool


@dataclass(frozen=True, slots=True)
class PlanCallView:
    """The very end of the patient's own pages: whom to call."""

    template: str
    id: str
    contact_name: str
    contact_phone: str
