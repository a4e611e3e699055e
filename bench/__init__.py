"""Measures the press against what it competes with. Run it with ``make bench``."""
