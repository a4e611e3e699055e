"""The way of the data, every stage in order. The command line and the desk both call this.

library ─▶ Handout ─▶ where it stands ─▶ view ─▶ HTML ─▶ checked pages = fragment, kept ─┐
                                                                                         ├─▶ packet
plan or roster ─▶ Plan ─▶ view ─▶ HTML ─▶ the patient's own pages ───────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.cache import Cache, usual_cache
from generator.errors import SignOffError
from generator.fonts.coverage import refuse_without_faces
from generator.intake import flags, load_plan
from generator.library import Library, refuse_inside
from generator.model import Handout, Paper, Plan
from generator.output import sweep_halves, write_whole
from generator.recall import Printing, Register, noted, usual_register
from generator.recall.earlier import earlier_packets
from generator.recall.out import plan_id
from generator.signoff import Standing

if TYPE_CHECKING:
    from generator.assembly import Packet, PacketMaker, Shape
    from generator.compose import Lock

Format = Literal["pdf", "html", "txt"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: how it is to look, where it goes, and the time it is printed for."""

    output: Path
    now: datetime
    paper: Paper | None = None
    large_print: bool = False
    format: Format = "pdf"
    duplex: bool = False
    booklet: bool = False
    cache: Cache = field(default_factory=usual_cache)
    register: Register = field(default_factory=usual_register)

    @property
    def on(self) -> date:
        """The day of printing."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made. ``state`` is where its words stand; ``pages`` is 0 for HTML;
    ``flags`` are for the person who hands it out to look at."""

    id: str
    language: str
    state: str
    version: str
    pages: int
    path: Path
    flags: tuple[str, ...] = ()


def build(library: Library, wanted: Iterable[tuple[str, str]], order: Order) -> Iterator[Made]:
    """Make handouts for anybody, one file each: (id, language) pairs in, files out.

    Words that do not stand are printed with their mark on every page.
    """
    refuse_inside(library.layers, order.output)
    maker = packet_maker(library, order)
    handouts = [library.handout(*one) for one in wanted]
    refuse_without_faces(handout.language for handout in handouts if order.format == "pdf")
    for handout in handouts:
        shape: Shape = "booklet" if order.booklet else order.format
        made = maker.handout(handout, order.large_print, shape)
        path = order.output / _file_name(library, (handout.id, handout.language), order)
        write_whole(path, made.pdf)
        state = maker.standing(handout).state
        yield Made(handout.id, handout.language, state, handout.version, made.pages, path)


def specimens(library: Library, languages: Iterable[str], order: Order) -> Iterator[Made]:
    """Make the specimen, one file for each language: the look itself, for no patient."""
    from generator.specimen import SPECIMEN, specimen

    refuse_inside(library.layers, order.output)
    for language in languages:
        made = specimen(library, language, order.paper, order.large_print, order.cache)
        path = order.output / _file_name(library, (SPECIMEN, language), order)
        write_whole(path, made.pdf)
        yield Made(SPECIMEN, language, SPECIMEN, "", made.pages, path)


def page_count(library: Library, handout: Handout, now: datetime) -> int:
    """How many pages a handout has in the clinic's ordinary edition."""
    return packet_maker(library, Order(Path(), now)).handout(handout, large_print=False).pages


def packet(
    library: Library,
    plan_file: Path,
    order: Order,
    allow_unreviewed: bool,
    lock: Lock | None = None,
) -> Made:
    """Make one patient's packet: the plan's own pages, then the handouts it names.

    Raises :class:`SignOffError` before a page is laid out when words do not stand and
    ``allow_unreviewed`` is not given.
    """
    from generator.assembly.given import words_of

    refuse_inside(library.layers, order.output)
    plan = load_plan(plan_file, library, order.now)
    look_at = what_to_look_at(library, plan, order)
    maker = packet_maker(library, order)
    sweep_halves(order.output)
    with noted_packet(library, plan, order, maker, allow_unreviewed) as (code, made):
        path = order.output / f"packet-{code}.pdf"
        write_whole(path, lock.locked(made.pdf) if lock else made.pdf)
    states = ", ".join(dict.fromkeys(where.state for _, where in words_of(plan, maker)))
    return Made(path.stem, plan.patient.language, states, "", made.pages, path, look_at)


def what_to_look_at(library: Library, plan: Plan, order: Order) -> tuple[str, ...]:
    """What the person who prints a plan has to look at, in it and in what is out already."""
    (others,) = earlier_packets(order.register, library.clinic.name, [plan], order.on)
    return (*flags(library, plan, order.now), *others)


@contextmanager
def noted_packet(
    library: Library, plan: Plan, order: Order, maker: PacketMaker, allow_unreviewed: bool
) -> Iterator[tuple[str, Packet]]:
    """A patient's packet and its opaque id, in the register of what was given out.

    What is done with it belongs inside the ``with``: if that fails, the register forgets it.
    Raises :class:`SignOffError` as :func:`packet` does.
    """
    from generator.assembly.given import given

    refuse_unsigned([plan], maker, allow_unreviewed)
    code = plan_id(plan, key := order.register.key())
    printing = Printing(library.clinic.name, order.now, (given(plan, code, key, maker),))
    with noted(order.register, printing):
        yield code, maker.packet(plan, code)


def refuse_unsigned(plans: Iterable[Plan], maker: PacketMaker, allow_unreviewed: bool) -> None:
    """Raise :class:`SignOffError` for handouts of any plan whose words do not stand, on the day
    of printing and on the day of the operation."""
    if allow_unreviewed:
        return
    unsigned: dict[str, str] = {}
    for plan in plans:
        for name in plan.handouts:
            handout = maker.find(name, plan.patient.language)
            called = f"{name} ({handout.language})"
            if not (now := maker.standing(handout)).stands:
                unsigned[called] = now.state
            elif not maker.standing(handout, plan).stands:
                unsigned.setdefault(called, runs_out(now, plan))
    if unsigned:
        raise SignOffError(sorted(unsigned.items()))


def runs_out(now: Standing, plan: Plan) -> str:
    """Of words that stand today, that they will not on the day of the operation."""
    day, record = plan.surgery_at.date(), plan.patient.record_id
    return f"its review holds until {now.due}, and the operation of record {record} is on {day}"


def packet_maker(library: Library, order: Order) -> PacketMaker:
    """What makes handouts and packets as they were ordered."""
    from generator.assembly import PacketMaker, Wanted

    return PacketMaker(library, order.cache, Wanted(order.now, order.paper, order.duplex))


def _file_name(library: Library, named: tuple[str, str], order: Order) -> str:
    shapes = {"large-print": order.large_print, "booklet": order.booklet}
    other = order.paper if order.paper != library.clinic.paper else None
    parts = (*named, *(shape for shape, wanted in shapes.items() if wanted), other, order.format)
    return ".".join(part for part in parts if part)
