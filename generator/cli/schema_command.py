"""``handouts schema``: the JSON Schema of a kind of file, for editors that complete and check."""

from __future__ import annotations

import click

from generator.cli.context import print_json

KINDS = ("clinic", "figures", "glossary", "handout", "plan", "procedure", "signoffs", "topic")


@click.command("schema", epilog="Example: handouts schema procedure > procedure.json")
@click.argument("kind", type=click.Choice(KINDS))
def command(kind: str) -> None:
    """Print the JSON Schema of one KIND of file."""
    from generator.library import SCHEMAS

    print_json(SCHEMAS[kind].model_json_schema())
