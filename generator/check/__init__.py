"""What an editor has to mend, or to know of: findings, each with its place and its rule."""

from generator.check.desk import Desk, desk
from generator.check.finding import Finding, Severity
from generator.check.look import look_over
from generator.check.reading_level import scored, scored_blocks
from generator.check.reviews import reviews

__all__ = ["Desk", "Finding", "Severity", "desk", "look_over", "reviews", "scored", "scored_blocks"]
