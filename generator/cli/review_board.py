"""``handouts review status|log|calendar``: what has been signed, and what is due."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_handouts, complete_languages
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON
from generator.errors import ExitCode

if TYPE_CHECKING:
    from generator.model import SignOff
    from generator.review import Row
    from generator.signoff import Standing

_DAYS = {"d": 1, "w": 7}


class Span(click.ParamType[timedelta]):
    """So many days or weeks: ``60d``, ``8w``."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,4})([dw])", str(value))
        if not found:
            self.fail(f"'{value}' is not a number of days or weeks such as 60d or 8w", param, ctx)
        return timedelta(days=int(found[1]) * _DAYS[found[2]])


@helping.command(
    "status",
    short_help="Show where everything stands, until when, and what is due.",
    epilog=helping.examples("handouts review status", "handouts review status --due-within 60d"),
)
@helping.option(
    "--due-within",
    type=Span(),
    metavar="SPAN",
    help="Only what does not stand, or will not for so long: 60d, 8w.",
)
@helping.option("--strict", is_flag=True, help="Exit with 5 when anything does not stand.")
@JSON
@click.pass_context
def status(
    ctx: click.Context, /, due_within: timedelta | None, strict: bool, as_json: bool
) -> None:
    """Show every handout and language, where it stands, by whom, until when; urgent ones first."""
    from generator.review import board

    settings: Settings = ctx.obj
    library = settings.load()
    everything = board(library, settings.today(library))
    rows = [row for row in everything if due_within is None or row.due_within(due_within)]
    if as_json:
        print_json([_json(row) for row in rows])
    elif rows:
        columns = ("HANDOUT", "LANGUAGE", "VERSION", "STATE", "UNTIL", "BY", "STILL NEEDED")
        print_table(columns, [_cells(row) for row in rows])
    else:
        click.echo("Everything stands, and nothing is due in that time.")
    fallen = sum(not row.standing.stands for row in everything)
    settings.say(f"\n{fallen} of {len(everything)} may not go to a patient." if fallen else "")
    if strict and fallen:
        ctx.exit(ExitCode.SIGN_OFF)


@helping.command(
    "log",
    short_help="Show a handout's ledger: who signed or withdrew what, and when.",
    epilog=helping.examples("handouts review log hip-replacement"),
)
@click.argument("handout", metavar="ID", shell_complete=complete_handouts)
@helping.option(
    "--lang",
    metavar="LANGUAGE",
    shell_complete=complete_languages,
    help="Only this language.",
)
@JSON
@click.pass_obj
def log(settings: Settings, /, handout: str, lang: str | None, as_json: bool) -> None:
    """Show the ledger of the handout ID: who approved or withdrew which words, and when."""
    from generator.model.ledger import head_of
    from generator.signoff import standing

    library = settings.load()
    languages = (lang,) if lang else library.languages(handout)
    written = [library.handout(handout, language) for language in languages]
    entries = written[0].signoffs
    shown = [entry for entry in entries if lang in {None, entry.language}]
    head = head_of(handout, entries)
    if as_json:
        said = [entry.model_dump(mode="json") | {"seal": entry.seal} for entry in shown]
        print_json({"id": handout, "entries": said, "head": head})
        return
    if shown:
        columns = ("ON", "ENTRY", "LANGUAGE", "VERSION", "WORDS", "BY", "NOTE")
        print_table(columns, [_entry(entry) for entry in shown])
    else:
        click.echo("Nobody has signed this handout yet.")
    today = settings.today(library)
    for one in written:
        where = standing(one, today, library.clinic.review)
        settings.say(f"{one.language}, version {one.version}, today: {_worded(where)}.")
    settings.say(f"The ledger is whole. Its last digest is {head}.")


@helping.command(
    "calendar",
    short_help="Write the days on which reviews are due as a calendar.",
    epilog=helping.examples("handouts review calendar -o reviews.ics"),
)
@helping.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    show_default="standard output",
    help="The file to write.",
)
@click.pass_obj
def calendar(settings: Settings, /, output: Path | None) -> None:
    """Write the days on which reviews are due as a calendar (.ics)."""
    from generator.library import shown
    from generator.output import write_whole
    from generator.review import board
    from generator.review.calendar import calendar as made

    library = settings.load()
    rows = board(library, settings.today(library))
    clinic = library.clinic
    content = made(rows, clinic.name, clinic.review.warning_days)
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    write_whole(output, content, public=True)
    click.echo(shown(output))


def _json(row: Row) -> dict[str, object]:
    where = row.standing
    return {
        "id": row.handout.id,
        "language": row.handout.language,
        "title": row.handout.title,
        "version": row.handout.version,
        "state": where.state,
        "digest": where.digest,
        "signed": [
            {"by": e.by, "role": e.role, "credential": e.credential, "on": e.on.isoformat()}
            for e in where.signatures
        ],
        "due": where.due.isoformat() if where.due else None,
        "days_left": row.days_left,
        "missing": list(where.missing),
        "withdrawn": where.withdrawn.note if where.withdrawn else None,
    }


def _cells(row: Row) -> tuple[str, ...]:
    where = row.standing
    people = [where.withdrawn] if where.withdrawn else where.signatures
    return (
        row.handout.id,
        row.handout.language,
        row.handout.version,
        where.state.value,
        where.due.isoformat() if where.due else "-",
        "; ".join(f"{entry.by}, {entry.role}" for entry in people) or "-",
        "; ".join(where.missing) or "-",
    )


def _entry(entry: SignOff) -> tuple[str, ...]:
    return (
        entry.on.isoformat(),
        entry.action,
        entry.language,
        entry.version,
        entry.digest.removeprefix("sha256:")[:12],
        ", ".join(filter(None, (entry.by, entry.credential, entry.role))),
        entry.note or "",
    )


def _worded(where: Standing) -> str:
    until = f" until {where.due}" if where.stands else ""
    still = f"; still needed: {'; '.join(where.missing)}" if where.missing else ""
    return f"{where.state}{until}{still}"
