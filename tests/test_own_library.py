"""Everything else on a clinic's own library: batches, sign-offs, comparisons, digests, the desk."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import ContentError, ExitCode
from generator.library import Layers, library_digest, library_stamp, load_library
from generator.signoff import digest
from tests.clinics import FASTING, clinic, rewrite, shipped_copy
from tests.conftest import NOW, Run
from tests.rosters import row, write

CLINIC = "content/clinic.yaml"
PLAN = "content/examples/plan.yaml"
HIP = ("hip-replacement", "--lang", "en")
APPROVE = (
    *("review", "approve", *HIP, "--yes"),
    *("--by", "A. Sampleton", "--role", "Test surgeon"),
)
OURS = {"procedure": "hip-replacement", "handouts": "hip-replacement"}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return shipped_copy(tmp_path / "shipped", monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, shipped: Path) -> Path:
    """A clinic's own library over a copy of the shipped one."""
    assert shipped.is_dir()
    return clinic(tmp_path / "clinic")


def state(run: Run, folder: Path, handout: str = "hip-replacement") -> str:
    found = json.loads(run("--library", str(folder), "list", "--json").out)
    return next(str(one["state"]) for one in found if one["id"] == handout)


def test_a_batch_is_printed_by_two_workers(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1, **OURS), row(2, **OURS))
    line = ("batch", "r.csv", "-o", "run", "--jobs", "2", "--print-run", "--allow-unreviewed")
    result = run(*line)
    assert result.code == 0, result.err
    assert len(list((folder / "run" / "packets").iterdir())) == 2
    assert run("verify", "run").code == 0
    again = json.loads(run(*line, "--resume", "--json").out)
    assert (again["packets"], again["kept"]) == (2, 2)


def test_words_that_change_beneath_make_a_run_stale(run: Run, folder: Path, shipped: Path) -> None:
    write(folder / "r.csv", row(1, **OURS))
    line = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--json")
    assert json.loads(run(*line).out)["kept"] == 0
    rewrite(shipped / FASTING, "Do not hide it.", "Tell us.")
    assert json.loads(run(*line, "--resume").out)["kept"] == 0


def test_a_shipped_handout_is_signed_in_the_clinic_and_in_no_other(
    run: Run, folder: Path, shipped: Path, tmp_path: Path
) -> None:
    other = clinic(tmp_path / "other")
    before = sorted(shipped.rglob("*"))
    assert not (folder / "handouts" / "hip-replacement").exists()
    result = run(*APPROVE)
    assert result.code == 0, result.err
    ledger = folder / "handouts" / "hip-replacement"
    assert sorted(file.name for file in ledger.iterdir()) == ["signed", "signoffs.yaml"]
    assert sorted(shipped.rglob("*")) == before
    assert state(run, folder) == "stands"
    assert state(run, other) == "draft"
    assert state(run, shipped) == "draft"
    assert run("plan", PLAN).code == 0
    assert run("--library", str(other), "plan", PLAN).code == ExitCode.SIGN_OFF
    assert "A. Sampleton" in run("review", "log", "hip-replacement").out


def test_a_sign_off_in_the_shipped_library_counts_for_nobody_else(
    run: Run, folder: Path, shipped: Path
) -> None:
    assert run("--library", str(shipped), *APPROVE).code == 0
    assert state(run, shipped) == "stands"
    assert state(run, folder) == "draft"
    assert not load_library(folder).signoffs


def test_a_sign_off_ends_when_the_words_beneath_change(
    run: Run, folder: Path, shipped: Path
) -> None:
    assert run(*APPROVE).code == 0
    rewrite(shipped / FASTING, "Do not hide it.", "Tell us.")
    assert state(run, folder) == "changed since sign-off"
    compared = run("diff", *HIP)
    assert compared.code == 0, compared.err
    assert "  - Do not hide it.\n  + Tell us.\n" in compared.out


def test_no_revision_knows_what_was_beneath(run: Run, folder: Path) -> None:
    for line in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x"]):
        more = ["commit", "-qm", "x"] if line[0] == "-c" else []
        subprocess.run(["git", *line, *more], cwd=folder, check=True)
    result = run("diff", *HIP, "--since", "HEAD")
    assert (result.code, result.out, result.err) == (
        ExitCode.USAGE,
        "",
        "handouts: --since HEAD: this library stands on the shipped one, and no version control "
        "knows how that was then. Compare with the last sign-off: leave it out.\n",
    )


def test_a_copy_is_known_and_recalled(run: Run, folder: Path) -> None:
    assert run(*APPROVE).code == 0
    assert run("build", *HIP).code == 0
    assert run("whatis", "out/hip-replacement.en.pdf").code == 0
    assert run("plan", PLAN).code == 0
    why = ("--by", "A. Sampleton", "--role", "Test surgeon", "--note", "a test", "--yes")
    assert run("review", "withdraw", "hip-replacement", *why).code == 0
    assert "EX-000123" in run("recall", "hip-replacement").out
    assert (folder / "handouts" / "hip-replacement" / "signoffs.yaml").exists()


