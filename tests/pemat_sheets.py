"""The kept PEMAT-P sheets, ``docs/pemat/<handout>.md``: read them, and write them anew.

The program's answers are written anew from the rules. Those of the writers stay as they are: a
person gave them, and a person changes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.check.pemat import ITEMS, Answer, Said, Score, score
from generator.check.pemat.items import Domain
from generator.model import Handout
from tests.conftest import REPO

SHEETS = REPO / "docs" / "pemat"
PROGRAM, WRITERS = "program", "writers"
ROW = re.compile(
    r"^\| (\d+) \| [^|]* \| ([a-z ]+) \| (program|writers) \| ([^|]*) \|$", re.MULTILINE
)


@dataclass(frozen=True)
class Row:
    """One item's answer, who gave it, and why."""

    said: Said
    by: str


def rows(sheet: Path) -> dict[int, Row]:
    """A kept sheet's answers by item."""
    return {
        int(number): Row(Said(Answer(answer), why), by)
        for number, answer, by, why in ROW.findall(sheet.read_text())
    }


def merged(said: Mapping[int, Said], judged: Mapping[int, Row]) -> dict[int, Row]:
    """The program's answers; where it leaves an item open, the writers'."""
    return {
        number: judged.get(number, Row(one, WRITERS))
        if one.answer is Answer.OPEN
        else Row(one, PROGRAM)
        for number, one in said.items()
    }


def written(handout: Handout, answers: Mapping[int, Row]) -> str:
    """The sheet as it is kept."""
    lines = [
        f"# PEMAT-P: {handout.title}",
        "",
        f"`{handout.id}`, English, version {handout.version}. **Judged by the writers, not by a",
        "clinician**, and by no patient. Items of the *program* are answered by its",
        f"[rules](../rules.md) (`handouts check --pemat {handout.id}`). Items of the *writers* are",
        "what the people who wrote the handout think of their own work. The items are in our own",
        "short words; AHRQ's wording counts.",
        "",
        "| item | | answer | by | why |",
        "| --- | --- | --- | --- | --- |",
    ]
    for item in ITEMS:
        row = answers[item.number]
        cells = (str(item.number), item.asks, row.said.answer, row.by, row.said.why)
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", *(sentence(name, total(answers, name)) for name in DOMAINS), ""]
    return "\n".join(lines)


DOMAINS: tuple[Domain, ...] = ("understandability", "actionability")


def total(answers: Mapping[int, Row], domain: Domain) -> Score:
    return score({number: row.said for number, row in answers.items()}, domain)


def sentence(domain: Domain, found: Score) -> str:
    applicable = found.agree + found.disagree + found.open
    return f"- {domain.capitalize()}: {found.agree} of {applicable}, {found.least} %."
