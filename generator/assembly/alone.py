"""One handout for anybody, in each of its shapes: pages, a booklet, a screen's page, plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from generator.assembly.copies import part_of
from generator.assembly.fragments import Fragments
from generator.assembly.wanted import Packet
from generator.compose import PAGES_A_SHEET, bind, bound_alone, impose
from generator.markup import ViewMaker, blank_paper, number_stamps, render, render_text, title_stamp
from generator.model import Handout
from generator.press import Printed, embedded_picture, screen_html
from generator.signoff import Standing

Shape = Literal["pdf", "booklet", "html", "txt"]


def alone(
    shape: Shape, fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing
) -> Packet:
    """The handout in a shape."""
    return _SHAPES[shape](fragments, maker, handout, where)


def _pages(fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing) -> Packet:
    """The handout with its pages numbered, and its title where a packet has the patient's name."""
    printed = fragments.get(handout.id, maker.handout_document(handout, where))
    label = maker.document(handout.title, title_stamp(handout.title))
    pdf = bound_alone(
        part_of(handout, where, printed),
        numbers(fragments, maker, printed.pages),
        fragments.get("title stamp", label, tagged=False),
    )
    return Packet(pdf, printed.pages, 0)


def _booklet(fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing) -> Packet:
    """The handout on pages of half the size, filled up to whole sheets and imposed on them."""
    small = replace(maker, edition=replace(maker.edition, booklet=True))
    printed = fragments.get(handout.id, small.handout_document(handout, where))
    pages = -(-printed.pages // PAGES_A_SHEET) * PAGES_A_SHEET
    paper = blank_paper(where.state, maker.labels, handout.title)
    bound = bind(
        handout.title,
        handout.language,
        [part_of(handout, where, printed)],
        numbers(fragments, small, pages),
        blank=fragments.get("empty page", small.document(handout.title, paper), tagged=False),
        blanks=pages - printed.pages,
    )
    return Packet(impose(bound.pdf, right_to_left=maker.labels.direction == "rtl"), pages, 0)


def numbers(fragments: Fragments, maker: ViewMaker, total: int) -> Printed:
    """The stamps ``Page 1 of 20`` and so on to the last."""
    document = maker.document("numbers", *number_stamps(total, maker.labels))
    return fragments.get("number stamps", document, tagged=False)


def _screen(fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing) -> Packet:
    """The handout as self-contained HTML."""
    edition = replace(maker.edition, screen=True)
    document = replace(maker, url=embedded_picture, edition=edition).handout_document(
        handout, where
    )
    rendered = render(document, fragments.library.templates)
    return Packet(screen_html(rendered.html, rendered.css, maker.clinic.brand.font).encode(), 0, 0)


def _text(fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing) -> Packet:
    """The handout as plain text."""
    document = maker.handout_document(handout, where)
    return Packet(render_text(document, fragments.library.templates).encode(), 0, 0)


_SHAPES = {"pdf": _pages, "booklet": _booklet, "html": _screen, "txt": _text}
