"""``handouts override``: a clinic's file in the place of a shipped one; what changed beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli import helping
from generator.cli.context import Settings, print_json, print_table
from generator.cli.options import JSON

if TYPE_CHECKING:
    from generator.own import Overridable


@helping.command(
    "override",
    short_help="Put a file of the clinic's in the place of a shipped one.",
    epilog=helping.examples(
        "handouts override content/topics/fasting/en.yaml",
        "handouts override content/topics/fasting/en.yaml --diff",
        "handouts override",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@helping.option("--diff", is_flag=True, help="Show what changed in the shipped FILE since.")
@helping.option("--seen", is_flag=True, help="Note that you looked at it; your FILE stays.")
@JSON
@click.pass_obj
def command(
    settings: Settings, /, files: tuple[str, ...], diff: bool, seen: bool, as_json: bool
) -> None:
    """Put a file of the clinic's in the place of the shipped FILE: a copy of it, to be changed.

    The file is listed in content/clinic.yaml. Without a FILE it shows what is overridden, and what
    an update of the program has changed beneath since.
    """
    from generator.library import find_library, shown
    from generator.own import mark_seen, overridable, override, overrides

    if (diff or seen) and not files:
        raise click.UsageError("--diff and --seen need a FILE: name one that is overridden")
    if diff and (seen or as_json):
        raise click.UsageError("--diff only shows: leave --seen and --json out")
    library = find_library(settings.library)
    if not files:
        _show(overrides(library), as_json)
        return
    wanted = overridable(library, files)
    if diff:
        _show_changes(settings, wanted)
        return
    paths = [shown(path) for path in (mark_seen(wanted) if seen else override(wanted))]
    if as_json:
        _show(overridable(library, files), as_json=True)
    else:
        click.echo("\n".join(paths))


def _show(found: tuple[Overridable, ...], as_json: bool) -> None:
    if as_json:
        print_json([{"file": o.file, "of": o.of, "now": o.now, "stale": o.stale} for o in found])
        return
    states = {True: "the shipped file changed since", False: "the shipped file is as it was"}
    print_table(("FILE", "BENEATH"), [(o.file, states[o.stale]) for o in found])


def _show_changes(settings: Settings, files: tuple[Overridable, ...]) -> None:
    from generator.own import what_changed

    for file in files:
        said, lines = what_changed(file)
        settings.say(said)
        click.echo(lines or "nothing")
