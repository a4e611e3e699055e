"""The specimen: the look itself, printed by the same pipeline from words that say nothing."""

from generator.specimen.sheets import specimen
from generator.specimen.shelf import ID as SPECIMEN

__all__ = ["SPECIMEN", "specimen"]
