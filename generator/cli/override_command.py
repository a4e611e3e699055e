"""``handouts override``: a clinic's file in the place of a shipped one; what changed beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON

if TYPE_CHECKING:
    from generator.own import Overridable, Undone


@helping.command(
    "override",
    short_help="Put a file of the clinic's in the place of a shipped one.",
    epilog=helping.examples(
        "handouts override content/topics/fasting/en.yaml",
        "handouts override content/topics/fasting/en.yaml --diff",
        "handouts override content/topics/fasting/en.yaml --undo",
        "handouts override",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@helping.option("--diff", is_flag=True, help="Show what changed in the shipped FILE since.")
@helping.option("--seen", is_flag=True, help="Note that you looked at it; your FILE stays.")
@helping.option("--undo", is_flag=True, help="Let the shipped FILE count again; yours is kept.")
@JSON
@click.pass_obj
def command(settings: Settings, /, files: tuple[str, ...], as_json: bool, **does: bool) -> None:
    """Put a file of the clinic's in the place of the shipped FILE: a copy of it, to be changed.

    The file is listed in content/clinic.yaml. Without a FILE it shows what is overridden, and what
    an update of the program has changed beneath since. --undo takes an override back: words that
    are yours alone are kept in content/.undone, where nothing is read.
    """
    from generator.library import find_library, shown
    from generator.own import mark_seen, overridable, override, overrides, undo

    _refuse_contradictions(files, as_json, **does)
    library = find_library(settings.library)
    if not files:
        _show(overrides(library), as_json)
        return
    wanted = overridable(library, files)
    if does["diff"]:
        _show_changes(settings, wanted)
        return
    if does["undo"]:
        _show_undone(settings, undo(wanted), as_json)
        return
    paths = [shown(path) for path in (mark_seen(wanted) if does["seen"] else override(wanted))]
    if as_json:
        _show(overridable(library, files), as_json=True)
    else:
        click.echo("\n".join(paths))


def _refuse_contradictions(
    files: tuple[str, ...], as_json: bool, *, diff: bool, seen: bool, undo: bool
) -> None:
    if (diff or seen or undo) and not files:
        raise click.UsageError("--diff, --seen and --undo need a FILE: one that is overridden")
    if diff and (seen or undo or as_json):
        raise click.UsageError("--diff only shows: leave --seen, --undo and --json out")
    if seen and undo:
        raise click.UsageError("--seen keeps your FILE and --undo takes it away; give one")


def _show(found: tuple[Overridable, ...], as_json: bool) -> None:
    if as_json:
        print_json([{"file": o.file, "of": o.of, "now": o.now, "stale": o.stale} for o in found])
        return
    states = {True: "the shipped file changed since", False: "the shipped file is as it was"}
    print_table(("FILE", "BENEATH"), [(o.file, states[o.stale]) for o in found])


def _show_undone(settings: Settings, done: tuple[Undone, ...], as_json: bool) -> None:
    from generator.library import CLINIC, shown

    kept = {one.file: shown(one.kept) if one.kept else None for one in done}
    if as_json:
        print_json([{"file": file, "kept": place} for file, place in kept.items()])
    else:
        said = {file: f"kept as {place}" for file, place in kept.items() if place}
        rows = [(file, said.get(file, "had nothing of its own")) for file in kept]
        print_table(("SHIPPED AGAIN", "YOURS"), rows)
    for line in (line for one in done for line in one.comment):
        settings.say(f"Gone from {CLINIC} with its entry: {line}")
    for other in sorted({name for one in done for name in one.languages}):
        settings.say(f"{other} is still yours: look whether it says what the shipped words say.")
    for other in sorted({name for one in done for name in one.definitions}):
        settings.say(
            f"{other} is still yours: raise its version before the shipped words are signed."
        )
    settings.say("No sign-off was touched; 'handouts list' says which of them stand now.")


def _show_changes(settings: Settings, files: tuple[Overridable, ...]) -> None:
    from generator.own import what_changed

    for file in files:
        said, lines = what_changed(file)
        settings.say(said)
        click.echo(lines or "nothing")
