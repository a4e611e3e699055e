"""``handouts cache``: what is kept of pages that are the same for everybody."""

from __future__ import annotations

import click

from generator.cli import helping
from generator.cli.context import print_json, print_table
from generator.cli.options import JSON


@helping.group(
    "cache",
    short_help="Look into the cache of pages, or empty it.",
    epilog=helping.examples("handouts cache info", "handouts cache clear"),
)
def command() -> None:
    """Look into the cache of laid-out handouts, or empty it.

    It holds pages without a patient, never a packet. Emptying it costs time and nothing else.
    """


@command.command("info", epilog=helping.examples("handouts cache info"))
@JSON
def info(as_json: bool) -> None:
    """Say where the cache is and how large."""
    from generator.cache import usual_cache

    cache = usual_cache()
    sizes = [entry.stat().st_size for entry in cache.entries()]
    if as_json:
        print_json({"folder": str(cache.folder), "entries": len(sizes), "bytes": sum(sizes)})
    else:
        rows = [(str(cache.folder), str(len(sizes)), f"{sum(sizes) / 1e6:.1f} MB")]
        print_table(("FOLDER", "ENTRIES", "SIZE"), rows)


@command.command("clear", epilog=helping.examples("handouts cache clear"))
def clear() -> None:
    """Remove all of it."""
    from generator.cache import usual_cache

    click.echo(f"{usual_cache().clear()} entries removed.")
