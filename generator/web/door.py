"""The way in: a key for browsers of this machine, a password for others; a token for each form."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData, MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.web.answers import Refusal
from generator.web.desk import Desk, session_of
from generator.web.guard import MOST_BYTES

OPEN = ("/enter", "/static/", "/fonts/", "/brand.css")
COOKIE = "desk"
TOKEN = "x-desk-token"  # noqa: S105  # a header's name
PENALTY = 1.0
"""Seconds that a wrong password costs; one after the other."""

MultiPartParser.spool_max_size = MOST_BYTES  # what is dropped on the desk never touches the disk

Page = Callable[[Request], Awaitable[Response]]
"""What answers a request."""
Handler = Callable[[Request, FormData], Awaitable[Response]]
"""What answers a form of ours."""


class Door:
    """Lets nobody in who has not come by the key or the password."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        session = self._desk.sessions.read(request.cookies.get(cookie_name(request), ""))
        scope.setdefault("state", {})["session"] = session or ""
        if session is None and not request.url.path.startswith(OPEN):
            await self._desk.page(request, "enter.html", 401, wrong=False)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def cookie_name(request: Request) -> str:
    """Two desks on one machine do not throw each other's sessions away."""
    return f"{COOKIE}-{request.url.port or 443}"


def posted(desk: Desk, path: str, handler: Handler) -> Route:
    """A route for a form of ours: one without the session's token is refused."""

    async def checked(request: Request) -> Response:
        form = await request.form(max_files=1, max_fields=2000)
        given = request.headers.get(TOKEN) or form.get("token") or ""
        wanted = desk.sessions.token(session_of(request))
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), wanted.encode()):
            raise Refusal(403, "This form is too old. Open the page again.")
        try:
            return await handler(request, form)
        finally:
            await form.close()

    return Route(path, checked, methods=["POST"], name=handler.__name__)


def routes(desk: Desk) -> list[Route]:
    """``/enter``: with the key, or a ticket, in the address; or with the password by a form."""
    slow = asyncio.Lock()

    async def enter(request: Request) -> Response:
        key = request.query_params.get("key", "")
        if request.method == "POST":
            key = str((await request.form()).get("password", ""))
            async with slow:
                right = desk.sessions.opens(key)
                if not right:
                    await asyncio.sleep(PENALTY)
        else:
            ticket = request.query_params.get("ticket", "")
            right = desk.sessions.takes(ticket) or (
                desk.password is None and desk.sessions.opens(key)
            )
        if not right:
            return desk.page(request, "enter.html", 401, wrong=bool(key))
        words = request.query_params.get("to") == "edit"
        answer = RedirectResponse("/edit" if words else "/", 303)
        answer.set_cookie(
            cookie_name(request),
            desk.sessions.new(),
            max_age=desk.sessions.lifetime,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return answer

    async def token(request: Request) -> Response:
        """The token of this session, for a page that was open before it began."""
        return PlainTextResponse(desk.sessions.token(session_of(request)))

    async def brand(_: Request) -> Response:
        """The clinic's colour, in which the desk is."""
        said = f":root {{ --main: {desk.stock.colour}; }}"
        return lasting(Response(said, media_type="text/css"), "private, no-cache")

    return [
        Route("/enter", enter, methods=["GET", "POST"]),
        Route("/token", token),
        Route("/brand.css", brand),
    ]


def lasting(response: Response, value: str) -> Response:
    """An answer that the browser may keep."""
    MutableHeaders(raw=response.raw_headers)["cache-control"] = value
    return response
