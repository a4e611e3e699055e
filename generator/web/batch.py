"""A roster: dropped, looked at, run, watched, stopped, gone on with, downloaded, removed."""

from __future__ import annotations

import asyncio
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
from generator.model.fields import zone
from generator.run.manifest import CSV_NAME, JSON_NAME
from generator.run.print_run import NAME as PRINT_RUN
from generator.web.answers import Refusal
from generator.web.batch_view import COLUMNS, Understood, understood
from generator.web.desk import Desk
from generator.web.door import posted
from generator.web.printing import job_shown, printers, spool_of, to_paper
from generator.web.run import Run
from generator.web.runs import Runs

FILES = {
    PRINT_RUN: "application/pdf",
    CSV_NAME: "text/csv; charset=utf-8",
    JSON_NAME: "application/json",
}


def routes(desk: Desk, runs: Runs) -> list[Route]:
    """Everything below ``/batch``."""

    async def first(request: Request) -> Response:
        begun = partial(_begun, desk, desk.labels(request))
        return desk.page(request, "batch.html", runs=runs.all(), begun=begun)

    async def read(_: Request, form: FormData) -> Response:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refusal(422, "Choose a file first.")
        hands = (str(form.get(name, "")).strip()[:200] for name in ("prepared_by", "checked_by"))
        run = runs.new(file.filename, await file.read(), Hands(*(hand or None for hand in hands)))
        return RedirectResponse(f"/batch/{run.id}", 303)

    async def one(request: Request) -> Response:
        run = await runs.settled(request.path_params["run"])
        fresh = run.phase in {"new", "refused", "stopped"}
        read_as = await asyncio.to_thread(understood, desk, run) if fresh else Understood()
        manifest = run.manifest if run.phase == "done" else None
        return desk.page(
            request,
            "batch_run.html",
            run=run,
            begun=_begun(desk, desk.labels(request), run),
            phase=run.phase,
            roster=read_as,
            columns=COLUMNS,
            barred=bool(read_as.unsigned) and not desk.wishes.allow_unreviewed,
            sorts=SORTS,
            manifest=manifest,
            failed=[r for r in manifest.packets if r.status != "done"] if manifest else [],
            printers=await printers(desk),
            sent=job_shown(request.query_params.get("sent", "")),
        )

    async def progress(request: Request) -> Response:
        run = runs.get(request.path_params["run"])
        said = {name: getattr(run, name) for name in ("phase", "done", "failed", "total")}
        return JSONResponse(said)

    async def file(request: Request) -> Response:
        run, name = runs.get(request.path_params["run"]), request.path_params["file"]
        if name not in FILES or not run.manifest or not (run.folder / name).is_file():
            raise Refusal(404, "There is no such file in this run.")
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response((run.folder / name).read_bytes(), media_type=FILES[name], headers=headers)

    return [
        Route("/batch", first),
        posted(desk, "/batch/read", read),
        Route("/batch/{run}", one),
        Route("/batch/{run}/progress", progress),
        Route("/batch/{run}/files/{file}", file),
        *_forms(desk, runs),
    ]


def _forms(desk: Desk, runs: Runs) -> list[Route]:
    async def start(request: Request, form: FormData) -> Response:
        run = runs.get(request.path_params["run"])
        await runs.start(run, _wishes(form))
        return _back(run)

    async def stop(request: Request, _: FormData) -> Response:
        run = runs.get(request.path_params["run"])
        await runs.stop(run)
        return _back(run)

    async def remove(request: Request, _: FormData) -> Response:
        await runs.remove(runs.get(request.path_params["run"]))
        return RedirectResponse("/batch", 303)

    async def print_it(request: Request, form: FormData) -> Response:
        run = runs.get(request.path_params["run"])
        manifest = run.manifest
        if not manifest or not manifest.print_run:
            raise Refusal(409, "This run has no print run.")
        printer, copies = str(form.get("printer", "")), str(form.get("copies", "1"))
        paper = desk.stock.known().clinic.paper
        spool = spool_of(printer, paper, copies, duplex=manifest.duplex)
        pdf = (run.folder / manifest.print_run.file).read_bytes()
        job = await to_paper(desk, pdf, f"run-{run.id}", spool)
        return RedirectResponse(f"/batch/{run.id}?sent={job}", 303)

    return [
        posted(desk, "/batch/{run}/start", start),
        posted(desk, "/batch/{run}/stop", stop),
        posted(desk, "/batch/{run}/remove", remove),
        posted(desk, "/batch/{run}/print", print_it),
    ]


def _begun(desk: Desk, labels: Labels, run: Run) -> tuple[str, str]:
    """The day and the time at which a roster was dropped, by the clinic's clock."""
    begun = datetime.fromtimestamp(run.begun, zone(desk.stock.known().clinic.time_zone))
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
