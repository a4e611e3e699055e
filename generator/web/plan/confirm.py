"""The last screen: who it is, when they were born, which side, all large; and beside them what
else the paper says, word for word."""

from __future__ import annotations

import asyncio
import secrets

from starlette.requests import Request
from starlette.responses import Response

from generator.markup import Labels, PlanView, own_view, screen_labels
from generator.model import Plan
from generator.pipeline import what_to_look_at
from generator.web.desk import Desk, session_of
from generator.web.plan.data import form_fields, plan_data
from generator.web.plan.give import sealed
from generator.web.plan.look import Fields, unsigned
from generator.web.plan.words import words
from generator.web.printing import printers
from generator.web.words import title_of


async def confirm_page(
    desk: Desk, request: Request, plan: Plan, fields: Fields, refused: str = ""
) -> Response:
    """The screen on which a nurse marks that it is this patient; ``refused`` says why nothing was
    given the last time."""
    labels, library, order = desk.labels(request), desk.stock.known(), desk.order()
    barred = await desk.layout.do(lambda: unsigned(plan, desk.layout.maker(order)))
    look_at = await asyncio.to_thread(what_to_look_at, library, plan, order)
    return desk.page(
        request,
        "plan_confirm.html",
        409 if refused else 200,
        plan=plan,
        own=_own(desk, plan, labels),
        called={name: label for name, (label, _) in words(labels).items()},
        titles=[title_of(library, name, labels.language) for name in plan.handouts],
        fields=form_fields(plan_data(fields, plan.procedure)),
        procedure=plan.procedure,
        born=labels.day(plan.patient.birth_date),
        flags=look_at,
        unsigned=barred,
        barred=bool(barred) and not desk.wishes.allow_unreviewed,
        seal=desk.sessions.seal(session_of(request), sealed(plan)),
        once=secrets.token_hex(8),
        printers=await printers(desk),
        refused=refused,
    )


def _own(desk: Desk, plan: Plan, labels: Labels) -> PlanView:
    """What the paper says: the same view, in the desk's language if the clinic writes in it."""
    library = desk.stock.known()
    own = screen_labels(library, labels.language, plan.patient.language)
    return own_view(library, plan, desk.stock.moment(), own)
