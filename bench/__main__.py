"""``make bench``: ours, WeasyPrint and Typst, side by side in one run; appends to results.md."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bench import typst_packet, whole_html
from bench.cases import NOW, library_of, roster_of
from bench.desk import desk_ratios
from bench.watch import commands, watched
from generator.batches import RunOrder, batch
from generator.cache import Cache
from generator.intake import load_roster
from generator.library import Library
from generator.markup.plan_parts import PlanView
from generator.pipeline import Order, packet_maker
from generator.recall import Register

RESULTS = Path(__file__).parent / "results.md"


@dataclass(frozen=True, slots=True)
class Ran:
    """A run of ours: seconds, bytes of all packets, and the most memory at once in bytes."""

    seconds: float
    bytes: int
    peak: int
    print_run: int = 0


def main() -> None:
    """Measure, print and append."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--pages", type=int, nargs="+", default=[4, 12, 24])
    parser.add_argument("--runs", type=int, nargs="+", default=[50, 500, 2000])
    parser.add_argument("--rivals", type=int, default=12, help="packets by each rival, per size")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        lines = list(_report(Path(folder), options))
    with RESULTS.open("a") as results:
        results.write("\n".join(lines) + "\n\n")


def _report(folder: Path, options: argparse.Namespace) -> Iterator[str]:
    def say(line: str) -> str:
        print(line, flush=True)
        return line

    yield say(f"## {time.strftime('%Y-%m-%d')}, {_machine()}\n")
    yield say(
        "| pages | run | ours ms | whole HTML ms | ratio | Typst fresh | Typst reused | ours B |"
    )
    yield say("| --- | --- | --- | --- | --- | --- | --- | --- |")
    ours: dict[tuple[int, int], Ran] = {}
    for pages in options.pages:
        library = library_of(pages, folder / f"library-{pages}")
        rivals = _Rivals(library, folder, pages)
        for rows in options.runs:
            rivals.measure(options.rivals // 2)
            ran = ours[pages, rows] = _run(library, folder / f"{pages}-{rows}", rows, jobs=1)
            rivals.measure(options.rivals // 2)
            each = ran.seconds / rows * 1000
            whole, fresh, reused = rivals.medians()
            yield say(
                f"| {pages} | {rows} | {each:.0f} | {whole:.0f} | {whole / each:.1f} | "
                f"{fresh:.0f} | {reused:.0f} | {ran.bytes // rows} |"
            )
    yield say("")
    yield from map(say, _ratios(folder, ours, options))


def _ratios(
    folder: Path, ours: dict[tuple[int, int], Ran], options: argparse.Namespace
) -> Iterator[str]:
    rows = sorted(options.runs)[min(1, len(options.runs) - 1)]
    small, large = min(options.pages), max(options.pages)
    a_packet = ours[large, rows].seconds / ours[small, rows].seconds
    yield f"- {large} pages cost {a_packet:.2f} times {small} pages (run of {rows})."
    middle = sorted(options.pages)[len(options.pages) // 2]
    library = library_of(middle, folder / "library")
    one = _run(library, folder / "one", rows, jobs=1)
    two = _run(library, folder / "two", rows, jobs=2)
    yield f"- Two jobs: {one.seconds / two.seconds:.2f} times one (run of {rows})."
    few, many = max(10, max(options.runs) // 10), max(options.runs)
    less = _run(library, folder / "few", few, jobs=2)
    more = _run(library, folder / "many", many, jobs=2)
    yield (
        f"- Peak memory of {many} packets: {more.peak / less.peak:.2f} times that of {few} "
        f"({more.peak / 1e6:.0f} MB, all processes)."
    )
    printed = _run(library, folder / "printed", rows, jobs=2, print_run=True)
    own, fragment = _own_bytes(library, folder / "printed.csv")
    share = printed.print_run / (own * rows + fragment)
    yield f"- Print run of {rows}: {share:.2f} times the patients' own pages and one fragment."
    yield from commands(folder)
    yield from desk_ratios(folder)


def _run(library: Library, folder: Path, rows: int, *, jobs: int, print_run: bool = False) -> Ran:
    """A whole ``handouts batch``, from the roster to the manifest; fragments are there already."""
    roster = roster_of(rows, folder.with_suffix(".csv"))
    cache = Cache(library.folder / "cache")
    order = Order(folder, NOW, cache=cache, register=Register(folder / "register"))
    packet_maker(library, order).packet(load_roster(roster, library, NOW).rows[0].plan, "warm")
    gc.collect()
    start = time.perf_counter()
    with watched() as peak:
        run = RunOrder(jobs, allow_unreviewed=True, print_run=print_run)
        ran = batch(library, roster, order, run, lambda *_: None)
    seconds = time.perf_counter() - start
    assert not ran.failed
    size = sum(file.stat().st_size for file in (folder / "packets").iterdir())
    printed = (folder / "print-run.pdf").stat().st_size if print_run else 0
    return Ran(seconds, size, peak(), printed)


class _Rivals:
    def __init__(self, library: Library, folder: Path, pages: int) -> None:
        self._library, self._pages = library, pages
        roster = roster_of(1000, folder / "rivals.csv")
        self._plans = iter([row.plan for row in load_roster(roster, library, NOW).rows])
        self._maker = packet_maker(library, Order(folder, NOW, cache=Cache(None)))
        self._reused = typst_packet.compiler()
        self._times: tuple[list[float], list[float], list[float]] = ([], [], [])

    def measure(self, count: int) -> None:
        """Make a number of packets by each rival, one after the other by turns."""
        for _ in range(count):
            plan = next(self._plans)
            html, css = whole_html.html_of(self._maker, self._library, plan)
            own = self._maker.plans.document(plan, self._maker._maker("en", False)).parts[0]
            assert isinstance(own, PlanView)
            source = typst_packet.source_of(self._library, plan, own)
            rivals: tuple[Callable[[], bytes], ...] = (
                partial(whole_html.print_whole, self._library, html, css),
                lambda: typst_packet.compiled(typst_packet.compiler(), source),  # noqa: B023  # called at once
                partial(typst_packet.compiled, self._reused, source),
            )
            for times, make in zip(self._times, rivals, strict=True):
                times.append(_timed(make))

    def medians(self) -> tuple[float, float, float]:
        """Milliseconds: whole HTML, Typst fresh, Typst reused. The first warmed up."""
        whole, fresh, reused = (statistics.median(times[1:]) * 1000 for times in self._times)
        return whole, fresh, reused


def _timed(make: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    assert make().startswith(b"%PDF")
    return time.perf_counter() - start


def _own_bytes(library: Library, roster: Path) -> tuple[float, int]:
    """Mean bytes of a patient's own pages, and those of one copy of the fragment."""
    maker = packet_maker(library, Order(roster.parent, NOW, cache=Cache(None)))
    rows = load_roster(roster, library, NOW).rows[:20]
    sizes = [
        len(
            maker._fragments.patients(
                maker.plans.document(row.plan, maker._maker("en", False), (180.0, 110.0))
            ).pdf
        )
        for row in rows
    ]
    handout = library.handout("bench", "en")
    part = maker._part(handout, maker._maker("en", False), maker.standing(handout))
    return statistics.mean(sizes), len(part.printed.pdf)


def _machine() -> str:
    names = ("weasyprint", "pikepdf", "typst")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}"


if __name__ == "__main__":
    main()
