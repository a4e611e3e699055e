"""A spreadsheet roster: what its cells show, and none of its formulas, macros or links."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import MachineError, PlanError, Problem
from generator.intake.cells import Cells, Head, head_of, letters
from generator.intake.csv_table import MAX_ROWS
from generator.intake.entry import Entry, Read
from generator.library import shown
from generator.model import Clinic, RosterFormat

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_FILE, MAX_UNPACKED, MAX_RATIO, MAX_MEMBERS = 20_000_000, 100_000_000, 200, 1_000
_OLE = b"\xd0\xcf\x11\xe0"
_ZEROS = re.compile(r"0+")


def read_xlsx(path: Path, clinic: Clinic, sheet: str | None) -> Read:
    """Read a sheet, the first if none is named; raises :class:`PlanError` for no roster."""
    name = shown(path)
    content = _read(name, path)
    try:
        import defusedxml  # noqa: F401  # openpyxl then refuses entities
        import openpyxl
    except ImportError:
        cure = "Run: pip install 'handout-press[xlsx]'"
        raise MachineError("reading a spreadsheet needs openpyxl", cure) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of charts and styles that we do not read
            shows = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            holds = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    except Exception as error:  # of many kinds, for a file that is broken on purpose or not
        message = f"cannot be read as a spreadsheet ({type(error).__name__}); save it again"
        raise _refused(name, message) from None
    chosen = _chosen(name, shows.sheetnames, sheet)
    table = _Table(name, shows[chosen], holds[chosen], clinic.intake.roster)
    return Read(tuple(table.entries()), tuple(table.notices()))


def _read(name: str, path: Path) -> bytes:
    """The file, unless it must not be unpacked: macros, old or encrypted, far too much of all."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise _refused(name, f"cannot be read: {error.strerror}") from None
    if content.startswith(_OLE):
        raise _refused(name, "is an old or an encrypted spreadsheet; save it as .xlsx, unprotected")
    size = len(content)
    if size > MAX_FILE:
        raise _refused(name, f"is over {MAX_FILE:,} bytes; split it")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _refused(name, "is no spreadsheet; save it as .xlsx, or as CSV") from None
    if any("vbaproject" in member.filename.lower() for member in members):
        raise _refused(name, "holds macros; save it as .xlsx")
    unpacked = sum(member.file_size for member in members)
    squeezed = unpacked > MAX_FILE / 2 and unpacked > MAX_RATIO * max(size, 1)
    if unpacked > MAX_UNPACKED or squeezed or len(members) > MAX_MEMBERS:
        raise _refused(name, "would unpack to far too much for a roster; make it anew")
    return content


def _chosen(name: str, sheets: Sequence[str], wanted: str | None) -> str:
    if wanted is None:
        return sheets[0]
    if wanted not in sheets:
        raise _refused(name, f"has no sheet '{wanted}'; there are: {', '.join(sheets)}")
    return wanted


class _Table:
    """One sheet: what its cells show, and beside it what they hold (a formula, or a value)."""

    def __init__(
        self, name: str, shows: Worksheet, holds: Worksheet, declared: RosterFormat
    ) -> None:
        self._name, self._shows, self._holds, self._declared = name, shows, holds, declared

    def entries(self) -> Iterator[Entry]:
        head: Head | None = None
        number = 0
        for line, row in enumerate(self._shows.iter_rows(), start=1):
            texts = [_text(cell) for cell in row]
            if not any(texts):
                continue
            if head is None:
                texts = _trimmed(texts)
                head = head_of(self._name, texts, self._declared, line)
                continue
            number += 1
            if number > MAX_ROWS:
                raise _refused(self._name, f"has over {MAX_ROWS:,} rows; split it")
            width = max(len(head.names), len(_trimmed(texts)))
            cells = Cells(head, number, line, texts[:width], spreadsheet=True)
            yield cells.entry(list(self._unreadable(cells)))
        if head is None:
            raise _refused(self._name, "is empty; its first row must name the columns")

    def notices(self) -> Iterator[str]:
        hidden = [row for row, how in self._shows.row_dimensions.items() if how.hidden]
        if hidden:
            yield f"{self._name} has {len(hidden)} hidden rows, and they are read like the others"

    def _unreadable(self, cells: Cells) -> Iterator[Problem]:
        """Cells of a row that show nothing certain."""
        for column, name in enumerate(cells.head.names, start=1):
            cell = self._shows.cell(cells.line, column)
            held = self._holds.cell(cells.line, column)
            if held.data_type == "f" and cell.value is None:
                message = "holds a formula without a stored value; open the file in the spreadsheet"
                yield cells.problem((name,), f"{message} program and save it")
            elif cell.data_type == "e":
                yield cells.problem((name,), f"holds the error {cell.value}; mend the formula")
        for merged in self._shows.merged_cells.ranges:
            if merged.min_row <= cells.line <= merged.max_row:
                where = f"{letters(merged.min_col)}{merged.min_row}"
                message = f"lies in the merged cells {merged.coord}; unmerge them ({where})"
                yield cells.problem((), message)


def _text(cell: Any) -> str:
    """A cell as text: dates as ISO 8601, numbers as digits, with the zeros that they are shown
    with."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        dated = cell.number_format or ""
        timed = "h" in dated.lower() or value.time() != time()
        return f"{value:%Y-%m-%dT%H:%M}" if timed else f"{value:%Y-%m-%d}"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value)


def _trimmed(texts: Sequence[str]) -> list[str]:
    """Without the empty cells at the end."""
    last = max((index for index, text in enumerate(texts, start=1) if text.strip()), default=0)
    return list(texts[:last])


def _refused(name: str, message: str) -> PlanError:
    return PlanError([Problem(name, 0, 0, "", message)])
