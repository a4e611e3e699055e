"""A patient's plan: choose, fill in, look, confirm, give. Nothing of it is kept by the desk."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from generator.model import Plan
from generator.web.answers import Refusal
from generator.web.desk import Desk, session_of
from generator.web.door import Handler, posted
from generator.web.plan.data import form_fields, plan_data
from generator.web.plan.give import check_confirmed, packet_of, preview, sealed
from generator.web.plan.look import Fields, Look, look, unsigned
from generator.web.plan.page import any_of, form_page, operations
from generator.web.plan.read import found_in
from generator.web.printing import job_shown, printers, spool_of, to_paper

OWN = ("token", "do", "seal", "how", "printer", "copies", "duplex")
"""Fields of the page itself, and none of the plan's."""


def routes(desk: Desk) -> list[Route]:
    """Everything below ``/plan``."""

    async def choose(request: Request) -> Response:
        names = operations(desk.stock.known(), desk.labels(request).language)
        sent = job_shown(request.query_params.get("sent", ""))
        return desk.page(request, "plan_choose.html", procedures=names, found=(), sent=sent)

    async def empty(request: Request) -> Response:
        asked = request.query_params
        fields = [("handouts", asked["handout"])] if "handout" in asked else []
        if "language" in asked:
            fields.append(("patient.language", asked["language"]))
        procedure = _procedure(desk, request)
        return form_page(desk, request, procedure, fields, Look(None, ()))

    async def read(request: Request, form: FormData) -> Response:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refusal(422, "Choose a file first.")
        found = await asyncio.to_thread(found_in, desk, file.filename, await file.read())
        names = operations(desk.stock.known(), desk.labels(request).language)
        if len(found) == 1 and found[0].procedure in names:
            one = found[0]
            return form_page(desk, request, one.procedure, one.fields, problems=one.problems)
        return desk.page(request, "plan_choose.html", procedures=names, found=found, sent="")

    return [
        Route("/plan", choose),
        posted(desk, "/plan/read", read),
        Route("/plan/{procedure}", empty, methods=["GET"]),
        posted(desk, "/plan/{procedure}", _filled(desk)),
        posted(desk, "/plan/{procedure}/look", _looked(desk)),
        posted(desk, "/plan/{procedure}/pages", _pages(desk)),
        posted(desk, "/plan/{procedure}/give", _give(desk)),
    ]


def _filled(desk: Desk) -> Handler:
    async def filled(request: Request, form: FormData) -> Response:
        """A form that was sent: shown again, or the last screen when nothing is wrong."""
        fields, procedure = _fields(form), _procedure(desk, request)
        if form.get("do") != "confirm":
            return form_page(desk, request, procedure, fields)
        found = await asyncio.to_thread(look, desk, fields, procedure, desk.labels(request))
        if found.plan is None:
            return form_page(desk, request, procedure, fields, found, status=422)
        plan = found.plan
        library, labels = desk.stock.known(), desk.labels(request)
        barred = await desk.layout.do(lambda: unsigned(plan, desk.layout.maker(desk.order())))
        key = library.procedure_key(procedure, labels.language)
        return desk.page(
            request,
            "plan_confirm.html",
            plan=plan,
            operation=(library.procedures.get(key) or any_of(library, procedure)).name,
            fields=form_fields(plan_data(fields, procedure)),
            procedure=procedure,
            born=labels.day(plan.patient.birth_date),
            surgery=f"{labels.weekday(plan.surgery_at.date())}, {labels.clock(plan.surgery_at)}",
            arrival=f"{labels.weekday(plan.arrival_at.date())}, {labels.clock(plan.arrival_at)}",
            unsigned=barred,
            barred=bool(barred) and not desk.wishes.allow_unreviewed,
            seal=desk.sessions.seal(session_of(request), sealed(plan)),
            printers=await printers(desk),
        )

    return filled


def _looked(desk: Desk) -> Handler:
    async def looked(request: Request, form: FormData) -> Response:
        found = await _look(desk, request, form)
        return JSONResponse(
            {
                "whole": found.plan is not None,
                "problems": found.problems,
                "days": [asdict(day) for day in found.days],
                "doses": found.doses,
            }
        )

    return looked


def _pages(desk: Desk) -> Handler:
    async def pages(request: Request, form: FormData) -> Response:
        plan = await _whole(desk, request, form)
        return JSONResponse({"pages": await desk.layout.do(preview, desk, plan)})

    return pages


def _give(desk: Desk) -> Handler:
    async def give(request: Request, form: FormData) -> Response:
        """The confirmed packet, on paper or as a file."""
        plan = await _whole(desk, request, form)
        said = {name: str(value) for name, value in form.items()}
        check_confirmed(desk, session_of(request), plan, said)
        async with packet_of(desk, plan) as (code, pdf):
            name = f"packet-{code}"
            if said.get("how") == "print":
                paper = desk.stock.known().clinic.paper
                printer, copies = said.get("printer", ""), said.get("copies", "1")
                spool = spool_of(printer, paper, copies, duplex="duplex" in said)
                job = await to_paper(desk, pdf, name, spool)
                return RedirectResponse(f"/plan?sent={job}", 303)
        how = "attachment" if said.get("how") == "download" else "inline"
        headers = {"content-disposition": f'{how}; filename="{name}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=headers)

    return give


def _fields(form: FormData) -> Fields:
    """The fields that are the plan's."""
    said = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return [(n, v) for n, v in said if n not in OWN and not n.startswith("confirm.")]


async def _look(desk: Desk, request: Request, form: FormData) -> Look:
    procedure, labels = _procedure(desk, request), desk.labels(request)
    return await asyncio.to_thread(look, desk, _fields(form), procedure, labels)


async def _whole(desk: Desk, request: Request, form: FormData) -> Plan:
    """The plan of a form; raises :class:`Refusal` when anything is wrong with it."""
    found = await _look(desk, request, form)
    if found.plan is None:
        raise Refusal(422, "The plan is not complete any more. Look at it again.")
    return found.plan


def _procedure(desk: Desk, request: Request) -> str:
    name = str(request.path_params["procedure"])
    if name not in {known for known, _ in desk.stock.known().procedures}:
        raise Refusal(404, "There is no such operation in the library.")
    return name
