"""The last step of a plan: what was confirmed, the packet, and the way in which it is given."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Coroutine
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from typing import Any

from generator.model import Plan
from generator.pipeline import Order, noted_packet
from generator.press import page_pictures
from generator.web.answers import Refusal
from generator.web.desk import Desk

CONFIRMED = ("confirm.name", "confirm.birth_date", "confirm.side")
NO_CODE = "0" * 12
"""On the pages of a preview, which nobody is given."""
TWICE = 15.0
"""Seconds within which the same last screen is printed once."""
PREVIEW = 64
"""Dots an inch of a preview's pages."""


def sealed(plan: Plan) -> str:
    """What is confirmed, all of it: another plan needs another confirmation."""
    return plan.model_dump_json()


def check_confirmed(desk: Desk, session: str, plan: Plan, said: dict[str, str]) -> None:
    """Raise :class:`Refusal` when the last screen was not seen for exactly this plan."""
    if said.get("seal") != desk.sessions.seal(session, sealed(plan)):
        raise Refusal(409, "The plan is not the one that was confirmed. Confirm it again.")
    needed = CONFIRMED if plan.side else CONFIRMED[:2]
    if not all(said.get(name) for name in needed):
        raise Refusal(422, "Confirm the name, the date of birth and the side, each of them.")


class Sent:
    """What was printed a moment ago: who presses twice gets one packet, and the same answer."""

    def __init__(self) -> None:
        self._jobs: dict[tuple[str, ...], asyncio.Task[str]] = {}

    async def once(self, asked: tuple[str, ...], printing: Coroutine[Any, Any, str]) -> str:
        """The job of what was asked for; printed now, unless it is being printed or was a moment
        ago. What failed may be tried again at once."""
        if asked in self._jobs:
            printing.close()
        else:
            self._jobs[asked] = asyncio.create_task(printing)
            self._jobs[asked].add_done_callback(partial(self._ended, asked))
        return await asyncio.shield(self._jobs[asked])

    def _ended(self, asked: tuple[str, ...], job: asyncio.Task[str]) -> None:
        if job.cancelled() or job.exception():
            self._jobs.pop(asked, None)
        else:
            asyncio.get_running_loop().call_later(TWICE, self._jobs.pop, asked, None)


@asynccontextmanager
async def packet_of(desk: Desk, plan: Plan) -> AsyncIterator[tuple[str, bytes]]:
    """A plan's packet, noted in the register; what fails inside the ``with`` is forgotten there."""
    order = desk.order()
    with ExitStack() as stack:

        def make() -> tuple[str, bytes]:
            maker = desk.layout.maker(order)
            allow = desk.wishes.allow_unreviewed
            noting = noted_packet(maker.library, plan, order, maker, allow)
            code, packet = stack.enter_context(noting)
            return code, packet.pdf

        yield await desk.layout.do(make)


def preview(desk: Desk, plan: Plan) -> tuple[str, ...]:
    """The pages of a plan that is being filled in. For the layout's thread."""
    return packet_pictures(desk, plan, desk.order(), PREVIEW)


def packet_pictures(desk: Desk, plan: Plan, order: Order, dpi: int) -> tuple[str, ...]:
    """A packet's pages as the pictures of ``data:`` addresses. For the layout's thread."""
    made = desk.layout.maker(order).packet(plan, NO_CODE)
    drawn = page_pictures(made.pdf, range(made.pages), dpi, small=False)
    return tuple(f"data:image/png;base64,{base64.b64encode(drawn[n]).decode()}" for n in drawn)
