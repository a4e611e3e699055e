"""Rosters: rows become plans, or are refused naming row, record and column, and no patient."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.errors import ExitCode, PlanError
from generator.intake import Hands, load_plan, load_roster
from generator.intake.columns import COLUMNS
from generator.library import Library, load_library
from tests.conftest import NOW, REPO, Run
from tests.rosters import many, row, write


def problems(path: Path, library: Library) -> list[str]:
    """What is wrong with single rows, or else with the whole file."""
    try:
        found = load_roster(path, library, NOW).problems
    except PlanError as error:
        found = error.problems
    return [str(problem).removeprefix(f"{path}:") for problem in found]


def test_a_row_is_the_same_plan_as_a_file(library: Library, tmp_path: Path) -> None:
    plan = load_plan(library.folder / "content" / "examples" / "plan.yaml", library, NOW)
    medicine = plan.medicines[0]
    cells = row(
        1,
        record_id=plan.patient.record_id,
        given_name=plan.patient.given_name or "",
        family_name=plan.patient.family_name or "",
        birth_date=plan.patient.birth_date.isoformat(),
        side=plan.side or "",
        surgeon=plan.surgeon,
        location=plan.location,
        handouts="; ".join(plan.handouts),
        medicines=" | ".join(medicine.model_dump().values()),
        contact=f"{plan.contact.name}|{plan.contact.phone}",
        notes="; ".join(plan.notes),
        prepared_by=plan.prepared_by,
        checked_by=plan.checked_by,
    )
    (read,) = load_roster(write(tmp_path / "r.csv", cells), library, NOW).rows
    assert read.number == 1
    assert read.plan == plan


def test_the_example_roster_is_in_order() -> None:
    library = load_library(REPO)
    rows = load_roster(REPO / "content" / "examples" / "roster.csv", library, NOW).rows
    assert [each.number for each in rows] == [1, 2, 3]
    assert rows[1].plan.patient.large_print
    assert rows[1].plan.medicines == ()
    assert len(rows[0].plan.medicines) == 3


WRONG = {  # what is changed in the second row, and what is said of it
    "side-missing": (
        {"side": ""},
        (
            "3:1: row 2 (record EX-000002): 'side' is missing: sample-operation is done on one "
            "side; "
            "add left or right"
        ),
    ),
    "side-of-neither": (
        {"side": "L"},
        "3:8: row 2 (record EX-000002), side: must be 'left', 'right' or 'both', not 'L'",
    ),
    "medicines-empty": (
        {"medicines": " "},
        "3:14: row 2 (record EX-000002), medicines: is empty; write none if there are none",
    ),
    "allergies-empty": (
        {"allergies": ""},
        "3:15: row 2 (record EX-000002), allergies: is empty; write none if there are none",
    ),
    "allergies-none-and-one": (
        {"allergies": "Samplicillin; none"},
        (
            "3:15: row 2 (record EX-000002), allergies 2: is no allergy; if none are known write "
            "[] (in a roster: none), else remove it"
        ),
    ),
    "surgeon-empty": (
        {"surgeon": ""},
        "3:9: row 2 (record EX-000002), surgeon: is empty; fill it in",
    ),
    "date-american": (
        {"birth_date": "03/07/1961"},
        (
            "3:4: row 2 (record EX-000002), birth_date: this date can be read in more than one "
            "way; write a date as year-month-day (2026-12-08), or declare the clinic's format in "
            "clinic.yaml (intake, roster, dates)"
        ),
    ),
    "medicine-without-decision": (
        {"medicines": "Examplamine | 5 mg | stop | 4 days before"},
        "3:14: row 2 (record EX-000002), medicines 1: 'decided_by' is missing; add it",
    ),
    "medicine-with-too-much": (
        {"medicines": "A | 5 mg | stop | 4 days before | Dr. A. | more"},
        (
            "3:14: row 2 (record EX-000002), medicines 1: has 6 parts; write name | dose | "
            "action | "
            "when | decided_by"
        ),
    ),
    "medicine-twice": (
        {"medicines": "A|5 mg|stop|4 days before|Dr. A.; a|5 mg|sip|as usual|Dr. A."},
        "3:14: row 2 (record EX-000002), medicines 2: is listed twice, and not with the same "
        "action; ask who decided it",
    ),
    "contact-without-phone": (
        {"contact": "Nurse B. Example"},
        "3:16: row 2 (record EX-000002), contact: 'phone' is missing; add it",
    ),
    "handout-unknown": (
        {"handouts": "other; sampel"},
        (
            "3:13: row 2 (record EX-000002), handouts 2: there is no handout 'sampel'; there are: "
            "other, sample"
        ),
    ),
    "procedure-unknown": (
        {"procedure": "sample"},
        (
            "3:7: row 2 (record EX-000002), procedure: there is no procedure 'sample'; there are: "
            "sample-operation"
        ),
    ),
    "language-unknown": (
        {"language": "es"},
        (
            "3:5: row 2 (record EX-000002), language: 'es' is not a language of the clinic; "
            "there are: en"
        ),
    ),
    "arrival-after-surgery": (
        {"arrival_at": "2027-03-16T08:30"},
        (
            "3:10: row 2 (record EX-000002), arrival_at: is after surgery_at; mend the one that is "
            "wrong"
        ),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_cell_is_named(case: str, library: Library, tmp_path: Path) -> None:
    changed, said = WRONG[case]
    file = write(tmp_path / "r.csv", row(1), row(2, **changed), row(3))
    assert problems(file, library) == [said]


def test_all_problems_of_all_rows_come_in_one_go(library: Library, tmp_path: Path) -> None:
    file = write(
        tmp_path / "r.csv", row(1, side=""), row(2, surgeon="", location=""), row(3, side="x")
    )
    assert len(problems(file, library)) == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty; its first line must name the columns"),
        (b"\n\n", "is empty; its first line must name the columns"),
        (",".join(COLUMNS).encode(), "has no rows; add one for each patient"),
        (b"record_id,side\nEX-1,left", "these columns are missing: given_name, family_name"),
        (
            (",".join(COLUMNS) + ",sidde\n").encode(),
            "there is no column 'sidde'; did you mean 'side'?",
        ),
        ((",".join(COLUMNS) + ",side\n").encode(), "the column 'side' is there twice; remove one"),
        (
            (",".join(COLUMNS) + "\na,b\n").encode(),
            "row 1: has 2 cells but there are 20 columns",
        ),
        ((",".join(COLUMNS) + '\n"a').encode(), "look for a quote that is not closed"),
        (b"\x81", "is neither UTF-8 nor Windows-1252; save it as 'CSV UTF-8'"),
        (b"\xff\xfea", "is broken UTF-16; save it as 'CSV UTF-8'"),
        (b"a\0b", "holds a NUL character; save it again as 'CSV UTF-8'"),
    ],
)
def test_what_is_no_roster_at_all(
    content: bytes, said: str, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(content)
    assert any(said in problem for problem in problems(file, library))


def test_a_byte_order_mark_and_empty_lines_do_no_harm(library: Library, tmp_path: Path) -> None:
    file = many(tmp_path / "r.csv", 2)
    lines = file.read_text().splitlines()
    file.write_text("\ufeff" + "\r\n\r\n".join(lines) + "\r\n\r\n", newline="")
    assert [each.number for each in load_roster(file, library, NOW).rows] == [1, 2]


def test_a_wrong_row_is_named_and_the_others_go_on(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1), row(2, side=""))
    ended = run("batch", "r.csv", "--allow-unreviewed")
    assert ended.code == ExitCode.PARTIAL
    assert ended.err.startswith("r.csv:3:1: row 2 (record EX-000002): 'side' is missing")
    assert "1 refused, 1 go on." in ended.err
    assert "Inventedname" not in ended.err + ended.out
    manifest = json.loads((folder / "out" / "manifest.json").read_text())
    assert [packet["status"] for packet in manifest["packets"]] == ["done", "refused"]
    refused = manifest["packets"][1]
    assert (refused["row"], refused["record_id"], refused["pages"]) == (2, "EX-000002", 0)
    assert "'side' is missing" in refused["error"]


def test_a_roster_without_one_good_row_prints_nothing(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1, side=""), row(2, side=""))
    ended = run("batch", "r.csv", "--allow-unreviewed")
    assert ended.code == ExitCode.PLAN
    assert "2 problems to mend; nothing was printed." in ended.err
    assert not (folder / "out").exists()


def test_a_dry_run_ends_with_the_rosters_problems(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1), row(2, side=""))
    assert run("batch", "r.csv", "--dry-run", "--allow-unreviewed").code == ExitCode.PLAN


@pytest.mark.parametrize(
    "asked", [("intake",), ("intake", "--json"), ("batch", "--dry-run", "--allow-unreviewed")]
)
def test_a_wrong_row_is_said_once(run: Run, folder: Path, asked: tuple[str, ...]) -> None:
    twin = {"family_name": row(1)["family_name"], "birth_date": row(1)["birth_date"]}
    write(folder / "r.csv", row(1), row(2, side=""), row(3, **twin))
    ended = run(*asked, "r.csv")
    assert ended.code == ExitCode.PLAN
    assert [line.split(":")[0] for line in ended.err.splitlines()] == [
        "look at row 1 (record EX-000001)",
        "look at row 3 (record EX-000003)",
        "handouts",
        "1 problem to mend; nothing was printed.",
    ]
    assert "handouts: r.csv:3:1: row 2 (record EX-000002): 'side' is missing" in ended.err


def test_intake_tells_programs_the_last_doses(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1, medicines="Fictol | 5 mg | stop | 12 hours before | Dr. A."))
    (plan,) = json.loads(run("intake", "r.csv", "--json").out)["plans"]
    at = "2027-03-15T19:30:00-04:00"
    dose = {"medicine": 1, "day": "2027-03-15", "at": at, "passed": False}
    assert plan["last_doses"] == [dose]


def test_intake_shows_what_each_patient_takes_and_what_is_changed(run: Run, folder: Path) -> None:
    medicines = (
        "Examplamine | 5 mg | stop | 7 days before | Dr. A. Example;"
        "Samplopril | 10 mg tablet | sip | On the morning of your operation | Dr. B. Example"
    )
    changed = "fasting-food | 11 hours | Your stomach empties slowly. | Dr. A. Example"
    full = row(1, medicines=medicines, overrides=changed, surgery_at="2027-03-16T07:00")
    write(folder / "r.csv", full, row(2, medicines="none", allergies="none"))
    table, one, two = run("intake", "r.csv").out.split("\n\n")
    assert len(table.splitlines()) == 3
    said = """\
