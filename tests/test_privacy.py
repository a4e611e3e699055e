"""Nothing of a patient's is where it need not be, and what is kept is for its owner alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.errors import PlanError
from generator.intake import load_plan
from generator.library import Library
from tests.conftest import NOW, Run

PLAN = Path("content/examples/plan.yaml")
ODD = "Verysecret 1961-99-99"


@pytest.mark.parametrize(
    "place",
    [
        ("patient",),
        ("patient", "record_id"),
        ("patient", "given_name"),
        ("patient", "family_name"),
        ("patient", "birth_date"),
        ("allergies",),
        ("notes",),
        ("escort",),
        ("medicines",),
        ("medicines", 0),
        ("medicines", 0, "name"),
        ("medicines", 0, "dose"),
    ],
    ids=str,
)
@pytest.mark.parametrize("value", [ODD, [ODD], {ODD: ODD}, ODD * 300, f"{ODD}\u2029"])
def test_no_message_quotes_what_a_patients_field_holds(
    place: tuple[str | int, ...], value: object, library: Library
) -> None:
    file = library.folder / PLAN
    data = yaml.safe_load(file.read_text())
    at = data
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    file.write_text(yaml.dump(data, default_style='"'))
    try:
        load_plan(file, library, NOW)
    except PlanError as error:
        said = "".join(problem.message for problem in error.problems)
        assert "1961-99" not in said
        assert not isinstance(value, str) or "Verysecret" not in said


def test_a_wrong_birth_date_is_named_and_not_repeated(run: Run, folder: Path) -> None:
    file = folder / PLAN
    file.write_text(file.read_text().replace("1961-03-07", "07.03.1961"))
    ended = run("plan", str(PLAN))
    assert ended.code == 4
    assert "birth_date: must be a date as year-month-day (2026-12-08), and this is not" in ended.err
    assert "1961" not in ended.err
