"""How long commands take, and how much memory a run holds."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil


def commands(folder: Path) -> Iterator[str]:
    """What starting the program costs, in words."""
    environment = {**os.environ, "HANDOUTS_CACHE": str(folder / "cache")}

    def seconds(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], env=environment, capture_output=True, check=True)
        return time.perf_counter() - start

    build = ("-m", "generator", "build", "hip-replacement", "-o", str(folder / "out"))
    seconds(*build)
    pairs = [(seconds(*build, "--no-cache"), seconds(*build)) for _ in range(5)]
    share = statistics.median(kept / anew for anew, kept in pairs)
    yield f"- A cached build costs {share:.2f} of one without the cache."
    pairs = [(seconds("-c", "pass"), seconds("-m", "generator", "--help")) for _ in range(9)]
    more = statistics.median(ours - bare for bare, ours in pairs)
    yield f"- `handouts --help` takes {more:.2f} s more than `python -c pass`."


@contextmanager
def watched() -> Iterator[Callable[[], int]]:
    """The most memory that this process and its children held at once, in bytes."""
    most, ended = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        own = psutil.Process()
        while not ended.wait(0.2):
            held = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    held += process.memory_full_info().uss
                except psutil.Error:
                    continue
            most = max(most, held)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: most
    finally:
        ended.set()
        watcher.join()
