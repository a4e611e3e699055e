"""Pick: all handouts as cards, search, favourites; and each handout's own page, to print it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from generator import __version__
from generator.markup import environment
from generator.model import Paper
from generator.web.answers import LASTING
from generator.web.desk import PAGES, Desk
from generator.web.door import lasting, posted
from generator.web.pick.cards import Card, cards
from generator.web.pick.pictures import CARD, READ, Drawn, Edition, Pictures
from generator.web.printing import job_shown, printers, spool_of, to_paper
from generator.web.words import COOKIE, LANGUAGES

SIZES = {"card": CARD, "read": READ}


@dataclass
class Shelf:
    """The cards, made once for each state of the library, day and language of the desk."""

    desk: Desk
    _kept: dict[str, tuple[tuple[str, date], tuple[Card, ...], str]] = field(default_factory=dict)

    def cards(self, request: Request) -> tuple[tuple[Card, ...], str]:
        """The cards, and their HTML, which is the same for everybody."""
        library, labels = self.desk.stock.known(), self.desk.labels(request)
        state = (self.desk.stock.mark, self.desk.stock.moment().date())
        kept = self._kept.get(labels.language)
        if kept is None or kept[0] != state:
            made = cards(library, labels, state[1])
            template = environment(PAGES).get_template("cards.html")
            html = template.render(_=labels, cards=made, mark=card_mark(self.desk))
            kept = self._kept[labels.language] = (state, made, html)
        return kept[1], kept[2]


def routes(desk: Desk, pictures: Pictures) -> list[Route]:
    """The first page, a handout's page, its pictures and PDF, and the forms on them."""
    pick = Pick(desk, pictures, Shelf(desk))
    return [
        Route("/", pick.first),
        Route("/handouts/{handout}/{language}", pick.handout),
        Route("/pages/{handout}/{language}/{size}/{number}.png", pick.picture),
        Route("/pages/{handout}/{language}.pdf", pick.pdf),
        posted(desk, "/print", pick.print_it),
        posted(desk, "/favourite", pick.favourite),
        posted(desk, "/language", pick.language),
    ]


@dataclass(frozen=True)
class Pick:
    """Answers to the pages and forms of picking."""

    desk: Desk
    pictures: Pictures
    shelf: Shelf

    async def first(self, request: Request) -> Response:
        made, html = await asyncio.to_thread(self.shelf.cards, request)
        return self.desk.page(
            request,
            "pick.html",
            cards=made,
            grid=html,
            memory=self.desk.memory,
            printers=await printers(self.desk),
            sent=job_shown(request.query_params.get("sent", "")),
        )

    async def handout(self, request: Request) -> Response:
        edition = edition_of(request)
        shown = await self.desk.layout.do(self.pictures.pdf, edition)
        made, _ = await asyncio.to_thread(self.shelf.cards, request)
        card = next(one for one in made if one.id == edition.handout)
        return self.desk.page(
            request,
            "handout.html",
            card=card,
            edition=edition,
            badge=next(badge for badge in card.badges if badge.language == edition.language),
            pages=shown.pages,
            papers=get_args(Paper),
            clinic_paper=self.desk.stock.known().clinic.paper,
            mark=shown.mark,
            memory=self.desk.memory,
            printers=await printers(self.desk),
            sent=job_shown(request.query_params.get("sent", "")),
        )

    async def picture(self, request: Request) -> Response:
        edition, size = edition_of(request), SIZES.get(request.path_params["size"], CARD)
        number = number_of(request)
        urgent = size != CARD
        drawn = await self.desk.layout.do(self.pictures.page, edition, number, size, urgent=urgent)
        mark = card_mark(self.desk) if size == CARD else drawn.mark
        return picture_answer(request, drawn, mark)

    async def pdf(self, request: Request) -> Response:
        edition = edition_of(request)
        made = await self.desk.layout.do(self.pictures.pdf, edition)
        how = "attachment" if "download" in request.query_params else "inline"
        name = f"{edition.handout}.{edition.language}.pdf"
        headers = {"content-disposition": f'{how}; filename="{name}"'}
        return Response(made.pdf, media_type="application/pdf", headers=headers)

    async def print_it(self, _: Request, form: FormData) -> Response:
        said: dict[str, Any] = {name: str(value) for name, value in form.items()}
        edition = edition_from(said)
        paper = edition.paper or self.desk.stock.fresh().clinic.paper
        spool = spool_of(
            said.get("printer", ""), paper, said.get("copies", "1"), duplex="duplex" in said
        )
        made = (await self.desk.layout.do(self.pictures.pdf, edition)).pdf
        job = await to_paper(self.desk, made, f"{edition.handout}.{edition.language}", spool)
        self.desk.remember(self.desk.memory.printed(edition.handout))
        own = f"/handouts/{edition.handout}/{edition.language}"
        back = "/" if said.get("from") == "pick" else own
        return RedirectResponse(f"{back}?sent={job}", 303)

    async def favourite(self, _: Request, form: FormData) -> Response:
        name = str(form.get("handout", ""))
        self.desk.stock.known().languages(name)  # raises for one that is not there
        self.desk.remember(self.desk.memory.turned(name))
        language = self.desk.stock.known().languages(name)[0]
        return RedirectResponse(f"/handouts/{name}/{form.get('language') or language}", 303)

    async def language(self, _: Request, form: FormData) -> Response:
        chosen, back = str(form.get("language")), str(form.get("back", "/"))
        answer = RedirectResponse(back if back.startswith("/") and "//" not in back else "/", 303)
        if chosen in LANGUAGES:
            answer.set_cookie(COOKIE, chosen, max_age=31536000, samesite="strict", httponly=True)
        return answer


def card_mark(desk: Desk) -> str:
    """What tells the cards' pictures from those of another day, library or program; the pages
    themselves are not laid out to know it."""
    state = f"{desk.stock.mark} {desk.stock.moment().date()} {__version__}"
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def picture_answer(request: Request, drawn: Drawn, mark: str) -> Response:
    """A picture; the browser keeps one that was asked for by the mark that it has."""
    answer = Response(drawn.png, media_type="image/png")
    return lasting(answer, LASTING) if request.query_params.get("m") == mark else answer


def number_of(request: Request) -> int:
    """The page that an address asks for, from 0; one that no handout has for what is no number."""
    number = str(request.path_params["number"])
    return int(number) - 1 if number.isdecimal() and len(number) <= 4 else -1


def edition_of(request: Request) -> Edition:
    """The edition that an address names."""
    return edition_from({**request.query_params, **request.path_params})


def edition_from(said: dict[str, Any]) -> Edition:
    """An edition by its parts; a paper that nobody has is the clinic's."""
    paper = next((one for one in get_args(Paper) if one == said.get("paper")), None)
    return Edition(
        said.get("handout", ""), said.get("language", ""), bool(said.get("large")), paper
    )
