"""The way to paper: which printers there are, which was used last, and what was sent."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

from generator.model import Paper
from generator.output import write_whole
from generator.private import scratch_folder
from generator.run import Queues, Spool, queues, send
from generator.web.answers import Refusal
from generator.web.desk import Desk

_JOB = re.compile(r"[A-Za-z0-9_.@-]{1,120}")


@dataclass(frozen=True, slots=True)
class Printers:
    """The queues, and the one that is offered first: the last one used, else CUPS's own."""

    names: tuple[str, ...]
    first: str | None


async def printers(desk: Desk) -> Printers:
    """The printers of this machine at this moment."""
    found: Queues = await asyncio.to_thread(queues)
    last = desk.memory.printer
    first = last if last in found.names else found.usual
    return Printers(found.names, first or next(iter(found.names), None))


async def to_paper(desk: Desk, pdf: bytes, job: str, spool: Spool) -> str:
    """Send pages to a printer, and remember which; returns the job's id.

    ``job`` is what the printer's list shows: a handout's or a packet's id, never a name. The
    file that CUPS reads is gone when it has it.
    """
    if spool.printer not in (await printers(desk)).names:
        raise Refusal(409, "That printer is gone. Choose another one.")

    def hand_over() -> str:
        with scratch_folder() as folder:
            file = folder / f"{job}.pdf"
            write_whole(file, pdf)
            return send(file, job, spool)

    sent = await asyncio.to_thread(hand_over)
    desk.remember(replace(desk.memory, printer=spool.printer))
    return sent


def spool_of(printer: str, paper: Paper, copies: str, *, duplex: bool) -> Spool:
    """What a form asked of a printer; raises :class:`Refusal`."""
    if not (copies.isdecimal() and len(copies) <= 2 and int(copies)):
        raise Refusal(422, "Copies are a number from 1 to 99.")
    return Spool(printer, paper, duplex, int(copies))


def job_shown(text: str) -> str:
    """The id of a job in an address, or nothing when it is none."""
    return text if _JOB.fullmatch(text) else ""
