"""``handouts serve``: the desk, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.cli import helping
from generator.cli.context import Settings
from generator.cli.options import ALLOW_UNREVIEWED, FALLBACK
from generator.errors import ExtraMissing, lacking

PARTS = ("starlette", "uvicorn", "python_multipart", "watchfiles")
"""What the desk needs; one that were missing would be noticed in the middle of an upload."""


@helping.command(
    "serve",
    short_help="Open the desk in a browser.",
    epilog=helping.examples("handouts serve", "handouts serve --watch --port 8800"),
)
@helping.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    metavar="N",
    help="Where to listen; 0 takes a free one.",
)
@helping.option("--watch", is_flag=True, help="Begin with the words: pages reload as you save.")
@helping.option(
    "--editor",
    metavar="ADDRESS",
    help="What opens a file in your editor, such as 'vscode://file/{file}:{line}:{column}'.",
)
@helping.option("--no-browser", is_flag=True, help="Print the address; open no browser.")
@helping.option(
    "--host",
    default="127.0.0.1",
    metavar="NAME",
    section=helping.REMOTE,
    help="Let other machines in, by this name of yours.",
)
@helping.option("--allow-remote", is_flag=True, section=helping.REMOTE, help="Needed with --host.")
@helping.option(
    "--certificate",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    section=helping.REMOTE,
    help="Needed with --host: a PEM file with certificate and key.",
)
@helping.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    section=helping.REMOTE,
    help="Needed with --host: a file with the password that others come in by.",
)
@FALLBACK
@ALLOW_UNREVIEWED
@click.pass_obj
def command(settings: Settings, /, **options: Any) -> None:
    """Open the desk in a browser: pick, fill in, look, print; edit and see the page; sign.

    It is for this machine alone, and works without a network. Stop it with Ctrl-C: nothing of
    a patient stays behind.
    """
    from generator.library import find_library

    if missing := lacking(*PARTS):
        raise ExtraMissing(f"The desk needs a part that is not installed ({missing})", "desk")
    from generator.web import Address, Desk, Wishes, read_password, serve

    file = options["password_file"]
    desk = Desk(
        find_library(settings.library),
        settings.now,
        Wishes(options["allow_unreviewed"], options["editor"], options["watch"]),
        options["fallback"],
        read_password(file) if file else None,
    )
    address = Address(
        options["port"], options["host"], options["allow_remote"], options["certificate"]
    )

    def opened(first: str, once: str) -> None:
        settings.say(f"The desk is open. Stop it with Ctrl-C.\n  {first}")
        if not options["no_browser"]:
            click.launch(once)

    serve(desk, address, opened, verbose=settings.verbose)
