"""Edit and preview: the page as somebody saves the words, and what the rules say of them."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.errors import HandoutsError
from generator.model import Paper
from generator.signoff import standing
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.door import Page
from generator.web.edit.look import example_plan, look_at, names, problems_of
from generator.web.edit.watch import Watch
from generator.web.pick.pictures import READ, Edition, Made, Pictures
from generator.web.pick.routes import edition_of, number_of, picture_answer
from generator.web.plan.give import packet_pictures


def routes(desk: Desk, pictures: Pictures, watch: Watch) -> list[Route]:
    """Everything below ``/edit``, and the pages as they were signed."""

    async def choose(request: Request) -> Response:
        return desk.page(
            request,
            "edit_choose.html",
            handouts=names(desk.stock.known(), desk.labels(request).language),
        )

    async def one(request: Request) -> Response:
        edition = edition_of(request)
        library = desk.stock.known()
        handout = library.handout(edition.handout, edition.language)
        where = standing(handout, desk.stock.moment().date(), library.clinic.review)
        return desk.page(
            request,
            "edit.html",
            edition=edition,
            handout=handout,
            where=where,
            languages_of=library.languages(edition.handout),
            papers=get_args(Paper),
            paper=edition.paper or library.clinic.paper,
            example="example" in request.query_params,
            compare="compare" in request.query_params,
        )

    async def events(_: Request) -> Response:
        return StreamingResponse(watch.events(), media_type="text/event-stream")

    return [
        Route("/edit", choose),
        Route("/edit/events", events),
        Route("/edit/{handout}/{language}", one),
        Route("/edit/{handout}/{language}/state", _state(desk, pictures)),
        Route("/edit/{handout}/{language}/look", _look(desk)),
        Route("/before/{handout}/{language}/{number}.png", _before(desk, pictures)),
    ]


def _state(desk: Desk, pictures: Pictures) -> Page:
    async def state(request: Request) -> Response:
        """The addresses of the pages' pictures as the words are now, or what is in the way."""
        edition = edition_of(request)
        try:
            if "example" in request.query_params:
                shown = await desk.layout.do(_example, desk, edition)
            else:
                made = await desk.layout.do(pictures.pdf, edition)
                shown = _pages(made, edition, f"/pages/{edition.handout}/{edition.language}/read")
            then: list[str] = []
            if "compare" in request.query_params:
                signed = await desk.layout.do(pictures.as_signed, edition)
                then = _pages(signed, edition, f"/before/{edition.handout}/{edition.language}")
        except HandoutsError as error:
            noted = [asdict(one) for one in problems_of(desk, error)]
            return JSONResponse({"mark": desk.stock.mark, "problems": noted})
        return JSONResponse({"mark": desk.stock.mark, "pages": shown, "before": then})

    return state


def _look(desk: Desk) -> Page:
    async def look(request: Request) -> Response:
        edition = edition_of(request)
        try:
            noted, hard = await desk.layout.do(
                look_at, desk, edition.handout, edition.language, urgent=False
            )
        except HandoutsError as error:
            noted, hard = problems_of(desk, error), []
        return JSONResponse(
            {"problems": [asdict(one) for one in noted], "levels": [asdict(one) for one in hard]}
        )

    return look


def _before(desk: Desk, pictures: Pictures) -> Page:
    async def page(request: Request) -> Response:
        """A page of the handout as it was signed the last time."""
        edition, number = edition_of(request), number_of(request)
        asked = partial(pictures.page, edition, number, READ, signed=True)
        drawn = await desk.layout.do(asked)
        return picture_answer(request, drawn, drawn.mark)

    return page


def _pages(made: Made, edition: Edition, own: str) -> list[str]:
    """The addresses of an edition's pages; another one whenever the page may look different."""
    query = f"m={made.mark}" + ("&large=1" if edition.large_print else "")
    query += f"&paper={edition.paper}" if edition.paper else ""
    return [f"{own}/{number}.png?{query}" for number in range(1, made.pages + 1)]


def _example(desk: Desk, edition: Edition) -> list[str]:
    """The packet of the example's invented patient, as ``data:`` addresses."""
    found = example_plan(desk, edition.handout, edition.language)
    if found is None:
        raise Refusal(404, "There is no example patient for this handout.")
    plan, now = found
    large = plan.patient.model_copy(update={"large_print": edition.large_print})
    order = replace(desk.order(paper=edition.paper), now=now)
    return list(packet_pictures(desk, plan.model_copy(update={"patient": large}), order, READ))
