"""Rosters for tests: invented patients of the tests' own library."""

from __future__ import annotations

import csv
from pathlib import Path

from generator.intake.columns import COLUMNS

NAMES = ("Testa Exampleperson", "Sample Inventedname", "Fictia Madeupsson", "Dummy Placeholder")


def row(number: int, **changed: str) -> dict[str, str]:
    """One invented patient's row; each number has its own name and record."""
    given, family = NAMES[number % len(NAMES)].split()
    cells = {
        "record_id": f"EX-{number:06}",
        "given_name": given,
        "family_name": f"{family}-{'abcdefghij'[number // 10 % 10]}{'abcdefghij'[number % 10]}",
        "birth_date": f"1961-03-{1 + number % 28:02}",
        "language": "en",
        "procedure": "sample-operation",
        "side": "left",
        "surgeon": "Dr. A. Example",
        "arrival_at": "2027-03-16T05:30",
        "surgery_at": "2027-03-16T07:30",
        "location": "Main entrance, 2nd floor",
        "handouts": "sample",
        "medicines": "Examplamine | 5 mg | stop | 4 days before | Dr. A. Example",
        "allergies": "Samplicillin",
        "contact": "Nurse B. Example | 555-0123",
        "prepared_by": "Nurse B. Example",
        "checked_by": "Nurse C. Example",
    }
    return {name: changed.get(name, cells.get(name, "")) for name in (*COLUMNS, *changed)}


def write(path: Path, *rows: dict[str, str]) -> Path:
    """Write a roster; returns its path."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        more = [name for row in rows for name in row if name not in COLUMNS]
        writer = csv.DictWriter(stream, [*COLUMNS, *dict.fromkeys(more)])
        writer.writeheader()
        writer.writerows(rows)
    return path


def many(path: Path, count: int) -> Path:
    """A roster of so many rows."""
    return write(path, *(row(number) for number in range(1, count + 1)))
