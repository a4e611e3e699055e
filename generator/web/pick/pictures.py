"""Pages of handouts as pictures and as PDF: the same for everybody, so the browser keeps them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date

from generator.model import Paper
from generator.press import page_pictures
from generator.review.before import before
from generator.web.answers import Refusal
from generator.web.desk import Desk

KEPT = 400
"""Pictures in memory, some 50 kB each."""
KEPT_EDITIONS = 40
CARD, READ = 40, 96
"""Dots an inch: on a card, and large enough to read."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which handout, and how it is to look."""

    handout: str
    language: str
    large_print: bool = False
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A handout's PDF, how many pages it has, and a mark that no other PDF has."""

    pdf: bytes
    pages: int

    @property
    def mark(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a PNG, and the mark of what it is a page of."""

    png: bytes
    mark: str


@dataclass
class Pictures:
    """Makes the pages of handouts; remembers what it drew. For the layout's thread."""

    desk: Desk
    _drawn: OrderedDict[tuple[str, int, int], bytes] = field(default_factory=OrderedDict)

    _made: dict[Edition, Made] = field(default_factory=dict)
    _state: tuple[str, date] | None = None
    _signed: dict[str, Made] = field(default_factory=dict)

    def pdf(self, edition: Edition) -> Made:
        """A handout as it is now."""
        order = self.desk.order(paper=edition.paper)
        maker = self.desk.layout.maker(order)
        state = (self.desk.stock.mark, order.on)
        if self._state != state:
            self._state, self._made = state, {}
        if edition not in self._made:
            handout = maker.library.handout(edition.handout, edition.language)
            made = maker.handout(handout, edition.large_print)
            if len(self._made) > KEPT_EDITIONS:
                self._made.clear()
            self._made[edition] = Made(made.pdf, made.pages)
        return self._made[edition]

    def as_signed(self, edition: Edition) -> Made:
        """A handout by the words of its last sign-off; the one that was asked for last is kept.
        Raises :class:`UsageError` when it was never signed."""
        maker = self.desk.layout.maker(self.desk.order(paper=edition.paper))
        handout = maker.library.handout(edition.handout, edition.language)
        with before(maker.library, handout, None) as was:
            said = f"{was.entry} {edition} {self.desk.stock.mark}"
            key = hashlib.sha256(said.encode()).hexdigest()
            if key not in self._signed:
                made = maker.handout(was.handout, edition.large_print)
                self._signed = {key: Made(made.pdf, made.pages)}
        return self._signed[key]

    def page(self, edition: Edition, number: int, dpi: int, *, signed: bool = False) -> Drawn:
        """One page, counted from 0, as a PNG; raises :class:`Refusal` when there is none."""
        made = self.as_signed(edition) if signed else self.pdf(edition)
        if not 0 <= number < made.pages:
            raise Refusal(404, "There is no such page.")
        return Drawn(self.drawn(made.pdf, number, dpi), made.mark)

    def drawn(self, pdf: bytes, number: int, dpi: int) -> bytes:
        """A page of a PDF that names no patient."""
        key = (hashlib.sha256(pdf).hexdigest(), number, dpi)
        if key not in self._drawn:
            self._drawn[key] = self._picture(key, pdf)
            if len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def _picture(self, key: tuple[str, int, int], pdf: bytes) -> bytes:
        """A page drawn; those of the cards are kept for the next time that the desk is opened."""
        digest, number, dpi = key
        name = hashlib.sha256(f"picture {digest} {number} {dpi}".encode()).hexdigest()
        png = self.desk.cache.get(name) if dpi == CARD else None
        if png is None:
            png = page_pictures(pdf, [number], dpi, small=False)[number]
            if dpi == CARD:
                self.desk.cache.put(name, png)
        return png
