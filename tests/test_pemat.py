"""PEMAT-P: the sheet that is printed, and those that are kept and have to stay true.

``pytest tests/test_pemat.py --update-expected`` writes the program's part of the kept ones anew.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.check import look_over, looked_at
from generator.check.pemat import ITEMS, Answer, answers
from generator.errors import ExitCode
from generator.library import Library, load_library
from generator.review import board
from tests.checking import text_block, write_page
from tests.conftest import REPO, TODAY, Run
from tests.pemat_sheets import DOMAINS, SHEETS, WRITERS, merged, rows, sentence, total, written

HANDOUTS = sorted(path.name for path in (REPO / "handouts").iterdir() if path.is_dir())
WANTED = 90


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library(REPO)


def test_every_handout_has_a_sheet() -> None:
    assert [path.stem for path in sorted(SHEETS.glob("*.md"))] == HANDOUTS


@pytest.mark.parametrize("name", HANDOUTS)
def test_the_kept_sheet_is_still_true(
    name: str, shipped: Library, request: pytest.FixtureRequest
) -> None:
    on = looked_at(shipped, (name,))
    handout = shipped.handout(name, "en")
    sheet = SHEETS / f"{name}.md"
    said = answers(on, handout, look_over(on, board(shipped, TODAY, (name,))))
    true = merged(said, {n: row for n, row in rows(sheet).items() if row.by == WRITERS})
    if request.config.getoption("--update-expected"):
        sheet.write_text(written(handout, true))
    assert sheet.read_text() == written(handout, true)


@pytest.mark.parametrize("name", HANDOUTS)
def test_the_kept_sheet_is_whole_and_reaches_what_we_ask(name: str) -> None:
    kept = rows(SHEETS / f"{name}.md")
    assert list(kept) == [item.number for item in ITEMS]
    assert all(row.said.why for row in kept.values())
    for domain in DOMAINS:
        found = total(kept, domain)
        assert not found.open
        assert found.least >= WANTED
        assert sentence(domain, found) in (SHEETS / f"{name}.md").read_text()


def test_a_sheet_has_every_item_and_the_score(run: Run) -> None:
    said = run("check", "--pemat", "sample").out
    assert all(f"{item.number:>2}  " in said and item.asks in said for item in ITEMS)
    assert "Understandability: " in said
    assert "Wanted: 90 %." in said


def test_a_finding_denies_its_item(run: Run, folder: Path) -> None:
    write_page(folder, text_block("The pills should be taken. Count back from noon."))
    (sheet,) = json.loads(run("check", "--pemat", "other", "--json").out)
    items = {item["item"]: item for item in sheet["items"]}
    assert items[5]["answer"] == items[7]["answer"] == Answer.DISAGREE
    assert "passive-instruction" in items[5]["why"]
    assert items[24]["answer"] == Answer.OPEN
    assert items[22]["answer"] == Answer.DISAGREE
    scores = sheet["scores"]["understandability"]
    assert scores["least"] < scores["most"] < 100


STEPS = "  - {id: only, kind: steps, title: For you, items: [%s]}\n"


@pytest.mark.parametrize(
    ("item", "answer"),
    [("Wash your hands.", Answer.AGREE), ("The surgeon washes you.", Answer.DISAGREE)],
)
def test_steps_are_what_the_reader_does(run: Run, folder: Path, item: str, answer: Answer) -> None:
    write_page(folder, STEPS % item)
    (sheet,) = json.loads(run("check", "--pemat", "other", "--json").out)
    assert {one["item"]: one["answer"] for one in sheet["items"]}[22] == answer


def test_the_sheet_of_one_handout_alone(run: Run) -> None:
    assert run("check", "--pemat", "sample", "other").code == ExitCode.USAGE
    assert run("check", "--pemat", "sample", "--format", "github").code == ExitCode.USAGE
    assert "no handout is called 'nobody'" in run("check", "--pemat", "nobody").err
