"""The domain: frozen objects, and what makes them valid. Knows no file and no page."""

from generator.model.base import Invalid, Location, Model, Violation, read
from generator.model.blocks import Block, BlockBase, CallBlock, FigureBlock
from generator.model.clinic import Clinic, Fact, Paper, Phone
from generator.model.handout import (
    Handout,
    HandoutDefinition,
    Part,
    Picture,
    PictureList,
    Section,
    SignOff,
    SignOffLedger,
)
from generator.model.plan import Medicine, Patient, Plan
from generator.model.words import Procedure, Source, Topic, Words

__all__ = [
    "Block",
    "BlockBase",
    "CallBlock",
    "Clinic",
    "Fact",
    "FigureBlock",
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
    "Picture",
    "PictureList",
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
