"""A spreadsheet roster: what its cells show, and none of its formulas, macros or links."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from generator.errors import ExtraMissing, PlanError, lacking
from generator.intake.cells import Cells, Head, head_of, refused
from generator.intake.columns import DATES
from generator.intake.csv_table import MAX_CELL, MAX_ROWS
from generator.intake.entry import Entry, Read
from generator.intake.xlsx_package import Marks, marks_of, refuse_unsafe
from generator.library import shown
from generator.model import Clinic, RosterFormat

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ZEROS = re.compile(r"0+")
_PLAIN = re.compile(r"General|@|0+", re.IGNORECASE)
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")
_BREAKS = re.compile("_x00(?:0A|0D|09)_")
"""Line breaks and tabs, as a package writes those that XML would change."""
_UNSTORED = (
    "holds a formula without a stored value; open the file in the spreadsheet program and save it"
)


def read_xlsx(path: Path, clinic: Clinic, sheet: str | None) -> Read:
    """Read a sheet, the first that shows if none is named; raises :class:`PlanError`."""
    name = shown(path)
    if path.suffix.lower() == ".xls":
        raise refused(name, "is an old or an encrypted spreadsheet; save it as .xlsx, unprotected")
    if path.suffix.lower() == ".xlsm":
        raise refused(name, "holds macros; save it as .xlsx")
    try:
        with path.open("rb") as stream:
            refuse_unsafe(name, stream)
            return _read(name, stream, clinic.intake.roster, sheet)
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror or error}") from None


def _read(name: str, stream: IO[bytes], declared: RosterFormat, sheet: str | None) -> Read:
    if missing := lacking("openpyxl", "defusedxml"):  # with both, openpyxl refuses entities
        raise ExtraMissing(f"reading a spreadsheet needs {missing}", "xlsx")
    from openpyxl.reader.excel import ExcelReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of charts and styles that we do not read
            reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
            reader.read()
            chosen = _chosen(name, reader.wb.worksheets, sheet)
            part = next(r.target for s, r in reader.parser.find_sheets() if s.name == chosen.title)
            with reader.archive.open(part) as source:
                marks = marks_of(name, source)
            table = _Table(name, chosen, marks, declared)
            entries = tuple(table.entries())
    except PlanError:
        raise
    except Exception as error:  # of many kinds, for a file that is broken on purpose or not
        message = f"cannot be read as a spreadsheet ({type(error).__name__}); save it again"
        raise refused(name, message) from None
    return Read(entries, (*_others(name, reader.wb.worksheets, sheet), *table.notices()))


def _chosen(name: str, sheets: Sequence[Worksheet], wanted: str | None) -> Worksheet:
    for sheet in sheets:
        if sheet.title == wanted or (wanted is None and sheet.sheet_state == "visible"):
            return sheet
    if wanted is None:
        raise refused(name, "has no sheet with cells; add one")
    listed = ", ".join(sheet.title for sheet in sheets)
    raise refused(name, f"has no sheet '{wanted}'; there are: {listed}")


def _others(name: str, sheets: Sequence[Worksheet], wanted: str | None) -> Iterator[str]:
    visible = [sheet.title for sheet in sheets if sheet.sheet_state == "visible"]
    if wanted is None and len(visible) > 1:
        yield f"{name} has {len(visible)} sheets, and only '{visible[0]}' was read"


class _Table:
    """One sheet: its rows as they stand, and what to tell about them."""

    def __init__(self, name: str, sheet: Worksheet, marks: Marks, declared: RosterFormat) -> None:
        self._name, self._sheet, self._marks, self._declared = name, sheet, marks, declared
        self._unstored_rows = {row for row, _ in marks.without_value}
        self._hidden = 0

    def entries(self) -> Iterator[Entry]:
        head: Head | None = None
        number = 0
        for line, row in self._rows():
            if head is None:
                head = head_of(self._name, [_text(cell)[0] for cell in row], self._declared, line)
                continue
            number += 1
            if number > MAX_ROWS:
                raise refused(self._name, f"has over {MAX_ROWS:,} rows; split it", line)
            self._hidden += line in self._marks.hidden
            yield self._entry(head, number, line, row)
        if head is None:
            raise refused(self._name, "is empty; its first row must name the columns")

    def notices(self) -> Iterator[str]:
        if self._hidden:
            yield f"{self._name} has {self._hidden} hidden rows, and they are read like the others"

    def _rows(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """Each row that is not blank. The size that the sheet itself states is not believed."""
        last, width = self._marks.last_row, self._marks.last_column
        if not last:
            return
        for line, row in enumerate(self._sheet.iter_rows(max_row=last, max_col=width), start=1):
            if line in self._unstored_rows or any(_filled(cell) for cell in row):
                yield line, row

    def _entry(self, head: Head, number: int, line: int, row: Sequence[Any]) -> Entry:
        names = (*head.names, *[""] * (len(row) - len(head.names)))
        read = [_text(cell, name) for cell, name in zip(row, names, strict=False)]
        cells = Cells(head, number, line, [text for text, _ in read])
        wrong = {column: message for column, (_, message) in enumerate(read, 1) if message}
        wrong |= {column: _UNSTORED for at, column in self._marks.without_value if at == line}
        for merged in self._marks.merged:
            if merged.top <= line <= merged.bottom and merged.left <= len(head.names):
                wrong[merged.left] = f"lies in the merged cells {merged.name}; unmerge them"
        return cells.entry([cells.problem_in(*each) for each in sorted(wrong.items())])


def _filled(cell: Any) -> bool:
    return cell.value is not None and (not isinstance(cell.value, str) or bool(cell.value.strip()))


def _text(cell: Any, column: str = "") -> tuple[str, str]:
    """A cell as text, and what is wrong with it: dates as ISO 8601, numbers as digits."""
    value, layout = cell.value, cell.number_format or ""
    if cell.data_type == "e":
        error = value if _ERROR.fullmatch(str(value)) else "of a formula"
        return "", f"holds the error {error}; mend the formula"
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, int | float):
        return _number(value, layout, column)
    if isinstance(value, datetime):
        return _moment(value, layout, column), ""
    if isinstance(value, date | time):
        return value.isoformat(), ""
    text = "" if value is None else _BREAKS.sub(" ", str(value))
    return (text, "") if len(text) <= MAX_CELL else ("", f"has over {MAX_CELL:,} characters")


def _moment(value: datetime, layout: str, column: str) -> str:
    """A day, with its time if that is shown; a birth date's midnight is none."""
    timed = "h" in _NOT_SHOWN.sub("", layout).lower()
    if not timed or (column in DATES and value.time() == time()):
        return f"{value.date()}"
    return value.isoformat(timespec="auto" if value.second or value.microsecond else "minutes")


def _number(value: float, layout: str, column: str) -> tuple[str, str]:
    """Digits as they are shown; what is shown in another way, or not kept exactly, is refused."""
    if not math.isfinite(value) or abs(value) >= 10**15:
        return "", "is a number too long to be kept exactly; make the cell a text, and type it anew"
    if column == "record_id" and not _PLAIN.fullmatch(layout):
        return "", "is a number shown in a format of its own; make the cell a text, as it is shown"
    if value != int(value):
        return repr(value), ""
    text = str(int(value))
    return (text.zfill(len(layout)) if _ZEROS.fullmatch(layout) else text), ""
