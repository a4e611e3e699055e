"""Paper and stamps: what is around a patient's words, without one of theirs but the name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from unicodedata import east_asian_width

from generator.markup.labels import Labels
from generator.markup.mark_parts import MarkView, StampView
from generator.markup.plan_view import side_label
from generator.markup.view import NoticeView, PaperView
from generator.model import Plan
from generator.signoff import State


def mark(state: State, labels: Labels) -> MarkView | None:
    """The mark of words that do not stand; None for those that do."""
    return None if state is State.STANDS else MarkView(*labels.state(state))


def plan_paper(state: State, sources: Sequence[str], labels: Labels) -> PaperView:
    """The head and foot of a patient's own pages: the mark that the packet's words have, and the
    sources of the clinic's rules by their short names."""
    own = labels("Your own plan · {language}", language=labels.language_name)
    based = labels("Based on: {sources}.", sources="; ".join(sources)) if sources else ""
    return PaperView(
        template="paper.html",
        id="plan paper",
        title=labels("Your plan"),
        mark=mark(state, labels),
        foot=(" · ".join(filter(None, (own, based))),),
        for_plan=True,
    )


def blank_paper(state: State, labels: Labels, title: str = "") -> PaperView:
    """An empty page that fills up a packet's last sheet, or a booklet called ``title``, with the
    mark that its words have."""
    return PaperView(
        template="paper.html",
        id="empty back",
        title=title or labels("Your plan"),
        mark=mark(state, labels),
        foot=(labels("Nothing is missing. This side is left empty on purpose."),),
        message=labels("This side is left empty on purpose."),
    )


def separator_paper(packet: str, pages: int, labels: Labels) -> PaperView:
    """The sheet before a packet in a print run: its id and its pages, and nobody's name."""
    return PaperView(
        template="paper.html",
        id="separator",
        title=labels("Separator sheet"),
        mark=None,
        foot=(labels("For the printing room. Do not give this sheet to a patient."),),
        message=labels("The next packet has {count} pages.", count=pages),
        code=packet,
    )


def identity_stamp(plan: Plan, labels: Labels) -> StampView:
    """Whose page it is, by two identifiers besides the name, and which side the operation is on."""
    patient = plan.patient
    side = side_label(plan.side, labels)
    born = labels("Born {day}", day=labels.day(patient.birth_date))
    record = labels("Record {record}", record=patient.record_id)
    name = f"{patient.full_name} · {side}" if side else patient.full_name
    return _stamp("identity", name, f"{born} · {record}")


def title_stamp(title: str) -> StampView:
    """What stands in the place of a name on a handout for anybody."""
    return _stamp("identity", title)


def number_stamps(total: int, labels: Labels) -> tuple[StampView, ...]:
    """``Page 1 of 20`` and so on to the last."""
    return tuple(
        _stamp("number", labels("Page {page} of {total}", page=page, total=total))
        for page in range(1, total + 1)
    )


def reprint_stamp(day: date, labels: Labels) -> StampView:
    """What tells a second copy from the first."""
    return _stamp("reprint", labels("Reprint {day}", day=labels.short_day(day)))


def change_stamps(count: int) -> tuple[StampView, ...]:
    """The numbers of a reviewer's changes, for the margin."""
    return tuple(_stamp("change", str(number)) for number in range(1, count + 1))


def language_notice(labels: Labels) -> NoticeView:
    """For a reader of these labels: that a handout is not in their language."""
    text = labels(
        "We do not have these pages in your language. Ask us to go through them with you. "
        "You can ask for an interpreter."
    )
    return NoticeView(text, labels.language, labels.direction)


def _stamp(slot: str, *lines: str) -> StampView:
    return StampView("stamp.html", f"{slot} stamp", slot, lines, tuple(map(_width, lines)))


def _width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in {"W", "F"} else 1 for letter in line)
