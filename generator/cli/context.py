"""What every command needs: which library, which day, and where to say what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from generator.library import Library


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options."""

    library: Path | None
    as_of: date | None
    quiet: bool
    verbose: bool

    def load(self) -> Library:
        from generator.library import find_library, load_library

        return load_library(find_library(self.library))

    def today(self, library: Library) -> date:
        """The day to act on: ``--as-of``, or today in the clinic's time zone."""
        from generator.model.fields import zone

        return self.as_of or datetime.now(zone(library.clinic.time_zone)).date()

    def say(self, message: str) -> None:
        """A message for the person at the terminal; results never come this way."""
        if not self.quiet:
            click.echo(message, err=True)

    def progress(self) -> Progress:
        """A progress bar on standard error, silent where that is not a terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=self.quiet or not console.is_terminal,
        )

    @contextmanager
    def batch_progress(self) -> Iterator[Callable[[int, int, int], None]]:
        """A bar with rate, time left and failures on standard error; told done and failed."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        with Progress(
            TextColumn("packets"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]} failed"),
            console=console,
            transient=True,
            disable=self.quiet or not console.is_terminal,
        ) as progress:
            task = progress.add_task("packets", total=None, rate="", failed=0)

            def show(done: int, failed: int, total: int) -> None:
                speed = progress.tasks[0].speed
                rate = f"{speed:.1f} a second" if speed else ""
                progress.update(task, completed=done, total=total, failed=failed, rate=rate)

            yield show


def print_json(value: object) -> None:
    """A result for a program: stable, indented, one trailing newline."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A result for a person: plain columns, wide enough, no lines drawn."""
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
