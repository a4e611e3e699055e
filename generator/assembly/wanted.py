"""What is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from generator.markup import Document, Edition, ViewMaker
from generator.model import Clinic, Paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """How packets are to be printed; with ``duplex`` each ends on a back.

    ``dressed`` adds to a handout's pages what a specimen shows besides; no packet has it.
    """

    now: datetime
    paper: Paper | None = None
    duplex: bool = False
    dressed: Callable[[Document, ViewMaker], Document] | None = None

    @property
    def on(self) -> date:
        """The day of printing."""
        return self.now.date()

    def edition(self, clinic: Clinic, large_print: bool) -> Edition:
        """How its pages are printed."""
        return Edition(self.paper or clinic.paper, large_print, specimen=self.dressed is not None)

    def dress(self, document: Document, maker: ViewMaker) -> Document:
        """A handout's document as it is laid out."""
        return self.dressed(document, maker) if self.dressed else document


@dataclass(frozen=True, slots=True)
class Packet:
    """A whole packet and how many pages it has; ``own`` of them are the patient's own. HTML and
    text have none."""

    pdf: bytes
    pages: int
    own: int
