"""What was given out, to whom it went, and whom to call when its words no longer stand."""

from generator.recall.given import Given, GivenWords, Printing
from generator.recall.register import DamagedPrinting, Register, noted, usual_register

__all__ = [
    "DamagedPrinting",
    "Given",
    "GivenWords",
    "Printing",
    "Register",
    "noted",
    "usual_register",
]
