"""What a worker does: it loads the library once, and then makes packet after packet.

A worker is a process of this machine or of a cluster. It gets all it needs in a
:class:`Setup`, hands packets back, and writes nothing but the cache of fragments.
"""

from __future__ import annotations

import contextlib
import signal
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path

from generator.assembly import Packet, PacketMaker, Wanted
from generator.bounds import Bounds, usual_bounds, within
from generator.cache import Cache
from generator.errors import HandoutsError, LibraryChanged
from generator.library import library_digest, load_library
from generator.model import Plan


@dataclass(frozen=True, slots=True)
class Setup:
    """Which library, as it was when the run began, and how packets are to look."""

    library: Path
    digest: str
    cache: Path | None
    wanted: Wanted
    fallback: str | None = None
    bounds: Bounds = field(default_factory=usual_bounds)


@dataclass(frozen=True, slots=True)
class Job:
    """One packet to make. ``fingerprint`` is the digest of all that it is made from."""

    id: str
    row: int
    plan: Plan
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no packet; it quotes nothing of the patient's."""

    message: str


def serve(setup: Setup, pipe: Connection) -> None:
    """What a worker's process does: answer jobs until there is nobody to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to hear
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(make(setup, pipe.recv()))


def make(setup: Setup, job: Job) -> Packet | Failure:
    """Make one packet. Errors come back as values: not every exception survives the way."""
    try:
        with within(setup.bounds):
            return _maker(setup).packet(job.plan, job.id)
    except HandoutsError as error:
        return Failure(str(error))
    except MemoryError:
        return Failure("the machine ran out of memory; run again with fewer --jobs")
    except Exception as bug:  # one bad row must not stop the others
        return Failure(f"this is a bug in the handout press: {type(bug).__name__}")


@lru_cache(maxsize=2)
def _maker(setup: Setup) -> PacketMaker:
    if library_digest(setup.library) != setup.digest:
        raise LibraryChanged
    library = load_library(setup.library, setup.fallback)
    return PacketMaker(library, Cache(setup.cache), setup.wanted)
