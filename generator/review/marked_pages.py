"""One side of a comparison laid out: its pages with the changes marked, and which are on which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.assembly import Fragments
from generator.cache import Cache
from generator.compose import Beside, with_numbers
from generator.library import Library
from generator.markup import (
    Edition,
    Labels,
    Mark,
    Marks,
    ViewMaker,
    change_stamps,
    number_stamps,
    place_slot,
)
from generator.model import Clinic, Handout
from generator.press import Printed, picture_address
from generator.review.changes import Change
from generator.review.said import At
from generator.signoff import Standing

Side = Literal["before", "after"]
Numbered = Sequence[tuple[int, Change]]


@dataclass(frozen=True, slots=True)
class MarkedPages:
    """A handout's pages. ``of`` are the pages, from 0, of each change by its number."""

    pdf: bytes
    pages: int
    of: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class MarkedPress:
    """Lays out both sides in today's look, in the clinic's ordinary edition."""

    library: Library
    labels: Labels
    cache: Cache

    def pages(
        self, handout: Handout, where: Standing, changes: Numbered, side: Side
    ) -> MarkedPages:
        """The pages of one side; they are those of the handout, line by line."""
        maker = replace(self.maker(handout), marks=_marks(changes, side))
        fragments = self.fragments(handout)
        document = maker.handout_document(handout, where)
        printed = fragments.get(f"{handout.id} ({side})", document, tagged=False)
        numbers = maker.document("numbers", *number_stamps(printed.pages, self.labels))
        stamps = maker.document("changes", *change_stamps(len(changes)))
        slots = [(number - 1, f"change-{number}") for number, _ in changes]
        pdf = with_numbers(
            printed,
            fragments.get("number stamps", numbers, tagged=False),
            fragments.get("change stamps", stamps, tagged=False),
            [Beside(sheet, slot) for sheet, slot in slots if slot in printed.on],
        )
        found = {
            number: _pages(number, change, handout, printed, side) for number, change in changes
        }
        return MarkedPages(pdf, printed.pages, found)

    def maker(self, handout: Handout) -> ViewMaker:
        """Makes views of the handout, with the phones that it was signed with."""
        clinic = self.library.clinic
        return ViewMaker(
            clinic=_with_phones(clinic, handout),
            logo=self.library.logo,
            edition=Edition(clinic.paper),
            labels=self.labels,
            url=picture_address,
        )

    def fragments(self, handout: Handout) -> Fragments:
        """Lays out pages with the handout's own pictures."""
        pictures = {**self.library.pictures, **handout.pictures}
        return Fragments(replace(self.library, pictures=pictures), self.cache)


def _at(change: Change, side: Side) -> At | None:
    return change.old if side == "before" else change.new


def _marks(changes: Numbered, side: Side) -> Marks:
    marks: dict[tuple[str, tuple[str | int, ...]], list[Mark]] = {}
    for number, change in changes:
        if at := _at(change, side):
            kind: Literal["added", "removed"] = "removed" if side == "before" else "added"
            mark = Mark(at.start, at.end, kind, f"change-{number}")
            marks.setdefault((at.section, at.location), []).append(mark)
    return marks


def _pages(
    number: int, change: Change, handout: Handout, printed: Printed, side: Side
) -> tuple[int, ...]:
    """The pages of a change: where its mark is; else where it would be."""
    marked, at = printed.on.get(f"change-{number}"), _at(change, side)
    if marked is not None:
        heads = {printed.on[place_slot(at.section)]} if at and at.location == ("title",) else set()
        return tuple(sorted({marked, *heads}))
    if change.part == "handout":
        return (0,)
    if change.part == "sources":
        return (printed.pages - 1,)
    if change.section is None:
        return ()
    slot = _place(handout, change.section, change.block)
    return (printed.on[slot],) if slot in printed.on else ()


def _place(handout: Handout, page: str, block: str | None) -> str:
    """The slot of a block, or of its page where there is no such block."""
    for section in handout.sections:
        ids = [block.id for block in section.words.blocks]
        if section.id == page and block in ids:
            return place_slot(page, ids.index(block))
    return place_slot(page)


def _with_phones(clinic: Clinic, handout: Handout) -> Clinic:
    """The clinic with the phones and hours of the handout's own facts."""
    phones = {}
    for name, phone in clinic.phones:
        number, hours = (handout.facts.get(fact) for fact in (f"phone-{name}", f"{name}-hours"))
        said = {
            "number": (number.text or {})[handout.language] if number else phone.number,
            "hours": {**phone.hours, **(hours.text or {})} if hours else phone.hours,
        }
        phones[name] = phone.model_copy(update=said)
    return clinic.model_copy(update={"phones": clinic.phones.model_copy(update=phones)})
