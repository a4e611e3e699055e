"""The one thread that lays pages out. What a person waits for goes before a card's picture.

Layout is one thing at a time anyway: it holds Python's lock, and its bounds are the process's.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, TypeVar

from generator.assembly import PacketMaker
from generator.cache import Cache
from generator.library import Library
from generator.pipeline import Order, packet_maker
from generator.press.page import preload
from generator.web.answers import Refusal
from generator.web.stock import Stock

T = TypeVar("T")
MOST_WAITING = 100
"""Requests that may wait for the thread; whoever comes then is asked to try again."""


@dataclass
class Layout:
    """Makes handouts and packets for the desk, in a thread of its own."""

    stock: Stock
    cache: Cache
    _waiting: list[tuple[int, int, Callable[[], None]]] = field(default_factory=list)
    _ready: threading.Condition = field(default_factory=threading.Condition)
    _numbers: count[int] = field(default_factory=count)
    _makers: dict[tuple[str, str | None], tuple[Library, date, PacketMaker]] = field(
        default_factory=dict
    )

    def start(self) -> None:
        """Begin, with what takes a second to import."""
        threading.Thread(target=self._work, name="layout", daemon=True).start()

    async def do(self, work: Callable[..., T], *arguments: Any, urgent: bool = True) -> T:
        """What ``work`` answers, done in the thread; raises :class:`Refusal` when it is busy."""
        answer: Future[T] = Future()

        def step() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                answer.set_result(work(*arguments))
            except BaseException as error:  # it belongs to whoever asked
                answer.set_exception(error)

        with self._ready:
            if len(self._waiting) >= MOST_WAITING:
                raise Refusal(503, "The desk is busy. Try again in a moment.")
            heapq.heappush(self._waiting, (not urgent, next(self._numbers), step))
            self._ready.notify()
        return await asyncio.wrap_future(answer)

    def maker(self, order: Order) -> PacketMaker:
        """What makes pages as they were ordered, of the library as it is; in the thread only."""
        library = self.stock.fresh()
        kind = (f"{order.duplex}", order.paper)
        kept = self._makers.get(kind)
        if kept is None or kept[0] is not library or kept[1] != order.on:
            kept = self._makers[kind] = (library, order.on, packet_maker(library, order))
        return kept[2].at(order.now)

    def _work(self) -> None:
        preload()
        gc.freeze()  # what is there now stays; nobody need look at it again
        while True:
            with self._ready:
                self._ready.wait_for(lambda: bool(self._waiting))
                step = heapq.heappop(self._waiting)[2]
            gc.disable()  # a page is a great many objects, and none of them is rubbish yet
            step()
            gc.enable()
