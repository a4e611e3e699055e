"""``handouts batch``: print the packets of a whole roster."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.batch_options import batch_options
from generator.cli.completing import complete_rosters
from generator.cli.context import Settings, print_json
from generator.cli.options import cache_for
from generator.cli.print_again import print_sheets_again, send_all
from generator.cli.roster_report import report_going_on, report_roster
from generator.cli.run_report import files_to_print, report_run
from generator.errors import ExitCode, PlanError

if TYPE_CHECKING:
    from generator.batches import RunOrder
    from generator.library import Library
    from generator.pipeline import Order


@helping.command(
    "batch",
    short_help="Print a packet for each row of a roster.",
    epilog=helping.examples(
        "handouts batch roster.csv --dry-run",
        "handouts batch roster.csv -o tonight --print-run --duplex",
        "handouts batch roster.csv -o tonight --resume",
        "handouts batch roster.csv -o tonight --from 120 --to 134",
    ),
)
@click.argument(
    "roster",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    shell_complete=complete_rosters,
)
@batch_options
@click.pass_context
def command(ctx: click.Context, /, roster: Path, output: Path, **options: Any) -> None:
    """Print a packet for each row of ROSTER: a CSV or XLSX file, or FHIR R4 (JSON, NDJSON).

    Every row and every sign-off is checked before the first page. The folder then holds
    packets/, manifest.json and manifest.csv, and a journal: a run that was stopped goes on
    with --resume. After a paper jam, --from and --to print those sheets of the print run
    again, each page marked as a reprint.
    """
    from generator.batches import RunOrder
    from generator.intake import Hands
    from generator.pipeline import Order

    settings: Settings = ctx.obj
    _refuse_contradictions(options)
    library = settings.load(options["fallback"])
    order = Order(
        output,
        settings.now(library),
        duplex=options["duplex"],
        cache=cache_for(options["no_cache"]),
    )
    run = RunOrder(
        jobs=options["jobs"] or os.cpu_count() or 1,
        **{name: options[name] for name in ("resume", "cluster", "allow_unreviewed")},
        **{name: options[name] for name in ("print_run", "separators", "sort")},
        lock=options["encrypt_to"],
        hands=Hands(**{name: options[name] for name in ("prepared_by", "checked_by", "sheet")}),
    )
    if options["dry_run"]:
        _dry_run(settings, library, roster, order, run, options)
    elif options["first"] or options["only"]:
        print_sheets_again(settings, library, roster, order, options)
    else:
        ctx.exit(_run(settings, library, roster, order, run, options))


def _refuse_contradictions(options: dict[str, Any]) -> None:
    if bool(options["first"]) != bool(options["last"]):
        raise click.UsageError("--from and --to go together: the first and the last sheet.")
    if options["first"] and options["only"]:
        raise click.UsageError("--only names a row, --from and --to name sheets; give one.")
    if options["cluster"] and options["jobs"]:
        raise click.UsageError("--jobs is for this machine; a cluster has its own workers.")
    if options["encrypt_to"] and options["printer"]:
        raise click.UsageError("--encrypt-to locks the pages, and a printer has no password.")
    if options["separators"] and not options["print_run"]:
        raise click.UsageError("--separators are sheets of the print run; add --print-run.")


def _dry_run(
    settings: Settings,
    library: Library,
    roster: Path,
    order: Order,
    run: RunOrder,
    options: dict[str, Any],
) -> None:
    from generator.batches import check

    read, _ = check(library, roster, order, run)
    report_roster(settings, read)
    if read.refused:
        raise PlanError(read.problems)
    handouts = sorted({name for row in read.rows for name in row.plan.handouts})
    if options["as_json"]:
        print_json({"rows": len(read.rows), "handouts": handouts})
    else:
        said = f"{len(read.rows)} rows are in order. Handouts: {', '.join(handouts)}."
        click.echo(f"{said} Nothing was printed.")


def _run(
    settings: Settings,
    library: Library,
    roster: Path,
    order: Order,
    run: RunOrder,
    options: dict[str, Any],
) -> int:
    from generator.batches import batch

    done = 0
    with settings.batch_progress() as show:

        def report(so_far: int, failed: int, total: int) -> None:
            nonlocal done
            done = so_far
            show(so_far, failed, total)

        try:
            ran = batch(library, roster, order, run, report, partial(report_going_on, settings))
        except KeyboardInterrupt:
            settings.say(f"handouts: {_stopped(order.output, done)}")
            return 130
    if options["printer"]:
        send_all(settings, files_to_print(ran), options)
    report_run(ran, options["as_json"])
    for record in ran.failed:
        if record.status == "failed":
            settings.say(f"row {record.row} (record {record.record_id}): {record.error}")
    if ran.failed:
        settings.say("Mend what failed, and run the same command with --resume.")
    return ExitCode.PARTIAL if ran.failed else ExitCode.OK


def _stopped(folder: Path, done: int) -> str:
    from generator.run.journal import NAME

    if not (folder / NAME).exists():
        return "stopped; nothing was printed."
    return (
        f"stopped after {done} packets; each of them is whole. "
        "To go on, run the same command with --resume."
    )
