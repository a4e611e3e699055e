"""Reading level: sentences, syllables and the published formulas, as pure functions."""

from generator.check.reading.level import Level, Text, hardest, measure, measured_languages
from generator.check.reading.scores import Counts
from generator.check.reading.sentences import Split, split, words

__all__ = [
    "Counts",
    "Level",
    "Split",
    "Text",
    "hardest",
    "measure",
    "measured_languages",
    "split",
    "words",
]
