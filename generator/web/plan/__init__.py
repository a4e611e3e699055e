"""A patient's plan: choose, fill in, look, confirm, give."""
