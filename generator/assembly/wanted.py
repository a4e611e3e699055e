"""What is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model import Paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """How packets are to be printed; with ``duplex`` each ends on a back."""

    on: date
    paper: Paper | None = None
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """A whole packet and how many pages it has; ``own`` of them are the patient's own."""

    pdf: bytes
    pages: int
    own: int
