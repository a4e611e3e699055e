"""Spreadsheets that could be misread, or that would take the machine: each refused by name."""

from __future__ import annotations

import builtins
import re
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from generator.errors import MachineError, PlanError
from generator.intake import xlsx_package
from generator.intake.columns import COLUMNS
from generator.intake.entry import Read
from generator.intake.xlsx_table import read_xlsx
from generator.library import Library
from generator.model import Clinic
from tests.rosters import row

Change = Callable[[Worksheet], Any]
SHEET = "xl/worksheets/sheet1.xml"
SEVEN_THIRTY = datetime(2027, 3, 16, 7, 30)  # noqa: DTZ001  # as a spreadsheet has it


def book(path: Path, change: Change = lambda _: None, count: int = 2) -> Path:
    """A spreadsheet of so many patients, changed."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(list(COLUMNS))
    for number in range(1, count + 1):
        sheet.append([row(number)[name] or None for name in COLUMNS])
    change(sheet)
    workbook.save(path)
    return path


def rewritten(path: Path, old: bytes, new: bytes, member: str = SHEET) -> Path:
    """The same file with some bytes of a member changed, once."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert old in held[member], held[member][:2000]
    held[member] = held[member].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return path


def put(cell: str, value: Any, layout: str = "General") -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].number_format = layout

    return change


def wrong(found: Read) -> list[str]:
    return [
        f"{problem.line}:{problem.column}: {problem.where}: {problem.message}"
        for entry in found.entries
        for problem in entry.problems
    ]


@pytest.fixture
def clinic(library: Library) -> Clinic:
    return library.clinic


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "r.xlsx"


def refusal(path: Path, clinic: Clinic, sheet: str | None = None) -> str:
    with pytest.raises(PlanError) as raised:
        read_xlsx(path, clinic, sheet)
    (problem,) = raised.value.problems
    return problem.message


@pytest.mark.parametrize(
    ("cell", "value", "layout", "at", "wanted"),
    [
        ("K2", SEVEN_THIRTY, "yyyy-mm-dd hh:mm", ("surgery_at",), "2027-03-16T07:30"),
        ("K2", SEVEN_THIRTY, "m/d/yy h:mm AM/PM", ("surgery_at",), "2027-03-16T07:30"),
        ("K2", SEVEN_THIRTY, "yyyy-mm-dd", ("surgery_at",), "2027-03-16"),
        ("K2", SEVEN_THIRTY, '[$-zh-CN]yyyy-mm-dd" h"', ("surgery_at",), "2027-03-16"),
        ("K2", SEVEN_THIRTY.replace(second=15), "h:mm dd/mm", ("surgery_at",),
         "2027-03-16T07:30:15"),
        ("D2", datetime(1961, 3, 7), "yyyy-mm-dd h:mm", ("patient", "birth_date"),  # noqa: DTZ001
         "1961-03-07"),
        ("D2", date(1961, 3, 7), "dd.mm.yyyy", ("patient", "birth_date"), "1961-03-07"),
        ("F2", True, "General", ("patient", "large_print"), "yes"),
        ("F2", False, "General", ("patient", "large_print"), "no"),
        ("A2", 123, "000000", ("patient", "record_id"), "000123"),
        ("A2", 123.0, "0", ("patient", "record_id"), "123"),
        ("L2", 0.1, "0.0000", ("location",), "0.1"),
        ("L2", 1234567.0, "#,##0", ("location",), "1234567"),
        ("L2", "a_x000D_\nb", "General", ("location",), "a \nb"),
    ],
)  # fmt: skip
def test_a_cell_is_what_it_shows(
    cell: str, value: Any, layout: str, at: tuple[str, ...], wanted: str, clinic: Clinic, file: Path
) -> None:
    data: Any = read_xlsx(book(file, put(cell, value, layout)), clinic, None).entries[0].data
    for step in at:
        data = data[step]
    assert data == wanted


