"""A roster: dropped, looked at, run, watched, stopped, gone on with, downloaded, removed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from generator.batches import SORTS
from generator.intake import Hands
from generator.markup import Labels
from generator.run.manifest import CSV_NAME, JSON_NAME
from generator.run.print_run import NAME as PRINT_RUN
from generator.web.answers import Refusal
from generator.web.desk import Desk
from generator.web.door import posted
from generator.web.printing import job_shown, printers, spool_of, to_paper
from generator.web.roster.old import Old, refuse_old, what_is_old
from generator.web.roster.run import Run
from generator.web.roster.runs import Runs
from generator.web.roster.view import COLUMNS, SHOWN, Understood, understood

FILES = {
    PRINT_RUN: "application/pdf",
    CSV_NAME: "text/csv; charset=utf-8",
    JSON_NAME: "application/json",
}


def routes(desk: Desk, runs: Runs) -> list[Route]:
    """Everything below ``/batch``."""
    rosters = Rosters(desk, runs)
    return [
        Route("/batch", rosters.first),
        posted(desk, "/batch/read", rosters.read),
        Route("/batch/{run}", rosters.one),
        Route("/batch/{run}/progress", rosters.progress),
        Route("/batch/{run}/files/{file}", rosters.file),
        posted(desk, "/batch/{run}/start", rosters.start),
        posted(desk, "/batch/{run}/stop", rosters.stop),
        posted(desk, "/batch/{run}/remove", rosters.remove),
        posted(desk, "/batch/{run}/print", rosters.print_it),
    ]


@dataclass(frozen=True)
class Rosters:
    """Answers to the pages and forms of rosters."""

    desk: Desk
    runs: Runs

    async def first(self, request: Request) -> Response:
        begun = partial(_begun, self.desk, self.desk.labels(request))
        return self.desk.page(request, "batch.html", runs=self.runs.all(), begun=begun)

    async def read(self, _: Request, form: FormData) -> Response:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refusal(422, "Choose a file first.")
        hands = (str(form.get(name, "")).strip()[:200] for name in ("prepared_by", "checked_by"))
        run = self.runs.new(
            file.filename, await file.read(), Hands(*(hand or None for hand in hands))
        )
        return RedirectResponse(f"/batch/{run.id}", 303)

    async def one(self, request: Request) -> Response:
        run = await self.runs.settled(request.path_params["run"])
        fresh = run.phase in {"new", "refused", "stopped"}
        labels, read_as = self.desk.labels(request), Understood()
        if fresh:
            read_as = await asyncio.to_thread(understood, self.desk, run, labels)
        manifest = run.manifest if run.phase == "done" else None
        old = await what_is_old(self.desk, manifest) if manifest else Old()
        return self.desk.page(
            request,
            "batch_run.html",
            run=run,
            begun=_begun(self.desk, labels, run),
            phase=run.phase,
            roster=read_as,
            columns=COLUMNS,
            most=SHOWN,
            barred=bool(read_as.unsigned) and not self.desk.wishes.allow_unreviewed,
            sorts=SORTS,
            manifest=manifest,
            old=old,
            failed=[r for r in manifest.packets if r.status != "done"] if manifest else [],
            printers=await printers(self.desk),
            sent=job_shown(request.query_params.get("sent", "")),
        )

    async def progress(self, request: Request) -> Response:
        run = self.runs.get(request.path_params["run"])
        said = {name: getattr(run, name) for name in ("phase", "done", "failed", "total")}
        return JSONResponse(said)

    async def file(self, request: Request) -> Response:
        run, name = self.runs.get(request.path_params["run"]), request.path_params["file"]
        if name not in FILES or not run.manifest or not (run.folder / name).is_file():
            raise Refusal(404, "There is no such file in this run.")
        if name == PRINT_RUN:
            await refuse_old(self.desk, run.manifest)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response((run.folder / name).read_bytes(), media_type=FILES[name], headers=headers)

    async def start(self, request: Request, form: FormData) -> Response:
        run = self.runs.get(request.path_params["run"])
        await self.runs.start(run, _wishes(form))
        return _back(run)

    async def stop(self, request: Request, _: FormData) -> Response:
        run = self.runs.get(request.path_params["run"])
        await self.runs.stop(run)
        return _back(run)

    async def remove(self, request: Request, _: FormData) -> Response:
        await self.runs.remove(self.runs.get(request.path_params["run"]))
        return RedirectResponse("/batch", 303)

    async def print_it(self, request: Request, form: FormData) -> Response:
        run = self.runs.get(request.path_params["run"])
        manifest = run.manifest
        if not manifest or not manifest.print_run:
            raise Refusal(409, "This run has no print run.")
        await refuse_old(self.desk, manifest)
        printer, copies = str(form.get("printer", "")), str(form.get("copies", "1"))
        paper = self.desk.stock.known().clinic.paper
        spool = spool_of(printer, paper, copies, duplex=manifest.duplex)
        pdf = (run.folder / manifest.print_run.file).read_bytes()
        job = await to_paper(self.desk, pdf, f"run-{run.id}", spool)
        return RedirectResponse(f"/batch/{run.id}?sent={job}", 303)


def _begun(desk: Desk, labels: Labels, run: Run) -> tuple[str, str]:
    """The day and the time at which a roster was dropped, by the clinic's clock."""
    begun = datetime.fromtimestamp(run.begun, desk.stock.zone)
    return labels.day(begun.date()), labels.clock(begun)


def _wishes(form: FormData) -> dict[str, Any]:
    said = {name: str(value).strip() for name, value in form.items()}
    sort = said.get("sort", "roster")
    if sort not in SORTS:
        raise Refusal(422, "There is no such order.")
    flags = ("duplex", "print_run", "separators")
    return {"sort": sort, **{name: name in said for name in flags}}


def _back(run: Run) -> Response:
    return RedirectResponse(f"/batch/{run.id}", 303)
