"""One handout for anybody, in each of its shapes: pages, a booklet, a screen's page, plain text."""

from __future__ import annotations

from dataclasses import replace

from generator.assembly.fragments import Fragments
from generator.assembly.wanted import Packet
from generator.compose import PAGES_A_SHEET, Part, bind, bound_alone, impose
from generator.library import Library
from generator.markup import ViewMaker, blank_paper, number_stamps, render, render_text, title_stamp
from generator.model import Handout
from generator.press import Printed, embedded_picture, screen_html
from generator.signoff import Standing


def whole(fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing) -> Packet:
    """The handout with its pages numbered, and its title where a packet has the patient's name."""
    printed = fragments.get(handout.id, maker.handout_document(handout, where))
    label = maker.document(handout.title, title_stamp(handout.title))
    pdf = bound_alone(
        Part(handout.title, handout.language, printed),
        numbers(fragments, maker, printed.pages),
        fragments.get("title stamp", label, tagged=False),
    )
    return Packet(pdf, printed.pages, 0)


def booklet(fragments: Fragments, maker: ViewMaker, handout: Handout, where: Standing) -> Packet:
    """The handout on pages of half the size, filled up to whole sheets and imposed on them."""
    small = replace(maker, edition=replace(maker.edition, booklet=True))
    printed = fragments.get(handout.id, small.handout_document(handout, where))
    pages = -(-printed.pages // PAGES_A_SHEET) * PAGES_A_SHEET
    paper = blank_paper(where.state, maker.labels, handout.title)
    bound = bind(
        handout.title,
        [Part(handout.title, handout.language, printed)],
        numbers(fragments, small, pages),
        blank=fragments.get("empty page", small.document(handout.title, paper), tagged=False),
        blanks=pages - printed.pages,
    )
    return Packet(impose(bound.pdf, right_to_left=maker.labels.direction == "rtl"), pages, 0)


def numbers(fragments: Fragments, maker: ViewMaker, total: int) -> Printed:
    """The stamps ``Page 1 of 20`` and so on to the last."""
    document = maker.document("numbers", *number_stamps(total, maker.labels))
    return fragments.get("number stamps", document, tagged=False)


def screen_page(library: Library, maker: ViewMaker, handout: Handout, where: Standing) -> bytes:
    """The handout as self-contained HTML."""
    document = replace(maker, url=embedded_picture).handout_document(handout, where)
    rendered = render(document, library.templates)
    return screen_html(rendered.html, rendered.css).encode()


def plain_text(library: Library, maker: ViewMaker, handout: Handout, where: Standing) -> bytes:
    """The handout as plain text."""
    return render_text(maker.handout_document(handout, where), library.templates).encode()
