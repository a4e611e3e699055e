"""From what a clinic sends to Plans: a YAML plan for one patient, a CSV roster for many."""

from generator.intake.csv_roster import Row, load_roster
from generator.intake.yaml_plan import load_plan

__all__ = ["Row", "load_plan", "load_roster"]
