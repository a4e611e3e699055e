"""Patients' data come in here, by whatever door, and leave as Plans."""

from generator.intake.yaml_plan import load_plan

__all__ = ["load_plan"]
