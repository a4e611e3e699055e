"""A render takes a bounded time and memory; one that wants more is ended, and says so."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from generator.assembly import Packet, Wanted
from generator.bounds import MEGABYTES, SECONDS, Bounds, bounded, usual_bounds, within
from generator.errors import ExitCode, LayoutError, UsageError
from generator.intake import load_plan
from generator.library import Library, library_digest
from generator.model import Plan
from generator.press import print_pdf
from generator.run import Job, Setup
from generator.run.worker import Failure
from generator.run.workers import Jobs, workers
from tests.conftest import NOW, REPO, Run
from tests.rosters import row, write
from tests.test_press import CSS, HEAD

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""What ends a render can be raised in a callback, where Python drops it; it is raised again."""

LONG = "<ol>" + "<li>One of very many things to do.</li>" * 20_000 + "</ol>"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A render that is deaf for long on a busy machine must not end the tests with it."""
    monkeypatch.setattr("generator.bounds.GRACE", 600)


def refusal(bounds: Bounds, body: str) -> str:
    with within(bounds), pytest.raises(LayoutError) as raised:
        print_pdf("sample", f"{HEAD}</head><body>{body}</body></html>", CSS, {})
    return str(raised.value)


def test_ten_thousand_list_items_are_ended_when_their_time_is_up() -> None:
    begun = time.monotonic()
    said = refusal(Bounds(seconds=1), LONG)
    assert time.monotonic() - begun < 30  # all of it takes minutes
    assert said == (
        "sample: took more than 1 seconds or 1,500 MB and was ended; shorten it, "
        f"or allow more with {SECONDS} or {MEGABYTES}"
    )


def test_what_takes_too_much_memory_is_ended() -> None:
    assert "took more than 60 seconds or 40 MB" in refusal(Bounds(megabytes=40), LONG)


def test_a_column_that_spans_a_million_is_ended() -> None:
    body = '<table><tr><td colspan="1000000">x</td></tr><tr><td>y</td></tr></table>'
    assert "and was ended" in refusal(Bounds(2, 200), body)


def test_the_kernel_refuses_what_is_asked_for_at_once() -> None:
    over = pytest.raises(LayoutError, match="took more than 60 seconds or 100 MB")
    with over, within(Bounds(megabytes=100)), bounded("sample"):
        bytearray(2_000_000_000)
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY
    assert len(bytearray(200_000_000)) == 200_000_000


def test_a_render_that_was_in_time_is_left_alone_afterwards() -> None:
    with within(Bounds(seconds=0.05)):
        with bounded("sample"):
            pass
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            pass


def test_an_ended_render_is_followed_by_a_sound_one() -> None:
    refusal(Bounds(seconds=0.2), LONG)
    assert print_pdf("sample", f"{HEAD}</head><body><p>x</p></body></html>", CSS, {}).pages == 1


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert usual_bounds() == Bounds(60, 1500)
    monkeypatch.setenv(SECONDS, "5")
    monkeypatch.setenv(MEGABYTES, "300")
    assert usual_bounds() == Bounds(5, 300)
    monkeypatch.setenv(SECONDS, "-1")
    with pytest.raises(UsageError, match=f"{SECONDS} is '-1'; a whole number from 1 is wanted"):
        usual_bounds()


def test_a_template_that_does_not_end(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECONDS, "1")
    loops = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    (folder / "templates" / "base.html").write_text(loops)
    ended = run("build", "sample")
    assert ended.code == ExitCode.LAYOUT
    assert "base.html: took more than 1 seconds or 1,500 MB and was ended" in ended.err
    assert not list(folder.glob("out/*"))


DEAF = """
import time, generator.bounds as bounds
bounds.GRACE = 0.2
with bounds.within(bounds.Bounds(seconds=0.2)), bounds.bounded("sample"):
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
"""


def test_a_render_that_does_not_hear_ends_with_its_process() -> None:
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    ended = subprocess.run(
        [sys.executable, "-c", DEAF], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == ExitCode.LAYOUT
    assert "handouts: sample: took more than 0.2 seconds" in ended.stderr


def test_a_row_that_takes_too_much_fails_and_the_others_go_on(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECONDS, "3")
    loops = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    template = folder / "templates" / "plan.html"
    hangs = f"{{% if 'Hangs' in (document | string) %}}{loops}{{% endif %}}"
    template.write_text(hangs + template.read_text())
    write(folder / "r.csv", row(1), row(2, given_name="Hangs"), row(3))
    ended = run("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--jobs", "2")
    assert ended.code == ExitCode.PARTIAL, ended.err
    packets = json.loads((folder / "run" / "manifest.json").read_text())["packets"]
    assert [packet["status"] for packet in packets] == ["done", "failed", "done"]
    assert "took more than 3 seconds or 1,500 MB and was ended" in packets[1]["error"]


@dataclass(frozen=True)
class Trap:
    """In place of a plan: the worker calls this when it is handed the job."""

    what: Callable[..., object]
    argument: int

    def __reduce__(self) -> tuple[Callable[..., object], tuple[int]]:
        return self.what, (self.argument,)


@pytest.mark.parametrize("trap", [Trap(time.sleep, 60), Trap(os._exit, ExitCode.LAYOUT)])
def test_a_worker_that_is_stuck_is_ended_and_its_next_row_is_made(
    trap: Trap, library: Library
) -> None:
    plan = load_plan(library.folder / "content" / "examples" / "plan.yaml", library, NOW)
    setup = Setup(
        library.folder, library_digest(library.folder), None, Wanted(NOW), bounds=Bounds(2)
    )
    queue = deque([Job("stuck", 1, cast(Plan, trap), ""), Job("sound", 2, plan, "")])
    jobs = SimpleNamespace(take=lambda: queue.popleft() if queue else None, give_back=queue.append)
    with workers(setup, 1, None) as crew:
        answers = {job.id: answer for job, answer in crew.work(cast(Jobs, jobs))}
    assert isinstance(answers["stuck"], Failure)
    assert "took more than 2 seconds" in answers["stuck"].message
    assert isinstance(answers["sound"], Packet)
