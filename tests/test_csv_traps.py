"""CSV rosters that could be misread: nothing is guessed, nobody is named, each row for itself."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import PlanError, Problem
from generator.intake.against import checked_plan
from generator.intake.columns import COLUMNS
from generator.intake.csv_table import read_csv
from generator.intake.entry import Read
from generator.intake.xlsx_table import read_xlsx
from generator.library import Library, load_library
from generator.model import Clinic
from tests.conftest import NOW, REPO, Run
from tests.rosters import row

FUZZ = settings(max_examples=int(os.environ.get("HANDOUTS_FUZZ", "400")), deadline=None)
US = {"dates": "MM/DD/YYYY", "times": "12-hour"}
ISO_DATE = "write a date as year-month-day (2026-12-08)"
OURS = "in clinic.yaml (intake, roster, dates)"


def table(rows: Sequence[dict[str, str]], separator: str = ",", names: Any = COLUMNS) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow(names)
    writer.writerows([cells.get(name, "") for name in names] for cells in rows)
    return stream.getvalue()


def asked(clinic: Clinic, **roster: Any) -> Clinic:
    """The clinic with another format of rosters."""
    format_ = clinic.intake.roster.model_copy(update=roster)
    intake = clinic.intake.model_copy(update={"roster": format_})
    return clinic.model_copy(update={"intake": intake})


def read(folder: Path, clinic: Clinic, content: str | bytes) -> Read:
    file = folder / "r.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_csv(file, clinic)


def wrong(found: Read) -> list[str]:
    return [
        f"{problem.line}:{problem.column}: {problem.where}: {problem.message}"
        for entry in found.entries
        for problem in entry.problems
    ]


def refusal(folder: Path, clinic: Clinic, content: str | bytes) -> list[str]:
    with pytest.raises(PlanError) as raised:
        read(folder, clinic, content)
    return [f"{each.line}:{each.column}: {each.message}" for each in raised.value.problems]


@pytest.fixture
def clinic(library: Library) -> Clinic:
    return library.clinic


def test_a_file_without_a_head_names_no_patient(clinic: Clinic, tmp_path: Path) -> None:
    content = "\n".join(table([row(1), row(2)]).splitlines()[1:])
    missing = [name for name in COLUMNS if name not in {"prepared_by", "checked_by"}]
    said = f"1:1: these columns are missing: {', '.join(missing)}"
    assert refusal(tmp_path, clinic, content) == [said]


def test_a_shifted_row_does_not_name_the_patient_as_its_record(
    clinic: Clinic, tmp_path: Path
) -> None:
    head, line = table([row(2)]).splitlines()
    count = "cells but there are 20 columns; put a text that holds a comma in double quotes"
    for lost, cells in ((1, 19), (3, 17)):  # the record id; and both names, which leaves the day
        shifted = ",".join(line.split(",")[lost:])
        found = read(tmp_path, clinic, f"{head}\n{shifted}\n")
        assert wrong(found) == [f"2:1: row 1: has {cells} {count}"]
        assert found.entries[0].record_id == ""
    found = read(tmp_path, clinic, f"{head}\n{line},more\n")
    assert wrong(found) == [f"2:1: row 1 (record EX-000002): has 21 {count}"]


def test_a_semicolon_is_named_where_it_separates(clinic: Clinic, tmp_path: Path) -> None:
    content = table([row(1)], ";").rstrip() + ";more\n"
    (said,) = wrong(read(tmp_path, clinic, content))
    assert said.endswith("put a text that holds a semicolon in double quotes")


def test_empty_columns_at_the_end_are_no_error_but_a_text_there_is(
    clinic: Clinic, tmp_path: Path
) -> None:
    head, first, second = table([row(1), row(2)]).splitlines()
    found = read(tmp_path, clinic, f"{head},,\n{first},,\n,,,,\n{second},,x\n{second}\n")
    assert [(entry.number, bool(entry.data)) for entry in found.entries] == [
        *((1, True), (2, False), (3, False))
    ]
    assert wrong(found)[0] == (
        "4:22: row 2 (record EX-000002): has 22 cells but there are 20 columns; move or remove "
        "what stands right of the last one"
    )
    assert "has 20 cells but there are 22 columns" in wrong(found)[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("side", "sidde"), "there is no column 'sidde'; did you mean 'side'?"),
        (("side", "Bett"), "there is no column 'Bett'; remove it, or map it in clinic.yaml"),
        (("side", " "), "this column has no name; give it one, or remove it"),
        (("side", "Seite"), "clinic.yaml maps 'Seite' to 'sides', which is no column; mend it"),
        (("side", "\x1b[2Jx"), "there is no column '\ufffd[2Jx'; remove it"),
        (("escort", "Fahrer"), "the column 'side' is there twice; remove one"),
    ],
)
def test_a_wrong_column_is_named(
    change: tuple[str, str], said: str, clinic: Clinic, tmp_path: Path
) -> None:
    asking = asked(clinic, columns={"Seite": "sides", "Fahrer": "side"})
    names = [change[1] if name == change[0] else name for name in COLUMNS]
    column, missing = names.index(change[1]) + 1, f"these columns are missing: {change[0]}"
    found = refusal(tmp_path, asking, table([], names=names))
    assert found[0] == f"1:1: {missing}"
    assert found[1].startswith(f"1:{column}: {said}")
    assert len(found) == 2


def test_columns_of_the_clinic_who_may_leave_out_three(clinic: Clinic, tmp_path: Path) -> None:
    asking = asked(clinic, columns={"Fall  Nr": "record_id"})
    names = [" fall nr " if name == "record_id" else name.upper() for name in COLUMNS[:-2]]
    cells = {name: row(1)[ours] for name, ours in zip(names, COLUMNS, strict=False)}
    (entry,) = read(tmp_path, asking, table([cells], ";", names)).entries
    assert entry.problems == ()
    assert entry.data["patient"]["record_id"] == "EX-000001"
    assert not {"prepared_by", "checked_by", "overrides"} & set(entry.data)
    problem = entry.place(("prepared_by",), "is wrong")
    assert (problem.column, problem.where) == (1, "row 1 (record EX-000001), prepared_by")


@pytest.mark.parametrize(
    ("roster", "column", "cell", "said"),
    [
        ({}, "surgery_at", "3/16/27 7:30", f"'3/16/27 7:30' can be read in more than one way; "
         f"{ISO_DATE}, or declare the clinic's format {OURS}"),
        ({}, "birth_date", "16.03.1961", f"this date can be read in more than one way; {ISO_DATE}, "
         f"or declare the clinic's format {OURS}"),
        (US, "birth_date", "02/30/1961", "this date is no date of the format in clinic.yaml "
         "(MM/DD/YYYY); mend it"),
        (US, "surgery_at", "03/16/2027 7:30", "'03/16/2027 7:30' is no date of the format in "
         "clinic.yaml (MM/DD/YYYY, times as 12-hour); mend it"),
        (US, "surgery_at", "03/16/2027 0:30 AM", "'03/16/2027 0:30 AM' is no date of the format in "
         "clinic.yaml (MM/DD/YYYY, times as 12-hour); mend it"),
        (US, "surgery_at", "2027-02-30T07:30", "'2027-02-30T07:30' is no date of the format in "
         "clinic.yaml (MM/DD/YYYY, times as 12-hour); mend it"),
        (US, "surgery_at", "3/16/2027" + "9" * 60, f"'3/16/2027{'9' * 31}…' is no date of the "
         "format in clinic.yaml (MM/DD/YYYY, times as 12-hour); mend it"),
    ],
)  # fmt: skip
def test_an_uncertain_date_is_refused(
    roster: Any, column: str, cell: str, said: str, clinic: Clinic, tmp_path: Path
) -> None:
    content = table([row(1), row(2, **{column: cell}), row(3)])
    found = read(tmp_path, asked(clinic, **roster), content)
    at = COLUMNS.index(column) + 1
    assert wrong(found) == [f"3:{at}: row 2 (record EX-000002), {column}: {said}"]


@pytest.mark.parametrize(
    ("roster", "cell", "wanted"),
    [
        (US, "3/16/2027\u202f12:05:00 a.m.", "2027-03-16T00:05"),
        (US, "03/16/2027 07:30pm", "2027-03-16T19:30"),
        (US, "2027-03-16 07:30 PM", "2027-03-16T19:30"),
        (US, "2027-03-16 7:30", "2027-03-16 7:30"),
        (US, "03/16/2027", "2027-03-16"),
        ({"dates": "DD/MM/YYYY"}, "01/02/2027 07:30", "2027-02-01T07:30"),
        ({"dates": "DD-MM-YYYY"}, "01-02-2027T7:30+01:00", "2027-02-01T07:30+01:00"),
        ({}, "2027-03-16 07:30:15", "2027-03-16 07:30:15"),
        ({}, "2027-03-16T07:30 AM", "2027-03-16T07:30 AM"),
    ],
)
def test_a_certain_time_becomes_iso_and_another_stays_for_the_plan_to_refuse(
    roster: Any, cell: str, wanted: str, clinic: Clinic, tmp_path: Path
) -> None:
    found = read(tmp_path, asked(clinic, **roster), table([row(1, surgery_at=cell)]))
    assert wrong(found) == []
    assert found.entries[0].data["surgery_at"] == wanted


def test_a_cell_may_hold_so_much_and_no_more(clinic: Clinic, tmp_path: Path) -> None:
    for length, many in ((100_001, "first"), (131_073, "which Python itself refuses")):
        content = table([row(1, notes="a\nb"), row(2, notes="x" * length)])
        said = "4:1: cannot be read as CSV (a cell has over 100,000 characters); look for a quote"
        assert refusal(tmp_path, clinic, content) == [f"{said} that is not closed"], many
    assert read(tmp_path, clinic, table([row(1, notes="x" * 100_000)])).entries[0].data


def test_a_text_behind_a_closing_quote_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    content = table([row(1), row(2)]).replace("EX-000002", '"EX-000002"x')
    (said,) = refusal(tmp_path, clinic, content)
    assert said.startswith("3:1: cannot be read as CSV (")
    assert said.endswith("; look for a quote that is not closed")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"record_id\r\r\x81", "3:1: is neither UTF-8 nor Windows-1252; save it as 'CSV UTF-8'"),
        (b"record_id\n\xe4\0", "2:1: holds a NUL character; save it again as 'CSV UTF-8'"),
        ("a\nb".encode("utf-16") + b"x", "2:1: is broken UTF-16; save it as 'CSV UTF-8'"),
        ("a\nb".encode("utf-16-le"), "1:1: holds a NUL character; save it again as 'CSV UTF-8'"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text(content: bytes, said: str, clinic: Clinic, tmp_path: Path) -> None:
    assert refusal(tmp_path, clinic, content) == [said]


def test_a_file_that_is_not_there(clinic: Clinic, tmp_path: Path) -> None:
    for reader in (read_csv, lambda path, of: read_xlsx(path, of, None)):
        with pytest.raises(PlanError, match=r"cannot be read: No such file or directory$"):
            reader(tmp_path / "no.xlsx", clinic)


# ------------------------------------------------------------------------------------------ fuzz


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("fuzz") / "library"
    shutil.copytree(REPO / "tests" / "library", copy)
    shutil.copytree(REPO / "templates", copy / "templates")
    return copy


@pytest.fixture(scope="module")
def shelf(home: Path) -> Library:
    return load_library(home)


ROWS = [row(number) for number in range(1, 5)]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
NEAR = st.sampled_from(
    ["none", ";", "|", "a|b|c|d|e|f", "1/2/27", "2027-02-30", "\n\n", '"', "=1+1", "left ", "EX-9"]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])


def problems_of(found: Read, library: Library) -> list[Problem]:
    """All that is wrong, as a run would say it."""
    said: list[Problem] = []
    for entry in found.entries:
        said += entry.problems
        if not entry.problems:
            said += checked_plan(entry.data, entry.place, library, NOW)[1]
    return said


@FUZZ
@given(
    at=st.integers(0, 3),
    column=st.sampled_from(COLUMNS),
    cell=st.one_of(TEXT, NEAR),
    separator=st.sampled_from(",;\t"),
)
def test_one_wrong_cell_blames_its_own_row_and_record(
    at: int, column: str, cell: str, separator: str, home: Path, shelf: Library
) -> None:
    rows = [cells | {column: cell} if index == at else cells for index, cells in enumerate(ROWS)]
    found = read(home, shelf.clinic, table(rows, separator))
    assert [entry.number for entry in found.entries] == [1, 2, 3, 4]
    others = [cells["record_id"] for index, cells in enumerate(ROWS) if index != at]
    mine = f"row {at + 1}" if column == "record_id" else f"row {at + 1} (record EX-00000{at + 1})"
    for problem in problems_of(found, shelf):
        assert problem.where.startswith(mine)
        assert not any(other in str(problem) for other in others if other != cell.strip())
        assert problem.line >= at + 2


@FUZZ
@given(start=st.integers(0, 900), cut=st.integers(0, 40), piece=st.binary(max_size=40),
       encoding=ENCODINGS)  # fmt: skip
def test_a_damaged_roster_ends_in_a_plan_error_or_entries(
    start: int, cut: int, piece: bytes, encoding: str, home: Path, shelf: Library
) -> None:
    whole = table(ROWS).encode(encoding)
    try:
        found = read(home, shelf.clinic, whole[:start] + piece + whole[start + cut :])
    except PlanError:
        return
    assert [entry.number for entry in found.entries] == list(range(1, len(found.entries) + 1))
    assert all(problem.line for problem in problems_of(found, shelf))


@FUZZ
@given(content=st.one_of(st.binary(max_size=300), TEXT.map(str.encode)))
def test_any_bytes_end_in_a_plan_error_that_quotes_little(
    content: bytes, home: Path, shelf: Library
) -> None:
    with pytest.raises(PlanError) as raised:
        read(home, shelf.clinic, content)
    assert all(len(problem.message) < 400 for problem in raised.value.problems)


def test_a_row_that_is_one_cell_is_not_named_by_what_is_in_it(run: Run, folder: Path) -> None:
    """Semicolons in a file of commas: the first cell is the whole row, names and all."""
    header, *_ = (REPO / "content" / "examples" / "roster.csv").read_text().splitlines()
    line = "EX-000124;Sample;Inventedname;1949-11-30"
    (folder / "r.csv").write_text(f"{header}\n{line}\n")
    result = run("intake", "r.csv")
    assert "row 1" in result.err + result.out
    assert "Inventedname" not in result.err
