"""What is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from generator.model import Paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """How packets are to be printed; with ``duplex`` each ends on a back."""

    now: datetime
    paper: Paper | None = None
    duplex: bool = False

    @property
    def on(self) -> date:
        """The day of printing."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Packet:
    """A whole packet and how many pages it has; ``own`` of them are the patient's own. HTML and
    text have none."""

    pdf: bytes
    pages: int
    own: int
