"""CSV as clinics really write it: encodings, separators, their own columns and dates; and fuzz."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import PlanError
from generator.intake import Roster, load_roster
from generator.intake.cells import iso, letters
from generator.intake.columns import COLUMNS
from generator.library import Library, load_library
from generator.model import RosterFormat
from tests.conftest import NOW
from tests.rosters import row

EXAMPLES = int(os.environ.get("HANDOUTS_FUZZ", "300"))
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def text_of(
    *rows: dict[str, str], separator: str = ",", names: dict[str, str] | None = None
) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow([(names or {}).get(name, name) for name in COLUMNS])
    writer.writerows([cells[name] for name in COLUMNS] for cells in rows)
    return stream.getvalue()


def load(content: bytes, library: Library, folder: Path) -> Roster:
    file = folder / "r.csv"
    file.write_bytes(content)
    return load_roster(file, library, NOW)


def declared(folder: Path, yaml: str) -> Library:
    file = folder / "content" / "clinic.yaml"
    file.write_text(f"{file.read_text()}intake:\n  roster: {yaml}\n")
    return load_library(folder)


ACCENTS = row(1, given_name="Zoë", family_name="Müsterfrau")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_gives_the_same(
    encoding: str, separator: str, library: Library, tmp_path: Path
) -> None:
    read = load(text_of(ACCENTS, row(2), separator=separator).encode(encoding), library, tmp_path)
    assert read.refused == ()
    assert read.rows[0].plan.patient.full_name == "Zoë Müsterfrau"
    plain = load(text_of(ACCENTS, row(2)).encode(), library, tmp_path)
    assert [each.plan for each in read.rows] == [each.plan for each in plain.rows]
    assert bool(read.notices) is (encoding == "cp1252")


def test_windows_1252_is_said(library: Library, tmp_path: Path) -> None:
    (notice,) = load(text_of(row(2), ACCENTS).encode("cp1252"), library, tmp_path).notices
    said = "r.csv is not UTF-8 (line 3) and was read as Windows-1252; look at the accents"
    assert notice.endswith(said)


def test_utf_16_big_endian(library: Library, tmp_path: Path) -> None:
    content = b"\xfe\xff" + text_of(ACCENTS).encode("utf-16-be")
    assert load(content, library, tmp_path).rows[0].plan.patient.given_name == "Zoë"


def test_lines_inside_a_cell_do_not_shift_the_line_numbers(
    library: Library, tmp_path: Path
) -> None:
    content = text_of(row(1, notes="First line.\nSecond line."), row(2, side="")).encode()
    read = load(content, library, tmp_path)
    assert read.rows[0].plan.notes == ("First line. Second line.",)
    (problem,) = read.problems
    assert (problem.line, problem.where) == (4, "row 2 (record EX-000002)")


def test_a_clinics_own_columns_and_dates(folder: Path, tmp_path: Path) -> None:
    library = declared(
        folder,
        "{columns: {MRN: record_id, Last name: family_name}, dates: MM/DD/YYYY, times: 12-hour}",
    )
    names = {"record_id": "mrn", "family_name": "Last  Name", "side": "SIDE"}
    cells = row(
        1, birth_date="03/07/1961", arrival_at="03/16/2027 5:30 AM", surgery_at="2027-03-16 07:30"
    )
    (read,) = load(text_of(cells, names=names).encode(), library, tmp_path).rows
    (plain,) = load(text_of(row(1, birth_date="1961-03-07")).encode(), library, tmp_path).rows
    assert read.plan == plain.plan


US = RosterFormat(dates="MM/DD/YYYY", times="12-hour")
GERMAN = RosterFormat(dates="DD.MM.YYYY")
ISO = RosterFormat()


@pytest.mark.parametrize(
    ("text", "format_", "wanted"),
    [
        ("2027-03-16", ISO, "2027-03-16"),
        ("2027-03-16T07:30", ISO, "2027-03-16T07:30"),
        ("2027-03-16 7:30", ISO, "2027-03-16T07:30"),
        ("2027-03-16 07:30:00", ISO, "2027-03-16T07:30"),
        ("2027-03-16T07:30-04:00", ISO, "2027-03-16T07:30-04:00"),
        ("2027-03-16T11:30Z", US, "2027-03-16T11:30Z"),
        ("03/16/2027", US, "2027-03-16"),
        ("03/16/2027 7:30 AM", US, "2027-03-16T07:30"),
        ("03/16/2027 12:30 am", US, "2027-03-16T00:30"),
        ("03/16/2027 12:30 PM", US, "2027-03-16T12:30"),
        ("16.03.2027 13:05", GERMAN, "2027-03-16T13:05"),
        ("tomorrow", ISO, "tomorrow"),
        ("", ISO, ""),
    ],
)
def test_dates_in_a_declared_format(text: str, format_: RosterFormat, wanted: str) -> None:
    assert iso(text, format_) == wanted


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("12/8/26", ISO),
        ("12/08/2026", ISO),
        ("12/8/26", US),
        ("13/08/2026", US),
        ("02/30/2027", US),
        ("03/16/2027 13:30", US),
        ("03/16/2027", GERMAN),
        ("8.12.26", GERMAN),
    ],
)
def test_a_date_that_is_not_certain_is_refused(text: str, format_: RosterFormat) -> None:
    with pytest.raises(ValueError, match=r"can be read in more than one way|is no date of the"):
        iso(text, format_)


def test_a_birth_date_is_not_quoted(library: Library, tmp_path: Path) -> None:
    (problem,) = load(text_of(row(1, birth_date="3/7/61")).encode(), library, tmp_path).problems
    assert "3/7/61" not in str(problem)
    assert problem.message.startswith("this date can be read in more than one way")


def test_a_shifted_row_is_refused_and_not_guessed(library: Library, tmp_path: Path) -> None:
    lines = text_of(row(1), row(2), row(3)).splitlines()
    lines[2] = lines[2].replace("Fictia,", "", 1)
    read = load("\n".join(lines).encode(), library, tmp_path)
    assert [each.number for each in read.rows] == [1, 3]
    (problem,) = read.problems
    assert problem.where == "row 2 (record EX-000002)"
    assert problem.message.startswith("has 19 cells but there are 20 columns")


def test_two_columns_the_wrong_way_round_are_noticed(library: Library, tmp_path: Path) -> None:
    shifted = row(2, family_name="1961-03-07", birth_date="Exampleperson")
    read = load(text_of(row(1), shifted).encode(), library, tmp_path)
    assert [p.where.split(", ")[1] for p in read.problems] == ["family_name", "birth_date"]
    assert "has a column been shifted?" in read.problems[0].message


def test_far_too_much_is_refused(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.intake.csv_table.MAX_ROWS", 2)
    with pytest.raises(PlanError, match="has over 2 rows; split it"):
        load(text_of(row(1), row(2), row(3)).encode(), library, tmp_path)
    monkeypatch.setattr("generator.intake.csv_table.MAX_BYTES", 100)
    with pytest.raises(PlanError, match="is over 100 bytes; split it"):
        load(text_of(row(1)).encode(), library, tmp_path)


def test_a_field_that_never_ends_is_refused(library: Library, tmp_path: Path) -> None:
    content = text_of(row(1)) + '"' + "x" * 200_000 + '",' * 20
    with pytest.raises(PlanError, match="cannot be read as CSV"):
        load(content.encode(), library, tmp_path)


def test_an_override_in_a_cell(library: Library, tmp_path: Path) -> None:
    head, line = text_of(row(1)).splitlines()
    override = "fasting-food | 10 hours | Your stomach empties slowly. | Dr. A. Example"
    content = f"{head},overrides\n{line},{override}\n"
    (read,) = load(content.encode(), library, tmp_path).rows
    assert read.plan.overrides[0].number == (10, "hours")


def test_columns_have_letters() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


@FUZZ
@given(column=st.sampled_from(COLUMNS), cell=CELLS)
def test_one_wild_cell_is_blamed_on_its_own_row(
    column: str, cell: str, library: Library, tmp_path: Path
) -> None:
    read = load(text_of(row(1), row(2, **{column: cell}), row(3)).encode(), library, tmp_path)
    wrong = {refused.number for refused in read.refused}
    if cell.strip() in {"EX-000001", "EX-000003"}:
        return
    assert wrong <= {2}
    for problem in read.problems:
        assert re.match(r"row 2(,| |$)", problem.where)
        assert (problem.path, problem.line > 2) == (str(tmp_path / "r.csv"), True)


@FUZZ
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.tuples(st.binary(max_size=60), st.integers(0, 900)),
    )
)
def test_no_bytes_end_in_a_traceback(
    content: bytes | tuple[bytes, int], library: Library, tmp_path: Path
) -> None:
    if isinstance(content, tuple):
        piece, at = content
        good = text_of(row(1), row(2)).encode()
        content = good[:at] + piece + good[at + len(piece) // 2 :]
    with contextlib.suppress(PlanError):
        read = load(content, library, tmp_path)
        assert read.rows or read.refused
