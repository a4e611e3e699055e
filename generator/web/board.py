"""The board: where every handout stands, what changed since it was signed, signing, withdrawing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from generator.errors import ReviewRefused, UsageError
from generator.library import Library
from generator.markup import load_labels
from generator.model import Handout
from generator.private import scratch_folder
from generator.review import Signer, Terms, board, propose, sign, withdraw, withdrawals
from generator.review.before import before
from generator.review.changes import Change, changes
from generator.review.comparison import Wish, compare
from generator.signoff import digest, standing
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.door import Handler, posted
from generator.web.pick.pictures import Edition, Pictures
from generator.web.words import title_of


def routes(desk: Desk, pictures: Pictures) -> list[Route]:
    """Everything below ``/board``."""
    own, signing = Board(desk, pictures), partial(_signing, desk, pictures)
    return [
        Route("/board", own.every),
        Route("/board/{handout}/{language}", own.one, methods=["GET"]),
        Route("/board/{handout}/{language}/changes.pdf", own.side_by_side),
        posted(desk, "/board/{handout}/{language}/approve", signing(_approved)),
        posted(desk, "/board/{handout}/{language}/withdraw", signing(_withdrawn)),
    ]


@dataclass(frozen=True)
class Board:
    """Answers to the pages of the board."""

    desk: Desk
    pictures: Pictures

    async def every(self, request: Request) -> Response:
        library, on = self.desk.stock.fresh(), self.desk.stock.moment().date()
        rows = await asyncio.to_thread(board, library, on)
        soon = timedelta(days=library.clinic.review.warning_days)
        return self.desk.page(
            request,
            "board.html",
            rows=rows,
            titles={
                n: title_of(library, n, self.desk.labels(request).language) for n in library.ids()
            },
            soon=[(row.handout.id, row.handout.language) for row in rows if row.due_within(soon)],
            fallen=sum(not row.standing.stands for row in rows),
            day=self.desk.labels(request).short_day,
        )

    async def one(self, request: Request) -> Response:
        return await _paper(self.desk, self.pictures, request)

    async def side_by_side(self, request: Request) -> Response:
        """Both versions as one PDF, the changes marked."""
        handout = _handout(self.desk, request)
        on = self.desk.stock.moment().date()

        def make() -> bytes:
            with scratch_folder() as folder:
                wish = Wish(folder, on, self.desk.cache)
                made = compare(self.desk.stock.known(), handout, None, wish)
                return next((f.read_bytes() for f in made.files if f.suffix == ".pdf"), b"")

        if not (pdf := await self.desk.layout.do(make)):
            raise Refusal(404, "Nothing changed since it was signed.")
        name = f"diff-{handout.id}.{handout.language}.pdf"
        headers = {"content-disposition": f'inline; filename="{name}"'}
        return Response(pdf, media_type="application/pdf", headers=headers)


def _signing(desk: Desk, pictures: Pictures, write: Callable[..., None]) -> Handler:
    async def signed(request: Request, form: FormData) -> Response:
        """Sign, or withdraw, what was on the page; refused, the page comes again and says why."""
        said = {name: str(value).strip() for name, value in form.items()}
        desk.stock.fresh()
        handout = _handout(desk, request)
        try:
            if said.get("digest") != digest(handout):
                raise ReviewRefused("the words were changed while you read; read them again")
            write(desk, handout, said)
        except ReviewRefused as refused:
            why = str(refused).replace("--", "")
            return await _paper(desk, pictures, request, why, said)
        return RedirectResponse("/board", 303)

    return signed


def _approved(desk: Desk, handout: Handout, said: dict[str, str]) -> None:
    if not said.get("read"):
        raise ReviewRefused("mark that you have read every page")
    library = desk.stock.known()
    sign(library, propose(library, handout, _signer(said), _terms(desk, said)))


def _withdrawn(desk: Desk, handout: Handout, said: dict[str, str]) -> None:
    if not said.get("note"):
        raise ReviewRefused("give the reason; recall lists show it")
    library = desk.stock.known()
    for one in withdrawals(library, [handout], _signer(said), _terms(desk, said)):
        withdraw(library, one)


def _signer(said: dict[str, str]) -> Signer:
    return Signer(said.get("by", ""), said.get("role", ""), said.get("credential") or None)


def _terms(desk: Desk, said: dict[str, str]) -> Terms:
    today, months = desk.stock.moment().date(), said.get("valid_months", "")
    if months and not (months.isdecimal() and 1 <= int(months) <= 36):
        raise ReviewRefused("months are a number from 1 to 36")
    return Terms(today, today, int(months) if months else None, said.get("note") or None)


async def _paper(
    desk: Desk,
    pictures: Pictures,
    request: Request,
    refused: str = "",
    said: dict[str, str] | None = None,
) -> Response:
    """What is to be signed: its pages, what changed, where it stands; and the form."""
    library, handout = desk.stock.known(), _handout(desk, request)
    edition = Edition(handout.id, handout.language)
    now = standing(handout, desk.stock.moment().date(), library.clinic.review)
    shown = await desk.layout.do(pictures.pdf, edition)
    changed, why = await asyncio.to_thread(_changes, library, handout)
    return desk.page(
        request,
        "sign.html",
        409 if refused else 200,
        handout=handout,
        now=now,
        mark=desk.labels(request).state(now.state),
        digest=digest(handout),
        pages=shown.pages,
        stamp=shown.mark,
        paper=library.clinic.paper,
        months=library.clinic.review.interval_months,
        changes=changed,
        never=why,
        refused=refused,
        said=said or {},
    )


def _changes(library: Library, handout: Handout) -> tuple[tuple[Change, ...], str]:
    """What changed since the last sign-off, or why that cannot be said."""
    labels = load_labels(library.templates, handout.language, library.clinic.country)
    try:
        with before(library, handout, None) as was:
            return tuple(changes(was.handout, handout, labels)), ""
    except UsageError as error:
        return (), str(error).partition(". Name a revision")[0]


def _handout(desk: Desk, request: Request) -> Handout:
    asked: dict[str, Any] = request.path_params
    return desk.stock.known().handout(asked["handout"], asked["language"])
