"""Stands before every request: whose it is, where from, how large, how slow.

A page of another site can make a browser ask us for things. It cannot name us as Host, it
cannot hide its Origin, it has no token, and the cookie does not come along from there.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.web.answers import HEADERS, Refusal

MOST_BYTES = 16_000_000
"""Of one body: a roster of ten thousand rows has four."""
MOST_IN_FLIGHT = 64_000_000
"""Of all bodies that are being read at one time."""
SECONDS_TO_SEND = 20.0
"""That a client has to send a body."""
METHODS = {"GET", "HEAD", "POST"}

log = logging.getLogger("handouts.desk")


class Guard:
    """Refuses what does not come from the desk's own pages; gives every answer its headers."""

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app = app
        self._origins = origins
        self._hosts = {origin.partition("://")[2] for origin in origins}
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answered(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, sent = time.monotonic(), _Sent(send)
        try:
            size = self._judged(scope)
            await self._passed(scope, receive, sent, size)
        except Refusal as refusal:
            await sent.plain(scope, receive, refusal.status, refusal.why)
        except Exception as bug:
            log.error("a bug: %s", _where(bug))  # noqa: TRY400  # a trace may quote a plan
            why = "This is a bug in the desk. Nothing was printed. The terminal says where."
            await sent.plain(scope, receive, 500, why)
        route = getattr(scope.get("route"), "path", "(no such page)")
        took = (time.monotonic() - begun) * 1000
        log.info("%s %s %s %.0f ms", scope["method"], route, sent.status, took)

    def _judged(self, scope: Scope) -> int:
        """The size of the body that may be read; raises :class:`Refusal`."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            raise Refusal(421, "This is not the address of the desk.")
        if scope["method"] not in METHODS:
            raise Refusal(405, "The desk knows GET and POST.")
        if headers.get("sec-fetch-site", "same-origin") == "cross-site" and not _comes(headers):
            raise Refusal(403, "Another site asked for this.")
        if scope["method"] != "POST":
            return 0
        if headers.get("origin") not in self._origins:
            raise Refusal(403, "This form does not come from the desk.")
        length = headers.get("content-length", "")
        if not length.isdecimal():
            raise Refusal(411, "How long is it? Send it with its length.")
        if int(length) > MOST_BYTES:
            raise Refusal(413, f"That is more than the desk takes ({MOST_BYTES // 10**6} MB).")
        return int(length)

    async def _passed(self, scope: Scope, receive: Receive, send: _Sent, size: int) -> None:
        """Read the body, within bounds, and hand the request on."""
        if self._in_flight + size > MOST_IN_FLIGHT:
            raise Refusal(503, "The desk is busy. Try again in a moment.")
        self._in_flight += size
        try:
            body = await _body(receive, size) if size else b""
            await self._app(scope, _replay(body, receive), send)
        finally:
            self._in_flight -= size


class _Sent:
    """The way out: adds the headers, and knows whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def plain(self, scope: Scope, receive: Receive, status: int, why: str) -> None:
        if not self.status:
            headers = {"connection": "close"} if status in {408, 411, 413} else {}
            said = f"{status} {HTTPStatus(status).phrase}\n\n{why}\n"
            await PlainTextResponse(said, status, headers)(scope, receive, self)


async def _body(receive: Receive, size: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS_TO_SEND):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refusal(400, "It ended too early.")
                body += message.get("body", b"")
                if len(body) > size:
                    raise Refusal(400, "It is longer than it said.")
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise Refusal(408, "It took too long to arrive.") from None


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body once, and then whatever the client still says: that it has gone."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _comes(headers: Headers) -> bool:
    """Whether somebody followed a link to the desk: that shows them a page, and does nothing."""
    return headers.get("sec-fetch-mode") == "navigate" and not headers.get("origin")


def _where(bug: BaseException) -> str:
    """The kind of a bug and where it is in the code; its text may be a patient's."""
    frames: list[Any] = traceback.extract_tb(bug.__traceback__)
    ours = [f for f in frames if "generator" in f.filename] or frames
    at = " < ".join(f"{f.filename.rpartition('generator/')[2]}:{f.lineno}" for f in ours[::-1][:4])
    return f"{type(bug).__name__} at {at}"
