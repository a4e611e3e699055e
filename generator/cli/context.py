"""What every command needs: which library, which day, and where to say what."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from generator.library import Library

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options."""

    library: Path | None
    as_of: datetime | None
    quiet: bool
    verbose: bool

    def load(self, fallback: str | None = None) -> Library:
        from generator.library import find_library, load_library

        library = load_library(find_library(self.library), fallback)
        if fallback and fallback not in library.clinic.languages:
            listed = ", ".join(library.clinic.languages)
            raise click.BadParameter(f"'{fallback}' is not a language of the clinic: {listed}")
        return library

    def now(self, library: Library) -> datetime:
        """The time to act on, in the clinic's zone: ``--as-of``, or now."""
        return self.clock(library.clinic.time_zone)

    def clock(self, time_zone: str) -> datetime:
        """As :meth:`now`, where there is no library yet."""
        from generator.model.fields import zone

        clock = zone(time_zone)
        return self.as_of.replace(tzinfo=clock) if self.as_of else datetime.now(clock)

    def today(self, library: Library) -> date:
        """The day to act on."""
        return self.now(library).date()

    def say(self, message: str) -> None:
        """A message for the person at the terminal; results never come this way."""
        if not self.quiet:
            click.echo(message, err=True)

    def tracked(self, things: Iterable[T], total: int) -> Iterable[T]:
        """The same things, and a bar on standard error while they come, if that is a terminal."""
        if not self._watched:
            return things
        from rich.console import Console
        from rich.progress import track

        return track(things, "pages", total, console=Console(stderr=True), transient=True)

    @contextmanager
    def batch_progress(self) -> Iterator[Callable[[int, int, int], None]]:
        """A bar with rate, time left and failures; told how many are done, failed, there."""
        if not self._watched:
            yield lambda *_: None
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        with Progress(
            TextColumn("packets"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]} failed"),
            console=Console(stderr=True),
            transient=True,
        ) as progress:
            task = progress.add_task("packets", total=None, rate="", failed=0)

            def show(done: int, failed: int, total: int) -> None:
                speed = progress.tasks[0].speed
                rate = f"{speed:.1f} a second" if speed else ""
                progress.update(task, completed=done, total=total, failed=failed, rate=rate)

            yield show

    @property
    def _watched(self) -> bool:
        return not self.quiet and sys.stderr.isatty()


def print_json(value: object) -> None:
    """A result for a program: stable, indented, one trailing newline."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A result for a person."""
    click.echo(table(columns, rows))


def table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Plain columns, wide enough, no lines drawn."""
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (columns, *rows)
    )
