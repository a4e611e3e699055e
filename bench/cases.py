"""Libraries and rosters to measure with: packets of so many pages, runs of so many patients.

The words are sentences of the shipped content, put together anew, so that they break into
lines as real words do. The patients are invented and look it.
"""

from __future__ import annotations

import csv
import itertools
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.intake.columns import COLUMNS
from generator.library import Library, load_library

REPO = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, tzinfo=ZoneInfo("America/New_York"))
OWN_PAGES = 3
HANDOUT = "bench"

_TOPIC = """title: Bench topic {n}
purpose: {purpose}
own_page: true
blocks:
  - id: things
    kind: list
    title: What to know
    items:
{items}
  - id: steps
    kind: steps
    title: What to do
    items:
{steps}
  - id: words
    kind: text
    title: Why it matters
    paragraphs:
      - {paragraph}
      - {second}
sources:
  - id: bench-source
    title: A source for measuring
    publisher: Nobody
    short: Nobody 2026
    reviewed_by: {{name: R. Example, role: Reviewer of the source}}
    updated: "2026"
    read: 2026-01-31
"""


def library_of(pages: int, folder: Path) -> Library:
    """A library whose handout makes packets of so many pages, the patient's own three included."""
    for owner in ("content", "handouts", "templates"):
        shutil.copytree(REPO / owner, folder / owner)
    sentences = _sentences()
    topics = [f"bench-{n}" for n in range(1, pages - OWN_PAGES - 1)]
    for n, topic in enumerate(topics, start=1):
        path = folder / "content" / "topics" / topic / "en.yaml"
        path.parent.mkdir()
        path.write_text(_topic(n, sentences))
    contents = "".join(f"  - topic: {topic}\n" for topic in topics)
    definition = (REPO / "handouts" / "hip-replacement" / "handout.yaml").read_text()
    head = definition[: definition.index("contents:")].replace("Hip replacement", "Bench")
    head = re.sub(r"^  (es|ar|zh-Hans): .*\n", "", head, flags=re.MULTILINE)
    handout = folder / "handouts" / HANDOUT
    handout.mkdir()
    (handout / "handout.yaml").write_text(f"{head}contents:\n  - procedure: bench\n{contents}")
    (handout / "signoffs.yaml").write_text("signoffs: []\n")
    procedure = folder / "content" / "procedures" / HANDOUT / "en.yaml"
    procedure.parent.mkdir()
    procedure.write_text(_procedure(sentences, short=bool(topics)))
    return load_library(folder)


def roster_of(rows: int, file: Path) -> Path:
    """A roster of invented patients, each with other medicines and another name."""
    with file.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for n in range(1, rows + 1):
            writer.writerow(_row(n))
    return file


def _row(n: int) -> dict[str, str]:
    medicines = "; ".join(
        f"Examplamine {letter}{n} | {k} mg tablet | {action} | {when} | Dr. Example"
        for k, (letter, action, when) in enumerate(
            [
                ("A", "stop", f"{1 + n % 14} days before"),
                ("B", "sip", f"On the morning of day {n}"),
                ("C", "continue", f"As on day {n} of your list"),
            ],
            start=1,
        )
    )
    return {
        "record_id": f"EX-{n:06}",
        "given_name": "Testa",
        "family_name": f"Exampleperson-{_letters(n)}",
        "birth_date": f"19{40 + n % 50}-0{1 + n % 9}-1{n % 10}",
        "language": "en",
        "large_print": "",
        "procedure": HANDOUT,
        "side": "left" if n % 2 else "right",
        "surgeon": "Dr. A. Example",
        "arrival_at": "2027-03-16T05:30",
        "surgery_at": f"2027-03-16T{7 + n % 9:02}:30",
        "location": "Example Valley Hospital, main entrance, second floor",
        "handouts": HANDOUT,
        "medicines": medicines,
        "allergies": f"Samplicillin; Testolex {n}",
        "contact": "Nurse C. Example | 555-0123",
        "escort": f"Your son, Tim Exampleperson-{_letters(n)}",
        "notes": "Bring your walking frame.",
        "prepared_by": "Nurse C. Example",
        "checked_by": "Nurse D. Example",
    }


def _letters(n: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(n))


def _topic(n: int, sentences: Iterator[str]) -> str:
    def lines(count: int) -> str:
        return "\n".join(f"      - {next(sentences)}" for _ in range(count))

    return _TOPIC.format(
        n=n,
        purpose=next(sentences),
        items=lines(7),
        steps=lines(4),
        paragraph=next(sentences),
        second=next(sentences),
    )


def _procedure(sentences: Iterator[str], *, short: bool) -> str:
    """On one page with the handout's opening when short, else so long that it takes two."""
    words = _topic(0, sentences)
    if short:
        words = re.sub(r"  - id: steps.*?(?=sources:)", "", words, flags=re.DOTALL)
        words = re.sub(r"(    items:\n      - .*\n)(      - .*\n)+", r"\1", words)
    words = words.replace("own_page: true\n", "").replace("Bench topic 0", "Your operation")
    return "name: Bench operation\nside: required\nbody_part: hip\n" + words


def _sentences() -> Iterator[str]:
    """Sentences of the shipped words, over and over; each is safe to stand in YAML as it is."""
    text = " ".join(file.read_text() for file in sorted((REPO / "content").rglob("en.yaml")))
    found = re.findall(r"(?<=[ \"])[A-Z][a-z]+ [a-z][a-z ,]{30,90}\.", text)
    return itertools.cycle(dict.fromkeys(found))
