"""Imported once by the process that workers are forked from: each is then ready at once."""

from __future__ import annotations

import generator.run.worker  # noqa: F401  # what workers run
from generator.press.page import preload

preload()
