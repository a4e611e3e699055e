"""Spreadsheets: what a cell shows is what is read, and nothing else in the file is."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.errors import ExitCode, PlanError
from generator.intake import Hands, Roster, load_roster
from generator.intake.columns import COLUMNS
from generator.library import Library
from tests.conftest import NOW, Run
from tests.rosters import row, write

SIDE, BORN, ARRIVES = (COLUMNS.index(name) + 1 for name in ("side", "birth_date", "arrival_at"))


def book(
    path: Path, *rows: dict[str, Any], change: Callable[[Worksheet], None] = lambda _: None
) -> Path:
    """A spreadsheet of these rows."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(list(COLUMNS))
    for cells in rows:
        sheet.append([cells[name] or None for name in COLUMNS])
    change(sheet)
    workbook.save(path)
    return path


def load(path: Path, library: Library, sheet: str | None = None) -> Roster:
    return load_roster(path, library, NOW, Hands(sheet=sheet))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "r.xlsx"


def test_a_spreadsheet_is_the_same_as_its_csv(library: Library, file: Path) -> None:
    plain = load_roster(write(file.with_suffix(".csv"), row(1), row(2)), library, NOW)
    real = {
        "birth_date": date(1961, 3, 2),
        "arrival_at": datetime(2027, 3, 16, 5, 30),  # noqa: DTZ001  # as a spreadsheet has it
        "surgery_at": datetime(2027, 3, 16, 7, 30),  # noqa: DTZ001
        "large_print": False,
    }
    read = load(book(file, {**row(1), **real}, row(2)), library)
    assert [each.plan for each in read.rows] == [each.plan for each in plain.rows]


def test_numbers_are_the_digits_that_the_cell_shows(library: Library, file: Path) -> None:
    def padded(sheet: Worksheet) -> None:
        sheet["A2"], sheet["A2"].number_format = 123, "000000"
        sheet["A3"] = 456.0
        sheet["A4"] = 12.5

    read = load(book(file, row(1), row(2), row(3), change=padded), library)
    assert [each.plan.patient.record_id for each in read.rows] == ["000123", "456", "12.5"]


def test_a_day_without_a_time_is_no_time(library: Library, file: Path) -> None:
    def dated(sheet: Worksheet) -> None:
        cell = sheet.cell(2, ARRIVES, datetime(2027, 3, 16))  # noqa: DTZ001
        cell.number_format = "yyyy-mm-dd"

    (problem,) = load(book(file, row(1), change=dated), library).problems
    assert problem.where == "row 1 (record EX-000001), cell J2, arrival_at"
    assert "must be a date and a 24-hour time" in problem.message
    assert (problem.line, problem.column) == (2, ARRIVES)


def test_a_formula_without_a_value_is_refused(library: Library, file: Path) -> None:
    def formula(sheet: Worksheet) -> None:
        sheet.cell(3, SIDE, '=IF(1=1,"left","right")')

    read = load(book(file, row(1), row(2), change=formula), library)
    assert [each.number for each in read.rows] == [1]
    (problem,) = read.problems
    assert problem.where == "row 2 (record EX-000002), cell H3, side"
    assert problem.message.startswith("holds a formula without a stored value")


