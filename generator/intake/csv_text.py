"""A CSV file as rows of cells that know where they stand; what is no roster at all is refused."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PlanError, Problem
from generator.library import shown


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it stands in the file."""

    file: str
    number: int
    line: int
    cells: dict[str, str]
    columns: Sequence[str]

    def problem(self, location: Sequence[str | int], message: str) -> Problem:
        name = next((str(step) for step in location if step in self.columns), "")
        column = self.columns.index(name) + 1 if name else 1
        where = f"row {self.number}"
        if record := self.cells.get("record_id", "").strip()[:40]:
            where += f" (record {record})"
        inside = [str(step + 1) for step in location if isinstance(step, int)]
        part = str(location[-1]) if inside and isinstance(location[-1], str) else ""
        named = " ".join(filter(None, [name, *inside, part if part != name else ""]))
        return Problem(
            self.file, self.line, column, ", ".join(filter(None, [where, named])), message
        )


def read_cells(path: Path, known: Sequence[str]) -> Iterator[Cells]:
    """The rows of a file with the ``known`` columns; raises :class:`PlanError` for no roster."""
    name = shown(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PlanError([Problem(name, 0, 0, "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = "is not UTF-8; save it as 'CSV UTF-8'"
        raise PlanError([Problem(name, line, 1, "", message)]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, columns = 1, None
    try:
        for number, cells in enumerate(row for row in reader if any(c.strip() for c in row)):
            if columns is None:
                columns = _columns(name, [cell.strip() for cell in cells], known)
            else:
                yield _checked(name, number, line, columns, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"cannot be read as CSV ({error}); look for a quote that is not closed"
        raise PlanError([Problem(name, reader.line_num, 1, "", message)]) from None
    if columns is None:
        message = f"is empty; its first line must name the columns: {', '.join(known)}"
        raise PlanError([Problem(name, 0, 0, "", message)])


def _columns(name: str, columns: list[str], known: Sequence[str]) -> list[str]:
    problems = []
    for index, column in enumerate(columns):
        near = difflib.get_close_matches(column, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else "remove it"
        if column not in known:
            message = f"there is no column '{column[:40]}'; {hint}"
            problems.append(Problem(name, 1, index + 1, "", message))
        elif column in columns[:index]:
            message = f"the column '{column}' is there twice; remove one"
            problems.append(Problem(name, 1, index + 1, "", message))
    missing = [column for column in known if column not in columns]
    if missing:
        message = f"these columns are missing: {', '.join(missing)}"
        problems.append(Problem(name, 1, 1, "", message))
    if problems:
        raise PlanError(problems)
    return columns


def _checked(file: str, number: int, line: int, columns: list[str], cells: list[str]) -> Cells:
    if len(cells) != len(columns):
        message = (
            f"has {len(cells)} cells but there are {len(columns)} columns; "
            "put a text that holds a comma in double quotes"
        )
        raise PlanError([Problem(file, line, 1, f"row {number}", message)])
    return Cells(file, number, line, dict(zip(columns, cells, strict=True)), columns)
