"""No page of a run holds a word of another patient's; 2,000 of them in ``make stress``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.errors import ExitCode
from tests.conftest import Run
from tests.proof import leaks, roster, swapped

PATIENTS = 50
BATCH = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--jobs", "2", "--print-run")
SORTED = ("--separators", "--sort", "family_name")


@pytest.mark.parametrize("duplex", [True, False])
def test_every_word_on_every_page_is_its_own_patients(duplex: bool, run: Run, folder: Path) -> None:
    roster(folder / "r.csv", PATIENTS)
    ended = run(*BATCH, *SORTED, *(["--duplex"] if duplex else []))
    assert ended.code == ExitCode.OK, ended.err
    assert "qx" not in ended.out + ended.err
    assert list(leaks(folder / "run")) == []


def test_the_proof_sees_a_word_that_is_another_patients(run: Run, folder: Path) -> None:
    swapped(roster(folder / "r.csv", 2))
    run(*BATCH, *SORTED)
    (found, missing) = leaks(folder / "run")
    assert found.startswith("packet of row 2, page ")
    assert missing == "packet of row 2: its note is nowhere"


def test_the_proof_sees_packets_that_were_exchanged(run: Run, folder: Path) -> None:
    roster(folder / "r.csv", 2)
    run(*BATCH, *SORTED)
    one, other = sorted((folder / "run" / "packets").iterdir())
    shutil.move(one, folder / "kept")
    shutil.move(other, one)
    shutil.move(folder / "kept", other)
    found = list(leaks(folder / "run"))
    assert any("it holds" in each for each in found)
    assert any("are not the packet of row 1" in each for each in found)
