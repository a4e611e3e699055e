"""Looks a machine over: what printing needs, what is optional, and the fix for what is lacking."""

from generator.doctor.examine import examine
from generator.doctor.finding import Finding

__all__ = ["Finding", "examine"]
