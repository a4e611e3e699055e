"""What an editor has to mend, or to know of: findings, each with its place and its rule."""

from generator.check.finding import Finding, Severity
from generator.check.look import look_over
from generator.check.looked import Looked, looked_at
from generator.check.reading_level import scored, scored_blocks
from generator.check.reviews import reviews

__all__ = [
    "Finding",
    "Looked",
    "Severity",
    "look_over",
    "looked_at",
    "reviews",
    "scored",
    "scored_blocks",
]
