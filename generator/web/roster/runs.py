"""The runs of rosters that were dropped on the desk: a private folder and a process for each.

A run's packets stay until somebody removes them: they are what it was made for. Its roster goes
as soon as it is not needed any more: when the run is over, or a day after it was dropped and never
run. The desk can be closed and opened again meanwhile; a run that was stopped so goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any

from generator.errors import Problem
from generator.intake import Hands
from generator.output import make_folder, write_whole
from generator.run.shred import found_in, shred
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.roster.run import HANDS, Run, forget, remove_roster

KINDS = (".csv", ".xlsx", ".json", ".ndjson")
_ID = re.compile(r"[0-9a-f]{12}")
_LONG = 60 * 60
"""Seconds within which a process that was asked to stop is waited for, at most."""


@dataclass
class Runs:
    """All runs of this user's desk."""

    desk: Desk
    _known: dict[str, Run] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.desk.folder / "runs"

    def all(self) -> tuple[Run, ...]:
        """The runs that are there, the latest first."""
        with contextlib.suppress(OSError):
            for place in self.folder.iterdir():
                if _ID.fullmatch(place.name) and place.name not in self._known:
                    run = Run(place.name, place, place.stat().st_mtime)
                    forget(run)
                    if place.exists():
                        self._known[place.name] = run
        return tuple(sorted(self._known.values(), key=lambda run: -run.begun))

    def get(self, name: str) -> Run:
        """A run by its id; raises :class:`Refusal`."""
        if name not in self._known:
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
        """Begin a run, or go on with it."""
        if run.phase not in {"new", "stopped", "refused"} or run.roster is None:
            raise Refusal(409, "This run is going on already, or it is over.")
        run.error, run.problems, run.stopping = "", (), False
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
            *(sys.executable, "-m", "generator.web.roster.runner"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
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
        for old in found_in(run.folder, time.time() + _LONG):
            shred(old)
        remove_roster(run)
        with contextlib.suppress(OSError):
            run.folder.rmdir()
        del self._known[run.id]

    async def end(self) -> None:
        """Stop everything: the desk is closing."""
        going = [run for run in self._known.values() if run.phase in {"running", "stopping"}]
        for run in going:
            await self.stop(run)
        for run in going:
            if run.process:
                await run.process.wait()


async def _listen(run: Run, process: Process) -> None:
    """Take in what a run says, until it ends."""
    assert process.stdout  # it was asked for  # noqa: S101
    async for line in process.stdout:
        said = json.loads(line)
        if "error" in said:
            run.error = said["error"]
            run.problems = tuple(Problem(**problem) for problem in said["problems"])
        else:
            run.done, run.failed, run.total = said["done"], said["failed"], said["total"]
    await process.wait()
    forget(run)