def test_the_calendar_that_begins_in_1904(clinic: Clinic, file: Path) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet["K2"] = SEVEN_THIRTY

    book(file, change)
    with zipfile.ZipFile(file) as archive:
        assert b'date1904="1"' in archive.read("xl/workbook.xml")
    assert read_xlsx(file, clinic, None).entries[0].data["surgery_at"] == "2027-03-16T07:30"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("A3", 123, '"EX-"000000'), "3:1: row 2, cell A3, record_id: is a number shown in a "
         "format of its own; make the cell a text, as it is shown"),
        (put("A3", 1234567890123456), "3:1: row 2, cell A3, record_id: is a number too long to be "
         "kept exactly; make the cell a text, and type it anew"),
        (put("N3", "A|5 mg|stop|4 days before|Dr. A.|more"), "3:14: row 2 (record EX-000002), "
         "cell N3, medicines 1: has 6 parts; write name | dose | action | when | decided_by"),
        (put("I3", "x" * 32_767), None),
        (put("I3", None), "3:9: row 2 (record EX-000002), cell I3, surgeon: is empty; fill it in"),
        (put("D3", "3/7/61"), "3:4: row 2 (record EX-000002), cell D3, birth_date: this date can "
         "be read in more than one way; write a date as year-month-day (2026-12-08), or declare "
         "the clinic's format in clinic.yaml (intake, roster, dates)"),
        (put("V3", "x"), "3:22: row 2 (record EX-000002), cell V3: has 22 cells but there are 20 "
         "columns; move or remove what stands right of the last one"),
        (put("N3", "=A1"), "3:14: row 2 (record EX-000002), cell N3, medicines: holds a formula "
         "without a stored value; open the file in the spreadsheet program and save it"),
        (lambda s: s.merge_cells("I3:J4"), "3:9: row 2 (record EX-000002), cell I3, surgeon: lies "
         "in the merged cells I3:J4; unmerge them"),
        (lambda s: s.merge_cells("X3:Y4"), None),
    ],
    ids=["format", "long", "parts", "large", "empty", "date", "right", "formula", "merged", "far"],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_its_place(
    change: Change, said: str | None, clinic: Clinic, file: Path
) -> None:
    found = read_xlsx(book(file, change), clinic, None)
    assert wrong(found) == ([said] if said else [])
    assert found.entries[0].data
    assert bool(found.entries[1].data) is (said is None)


def test_formulas_alone_are_no_blank_row(clinic: Clinic, file: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.value = "=Other!A1"

    found = read_xlsx(book(file, change), clinic, None)
    assert [entry.number for entry in found.entries] == [1, 2]
    assert len(wrong(found)) == len(COLUMNS)


def test_a_formulas_empty_text_is_a_value(clinic: Clinic, file: Path) -> None:
    book(file, put("Q2", '=""'))
    rewritten(file, b'<c r="Q2"', b'<c r="Q2" t="str"')
    assert wrong(read_xlsx(file, clinic, None)) == []


def test_errors_and_dates_that_are_none(clinic: Clinic, file: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["I2"], sheet["I2"].data_type = "#N/A", "e"
        sheet["K3"] = 99_999_999
        sheet["K3"].number_format = "yyyy-mm-dd"

    assert wrong(read_xlsx(book(file, change), clinic, None)) == [
        "2:9: row 1 (record EX-000001), cell I2, surgeon: holds the error #N/A; mend the formula",
        "3:11: row 2 (record EX-000002), cell K3, surgery_at: holds the error #VALUE!; mend the "
        "formula",
    ]


def test_hidden_rows_are_counted_where_they_hold_a_patient(clinic: Clinic, file: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for hidden in (2, 3, 9):
            sheet.row_dimensions[hidden].hidden = True

    found = read_xlsx(book(file, change), clinic, None)
    assert len(found.entries) == 2
    said = f"{file} has 2 hidden rows, and they are read like the others"
    assert found.notices == (said,)


def test_sheets_that_are_not_read_are_said(clinic: Clinic, file: Path) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent
        sheet.parent.create_sheet("Lists", 0).sheet_state = "hidden"
        sheet.parent.create_chartsheet("Chart", 0).add_chart(BarChart())
        sheet.parent.create_sheet("Wednesday")

    found = read_xlsx(book(file, change), clinic, None)
    assert len(found.entries) == 2
    assert found.notices == (f"{file} has 2 sheets, and only 'Sheet' was read",)
    assert read_xlsx(file, clinic, "Sheet").notices == ()
    listed = "has no sheet 'Monday'; there are: Lists, Sheet, Wednesday"
    assert refusal(file, clinic, "Monday") == listed


def far(reference: str) -> Change:
    return lambda sheet: sheet.__setitem__(reference, "x")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (far("XFD3"), "has something in column XFD, and a roster ends long before; remove it"),
        (far("A1048576"), None),
    ],
)
def test_a_cell_far_away_does_not_take_minutes(
    change: Change, said: str | None, clinic: Clinic, file: Path
) -> None:
    book(file, change)
    began = time.monotonic()
    if said:
        assert refusal(file, clinic) == said
    else:
        assert read_xlsx(file, clinic, None).entries[-1].number == 3
    assert time.monotonic() - began < 10


BROKEN = "cannot be read as a spreadsheet (ValueError); save it again"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b'<row r="2000000"><c r="A2000000"><v>1</v></c></row></sheetData>'),
        (b"</sheetData>", b'<row r="2"><c r="A2"><v>1</v></c></row></sheetData>'),
        (b'r="C3"', b'r="A3"'),
        (b'r="C3"', b'r="C7"'),
        (b'r="C3"', b'r="AAAAAA3"'),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A"/></mergeCells>'),
    ],
)
def test_a_sheet_out_of_order_is_refused(
    old: bytes, new: bytes, clinic: Clinic, file: Path
) -> None:
    assert refusal(rewritten(book(file), old, new), clinic) == BROKEN


