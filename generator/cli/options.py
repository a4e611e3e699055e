"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="The folder to print into.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
