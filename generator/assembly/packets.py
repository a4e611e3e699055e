"""Handouts for anybody, and packets for one patient each, made of fragments.

A :class:`PacketMaker` makes many: it keeps each combination of handouts bound and ready.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.assembly.alone import Shape, alone, numbers
from generator.assembly.copies import part_of
from generator.assembly.fingerprint import fingerprint, look_of
from generator.assembly.fragments import Fragments
from generator.assembly.plan_pages import PlanPages
from generator.assembly.standings import Standings
from generator.assembly.wanted import Packet, Wanted
from generator.cache import Cache
from generator.compose import Binding, Part, bind, personalise
from generator.library import Library
from generator.markup import (
    Document,
    ViewMaker,
    blank_paper,
    language_notice,
    load_labels,
    plan_paper,
    reprint_stamp,
    separator_paper,
)
from generator.model import Handout, Plan
from generator.press import Printed, picture_address
from generator.signoff import Standing, State, worst

KEPT = 32
"""How many combinations of handouts stay bound; each takes as much memory as its pages' files."""


@dataclass(slots=True)
class PacketMaker:
    """Makes handouts and packets from one library, for one day."""

    library: Library
    cache: Cache
    wanted: Wanted
    plans: PlanPages = field(init=False)
    _standings: Standings = field(init=False)
    _bindings: OrderedDict[tuple[object, ...], Binding] = field(default_factory=OrderedDict)
    _keys: dict[tuple[str, str, bool, frozenset[str], State], str] = field(default_factory=dict)
    _look_digest: str = ""
    _makers: dict[tuple[str, bool], ViewMaker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plans = PlanPages(self.library, self.wanted.now)
        self._standings = Standings(self.library, self.wanted.on)

    def at(self, now: datetime) -> PacketMaker:
        """The same maker, with all that it keeps, at another time of its day."""
        self.wanted, self.plans.now = replace(self.wanted, now=now), now
        return self

    def handout(self, handout: Handout, large_print: bool, shape: Shape = "pdf") -> Packet:
        """One handout for anybody."""
        maker = self._maker(handout.language, large_print)
        return alone(shape, self._fragments, maker, handout, self.standing(handout))

    def packet(self, plan: Plan, code: str) -> Packet:
        """One patient's packet; ``code`` is its opaque id, in the code on each page."""
        patient = plan.patient
        maker = self._maker(patient.language, patient.large_print)
        handouts = [self.find(name, patient.language) for name in plan.handouts]
        tails = self.plans.tails(plan, maker, self._fragments)
        document = self.plans.document(plan, maker, tuple(tail.height for tail in tails))
        own = self._fragments.patients(document)
        binding = self._binding(plan, own.pages - 1, handouts, maker, document.title)
        pdf = personalise(binding, own, tails, document.title, code, self.wanted.duplex)
        return Packet(pdf, binding.pages, binding.own)

    def fingerprint(self, plan: Plan) -> str:
        """The digest of all that the plan's packet is made from."""
        patient = plan.patient
        maker = self._maker(patient.language, patient.large_print)
        keys = [self._fragment_key(name, maker, plan) for name in plan.handouts]
        return fingerprint(plan, [*keys, self.plans.passed(plan)], self._look)

    def separators(self, packets: Sequence[tuple[str, int]]) -> Printed:
        """A sheet for each packet (id, pages), to lie before it in a print run."""
        maker = self._maker(self.library.clinic.languages[0], large_print=False)
        papers = (separator_paper(code.upper(), pages, maker.labels) for code, pages in packets)
        return self._fragments.once("separator sheets", maker.document("separators", *papers))

    def reprint_stamp(self, language: str) -> Printed:
        """What marks a page of a second copy printed on this day."""
        maker = self._maker(language, large_print=False)
        document = maker.document("reprint", reprint_stamp(self.wanted.on, maker.labels))
        return self._fragments.get("reprint stamp", document, tagged=False)

    def find(self, name: str, language: str) -> Handout:
        """The library's handout for a reader; raises for an unknown id or language."""
        return self._standings.find(name, language)

    def standing(self, handout: Handout, plan: Plan | None = None) -> Standing:
        """Where a handout's words stand; in a packet, also on the day of the operation."""
        return self._standings.of(handout, plan)

    @property
    def _look(self) -> str:
        if not self._look_digest:
            library = self.library
            asked = (self.wanted.paper, self.wanted.duplex)
            self._look_digest = look_of(library.templates, library.clinic, asked)
        return self._look_digest

    def _fragment_key(self, name: str, maker: ViewMaker, plan: Plan) -> str:
        language, large_print = maker.labels.language, maker.edition.large_print
        handout = self.find(name, language)
        where = self.standing(handout, plan)
        at = (name, language, large_print, plan.overridden, where.state)
        if at not in self._keys:
            document = self._document(handout, maker, where, plan.overridden)
            self._keys[at] = self._fragments.key(document)
        return self._keys[at]

    @property
    def _fragments(self) -> Fragments:
        return Fragments(self.library, self.cache)

    def _maker(self, language: str, large_print: bool) -> ViewMaker:
        if (language, large_print) not in self._makers:
            clinic = self.library.clinic
            self._makers[language, large_print] = ViewMaker(
                clinic=clinic,
                logo=self.library.logo,
                edition=self.wanted.edition(clinic, large_print),
                labels=load_labels(self.library.templates, language, clinic.country),
                url=picture_address,
            )
        return self._makers[language, large_print]

    def _binding(
        self, plan: Plan, own: int, handouts: list[Handout], maker: ViewMaker, title: str
    ) -> Binding:
        patient = plan.patient
        states = tuple(self.standing(handout, plan).state for handout in handouts)
        key = (title, plan.handouts, patient.language, maker.edition, plan.overridden, own, states)
        if key not in self._bindings:
            self._bindings[key] = self._bind(plan, own, handouts, maker, title)
            if len(self._bindings) > KEPT:
                self._bindings.popitem(last=False)
        self._bindings.move_to_end(key)
        return self._bindings[key]

    def _bind(
        self, plan: Plan, own: int, handouts: list[Handout], maker: ViewMaker, title: str
    ) -> Binding:
        labels, wanted = maker.labels, self.wanted
        where = [self.standing(handout, plan) for handout in handouts]
        parts = [
            self._part(handout, maker, standing, plan.overridden)
            for handout, standing in zip(handouts, where, strict=True)
        ]
        state = worst(standing.state for standing in where)
        pages = own + sum(part.printed.pages for part in parts)
        blank = None
        if wanted.duplex and pages % 2:
            pages += 1
            paper = maker.document(title, blank_paper(state, labels))
            blank = self._fragments.get("empty back", paper, tagged=False)
        paper = maker.document(title, plan_paper(state, self.plans.sources(handouts), labels))
        return bind(
            title,
            labels.language,
            parts,
            numbers(self._fragments, maker, pages),
            own=own,
            paper=self._fragments.get("plan paper", paper, tagged=False),
            blank=blank,
        )

    def _part(
        self,
        handout: Handout,
        maker: ViewMaker,
        where: Standing,
        overridden: frozenset[str] = frozenset(),
    ) -> Part:
        document = self._document(handout, maker, where, overridden)
        return part_of(handout, where, self._fragments.get(handout.id, document))

    def _document(
        self, handout: Handout, reader: ViewMaker, where: Standing, overridden: frozenset[str]
    ) -> Document:
        """A handout's view; one in another language than its reader's says so in theirs."""
        if handout.language == reader.labels.language:
            document = reader.handout_document(handout, where, overridden)
            return self.wanted.dress(document, reader)
        maker = self._maker(handout.language, reader.edition.large_print)
        return maker.handout_document(handout, where, overridden, language_notice(reader.labels))
