"""The domain: frozen objects, and what makes them valid. Knows no file and no page."""

from generator.model.base import Invalid, Location, Model, Violation, read
from generator.model.blocks import Block, BlockBase
from generator.model.clinic import Clinic, Fact, Paper, Phone
from generator.model.handout import (
    Handout,
    HandoutDefinition,
    Part,
    Section,
    SignOff,
    SignOffLedger,
)
from generator.model.plan import Medicine, Patient, Plan
from generator.model.words import Procedure, Source, Topic, Words

__all__ = [
    "Block",
    "BlockBase",
    "Clinic",
    "Fact",
    "Handout",
    "HandoutDefinition",
    "Invalid",
    "Location",
    "Medicine",
    "Model",
    "Paper",
    "Part",
    "Patient",
    "Phone",
    "Plan",
    "Procedure",
    "Section",
    "SignOff",
    "SignOffLedger",
    "Source",
    "Topic",
    "Violation",
    "Words",
    "read",
]
