"""The runs of rosters that were dropped on the desk: a private folder and a process for each.

A run's packets stay until somebody removes them: they are what it was made for. Its roster goes
as soon as it is not needed any more: when the run is over, or a day after it was dropped and never
run. The desk can be closed and opened again meanwhile; a run that was stopped so goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import secrets
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any

import generator
from generator.errors import NoRun, OutputNotWritable, Problem
from generator.intake import Hands
from generator.output import make_folder, write_whole
from generator.run.shred import found_in, shred
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.roster.run import HANDS, WISHES, Run, forget, remove_roster

RUNNER = (sys.executable, "-P", "-m", "generator.web.roster.runner")
KINDS = (".csv", ".xlsx", ".json", ".ndjson")
_ID = re.compile(r"[0-9a-f]{12}")
AHEAD = 60 * 60
"""Seconds: whatever is older than that from now is all of it, also by a clock that was set back."""
LINE = 16_000_000
"""Bytes of one line that a run may say: every problem of a library at once."""
TIDY = 60 * 60
"""Seconds between two looks at what may go."""
ENDED = (0, 130)
"""How a run's process ends by itself, or when it is told to stop."""


@dataclass
class Runs:
    """All runs of this user's desk."""

    desk: Desk
    _known: dict[str, Run] = field(default_factory=dict)
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def folder(self) -> Path:
        return self.desk.folder / "runs"

    def all(self) -> tuple[Run, ...]:
        """The runs that are there, the latest first."""
        with contextlib.suppress(OSError):
            for place in self.folder.iterdir():
                if _ID.fullmatch(place.name) and place.name not in self._known:
                    self._known[place.name] = Run(place.name, place, place.stat().st_mtime)
        for name, run in list(self._known.items()):  # another thread may add one meanwhile
            with contextlib.suppress(OutputNotWritable):  # the others go all the same
                forget(run)
            if not run.folder.exists():
                self._known.pop(name, None)
        return tuple(sorted(self._known.values(), key=lambda run: -run.begun))

    async def tidy(self) -> None:
        """Remove what may go, now and every hour, until cancelled."""
        while True:
            await asyncio.to_thread(self.all)
            await asyncio.sleep(TIDY)

    def get(self, name: str) -> Run:
        """A run by its id; raises :class:`Refusal`."""
        if name not in self._known or not self._known[name].folder.exists():
            self.all()
        if name not in self._known:
            raise Refusal(404, "There is no such run. It may have been removed.")
        return self._known[name]

    def new(self, name: str, content: bytes, hands: Hands) -> Run:
        """Keep a roster that was dropped, for nobody but this user."""
        kind = PurePath(name).suffix.lower()
        if kind not in KINDS:
            raise Refusal(422, "A roster is a CSV or XLSX file, or FHIR (JSON).")
        run = Run(secrets.token_hex(6), Path(), time.time())
        run.folder = self.folder / run.id
        make_folder(run.folder)
        write_whole(run.folder / f"roster{kind}", content)
        write_whole(run.folder / HANDS, json.dumps(asdict(hands)).encode())
        self._known[run.id] = run
        return run

    async def settled(self, name: str) -> Run:
        """A run by its id; of one that has just ended, all that it said has been taken in."""
        run = self.get(name)
        if run.listening and run.phase not in {"running", "stopping"}:
            await run.listening
        return run

    async def start(self, run: Run, wishes: dict[str, Any]) -> None:
        """Begin a run, or go on with it: once, however often somebody asks at the same time."""
        async with self._starting:
            await self._start(run, wishes)

    async def _start(self, run: Run, wishes: dict[str, Any]) -> None:
        if run.phase not in {"new", "stopped", "refused"} or run.roster is None:
            raise Refusal(409, "This run is going on already, or it is over.")
        run.error, run.problems, run.stopping = "", (), False
        write_whole(run.folder / WISHES, json.dumps(wishes).encode())
        desk = self.desk
        asked = {
            **wishes,
            "folder": str(run.folder),
            "roster": run.roster.name,
            "library": str(desk.library),
            "fallback": desk.fallback,
            "allow_unreviewed": desk.wishes.allow_unreviewed,
            "now": desk.stock.moment().isoformat(),
            "hands": asdict(run.hands),
            "resume": run.begun_before,
        }
        run.process = await asyncio.create_subprocess_exec(
            *RUNNER,
            env={**os.environ, "PYTHONPATH": _paths()},
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=LINE,
        )
        assert run.process.stdin  # it was asked for  # noqa: S101
        run.process.stdin.write(json.dumps(asked).encode() + b"\n")
        await run.process.stdin.drain()
        run.listening = asyncio.create_task(_listen(run, run.process))

    @staticmethod
    async def stop(run: Run) -> None:
        """Ask a run to stop; the packets that are done stay, and it can go on later."""
        if run.process and run.process.returncode is None:
            run.stopping = True
            with contextlib.suppress(ProcessLookupError):
                run.process.send_signal(signal.SIGINT)

    async def remove(self, run: Run) -> None:
        """Write over everything of a run and remove it."""
        if run.phase in {"running", "stopping"}:
            raise Refusal(409, "Stop the run first.")
        await asyncio.to_thread(_remove, run)
        self._known.pop(run.id, None)

    async def end(self) -> None:
        """Stop everything: the desk is closing."""
        going = [run for run in self._known.values() if run.phase in {"running", "stopping"}]
        for run in going:
            await self.stop(run)
        for run in going:
            if run.process:
                await run.process.wait()


def _paths() -> str:
    """Where this program is, first: a run is made by no other, whatever lies in this folder."""
    own = str(Path(generator.__file__).resolve().parents[1])
    return os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))


def _remove(run: Run) -> None:
    """Write over all that there is of a run; somebody else may have done it already."""
    with contextlib.suppress(NoRun):
        for old in found_in(run.folder, time.time() + AHEAD):
            shred(old)
    remove_roster(run)
    with contextlib.suppress(OSError):
        run.folder.rmdir()


async def _listen(run: Run, process: Process) -> None:
    """Take in what a run says, until it ends."""
    assert process.stdout  # it was asked for  # noqa: S101
    with contextlib.suppress(ValueError):  # a line that is too long, or half: its end says more
        async for line in process.stdout:
            said = json.loads(line)
            if "error" in said:
                run.error = said["error"]
                run.problems = tuple(Problem(**problem) for problem in said["problems"])
            else:
                run.done, run.failed, run.total = said["done"], said["failed"], said["total"]
    await process.wait()
    run.broke = process.returncode not in ENDED and not run.stopping
    forget(run)
