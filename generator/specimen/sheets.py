"""Puts a specimen together: a packet for an invented patient, its handout dressed with the tokens,
marks and stamps in front of it, and the sheets of a printing room behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from generator.assembly import Packet, PacketMaker, Wanted
from generator.cache import Cache
from generator.library import Library
from generator.markup import (
    Document,
    ViewMaker,
    blank_paper,
    identity_stamp,
    look_view,
    number_stamps,
    reprint_stamp,
    separator_paper,
    title_stamp,
    tokens,
)
from generator.model import Paper, Plan
from generator.model.fields import zone
from generator.signoff import State
from generator.specimen.shelf import stocked

NOON = datetime(2027, 3, 15, 12, 0)  # noqa: DTZ001  # the clinic's zone is added
"""Always the same, so that two specimens can be compared; some of the plan has passed by then."""
CODE = "5bec13e50001"


def specimen(
    library: Library, language: str, paper: Paper | None, large_print: bool, cache: Cache
) -> Packet:
    """The look of a library's pages in a language and edition; nothing of it is for a patient."""
    now = NOON.replace(tzinfo=zone(library.clinic.time_zone))
    shelf, plan = stocked(library, language, now)
    patient = plan.patient.model_copy(update={"large_print": large_print})
    plan = plan.model_copy(update={"patient": patient})

    def dressed(document: Document, maker: ViewMaker) -> Document:
        return _dressed(document, maker, shelf, plan)

    wanted = Wanted(now, paper, dressed=dressed)
    return PacketMaker(shelf, cache, wanted).packet(plan, CODE)


def _dressed(document: Document, maker: ViewMaker, shelf: Library, plan: Plan) -> Document:
    """The handout between the look's own pages and the printing room's sheets."""
    labels = maker.labels
    named = tokens(shelf.templates, document.clinic.brand, maker.edition.large_print)
    day = NOON.date()
    stamps = (
        identity_stamp(plan, labels),
        title_stamp(document.title),
        number_stamps(12, labels)[2],
        reprint_stamp(day, labels),
    )
    look = look_view(document.title, named, stamps, labels)
    back = separator_paper(CODE.upper(), 12, labels), blank_paper(State.DRAFT, labels)
    return replace(document, parts=(look, *document.parts, *back))
