"""The wrong-patient proof: whose every page is, by each word on it that is a patient's.

Each invented patient has a code of four letters in every string that is theirs. A page is read
as a reader would, by its text: the codes, record numbers and birth dates on it must be those of
one row, the row that the packet, the sheet and the manifest say.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pypdfium2

from tests.rosters import row, write

_CODE = re.compile(r"qx([a-p]{4})zz")
_RECORD = re.compile(r"EX-(\d{6})")
_BORN = re.compile(r"Born([A-Z][a-z]+\d{1,2},\d{4})")
_OWN = ("name", "location", "surgeon", "contact", "medicine", "allergy", "note", "escort")


def code(number: int) -> str:
    """A row's four letters; no row's are another's."""
    return "".join("abcdefghijklmnop"[number >> shift & 15] for shift in (12, 8, 4, 0))


def born(number: int) -> date:
    return date(1950, 1, 1) + timedelta(days=number)


def roster(path: Path, count: int) -> Path:
    """A roster of patients who share no word, so that any word tells whose it is."""
    rows = []
    for number in range(1, count + 1):
        mine = f"qx{code(number)}zz"
        rows.append(
            row(
                number,
                given_name=f"Testaname{mine}",
                family_name=f"Person{mine}",
                birth_date=born(number).isoformat(),
                side=("left", "right")[number % 2],
                location=f"Location {mine}",
                surgeon=f"Surgeon {mine}",
                medicines=f"Medicine {mine} | 5 mg | stop | 4 days before | Decider {mine}",
                allergies=f"Allergy {mine}",
                contact=f"Contact {mine} | 555-0123",
                notes=f"Note {mine}",
                escort=f"Escort {mine}",
                handouts=("sample", "sample; other")[number % 3 == 0],
            )
        )
    return write(path, *rows)


def pages_of(file: Path) -> list[str]:
    """Each page's text, without any space: a line's end may stand within a word."""
    with pypdfium2.PdfDocument(file) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def leaks(run: Path) -> Iterator[str]:
    """Everything in a finished run that is not on the page of the one whose it is."""
    manifest = json.loads((run / "manifest.json").read_text())
    sides = 2 if manifest["duplex"] else 1
    printed = pages_of(run / "print-run.pdf") if manifest["print_run"] else None
    seen: set[int] = set()
    for packet in manifest["packets"]:
        number = int(packet["record_id"].removeprefix("EX-"))
        pages = pages_of(run / "packets" / f"{packet['id']}.pdf")
        yield from _not_theirs(f"packet of row {packet['row']}", pages, number)
        yield from _missing(f"packet of row {packet['row']}", pages, number)
        if printed is None:
            continue
        first, last = packet["sheets"]
        sheets = range((first - 1) * sides, last * sides)
        if [printed[page] for page in sheets] != pages:
            yield f"sheets {first} to {last} are not the packet of row {packet['row']}"
        before = range(sheets.start - sides, sheets.start)
        yield from _separator([printed[page] for page in before], packet["id"], first - 1)
        seen.update(sheets, before)
    if printed is not None and seen != set(range(len(printed))):
        yield "the print run has pages of nobody"
    yield from _outside(run)


def _not_theirs(where: str, pages: Sequence[str], number: int) -> Iterator[str]:
    mine = (f"{born(number):%B}{born(number).day},{born(number).year}",)
    for at, text in enumerate(pages, 1):
        if not text and at == len(pages):
            continue  # the empty back of a packet
        found = set(_CODE.findall(text)), set(_RECORD.findall(text)), set(_BORN.findall(text))
        if found != ({code(number)}, {f"{number:06}"}, set(mine)):
            yield f"{where}, page {at}: it holds {found}"


def _missing(where: str, pages: Sequence[str], number: int) -> Iterator[str]:
    whole = "".join(pages)
    for word in _OWN:
        if f"{word}qx{code(number)}zz" not in whole.replace(word.capitalize(), word):
            yield f"{where}: its {word} is nowhere"


def _separator(pages: Sequence[str], name: str, sheet: int) -> Iterator[str]:
    front, *back = pages
    if name.upper() not in front or any(back):
        yield f"sheet {sheet} is not the separator of packet {name}"
    if _CODE.search(front) or _RECORD.search(front) or _BORN.search(front):
        yield f"sheet {sheet}: a separator names a patient"


def _outside(run: Path) -> Iterator[str]:
    """Names where no name belongs: the journal, the manifests, what the files are called."""
    for file in (run / "journal", run / "manifest.json", run / "manifest.csv"):
        if _CODE.search(file.read_text()):
            yield f"{file.name} names a patient"
    for file in run.rglob("*"):
        if _CODE.search(file.name) or _RECORD.search(file.name) or file.stat().st_mode & 0o077:
            yield f"{file.name} says too much, or others can read it"


def swapped(path: Path) -> None:
    """Give the second patient of a roster the first one's note: what the proof must see."""
    with path.open() as stream:
        rows = list(csv.DictReader(stream))
    rows[1]["notes"] = rows[0]["notes"]
    write(path, *rows)
