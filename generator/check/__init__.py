"""What an editor has to mend, or to know of: findings, each with its place and its rule."""

from generator.check.finding import Finding
from generator.check.reviews import reviews

__all__ = ["Finding", "reviews"]