def test_a_formulas_stored_value_is_read(library: Library, file: Path) -> None:
    def formula(sheet: Worksheet) -> None:
        sheet.cell(2, SIDE, "=LEFTORRIGHT")

    book(file, row(1), change=formula)
    swap(file, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>right</v>", b"<v />", b"<v>right</v>")
    swap(file, "xl/worksheets/sheet1.xml", b'<c r="H2"', b'<c r="H2" t="str"')
    assert load(file, library).rows[0].plan.side == "right"


def test_an_error_in_a_cell_is_refused(library: Library, file: Path) -> None:
    def error(sheet: Worksheet) -> None:
        sheet.cell(2, SIDE, "#REF!").data_type = "e"

    (problem,) = load(book(file, row(1), change=error), library).problems
    assert problem.message == "holds the error #REF!; mend the formula"


def test_merged_cells_are_refused(library: Library, file: Path) -> None:
    read = load(book(file, row(1), row(2), change=lambda s: s.merge_cells("F3:G3")), library)
    assert "lies in the merged cells F3:G3; unmerge them" in read.problems[0].message
    assert [each.number for each in read.rows] == [1]


def test_hidden_rows_are_read_and_said(library: Library, file: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    read = load(book(file, row(1), row(2), change=hide), library)
    assert len(read.rows) == 2
    assert read.notices[0].endswith("has 1 hidden rows, and they are read like the others")


def test_empty_rows_and_columns_do_no_harm(library: Library, file: Path) -> None:
    def gaps(sheet: Worksheet) -> None:
        sheet.insert_rows(3)
        sheet.cell(9, 25, " ")

    read = load(book(file, row(1), row(2), change=gaps), library)
    assert [each.number for each in read.rows] == [1, 2]


def test_a_cell_beside_the_table_is_a_shifted_row(library: Library, file: Path) -> None:
    def beside(sheet: Worksheet) -> None:
        sheet.cell(2, 22, "x")

    read = load(book(file, row(1), change=beside), library)
    assert read.problems[0].message.startswith("has 22 cells but there are 20 columns")


def test_a_sheet_by_name(library: Library, file: Path) -> None:
    def more(sheet: Worksheet) -> None:
        assert sheet.parent
        other = sheet.parent.create_sheet("Tuesday")
        other.append(list(COLUMNS))
        other.append([row(7)[name] for name in COLUMNS])

    book(file, row(1), change=more)
    assert load(file, library).rows[0].plan.patient.record_id == "EX-000001"
    assert load(file, library, "Tuesday").rows[0].plan.patient.record_id == "EX-000007"
    with pytest.raises(PlanError, match="has no sheet 'Monday'; there are: Sheet, Tuesday"):
        load(file, library, "Monday")


def swap(file: Path, member: str, *pairs: bytes) -> None:
    """Change the bytes of one member of the archive."""
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        held[member] = held.get(member, b"").replace(old, new) if old else new
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
)


@pytest.mark.parametrize(
    ("member", "content", "said"),
    [
        ("xl/vbaProject.bin", b"macro", "holds macros; save it as .xlsx"),
        ("xl/big.xml", b"0" * 101_000_000, "would unpack to far too much for a roster"),
        ("xl/worksheets/sheet1.xml", LAUGHS, "cannot be read as a spreadsheet (ValueError)"),
        ("xl/workbook.xml", b"<broken", "cannot be read as a spreadsheet"),
    ],
    ids=["macros", "zip-bomb", "billion-laughs", "broken-xml"],
)
def test_a_hostile_file_is_refused(
    member: str, content: bytes, said: str, library: Library, file: Path
) -> None:
    book(file, row(1))
    swap(file, member, b"", content)
    with pytest.raises(PlanError) as raised:
        load(file, library)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0rest", "is an old or an encrypted spreadsheet; save it as .xlsx"),
        (b"record_id,given_name", "is no spreadsheet; save it as .xlsx, or as CSV"),
        (b"", "is no spreadsheet; save it as .xlsx, or as CSV"),
    ],
    ids=["old", "csv", "empty"],
)
def test_what_is_no_spreadsheet(content: bytes, said: str, library: Library, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(PlanError) as raised:
        load(file, library)
    assert said in str(raised.value)


def test_entities_are_refused_by_a_parser_made_for_that() -> None:
    assert openpyxl.DEFUSEDXML


def test_an_empty_sheet(library: Library, file: Path) -> None:
    openpyxl.Workbook().save(file)
    with pytest.raises(PlanError, match="is empty; its first row must name the columns"):
        load(file, library)


def test_without_openpyxl_one_sentence_says_what_to_do(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(folder / "r.xlsx", row(1))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    ended = run("intake", "r.xlsx")
    assert ended.code == ExitCode.OUTPUT
    assert ended.err == (
        "handouts: reading a spreadsheet needs openpyxl. "
        "Install it with: pip install 'handout-press[xlsx]'\n"
    )
