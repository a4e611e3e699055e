"""The domain: frozen objects, and what makes them valid. Knows no file and no page."""

from generator.model.base import Invalid, Location, Model, Violation, read
from generator.model.blocks import Block, BlockBase, CallBlock, FigureBlock
from generator.model.clinic import Brand, Clinic, Fact, Paper, Phone
from generator.model.glossary import Glossary, GlossaryTerm
from generator.model.handout import (
    Handout,
    HandoutDefinition,
    Part,
    Picture,
    PictureList,
    Section,
)
from generator.model.ledger import SignOff, SignOffLedger
from generator.model.medicine import LastDose, Medicine, StopBefore
from generator.model.plan import Contact, Override, Patient, Plan
from generator.model.review import ReviewRules, Signature
from generator.model.rules import CodeMap, PlanRules, RosterFormat, Rule
from generator.model.words import Procedure, RuleException, Source, Topic, Words

__all__ = [
    "Block",
    "BlockBase",
    "Brand",
    "CallBlock",
    "Clinic",
    "CodeMap",
    "Contact",
    "Fact",
    "FigureBlock",
    "Glossary",
    "GlossaryTerm",
    "Handout",
    "HandoutDefinition",
    "Invalid",
    "LastDose",
    "Location",
    "Medicine",
    "Model",
    "Override",
    "Paper",
    "Part",
    "Patient",
    "Phone",
    "Picture",
    "PictureList",
    "Plan",
    "PlanRules",
    "Procedure",
    "ReviewRules",
    "RosterFormat",
    "Rule",
    "RuleException",
    "Section",
    "SignOff",
    "SignOffLedger",
    "Signature",
    "Source",
    "StopBefore",
    "Topic",
    "Violation",
    "Words",
    "read",
]
