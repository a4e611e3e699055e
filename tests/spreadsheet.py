"""Writes the example spreadsheet from the example CSV, so that the two stay alike."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

EXAMPLES = Path(__file__).resolve().parents[1] / "content" / "examples"


def main() -> None:
    """Dates are real dates there, as a clinic's program writes them."""
    with (EXAMPLES / "roster.csv").open(newline="", encoding="utf-8") as stream:
        head, *rows = csv.reader(stream)
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Roster"
    sheet.append(head)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([_value(name, text) for name, text in zip(head, row, strict=True)])
    workbook.save(EXAMPLES / "roster.xlsx")


def _value(name: str, text: str) -> str | date | datetime | None:
    if name == "birth_date":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if name.endswith("_at") else text or None


if __name__ == "__main__":
    main()
