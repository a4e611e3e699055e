"""The way of a comparison: the handout before and now, what changed, the pages, two files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.cache import Cache
from generator.compose import side_by_side
from generator.library import Library, refuse_inside
from generator.markup import DiffView, Document, load_labels, render
from generator.model import Handout
from generator.output import write_whole
from generator.press import screen_html
from generator.review.before import Before, before
from generator.review.changes import changes
from generator.review.compared import Compared, state_before, state_now
from generator.review.diff_sheets import Sheets
from generator.review.marked_pages import MarkedPress
from generator.signoff import standing


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a comparison is written, and the day on which it is made."""

    output: Path
    on: date
    cache: Cache


def compare(library: Library, handout: Handout, since: str | None, wish: Wish) -> Compared:
    """Compare a handout with what it was, and write what changed as HTML and as PDF.

    ``since`` is what :func:`generator.review.before.before` takes. Files are written only when
    something changed; raises what laying out and writing raise.
    """
    refuse_inside(library.layers, wish.output)
    labels = load_labels(library.templates, handout.language, library.clinic.country)
    with before(library, handout, since) as was:
        found = changes(was.handout, handout, labels)
        states = state_before(was), state_now(handout)
        compared = Compared(handout, *states, found, was.entry)
        if not found:
            return compared
        press = MarkedPress(library, labels, wish.cache)
        return _written(_sheets(press, compared, was, wish.on), press, wish.output)


def _sheets(press: MarkedPress, compared: Compared, was: Before, on: date) -> Sheets:
    """The pages of both sides, each with the mark that it bore, or bears, on its day."""
    rules, now = press.library.clinic.review, compared.handout
    numbered = tuple(enumerate(compared.changes, start=1))
    then = standing(was.handout, was.entry.on if was.entry else on, rules)
    old = press.pages(was.handout, then, numbered, "before")
    new = press.pages(now, standing(now, on, rules), numbered, "after")
    return Sheets(compared, press.labels, old, new)


def _written(sheets: Sheets, press: MarkedPress, output: Path) -> Compared:
    """Write both files; the comparison with its pages and its files."""
    compared, templates = sheets.compared, press.library.templates
    name = f"diff-{compared.handout.id}.{compared.handout.language}"
    screen = render(_document(sheets, press, screen=True), templates)
    paper = press.fragments(compared.handout).get(name, _document(sheets, press, screen=False))
    files = output / f"{name}.html", output / f"{name}.pdf"
    face = press.library.clinic.brand.font
    write_whole(files[0], screen_html(screen.html, screen.css, face).encode())
    write_whole(files[1], side_by_side(paper, dict(sheets.placed())))
    return replace(compared, pages=sheets.numbers(), files=files)


def _document(sheets: Sheets, press: MarkedPress, *, screen: bool) -> Document:
    """The reviewers' own document: it is in English, as the clinic's staff reads it."""
    view: DiffView = sheets.view(screen=screen)
    document = press.maker(sheets.compared.handout).document(view.title, view)
    return replace(document, language="en", direction="ltr")
