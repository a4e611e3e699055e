"""PEMAT-P: AHRQ's sheet for printed patient materials, as far as a machine can fill it in."""

from generator.check.pemat.answers import Answer, Said, answers
from generator.check.pemat.items import ITEMS, Item
from generator.check.pemat.sheet import Score, entry, score, sheet

__all__ = ["ITEMS", "Answer", "Item", "Said", "Score", "answers", "entry", "score", "sheet"]
