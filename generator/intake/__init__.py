"""From what a clinic sends to Plans, by four doors: a YAML plan, a CSV, XLSX or FHIR roster."""

from generator.intake.against import checked_plan
from generator.intake.entry import Entry, Place
from generator.intake.flags import flags
from generator.intake.medicines import Stopped, last_dose
from generator.intake.roster import (
    Hands,
    Refused,
    Roster,
    Row,
    load_roster,
    read_entries,
    read_plans,
)
from generator.intake.timeline import Dose, Step, Timeline, plan_facts, timeline
from generator.intake.yaml_plan import load_plan

__all__ = [
    "Dose",
    "Entry",
    "Hands",
    "Place",
    "Refused",
    "Roster",
    "Row",
    "Step",
    "Stopped",
    "Timeline",
    "checked_plan",
    "flags",
    "last_dose",
    "load_plan",
    "load_roster",
    "plan_facts",
    "read_entries",
    "read_plans",
    "timeline",
]