def test_a_ledger_outlives_its_handout(run: Run, shipped: Path) -> None:
    assert run(*APPROVE).code == 0
    shutil.rmtree(shipped / "handouts" / "hip-replacement")
    said = run("list").err
    assert (
        "handouts/hip-replacement/signoffs.yaml: belongs to a handout that the shipped library has "
        "no longer; write its handout.yaml here, or keep the folder somewhere else"
    ) in said


@pytest.mark.parametrize("owner", ["content", "handouts", "templates"])
def test_nothing_is_printed_into_either_library(
    run: Run, folder: Path, shipped: Path, owner: str
) -> None:
    for place in (folder, shipped):
        result = run("plan", PLAN, "--allow-unreviewed", "-o", str(place / owner))
        assert result.code == ExitCode.OUTPUT
        assert f"lies inside the library's {owner}/ folder" in result.err


Change = Callable[[Path], object]


@pytest.mark.parametrize("state_of", [library_digest, library_stamp])
@pytest.mark.parametrize(
    "file",
    [
        f"clinic/{CLINIC}",
        f"shipped/{FASTING}",
        "shipped/templates/print.css",
        "shipped/handouts/amputation/handout.yaml",
        "shipped/content/figures/hip-implant.svg",
        "shipped/content/glossary.en.yaml",
    ],
)
def test_a_file_that_is_used_is_part_of_the_librarys_state(
    folder: Path, state_of: Change, file: str
) -> None:
    before = state_of(folder)
    path = folder.parent / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert state_of(folder) != before


def test_what_is_not_used_of_the_library_beneath_is_no_part_of_it(
    run: Run, folder: Path, shipped: Path
) -> None:
    run("override", FASTING)
    before = library_digest(folder)
    for file in (FASTING, CLINIC, PLAN, "handouts/amputation/signoffs.yaml"):
        rewrite(shipped / file, "\n", "\n\n")
    assert library_digest(folder) == before


def test_a_worker_refuses_a_library_that_changed_beneath(
    run: Run, folder: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.batches.library_digest", lambda _: "another")
    write(folder / "r.csv", row(1, **OURS))
    run("batch", "r.csv", "-o", "run", "--allow-unreviewed")
    (record,) = json.loads((folder / "run" / "manifest.json").read_text())["packets"]
    assert "the library is not the one that the run began with" in record["error"]
    assert shipped.is_dir()


def test_the_desk_sees_what_is_saved_in_either_library(folder: Path, shipped: Path) -> None:
    from generator.web.stock import Stock

    stock = Stock(folder, None, lambda _: NOW)
    before = digest(stock.fresh().handout("hip-replacement", "en"))
    rewrite(shipped / FASTING, "Do not hide it.", "Tell us.")
    assert digest(stock.fresh().handout("hip-replacement", "en")) != before
    shadow = folder / FASTING
    shadow.parent.mkdir(parents=True)
    shutil.copy(shipped / FASTING, shadow)
    with pytest.raises(ContentError, match="the shipped library has this file as well"):
        stock.fresh()


def test_what_nobody_uses_beneath_is_not_the_clinics_to_mend(run: Run, folder: Path) -> None:
    assert run("check", "--strict").code == 0
    run("override", "handouts/orthopedic-oncology/handout.yaml")
    file = folder / "handouts" / "orthopedic-oncology" / "handout.yaml"
    rewrite(file, "  - topic: questions-to-ask\n", "")
    assert "page-unused" not in run("check").out
    own = folder / "content" / "topics" / "naps" / "en.yaml"
    own.parent.mkdir(parents=True)
    shutil.copy(folder.parent / "shipped" / FASTING, own)
    assert "content/topics/naps/en.yaml:2:1: warning page-unused" in run("check").out


def test_a_clinic_may_keep_the_program_inside_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = clinic(tmp_path / "clinic")
    shipped = shipped_copy(folder / ".venv" / "lib" / "generator" / "_library", monkeypatch)
    library = load_library(folder)
    assert library.layers.is_beneath(shipped / FASTING)
    assert library.layers.name_of(shipped / FASTING) == FASTING
    assert not library.layers.is_beneath(folder / CLINIC)
    assert FASTING in library.files


def test_a_link_from_the_clinics_library_into_the_shipped_one_is_a_way_out(
    run: Run, folder: Path, shipped: Path
) -> None:
    run("override", FASTING)
    (folder / FASTING).unlink()
    (folder / FASTING).symlink_to(shipped / FASTING)
    assert f"{FASTING}: is a link that leads out of the library" in run("list").err


def test_a_folder_alone_is_one_layer(tmp_path: Path) -> None:
    layers = Layers.of(tmp_path)
    assert Layers.of(layers) is layers
    assert layers.find("content/x.yaml") == layers.to_write("content/x.yaml")
    assert layers.below("content/x.yaml") is None
    assert not layers.is_beneath(tmp_path / "content" / "x.yaml")