Row 1 (record EX-000001)
  medicines  Examplamine, 5 mg. Stop: 7 days before your operation
               Last dose: Monday, March 8, 2027
             Samplopril, 10 mg tablet. Take with a sip of water: On the morning
               of your operation
  allergies  Samplicillin
  changed    Monday, March 15, 2027, 8:00 PM: Last food.
               Changed for you: 11 hours before, not 8 hours. Your stomach
               empties slowly. (Dr. A. Example)"""
    assert one.replace("\N{NO-BREAK SPACE}", " ") == said
    assert two.splitlines() == [
        "Row 2 (record EX-000002)",
        "  medicines  none",
        "  allergies  none known",
    ]
    assert "Exampleperson" not in one


def test_rows_that_contradict_each_other_are_both_refused(library: Library, tmp_path: Path) -> None:
    same = {"record_id": "EX-000001"}
    again = {**row(1), "surgery_at": "2027-03-16T09:30"}
    read = load_roster(write(tmp_path / "r.csv", row(1), again, row(3)), library, NOW)
    assert [each.number for each in read.rows] == [3]
    said = "is the same patient on the same day as row {}; remove one of them"
    assert [p.message for p in read.problems] == [said.format(2), said.format(1)]
    later = {"surgery_at": "2027-03-18T07:30", "arrival_at": "2027-03-18T05:30"}
    read = load_roster(write(tmp_path / "r.csv", row(1), {**row(1), **later}), library, NOW)
    assert [each.number for each in read.rows] == [1, 2]
    read = load_roster(write(tmp_path / "r.csv", row(1), row(2, **same, **later)), library, NOW)
    said = "is that of row {} as well, which has another name or birth date; find out whose it is"
    assert [p.message for p in read.problems] == [said.format(2), said.format(1)]


def test_patients_who_look_alike_are_pointed_out(run: Run, folder: Path) -> None:
    twin = {"family_name": row(1)["family_name"], "birth_date": row(1)["birth_date"]}
    write(folder / "r.csv", row(1), row(2, **twin), row(3))
    ended = run("intake", "r.csv")
    assert ended.code == ExitCode.OK
    said = "has the family name and birth date of row {}; compare the record numbers"
    assert ended.err.splitlines() == [
        f"look at row 1 (record EX-000001): {said.format(2)}",
        f"look at row 2 (record EX-000002): {said.format(1)}",
    ]


def test_who_prepared_and_checked_may_be_said_once_for_all(
    library: Library, tmp_path: Path
) -> None:
    cells = row(1, prepared_by="", checked_by="Nurse D. Example")
    file = write(tmp_path / "r.csv", cells)
    (said,) = problems(file, library)
    assert said.endswith("'prepared_by' is missing; add it")
    hands = Hands("Nurse E. Example", "Nurse F. Example")
    (read,) = load_roster(file, library, NOW, hands).rows
    assert (read.plan.prepared_by, read.plan.checked_by) == ("Nurse E. Example", "Nurse D. Example")


def test_a_yaml_plan_is_no_roster(run: Run) -> None:
    ended = run("batch", "content/examples/plan.yaml", "--allow-unreviewed")
    assert ended.code == ExitCode.PLAN
    assert "is one patient's plan, not a roster; print it with: handouts plan" in ended.err
    assert run("intake", "content/examples/plan.yaml").out.splitlines()[1].split()[:4] == [
        *("1", "EX-000123", "sample-operation", "LEFT")
    ]


def test_all_doors_give_the_same_plan() -> None:
    library, examples = load_library(REPO), REPO / "content" / "examples"
    plan = load_plan(examples / "plan.yaml", library, NOW)
    assert plan.side == "left"
    for name in ("roster.csv", "roster.xlsx", "bundle.json"):
        read = load_roster(examples / name, library, NOW)
        assert read.refused == ()
        assert read.rows[0].plan == plan, name


def test_a_refused_row_that_is_mended_is_made_by_resume(run: Run, folder: Path) -> None:
    batch = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--print-run")
    write(folder / "r.csv", row(1), row(2, side=""), row(3))
    assert run(*batch).code == ExitCode.PARTIAL
    assert run("verify", "run").code == ExitCode.OK
    only = run(*batch, "--only", "2")
    assert "there is no packet of row 2; the manifest lists them" in only.err
    write(folder / "r.csv", row(1), row(2), row(3))
    ended = run(*batch, "--resume", "--json")
    assert ended.code == ExitCode.OK, ended.err
    assert {"packets": 3, "failed": 0, "kept": 2}.items() <= json.loads(ended.out).items()
    manifest = json.loads((folder / "run" / "manifest.json").read_text())
    assert [packet["status"] for packet in manifest["packets"]] == ["done"] * 3


def test_what_was_pointed_out_stands_in_the_manifest(run: Run, folder: Path) -> None:
    twin = {"family_name": row(1)["family_name"], "birth_date": row(1)["birth_date"]}
    write(folder / "r.csv", row(1), row(2, **twin))
    run("batch", "r.csv", "-o", "run", "--allow-unreviewed")
    packets = json.loads((folder / "run" / "manifest.json").read_text())["packets"]
    said = "has the family name and birth date of row {}; compare the record numbers"
    assert [packet["flags"] for packet in packets] == [[said.format(2)], [said.format(1)]]
    assert said.format(2) in (folder / "run" / "manifest.csv").read_text()
