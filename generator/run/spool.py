"""Hands a file to a printer's queue, by CUPS's own command ``lp``."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.errors import MachineError, PrinterError, StillPrinting
from generator.model import Paper

MEDIA: dict[Paper, str] = {"letter": "Letter", "a4": "A4"}
CURE_FOR_CUPS = "Install it with: make system-libraries; 'handouts doctor' names the package"
TIMEOUT = 60
"""Seconds that a queue has to take a job."""
QUEUES_TIMEOUT = 5
"""Seconds that CUPS has to say which queues there are."""


@dataclass(frozen=True, slots=True)
class Spool:
    """How a queue is to print: on which paper, on both sides or not, how many times; a booklet's
    sheets have both sides, and are turned over their short edge."""

    printer: str
    paper: Paper
    duplex: bool = False
    copies: int = 1
    booklet: bool = False


def send(file: Path, job: str, spool: Spool) -> str:
    """Queue a PDF; returns the job's id. ``job`` is its name at the printer: never a patient's.

    Raises :class:`PrinterError` with what CUPS said and what to do about it.
    """
    command = [
        *("lp", "-d", spool.printer, "-n", str(spool.copies), "-t", job),
        *(
            "-o",
            f"media={MEDIA[spool.paper]}",
            "-o",
            f"sides={sides(spool)}",
            "-o",
            "print-scaling=none",
        ),
        *("--", str(file)),
    ]
    try:
        ended = subprocess.run(  # noqa: S603  # no shell; the file is ours
            command, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except FileNotFoundError:
        raise MachineError("CUPS is missing", CURE_FOR_CUPS) from None
    except subprocess.TimeoutExpired:
        cure = "It may print all the same: look there, and at 'lpstat -o', before you try again"
        raise StillPrinting(spool.printer, "it did not answer in a minute", cure) from None
    if ended.returncode:
        said = (ended.stderr or ended.stdout).strip().removeprefix("lp: ").rstrip(".")
        cure = "Look which printers there are and whether they take jobs: lpstat -p -a"
        raise PrinterError(spool.printer, said or "no reason given", cure)
    # "request id is Name-12 (1 file(s))"
    return next((word for word in ended.stdout.split() if word.startswith(spool.printer)), "")


@dataclass(frozen=True, slots=True)
class Queues:
    """The printers that CUPS knows, and the one that it prints to when nobody says which."""

    names: tuple[str, ...] = ()
    usual: str | None = None


def queues() -> Queues:
    """The queues of this machine; none where there is no CUPS, or it is not running."""
    names = tuple(line.strip() for line in _lpstat("-e").splitlines() if line.strip())
    # "system default destination: Name", or "no system default destination"
    usual = _lpstat("-d").strip().rpartition(": ")[2]
    return Queues(names, usual if usual in names else None)


def is_running() -> bool:
    """Whether CUPS answers."""
    return "is running" in _lpstat("-r")


def held() -> dict[str, tuple[str, str]]:
    """The queues that print nothing at the moment: why, and CUPS's command that lets them."""
    found: dict[str, tuple[str, str]] = {}
    for line in _lpstat("-a").splitlines():
        # "Ward3 not accepting requests since Thu 26 Nov ..."
        name, _, said = line.partition(" ")
        if said.startswith("not accepting"):
            found[name] = ("takes no jobs", "cupsaccept")
    for line in _lpstat("-p").splitlines():
        # "printer Ward3 disabled since Thu 26 Nov ... -"
        word, _, said = line.partition(" ")
        name, _, state = said.partition(" ")
        if word == "printer" and state.startswith("disabled"):
            found[name] = ("is stopped", "cupsenable")
    return found


def _lpstat(option: str) -> str:
    try:
        ended = subprocess.run(  # noqa: S603  # no shell; the options are ours
            ["lpstat", option],  # noqa: S607  # CUPS's own, wherever it is
            capture_output=True,
            text=True,
            timeout=QUEUES_TIMEOUT,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ended.stdout if ended.returncode == 0 else ""


def sides(spool: Spool) -> str:
    """What CUPS calls the way in which both sides of the paper are printed."""
    if spool.booklet:
        return "two-sided-short-edge"
    return "two-sided-long-edge" if spool.duplex else "one-sided"
