"""What installing costs, and starting: ``make bench-install``, for the README's table.

Each extra goes into a fresh virtual environment of its own, from the wheel of this checkout and
without pip's cache. Seconds depend on the network and the machine; megabytes do not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results.md"
TURNS = 9
COMMANDS = {
    "handouts --help": ("--help",),
    "handouts list": ("list",),
    "handouts check": ("check",),
    "handouts build orthopedic-oncology": ("build", "orthopedic-oncology"),
    "handouts build orthopedic-oncology --no-cache": ("build", "orthopedic-oncology", "--no-cache"),
}


@dataclass(frozen=True, slots=True)
class Installed:
    """What an environment took: seconds to install, bytes on disk, how many packages."""

    python: Path
    seconds: float
    bytes: int
    packages: int


def main() -> None:
    """Measure, print and append to bench/results.md."""
    parser = argparse.ArgumentParser(prog="bench.install")
    parser.add_argument("--keep", type=Path, help="a folder to leave the environments in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-install-") as temporary:
        lines = list(_report(options.keep or Path(temporary)))
    with RESULTS.open("a") as results:
        results.write("\n".join(lines) + "\n\n")


def _report(folder: Path) -> Iterator[str]:
    def say(line: str) -> str:
        print(line, flush=True)
        return line

    wheel = _wheel(folder)
    machine = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}"
    yield say(f"## {time.strftime('%Y-%m-%d')}, installing and starting, {machine}\n")
    yield say(f"The wheel: {wheel.stat().st_size / 1e6:.1f} MB.\n")
    yield say("| install | packages | MB on disk | seconds in all |")
    yield say("| --- | --- | --- | --- |")
    bare = _install(folder / "bare", None)
    least = _install(folder / "least", str(wheel))
    yield say(_row("`handout-press`", least, bare))
    for extra in _extras():
        found = _install(folder / extra, f"{wheel}[{extra}]")
        yield say(_row(f"`[{extra}]` adds", found, least))
    yield say("\n| command | × `python -c pass` | seconds more |")
    yield say("| --- | --- | --- |")
    yield from map(say, _starts(least.python, folder))


def _extras() -> tuple[str, ...]:
    project = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
    return tuple(project["optional-dependencies"])


def _wheel(folder: Path) -> Path:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run(
        [*build, "--outdir", str(folder / "dist"), str(REPO)], check=True, capture_output=True
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def _install(folder: Path, what: str | None) -> Installed:
    """A fresh environment, with something installed into it or nothing."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    start = time.perf_counter()
    if what:
        subprocess.run([*pip, "install", what], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    (packages,) = (folder / "lib").glob("python*/site-packages")
    size = sum(file.stat().st_size for file in folder.rglob("*") if not file.is_symlink())
    return Installed(python, seconds, size, len(list(packages.glob("*.dist-info"))))


def _row(name: str, found: Installed, without: Installed) -> str:
    packages = found.packages - without.packages
    size = abs(found.bytes - without.bytes) / 1e6
    return f"| {name} | {packages} | {size:.1f} | {found.seconds:.0f} |"


def _starts(python: Path, folder: Path) -> Iterator[str]:
    """Each command by turns with Python doing nothing, in an empty folder; medians."""
    empty = folder / "empty"
    empty.mkdir(exist_ok=True)
    own = {"HANDOUTS_CACHE": str(folder / "cache"), "HANDOUTS_REGISTER": str(folder / "register")}
    environment = {**os.environ, **own}
    environment.pop("PYTHONPATH", None)

    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        line = [str(python), *arguments]
        subprocess.run(line, cwd=empty, env=environment, capture_output=True, check=True)
        return time.perf_counter() - start

    for command, arguments in COMMANDS.items():
        line = ("-m", "generator", *arguments)
        yield _compared(f"`{command}`", partial(seconds, "-c", "pass"), partial(seconds, *line))


def _compared(name: str, bare: Callable[[], float], ours: Callable[[], float]) -> str:
    ours()
    pairs = [(bare(), ours()) for _ in range(TURNS)]
    ratio = statistics.median(own / least for least, own in pairs)
    more = statistics.median(own - least for least, own in pairs)
    return f"| {name} | {ratio:.1f} | {more:.2f} |"


if __name__ == "__main__":
    main()
