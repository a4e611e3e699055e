"""A patient's plan: choose, fill in, look, confirm, give. Nothing of it is kept by the desk."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, field

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from generator.errors import PrinterError
from generator.model import Plan
from generator.web.answers import Refusal
from generator.web.desk import Desk, session_of
from generator.web.door import posted
from generator.web.plan.confirm import confirm_page
from generator.web.plan.give import Sent, check_confirmed, packet_of, preview
from generator.web.plan.look import Fields, Look, look
from generator.web.plan.page import form_page, operations
from generator.web.plan.read import found_in
from generator.web.printing import job_shown, spool_of, to_paper

OWN = ("token", "do", "seal", "how", "printer", "copies", "duplex", "once")
"""Fields of the page itself, and none of the plan's."""


def routes(desk: Desk) -> list[Route]:
    """Everything below ``/plan``."""
    plans = Plans(desk)
    return [
        Route("/plan", plans.choose),
        posted(desk, "/plan/read", plans.read),
        Route("/plan/{procedure}", plans.empty, methods=["GET"]),
        posted(desk, "/plan/{procedure}", plans.filled),
        posted(desk, "/plan/{procedure}/look", plans.looked),
        posted(desk, "/plan/{procedure}/pages", plans.pages),
        posted(desk, "/plan/{procedure}/give", plans.give),
    ]


@dataclass(frozen=True)
class Plans:
    """Answers to the pages and forms of a patient's plan."""

    desk: Desk
    sent: Sent = field(default_factory=Sent)

    async def choose(self, request: Request) -> Response:
        names = operations(self.desk.stock.known(), self.desk.labels(request).language)
        sent = job_shown(request.query_params.get("sent", ""))
        return self.desk.page(request, "plan_choose.html", procedures=names, found=(), sent=sent)

    async def empty(self, request: Request) -> Response:
        asked = request.query_params
        fields = [("handouts", asked["handout"])] if "handout" in asked else []
        if "language" in asked:
            fields.append(("patient.language", asked["language"]))
        procedure = _procedure(self.desk, request)
        return form_page(self.desk, request, procedure, fields, Look(None, ()))

    async def read(self, request: Request, form: FormData) -> Response:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refusal(422, "Choose a file first.")
        found = await asyncio.to_thread(found_in, self.desk, file.filename, await file.read())
        names = operations(self.desk.stock.known(), self.desk.labels(request).language)
        if len(found) == 1 and found[0].procedure in names:
            one = found[0]
            return form_page(self.desk, request, one.procedure, one.fields, problems=one.problems)
        return self.desk.page(request, "plan_choose.html", procedures=names, found=found, sent="")

    async def filled(self, request: Request, form: FormData) -> Response:
        """A form that was sent: shown again, or the last screen when nothing is wrong."""
        fields, procedure = _fields(form), _procedure(self.desk, request)
        if form.get("do") != "confirm":
            return form_page(self.desk, request, procedure, fields)
        found = await self._look(request, form)
        if found.plan is None:
            return form_page(self.desk, request, procedure, fields, found, status=422)
        return await confirm_page(self.desk, request, found.plan, fields)

    async def looked(self, request: Request, form: FormData) -> Response:
        found = await self._look(request, form)
        return JSONResponse(
            {
                "whole": found.plan is not None,
                "problems": found.problems,
                "days": [asdict(day) for day in found.days],
            }
        )

    async def pages(self, request: Request, form: FormData) -> Response:
        plan = await self._whole(request, form)
        return JSONResponse({"pages": await self.desk.layout.do(preview, self.desk, plan)})

    async def give(self, request: Request, form: FormData) -> Response:
        """The confirmed packet, on paper or as a file."""
        plan = await self._whole(request, form)
        said = {name: str(value) for name, value in form.items()}
        check_confirmed(self.desk, session_of(request), plan, said)
        if said.get("how") == "print":
            try:
                asked = tuple(said.get(n, "") for n in ("once", "printer", "copies", "duplex"))
                job = await self.sent.once(asked, self._print(plan, said))
            except (Refusal, PrinterError) as error:  # the plan is still there, and so is the page
                _ = self.desk.labels(request)
                why = _(error.why) if isinstance(error, Refusal) else str(error)
                return await confirm_page(self.desk, request, plan, _fields(form), why)
            return RedirectResponse(f"/plan?sent={job}", 303)
        async with packet_of(self.desk, plan) as (code, pdf):
            how = "attachment" if said.get("how") == "download" else "inline"
            headers = {"content-disposition": f'{how}; filename="packet-{code}.pdf"'}
            return Response(pdf, media_type="application/pdf", headers=headers)

    async def _print(self, plan: Plan, said: dict[str, str]) -> str:
        paper = self.desk.stock.known().clinic.paper
        printer, copies = said.get("printer", ""), said.get("copies", "1")
        spool = spool_of(printer, paper, copies, duplex="duplex" in said)
        async with packet_of(self.desk, plan) as (code, pdf):
            return await to_paper(self.desk, pdf, f"packet-{code}", spool)

    async def _look(self, request: Request, form: FormData) -> Look:
        procedure, labels = _procedure(self.desk, request), self.desk.labels(request)
        return await asyncio.to_thread(look, self.desk, _fields(form), procedure, labels)

    async def _whole(self, request: Request, form: FormData) -> Plan:
        """The plan of a form; raises :class:`Refusal` when anything is wrong with it."""
        found = await self._look(request, form)
        if found.plan is None:
            raise Refusal(422, "The plan is not complete any more. Look at it again.")
        return found.plan


def _fields(form: FormData) -> Fields:
    """The fields that are the plan's."""
    said = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return [(n, v) for n, v in said if n not in OWN and not n.startswith("confirm.")]


def _procedure(desk: Desk, request: Request) -> str:
    name = str(request.path_params["procedure"])
    if name not in {known for known, _ in desk.stock.known().procedures}:
        raise Refusal(404, "There is no such operation in the library.")
    return name
