"""The desk as a web application: its rooms, what may not be found, what went wrong."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from generator.errors import (
    ContentError,
    ExitCode,
    HandoutsError,
    Problem,
    ProblemsError,
    SignOffError,
)
from generator.fonts.faces import FACES
from generator.web import board, door
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.door import lasting
from generator.web.edit import routes as edit
from generator.web.edit.watch import Watch
from generator.web.guard import Guard
from generator.web.pick import routes as pick
from generator.web.pick.pictures import Pictures
from generator.web.plan import routes as plan
from generator.web.roster import routes as roster
from generator.web.roster.runs import Runs
from generator.web.words import states

STATIC = Path(__file__).resolve().parent / "static"
STATUS = {ExitCode.USAGE: 404, ExitCode.CONTENT: 503, ExitCode.PLAN: 422}


class Kept(StaticFiles):
    """Styles, scripts and fonts: the browser keeps them, and asks whether they are still so."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        return lasting(super().file_response(*given, **named), "private, no-cache")


def application(desk: Desk, origins: frozenset[str]) -> ASGIApp:
    """The desk behind its guard; ``origins`` are the addresses that it has for browsers."""
    pictures, watch, runs = Pictures(desk), Watch(desk.stock, desk.closing), Runs(desk)
    in_the_way = _in_the_way(desk)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.layout.start()
        with contextlib.suppress(HandoutsError):
            desk.stock.fresh()
        tasks = [asyncio.create_task(watch.look()), asyncio.create_task(runs.tidy())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            desk.closing.set()
            await runs.end()

    inside = Starlette(
        routes=[
            *door.routes(desk),
            *pick.routes(desk, pictures),
            *plan.routes(desk),
            *roster.routes(desk, runs),
            *board.routes(desk, pictures),
            *edit.routes(desk, pictures, watch),
            Mount("/static", Kept(directory=STATIC)),
            Mount("/fonts", Kept(directory=FACES[0].folder)),
        ],
        middleware=[Middleware(door.Door, desk=desk)],
        exception_handlers=dict.fromkeys(
            (HandoutsError, HTTPException, Refusal, Exception), in_the_way
        ),
        lifespan=lifespan,
    )
    return Guard(inside, origins)


def _in_the_way(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A page that says what a person can do about it."""

    async def answer(request: Request, error: Exception) -> Response:
        _ = desk.labels(request)
        problems: tuple[Problem, ...] = ()
        match error:
            case Refusal(status, why):
                said = _(why)
            case HTTPException(status_code=404):
                status, said = 404, _("There is no such page.")
            case HTTPException(status_code=status):
                said = error.detail
            case SignOffError():
                known = states(_)
                listed = ", ".join(f"{n}: {known.get(s, s)}" for n, s in error.unsigned)
                said = _("These words may not go to a patient yet: {listed}.", listed=listed)
                status = 409
            case ProblemsError():
                status, said, problems = STATUS.get(error.exit_code, 500), "", error.problems
            case HandoutsError():
                status, said = STATUS.get(error.exit_code, 500), str(error)
            case _:
                status, said = 500, _("This is a bug in the desk. Nothing was printed.")
        broken = isinstance(error, ContentError)
        view = {"said": said, "problems": problems, "library_broken": broken}
        return desk.page(request, "problem.html", status, **view)

    return answer
