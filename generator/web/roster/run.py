"""One roster on the desk: its folder, how far it is, and what of it may go."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from generator.errors import NoRun, Problem
from generator.intake import Hands
from generator.run import Manifest, read_manifest
from generator.run.journal import NAME as JOURNAL
from generator.run.manifest import JSON_NAME
from generator.run.shred import remove

HANDS, WISHES = "hands.json", "wishes.json"
UNUSED = 24 * 60 * 60
"""Seconds after which a roster is removed that nobody runs, or goes on with."""
Phase = Literal["new", "running", "stopping", "stopped", "done", "refused", "unreadable"]


@dataclass
class Run:
    """One roster on the desk. ``error`` and ``problems`` are why it was refused as a whole; it
    ``broke`` when its process ended in no way that is known."""

    id: str
    folder: Path
    begun: float
    process: Process | None = None
    stopping: bool = False
    broke: bool = False
    done: int = 0
    failed: int = 0
    total: int = 0
    error: str = ""
    problems: tuple[Problem, ...] = ()
    listening: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def roster(self) -> Path | None:
        """The file that was dropped; gone when the run is over."""
        return next(self.folder.glob("roster.*"), None)

    @property
    def hands(self) -> Hands:
        """Who prepared and checked, where the roster does not say it."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Hands(**json.loads((self.folder / HANDS).read_bytes()))
        return Hands()

    @property
    def wishes(self) -> Mapping[str, Any]:
        """How it was asked to run the last time; nothing, if it never was."""
        with contextlib.suppress(OSError, ValueError):
            said = json.loads((self.folder / WISHES).read_bytes())
            return said if isinstance(said, dict) else {}
        return {}

    @property
    def touched(self) -> float:
        """When something was last written of it, in seconds since 1970."""
        kept = [file.stat().st_mtime for file in self.folder.glob("*") if file.is_file()]
        return max([self.begun, *kept])

    @property
    def manifest(self) -> Manifest | None:
        """Its account of itself; None as long as it is not over, and where another version of the
        program wrote it."""
        with contextlib.suppress(NoRun):
            return read_manifest(self.folder / JSON_NAME)
        return None

    @property
    def begun_before(self) -> bool:
        return (self.folder / JOURNAL).exists()

    @property
    def phase(self) -> Phase:
        if self.process and self.process.returncode is None:
            return "stopping" if self.stopping else "running"
        if self.manifest:
            return "done"
        if (self.folder / JSON_NAME).exists():
            return "unreadable"
        if self.error or self.problems:
            return "refused"
        return "stopped" if self.begun_before else "new"


def forget(run: Run) -> None:
    """Remove the roster of a run that is over, or that nobody ran or went on with for a day."""
    if run.phase in {"running", "stopping"} or not run.folder.exists():
        return
    unused = time.time() - run.touched > UNUSED
    if unused or run.phase in {"done", "unreadable"}:
        remove_roster(run)
        with contextlib.suppress(OSError):  # there are packets in it
            run.folder.rmdir()


def remove_roster(run: Run) -> None:
    """Write over what was dropped, and remove it."""
    for file in (run.roster, run.folder / HANDS, run.folder / WISHES):
        if file and file.exists():
            remove(file)
