"""The faces that pages are printed with, and which characters they have."""
