"""``handouts recall``: whom to call, because the words that they were given no longer stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.completing import complete_handouts
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON
from generator.errors import ExitCode, UnknownHandout

if TYPE_CHECKING:
    from generator.library import Library
    from generator.recall import Register
    from generator.recall.call_list import Call, CallList

COLUMNS = ("SURGERY", "RECORD", "HANDOUT", "LANGUAGE", "GIVEN OUT", "WHAT HAPPENED")


@helping.command(
    "recall",
    short_help="List the patients to call: their handout no longer stands.",
    epilog=helping.examples("handouts recall", "handouts recall hip-replacement --strict"),
)
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_handouts)
@helping.option("--strict", is_flag=True, help="Exit with 5 when somebody has to be called.")
@JSON
@click.pass_context
def command(ctx: click.Context, /, ids: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """List the patients to call: given out, operation still ahead, and the words no longer stand.

    With ID only those who were given that handout. Patients are named by their record id alone.
    The register is written by 'plan' and 'batch'; every machine of a clinic should share one
    (HANDOUTS_REGISTER). Exits with 8 when a part of it cannot be read, or is another clinic's.
    """
    from generator.recall import usual_register
    from generator.recall.call_list import call_list

    settings: Settings = ctx.obj
    library, register = settings.load(), usual_register()
    _refuse_unknown(library, register, ids)
    found = call_list(library, register, settings.today(library), ids)
    if as_json:
        print_json([_as_data(call) for call in found.calls])
    else:
        _show(found)
    _warn(settings, found)
    if found.damaged or found.foreign:
        ctx.exit(ExitCode.OUTPUT)
    if strict and found.calls:
        ctx.exit(ExitCode.SIGN_OFF)


def _refuse_unknown(library: Library, register: Register, ids: tuple[str, ...]) -> None:
    """A handout that is gone from the library can be recalled all the same."""
    from generator.recall.call_list import handouts_given

    known = set(library.ids())
    for name in ids:
        if name not in known and name not in handouts_given(register):
            raise UnknownHandout(name, library.ids())


def _show(found: CallList) -> None:
    if not found.calls:
        click.echo("Nobody has to be called.")
        return
    print_table(COLUMNS, [_cells(call) for call in found.calls])
    count = len(found.records)
    click.echo(f"\n{count} patient{'s' if count != 1 else ''} to call.")


def _cells(call: Call) -> tuple[str, ...]:
    given, words = call.given, call.words
    return (
        *(given.surgery_on.isoformat(), given.record_id, f"{words.id} {words.version}"),
        *(words.language, call.printed_on.isoformat(), call.what),
    )


def _warn(settings: Settings, found: CallList) -> None:
    from generator.library import shown

    for damaged in found.damaged:
        settings.say(
            f"handouts: {shown(damaged.file)}: {damaged.why}. "
            "Who was given something in that printing is not known; look at its manifest."
        )
    if found.foreign:
        settings.say(
            f"handouts: of {found.foreign} packets in the register nothing is known: they were "
            "printed for a clinic of another name. Run this with that clinic's library (--library)."
        )


def _as_data(call: Call) -> dict[str, Any]:
    given, words = call.given, call.words
    return {
        "record_id": given.record_id,
        "surgery_on": given.surgery_on.isoformat(),
        "packet": given.packet,
        "procedure": given.procedure,
        "handout": words.id,
        "language": words.language,
        "version": words.version,
        "digest": words.digest,
        "printed_on": call.printed_on.isoformat(),
        "what": call.what,
    }
