"""What a render may take, in seconds and megabytes, and what ends one that takes more.

A watch of its own looks at the clock and at the memory of the process. It raises in the thread
that renders, whichever that is: a signal's alarm reaches the main thread alone, and the layout
engine passes over it. A render that does not hear it (it may be inside C code) ends with its
process. What asks for far too much at once is refused by the kernel (``RLIMIT_DATA``).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ExitCode, LayoutError, UsageError

SECONDS, MEGABYTES = "HANDOUTS_RENDER_SECONDS", "HANDOUTS_RENDER_MEGABYTES"
GRACE = 5.0
"""Seconds that a render has to hear that it is over."""
AGAIN = 1.0
"""Seconds after which it is told once more: Python drops what is raised in a callback."""
LOOK = 0.1
"""Seconds between two looks at the memory."""
HEADROOM = 1.25
"""The kernel's limit lies so far above ours, which is the one that can say what it is."""

_STATM = Path("/proc/self/statm")
_RESIDENT, _DATA = 1, 5
_UNLIMITED = resource.getrlimit(resource.RLIMIT_DATA)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one render may take; megabytes are what it adds to its process."""

    seconds: float = 60
    megabytes: int = 1500

    def __str__(self) -> str:
        return f"{self.seconds:g} seconds or {self.megabytes:,} MB"


def usual_bounds() -> Bounds:
    """The bounds in the environment, else 60 seconds and 1.5 GB; raises :class:`UsageError`."""
    usual = Bounds()
    return Bounds(_positive(SECONDS, int(usual.seconds)), _positive(MEGABYTES, usual.megabytes))


_within: ContextVar[Bounds | None] = ContextVar("bounds", default=None)


@contextmanager
def within(bounds: Bounds) -> Iterator[None]:
    """Bound what is rendered inside the ``with`` so, whatever the environment says."""
    before = _within.set(bounds)
    try:
        yield
    finally:
        _within.reset(before)


class _Over(BaseException):
    """Raised in the thread that renders; no ``except Exception`` on the way may catch it."""


@contextmanager
def bounded(name: str) -> Iterator[None]:
    """End what is done inside the ``with`` when it takes too much.

    Raises :class:`LayoutError`; ``name`` is what it calls the document.
    """
    bounds = _within.get() or usual_bounds()
    watch = _Watch(name, bounds, threading.get_ident())
    try:
        with _kernel_limit(bounds):
            watch.begin()
            try:
                yield
            finally:
                watch.end()
    except (_Over, MemoryError):
        watch.end()
        raise LayoutError(name, [too_much(bounds)]) from None


def too_much(bounds: Bounds) -> str:
    """What is said of a render that took more than it may."""
    return (
        f"took more than {bounds} and was ended; shorten it, "
        f"or allow more with {SECONDS} or {MEGABYTES}"
    )


@dataclass(slots=True)
class _Watch:
    """Looks at one render until it ends; raises in its thread, and at last ends the process."""

    name: str
    bounds: Bounds
    thread: int
    _done: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        threading.Thread(target=self._look, name="render watch", daemon=True).start()

    def end(self) -> None:
        with self._lock:
            self._done.set()
            _raise_in(self.thread, None)

    def _look(self) -> None:
        until, before = time.monotonic() + self.bounds.seconds, _megabytes(_RESIDENT)
        while time.monotonic() < until:
            if self._done.wait(min(LOOK, max(0.0, until - time.monotonic()))):
                return
            if _megabytes(_RESIDENT) - before > self.bounds.megabytes:
                break
        patience = time.monotonic() + GRACE
        while time.monotonic() < patience:
            with self._lock:
                if self._done.is_set():
                    return
                _raise_in(self.thread, _Over)
            if self._done.wait(AGAIN):
                return
        os.write(2, f"handouts: {self.name}: {too_much(self.bounds)}\n".encode())
        os._exit(ExitCode.LAYOUT)


def _raise_in(thread: int, what: type[BaseException] | None) -> None:
    """Have a thread raise at its next step, or, with None, take that back."""
    target = ctypes.c_ulong(thread)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(what) if what else None)


@contextmanager
def _kernel_limit(bounds: Bounds) -> Iterator[None]:
    """The kernel refuses memory far past the bounds; where it does not, the watch is alone."""
    most = int((_megabytes(_DATA) + bounds.megabytes * HEADROOM) * 1e6)
    soft, hard = _UNLIMITED
    lower = sys.platform == "linux" and (soft == resource.RLIM_INFINITY or most < soft)
    with contextlib.suppress(OSError, ValueError):
        if lower:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            if lower:
                resource.setrlimit(resource.RLIMIT_DATA, _UNLIMITED)


def _megabytes(column: int) -> float:
    """The process's memory of a kind, by the kernel's count; 0 where the kernel does not say."""
    try:
        return int(_STATM.read_text().split()[column]) * resource.getpagesize() / 1e6
    except OSError:
        return 0.0


def _positive(name: str, usual: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise UsageError(f"{name} is '{text[:20]}'; a whole number from 1 is wanted")
    return int(text)
