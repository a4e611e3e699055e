"""``handouts verify``: whether every file of a run is as it was written."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import helping
from generator.cli.completing import complete_manifests
from generator.cli.context import Settings, print_json
from generator.cli.options import JSON
from generator.errors import ExitCode


@helping.command(
    "verify",
    short_help="Read every file of a run again; say what does not match.",
    epilog=helping.examples("handouts verify tonight/manifest.json", "handouts verify tonight"),
)
@click.argument(
    "manifest",
    type=click.Path(path_type=Path, exists=True),
    shell_complete=complete_manifests,
)
@JSON
@click.pass_context
def command(ctx: click.Context, /, manifest: Path, as_json: bool) -> None:
    """Read every file that MANIFEST lists, and say what does not match.

    MANIFEST is a run's manifest.json, or the folder that holds it.
    """
    from generator.run import read_manifest, verify
    from generator.run.manifest import JSON_NAME

    settings: Settings = ctx.obj
    file = manifest / JSON_NAME if manifest.is_dir() else manifest
    account = read_manifest(file)
    found = list(verify(file.parent, account))
    if as_json:
        print_json({"packets": len(account.packets), "wrong": found})
    else:
        for what in found:
            click.echo(what)
        if not found:
            click.echo(f"{len(account.packets)} rows: every file is as it was written.")
    if found:
        settings.say(f"handouts: {len(found)} do not match.")
        ctx.exit(ExitCode.OUTPUT)
