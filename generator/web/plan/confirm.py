"""The last screen: who it is, when they were born, which side, all large; and the rest."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from generator.markup import Labels, language_name
from generator.model import Plan
from generator.pipeline import what_to_look_at
from generator.web.desk import Desk, session_of
from generator.web.plan.data import form_fields, plan_data
from generator.web.plan.give import sealed
from generator.web.plan.look import Fields, unsigned
from generator.web.plan.page import any_of
from generator.web.plan.words import choices
from generator.web.printing import printers
from generator.web.words import title_of


async def confirm_page(
    desk: Desk, request: Request, plan: Plan, fields: Fields, refused: str = ""
) -> Response:
    """The screen on which a nurse marks that it is this patient; ``refused`` says why nothing was
    given the last time."""
    labels = desk.labels(request)
    order = desk.order()
    barred = await desk.layout.do(lambda: unsigned(plan, desk.layout.maker(order)))
    look_at = await asyncio.to_thread(what_to_look_at, desk.stock.known(), plan, order)
    return desk.page(
        request,
        "plan_confirm.html",
        409 if refused else 200,
        plan=plan,
        operation=_operation(desk, plan, labels),
        fields=form_fields(plan_data(fields, plan.procedure)),
        procedure=plan.procedure,
        born=labels.day(plan.patient.birth_date),
        facts=tuple(_facts(desk, plan, labels)),
        flags=look_at,
        unsigned=barred,
        barred=bool(barred) and not desk.wishes.allow_unreviewed,
        seal=desk.sessions.seal(session_of(request), sealed(plan)),
        once=secrets.token_hex(8),
        printers=await printers(desk),
        refused=refused,
    )


def _operation(desk: Desk, plan: Plan, labels: Labels) -> str:
    library = desk.stock.known()
    key = library.procedure_key(plan.procedure, labels.language)
    return (library.procedures.get(key) or any_of(library, plan.procedure)).name


def _facts(desk: Desk, plan: Plan, labels: Labels) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What else is confirmed by printing: each with its lines."""
    _ = labels
    said, library = choices(labels), desk.stock.known()
    large = (_("Large print"),) if plan.patient.large_print else ()
    medicines = (f"{m.name}, {m.dose}: {said[m.action]} ({m.when})" for m in plan.medicines)
    titles = (title_of(library, name, labels.language) for name in plan.handouts)
    yield _("Record number"), (plan.patient.record_id,)
    yield _("Operation"), (_operation(desk, plan, labels),)
    yield _("Time of the operation"), (_time(labels, plan.surgery_at),)
    yield _("Time to come"), (_time(labels, plan.arrival_at),)
    yield _("Language"), (language_name(labels, plan.patient.language), *large)
    yield _("Handouts"), tuple(titles)
    yield _("Medicines"), tuple(medicines) or (_("Takes no medicines"),)
    yield _("Allergies"), plan.allergies or (_("No known allergies"),)


def _time(labels: Labels, time: datetime) -> str:
    return f"{labels.weekday(time.date())}, {labels.clock(time)}"
