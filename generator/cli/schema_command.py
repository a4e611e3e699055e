"""``handouts schema``: the JSON Schema of a kind of file, for editors that complete and check."""

from __future__ import annotations

import click

from generator.cli import helping
from generator.cli.context import print_json

KINDS = ("clinic", "figures", "glossary", "handout", "plan", "procedure", "signoffs", "topic")


@helping.command(
    "schema",
    short_help="Print the JSON Schema of a kind of file, for editors.",
    help=f"Print the JSON Schema of one KIND of file, for editors that complete and check.\n\n"
    f"KIND is one of: {', '.join(KINDS)}.",
    epilog=helping.examples("handouts schema plan > plan.json"),
)
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
def command(kind: str) -> None:
    """Print the JSON Schema of one KIND of file."""
    from generator.library import SCHEMAS

    print_json(SCHEMAS[kind].model_json_schema())
