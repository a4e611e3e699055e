"""Nothing of a patient's is where it need not be, and what is kept is for its owner alone."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.errors import OutputNotWritable, PlanError
from generator.intake import load_plan
from generator.library import Library
from generator.output import HALF, sweep_halves, whole_file
from generator.private import machine_key, scratch_folder
from tests.conftest import NOW, REPO, Run
from tests.rosters import many

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
@pytest.mark.parametrize("value", [ODD, [ODD], {"x": ODD}, ODD * 300, f"{ODD}\u2029"])
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


def packet_name(run: Run, folder: Path) -> str:
    assert run("plan", str(PLAN), "--allow-unreviewed").code == 0
    (made,) = (folder / "out").glob("*.pdf")
    name = made.name
    made.unlink()
    return name


def test_a_packets_name_tells_nothing_without_the_key_of_this_machine(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_REGISTER", str(tmp_path / "one"))
    first, again = packet_name(run, folder), packet_name(run, folder)
    monkeypatch.setenv("HANDOUTS_REGISTER", str(tmp_path / "two"))
    assert first == again != packet_name(run, folder)
    key = tmp_path / "one.key"
    assert key.stat().st_mode & 0o777 == 0o600
    kept = machine_key(key)
    key.write_text("damaged")
    assert len(machine_key(key)) == 32
    assert machine_key(key) != kept


def test_everything_that_is_written_is_its_owners_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_REGISTER", str(tmp_path / "register"))
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "cache"))
    before = os.umask(0)
    try:
        run("plan", str(PLAN), "--allow-unreviewed", "-o", str(tmp_path / "out"))
    finally:
        os.umask(before)
    for place in ("out", "register", "cache"):
        written = [tmp_path / place, *(tmp_path / place).rglob("*"), tmp_path / "register.key"]
        assert len(written) > 1
        for path in written:
            assert path.stat().st_mode & 0o077 == 0, path


def test_no_crash_leaves_a_core_dump(run: Run) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    run("list")
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    assert before[1] in (0, resource.RLIM_INFINITY)


KILLED = """
import os, signal, sys
from pathlib import Path
from generator.output import whole_file
from generator.private import scratch_folder
with scratch_folder() as folder, whole_file(Path(sys.argv[1]) / "packet.pdf") as stream:
    (folder / "half.pdf").write_text("Testa Exampleperson")
    stream.write(b"Testa Exampleperson")
    stream.flush()
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_program_left_is_removed_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("generator.output.JUST_BEGUN", -1)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = Path(killed.stdout.strip())
    assert left.parent == tmp_path / f"handout-press-{os.getuid()}"
    assert left.parent.stat().st_mode & 0o777 == 0o700
    assert (left / "half.pdf").exists()
    (half,) = tmp_path.glob(f".packet.pdf.*{HALF}")
    begun = whole_file(tmp_path / "x")
    with scratch_folder() as mine, scratch_folder() as other, begun as stream:
        stream.write(b"x")
        sweep_halves(tmp_path)
        assert not left.exists()
        assert not half.exists()
        assert mine.is_dir()
        assert other.is_dir()
    assert (tmp_path / "x").read_bytes() == b"x"
    assert list(left.parent.iterdir()) == []


def test_a_folder_for_temporary_files_that_is_somebody_elses_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / f"handout-press-{os.getuid()}").mkdir(mode=0o777)
    (tmp_path / f"handout-press-{os.getuid()}").chmod(0o777)
    refused = pytest.raises(OutputNotWritable, match="not this user's own folder")
    with refused, scratch_folder():
        pass


def test_a_journal_is_not_written_through_a_link(run: Run, folder: Path, tmp_path: Path) -> None:
    many(folder / "r.csv", 1)
    (folder / "run").mkdir()
    (folder / "run" / "journal").symlink_to(tmp_path / "elsewhere")
    ended = run("batch", "r.csv", "-o", "run", "--allow-unreviewed")
    assert ended.code == 8
    assert "run/journal could not be written" in ended.err
    assert not (tmp_path / "elsewhere").exists()