def test_the_size_that_a_sheet_states_is_not_believed(clinic: Clinic, file: Path) -> None:
    rewritten(book(file), b'<dimension ref="A1:T3"', b'<dimension ref="A1:B2"')
    found = read_xlsx(file, clinic, None)
    assert [bool(entry.data) for entry in found.entries] == [True, True]


LEVELS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
LAUGHS = b'<!DOCTYPE lol [<!ENTITY l0 "ha">' + LEVELS + b"]>"


@pytest.mark.parametrize(
    "member", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_entities_end_in_a_clear_error(member: str, clinic: Clinic, file: Path) -> None:
    with zipfile.ZipFile(book(file)) as archive:
        text = archive.read(member)
    root = re.match(rb"(<\?xml[^>]*>\s*)?(<[^>]*>)", text)
    assert root
    bomb = (root[1] or b"") + LAUGHS + root[2] + b"&l11;" + text[root.end() :]
    began = time.monotonic()
    said = refusal(rewritten(file, text, bomb, member), clinic)
    assert re.fullmatch(r"cannot be read as a spreadsheet \(\w+\); save it again", said)
    assert time.monotonic() - began < 5


def test_macros_and_old_files_are_refused_by_name_too(clinic: Clinic, tmp_path: Path) -> None:
    book(tmp_path / "r.xlsm")
    assert refusal(tmp_path / "r.xlsm", clinic) == "holds macros; save it as .xlsx"
    book(tmp_path / "r.xlsx").rename(tmp_path / "r.xls")
    said = "is an old or an encrypted spreadsheet; save it as .xlsx, unprotected"
    assert refusal(tmp_path / "r.xls", clinic) == said


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_FILE", 1_000, "is over 1,000 bytes; split it"),
        ("MAX_UNPACKED", 5_000, "would unpack to far too much for a roster; make it anew"),
        ("MAX_MEMBERS", 3, "would unpack to far too much for a roster; make it anew"),
        ("MAX_CELLS", 30, BROKEN),
        ("MAX_MERGED", 0, BROKEN),
    ],
)
def test_far_too_much_of_anything_is_refused(
    limit: str, value: int, said: str, clinic: Clinic, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(file, lambda sheet: sheet.merge_cells("X3:Y4"))
    monkeypatch.setattr(xlsx_package, limit, value)
    assert refusal(file, clinic) == said


def test_what_is_squeezed_too_tightly_is_not_unpacked(clinic: Clinic, file: Path) -> None:
    with zipfile.ZipFile(book(file), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/big.xml", b" " * 20_000_000)
    assert refusal(file, clinic) == "would unpack to far too much for a roster; make it anew"


def test_over_so_many_rows(clinic: Clinic, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.intake.xlsx_table.MAX_ROWS", 2)
    assert len(read_xlsx(book(file), clinic, None).entries) == 2
    assert refusal(book(file, count=3), clinic) == "has over 2 rows; split it"


def test_a_link_to_another_file_is_not_opened(
    clinic: Clinic, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = file.with_name("other.xlsx")
    book(secret)
    book(file, put("I2", f"='[{secret}]Sheet'!A2"))
    opened: list[str] = []
    real = Path.open

    def watched(self: Path, *arguments: Any) -> Any:
        opened.append(self.name)
        return real(self, *arguments)

    monkeypatch.setattr(Path, "open", watched)
    monkeypatch.setattr(builtins, "open", lambda *a, **_: pytest.fail(f"opened {a}"))
    found = read_xlsx(file, clinic, None)
    assert opened == ["r.xlsx"]
    assert "holds a formula without a stored value" in wrong(found)[0]


@pytest.mark.parametrize("lacking", ["openpyxl", "defusedxml"])
def test_what_is_lacking_is_named(
    lacking: str, clinic: Clinic, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(MachineError) as raised:
        read_xlsx(book(file), clinic, None)
    cure = "Install it with: pip install 'handout-press[xlsx]'"
    assert str(raised.value) == f"reading a spreadsheet needs {lacking}. {cure}"
