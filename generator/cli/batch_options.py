"""The options of ``handouts batch``, by group."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from generator.cli.helping import AGAIN, PAGES, RUN, option
from generator.cli.options import (
    ALLOW_UNREVIEWED,
    CHECKED_BY,
    COPIES,
    DUPLEX,
    ENCRYPT_TO,
    FALLBACK,
    JSON,
    NO_CACHE,
    OUTPUT,
    PREPARED_BY,
    SHEET,
    TO_PRINTER,
)

SORTS = ("roster", "surgery_at", "family_name", "record_id", "location")

JOBS = option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    show_default="one for each core",
    section=RUN,
    help="How many packets to make at once.",
)
RESUME = option(
    "--resume",
    is_flag=True,
    section=RUN,
    help="Finish a run: make what is missing or has changed.",
)
DRY_RUN = option(
    "--dry-run",
    is_flag=True,
    section=RUN,
    help="Check every row and sign-off; print nothing.",
)
PRINT_RUN = option(
    "--print-run",
    is_flag=True,
    section=PAGES,
    help="Write one PDF of all packets for the printer.",
)
SEPARATORS = option(
    "--separators",
    is_flag=True,
    section=PAGES,
    help="In the print run, a sheet with its id before each packet.",
)
SORT = option(
    "--sort",
    type=click.Choice(SORTS),
    default="roster",
    metavar="COLUMN",
    section=PAGES,
    help=f"The order of the print run: {', '.join(SORTS)}.",
)
FROM = option(
    "--from",
    "first",
    type=click.IntRange(1),
    metavar="SHEET",
    section=AGAIN,
    help="From this sheet of the print run …",
)
TO = option(
    "--to",
    "last",
    type=click.IntRange(1),
    metavar="SHEET",
    section=AGAIN,
    help="… to this one.",
)
ONLY = option(
    "--only",
    type=click.IntRange(1),
    metavar="ROW",
    section=AGAIN,
    help="This row of the roster alone.",
)
CLUSTER = option(
    "--cluster",
    metavar="ADDRESS",
    section=RUN,
    help="Let the workers of this Dask scheduler do it.",
)

_ALL = (
    OUTPUT,
    JOBS,
    RESUME,
    DRY_RUN,
    PRINT_RUN,
    DUPLEX,
    FALLBACK,
    SEPARATORS,
    SORT,
    FROM,
    TO,
    ONLY,
    CLUSTER,
    SHEET,
    PREPARED_BY,
    CHECKED_BY,
    TO_PRINTER,
    COPIES,
    ALLOW_UNREVIEWED,
    ENCRYPT_TO,
    NO_CACHE,
    JSON,
)


def batch_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all of them, in this order."""
    return reduce(lambda so_far, add: add(so_far), reversed(_ALL), command)
