"""Looks after the library's folders: whoever has a page open is told when somebody saves."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from threading import Event

from watchfiles import awatch

from generator.errors import HandoutsError
from generator.library import FOLDERS
from generator.web.stock import Stock

DEBOUNCE, STEP = 60, 5
"""Milliseconds: an editor that saves by writing and renaming is heard once."""
PATIENCE = 2000
"""Milliseconds after which the folders are looked at all the same: not every disk tells."""
CLOSED = 0.3
"""Seconds after which an open line notices that the desk is closing."""
BEAT = 20.0
"""Seconds after which a browser is told that nothing happened, so that the line stays open."""


class Watch:
    """Keeps the stock fresh while the desk is open."""

    def __init__(self, stock: Stock, closing: Event) -> None:
        self._stock = stock
        self._changed = asyncio.Condition()
        self._closing = closing

    async def look(self) -> None:
        """Look until cancelled."""
        folders = [self._stock.folder / name for name in FOLDERS]
        saves = awatch(
            *folders,
            watch_filter=None,
            debounce=DEBOUNCE,
            step=STEP,
            rust_timeout=PATIENCE,
            yield_on_timeout=True,
        )
        told = self._stock.mark
        async for _ in saves:
            with contextlib.suppress(HandoutsError, OSError):  # the pages say what is wrong
                await asyncio.to_thread(self._stock.fresh)
            if self._stock.mark != told:  # whoever saw it first, a request or this
                told = self._stock.mark
                await self._tell()

    async def events(self) -> AsyncIterator[bytes]:
        """Server-sent events: the library's mark now, and again whenever it is another one."""
        told, waited = "", 0.0
        while not self._closing.is_set():
            mark = self._stock.mark
            if mark != told or waited >= BEAT:
                yield f"data: {mark}\n\n".encode() if mark != told else b": still here\n\n"
                told, waited = mark, 0.0
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSED), self._changed:
                    while self._stock.mark == told:
                        await self._changed.wait()
            waited += CLOSED

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
