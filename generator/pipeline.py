"""The way of the data, every stage in order. The command line and the desk both call this.

library ─▶ Handout ─▶ where it stands ─┐
                                       ├─▶ view ─▶ HTML ─▶ checked pages ─▶ PDF on disk
plan file ─▶ Plan ─────────────────────┘
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.errors import SignOffError
from generator.intake import load_plan
from generator.library import Library, refuse_inside
from generator.model import Handout, Plan
from generator.output import write_whole
from generator.signoff import Standing, standing

if TYPE_CHECKING:
    from generator.markup import Document, ViewMaker

Format = Literal["pdf", "html"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: how it is to look, where it goes, and the day it is printed for."""

    output: Path
    on: date
    paper: Literal["a4", "letter"] | None = None
    large_print: bool = False
    format: Format = "pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made. ``state`` is where its words stand; ``pages`` is 0 for HTML."""

    id: str
    language: str
    state: str
    version: str
    pages: int
    path: Path


def standings(library: Library, on: date) -> Iterator[tuple[Handout, Standing]]:
    """Every handout in every language it is written in, and where each stands on a day."""
    for name in library.ids():
        for language in library.languages(name):
            handout = library.handout(name, language)
            yield handout, _standing(library, handout, on)


def build(library: Library, wanted: Iterable[tuple[str, str]], order: Order) -> Iterator[Made]:
    """Make handouts for anybody, one file each: (id, language) pairs in, files out.

    Words that do not stand are printed with their mark on every page.
    """
    refuse_inside(library.folder, order.output)
    for handout in [library.handout(name, language) for name, language in wanted]:
        state = _standing(library, handout, order.on)
        maker = _view_maker(library, handout.language, order, order.large_print)
        document = maker.handout_document(handout, state)
        content, pages = _make(library, handout.id, document, order.format)
        path = order.output / _file_name(library, handout, order)
        write_whole(path, content)
        yield Made(handout.id, handout.language, state.state, handout.version, pages, path)


def packet(library: Library, plan_file: Path, order: Order, allow_unreviewed: bool) -> Made:
    """Make one patient's packet: the plan's own pages, then the handouts it names.

    Raises :class:`SignOffError` before a page is laid out when words do not stand and
    ``allow_unreviewed`` is not given.
    """
    refuse_inside(library.folder, order.output)
    plan = load_plan(plan_file, library)
    handouts = [library.handout(name, plan.patient.language) for name in plan.handouts]
    signed = [(handout, _standing(library, handout, order.on)) for handout in handouts]
    unsigned = [(handout.id, state.state.value) for handout, state in signed if not state.stands]
    if unsigned and not allow_unreviewed:
        raise SignOffError(unsigned)
    maker = _view_maker(library, plan.patient.language, order, plan.patient.large_print)
    procedure = library.procedures[plan.procedure, plan.patient.language]
    document = maker.packet_document(plan, procedure, signed)
    content, pages = _make(library, "packet", document, order.format)
    name = f"packet-{packet_id(plan)}"
    path = order.output / f"{name}.pdf"
    write_whole(path, content)
    states = ", ".join(dict.fromkeys(state.state for _, state in signed))
    return Made(name, plan.patient.language, states, "", pages, path)


def packet_id(plan: Plan) -> str:
    """An opaque name for a packet: the same plan has the same, and it tells nobody whose it is."""
    return hashlib.sha256(plan.model_dump_json().encode()).hexdigest()[:12]


def _standing(library: Library, handout: Handout, on: date) -> Standing:
    return standing(handout, on, library.clinic.review_interval_months)


def _file_name(library: Library, handout: Handout, order: Order) -> str:
    parts = [handout.id, handout.language]
    if order.large_print:
        parts.append("large-print")
    if order.paper and order.paper != library.clinic.paper:
        parts.append(order.paper)
    return ".".join([*parts, order.format])


def _view_maker(library: Library, language: str, order: Order, large_print: bool) -> ViewMaker:
    from generator.markup import Edition, ViewMaker, load_labels
    from generator.press import embedded_picture, picture_address

    return ViewMaker(
        clinic=library.clinic,
        logo=library.logo,
        edition=Edition(order.paper or library.clinic.paper, large_print),
        labels=load_labels(library.templates, language, library.clinic.country),
        url=embedded_picture if order.format == "html" else picture_address,
    )


def _make(library: Library, name: str, document: Document, format: Format) -> tuple[bytes, int]:
    """View to HTML to file content; the number of pages is 0 for a screen."""
    from generator.markup import render
    from generator.press import print_pdf, screen_html

    html = render(document, library.templates)
    if format == "html":
        return screen_html(html).encode(), 0
    printed = print_pdf(name, html, library.pictures, private=document.identity is not None)
    return printed.pdf, printed.pages
