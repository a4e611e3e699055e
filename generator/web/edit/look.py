"""What an editor sees beside the pages: problems with their places, and how hard each block is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from generator.check import Finding, Looked, look_over, looked_at, scored, scored_blocks
from generator.errors import ContentError, HandoutsError, ProblemsError
from generator.intake import checked_plan, read_entries
from generator.library import Library
from generator.model import Plan
from generator.model.fields import zone
from generator.review import board
from generator.web.desk import Desk
from generator.web.words import title_of

STATE = "review-state"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something to mend or to know, where it is, and the address that opens it there."""

    place: str
    link: str
    grade: str
    message: str


@dataclass(frozen=True, slots=True)
class Hardness:
    """How hard a block or the whole is to read: ``verdict`` 0 is within the target."""

    name: str
    link: str
    said: str
    verdict: int


def problems_of(desk: Desk, error: HandoutsError) -> list[Noted]:
    """What keeps a page from being made."""
    if not isinstance(error, ProblemsError):
        return [Noted("", "", "error", str(error))]
    link = desk.link
    return [
        Noted(
            desk.named(p.path) + (f":{p.line}:{p.column}" if p.line else ""),
            link(p.path, p.line or 1, p.column or 1),
            "error",
            f"{p.where}: {p.message}" if p.where else p.message,
        )
        for p in error.problems
    ]


def look_at(desk: Desk, name: str, language: str) -> tuple[list[Noted], list[Hardness]]:
    """What the rules say of a handout in one language, and how hard it is to read: of the words as
    they are at one moment."""
    looked = looked_at(desk.stock.known(), (name,))
    return _findings(desk, looked, name, language), list(_hardness(desk, looked, name, language))


def _findings(desk: Desk, looked: Looked, name: str, language: str) -> list[Noted]:
    """The worst first."""
    library, on = looked.library, desk.stock.moment().date()
    found = look_over(looked, board(library, on, (name,)))
    others = tuple(f"/{tag}.yaml" for tag in library.languages(name) if tag != language)
    mine = [one for one in found if not one.path.endswith(others)]
    return [
        _noted(desk, one)
        for one in sorted(mine, key=lambda one: -one.severity)
        if one.rule != STATE  # the page says that itself
    ]


def _hardness(desk: Desk, looked: Looked, name: str, language: str) -> Iterator[Hardness]:
    """The reading level of the handout as a whole, then of each block that can be judged."""
    for one in scored(looked):
        if one.handout.language == language and one.level:
            for measure in one.level.measures:
                yield Hardness("", "", str(measure), int(measure.verdict))
    for page in looked.pages_of(looked.library.handout(name, language)):
        for block in scored_blocks(page):
            problem = page.file.text.problem(block.said[0].location, "")
            link = desk.link(problem.path, problem.line, problem.column)
            called = f"{page.id}, {block.block.id}"
            yield Hardness(called, link, str(block.measure), int(block.measure.verdict))


def example_plan(desk: Desk, name: str, language: str) -> tuple[Plan, datetime] | None:
    """The invented patient of the library's examples, as a reader of this handout, and a day to
    print for; None when the handout is about no operation, or there is no such example."""
    library = desk.stock.known()
    about = next((p.procedure for p in library.definitions[name].contents if p.procedure), None)
    file = desk.library / "content" / "examples" / "plan.yaml"
    if about is None or not file.is_file():
        return None
    entry = read_entries(file, library)[0]
    data: dict[str, Any] = {**entry.data, "procedure": about, "handouts": [name]}
    data["patient"] = {**data["patient"], "language": language}
    if library.procedures[library.procedure_key(about, language)].side == "none":
        data.pop("side", None)
    day = datetime.fromisoformat(str(data["surgery_at"])) - timedelta(days=14)
    now = day.replace(tzinfo=zone(library.clinic.time_zone))
    plan, problems = checked_plan(data, entry.place, library, now)
    if plan is None:
        raise ContentError(problems)
    return plan, now


def names(library: Library, language: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The handouts by id: a title, and the languages it is written in."""
    return {
        name: (title_of(library, name, language), library.languages(name)) for name in library.ids()
    }


def _noted(desk: Desk, one: Finding) -> Noted:
    place = f"{desk.named(one.path)}:{one.line}:{one.column}"
    link = desk.link(one.path, one.line, one.column)
    return Noted(place, link, one.severity.word, f"{one.message} ({one.rule})")
