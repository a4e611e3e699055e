"""``make fuzz``: damages every file that the press reads, for as long as it is told to.

Each target reads a file that was sound before a part of it was changed. It may take it or refuse
it with one of our errors; anything else is a finding, and becomes a test. The same targets run
as tests, for a moment, in ``test_fuzz.py``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.cache import Cache
from generator.compose.read_codes import codes_in
from generator.errors import HandoutsError
from generator.intake import load_plan, load_roster
from generator.library import Library, load_library
from generator.pipeline import Order, build, packet
from generator.recall import Register
from generator.run import Journal, read_manifest
from generator.run.journal import Entry
from generator.run.manifest import Manifest, write_manifest
from tests.conftest import NOW, REPO
from tests.rosters import many
from tests.signing import sign

TOKENS = (
    *(b"\0", b"\xff", b"\xc3", b"\xe2\x80\xa9", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b'"', b"'"),
    *(b"[", b"]", b"{", b"}", b": ", b"- ", b" #", b"&a", b"*a", b"!!python/name:os.system", b"|"),
    *(
        b"{{ 7*7 }}",
        b"..",
        b"/",
        b"null",
        b"-1",
        b"1e999",
        b"9" * 400,
        b"[" * 2000,
        b"<!DOCTYPE x>",
    ),
    *("\u202e".encode(), "é".encode(), "\u0301".encode(), "\U0001f600".encode(), b"2027-02-30"),
    b"<!DOCTYPE x>",
)


@dataclass(frozen=True)
class Target:
    """A kind of file: where it lies in the folder, and what reads it."""

    file: str
    reads: Callable[[Path, Library], object]


def _library(folder: Path, _: Library) -> None:
    loaded = load_library(folder)
    list(build(loaded, [("other", "en")], Order(folder / "out", NOW, format="html")))


def _journal(folder: Path, _: Library) -> None:
    with contextlib.closing(Journal(folder / "run", resume=True)) as journal:
        journal.id_of("x")


def _cached(folder: Path, _: Library) -> None:
    assert Cache(folder / "cache").get("x") in (None, b"content")


TARGETS: dict[str, Target] = {
    "words": Target("content/topics/sample-topic/en.yaml", _library),
    "clinic": Target("content/clinic.yaml", _library),
    "handout": Target("handouts/other/handout.yaml", _library),
    "drawing": Target("content/figures/logo.svg", _library),
    "ledger": Target("handouts/other/signoffs.yaml", _library),
    "plan": Target("plan.yaml", lambda at, lib: load_plan(at / "plan.yaml", lib, NOW)),
    "csv": Target("r.csv", lambda at, lib: load_roster(at / "r.csv", lib, NOW)),
    "xlsx": Target("r.xlsx", lambda at, lib: load_roster(at / "r.xlsx", lib, NOW)),
    "fhir": Target("r.json", lambda at, lib: load_roster(at / "r.json", lib, NOW)),
    "journal": Target("run/journal", _journal),
    "manifest": Target("run/manifest.json", lambda at, _: read_manifest(at / "run/manifest.json")),
    "register": Target("register/x.json", lambda at, _: list(Register(at / "register").entries())),
    "cache": Target("cache/x.entry", _cached),
    "packet": Target("copy.pdf", lambda at, _: codes_in(at / "copy.pdf", "copy.pdf")),
}


class Bench:
    """A folder with a sound file of every kind, damaged one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(REPO / "tests" / "library", folder, dirs_exist_ok=True)
        shutil.copytree(REPO / "templates", folder / "templates")
        sign(folder, "other")
        examples = REPO / "content" / "examples"
        shutil.copy(folder / "content" / "examples" / "plan.yaml", folder / "plan.yaml")
        shutil.copy(examples / "roster.xlsx", folder / "r.xlsx")
        shutil.copy(examples / "bundle.json", folder / "r.json")
        many(folder / "r.csv", 3)
        self.library = load_library(folder)
        with contextlib.closing(Journal(folder / "run", resume=False)) as journal:
            journal.add(Entry("0123456789ab", 1, "f", 7, 2, "s"))
        write_manifest(folder / "run", Manifest("2026-11-23", "d", duplex=False, packets=()))
        order = Order(folder / "out", NOW, register=Register(folder / "register"))
        made = packet(self.library, folder / "plan.yaml", order, allow_unreviewed=True)
        shutil.copy(made.path, folder / "copy.pdf")
        (noted,) = (folder / "register").glob("*.json")
        noted.rename(folder / "register" / "x.json")
        Cache(folder / "cache").put("x", b"content")
        self.sound = {name: (folder / t.file).read_bytes() for name, t in TARGETS.items()}

    def read(self, name: str, content: bytes) -> None:
        """Read a damaged file; raises whatever is not one of our errors."""
        file = self.folder / TARGETS[name].file
        file.write_bytes(content)
        try:
            with contextlib.suppress(HandoutsError):
                TARGETS[name].reads(self.folder, self.library)
        finally:
            file.write_bytes(self.sound[name])


def damaged(sound: bytes) -> st.SearchStrategy[bytes]:
    """The content with up to four pieces of it cut out, put elsewhere, or replaced."""
    piece = st.sampled_from(TOKENS) | st.binary(max_size=12)
    place, length = st.integers(0, len(sound)), st.integers(0, 30)
    edits = st.lists(st.tuples(place, length, piece | place), min_size=1, max_size=4)

    def applied(changes: list[tuple[int, int, bytes | int]]) -> bytes:
        content = sound
        for at, cut, new in changes:
            put = sound[new : new + 40] if isinstance(new, int) else new
            content = content[:at] + put + content[at + cut :]
        return content

    return edits.map(applied)


def fuzz(bench: Bench, name: str, examples: int, *, again: bool = False) -> None:
    """Try so many damaged files of a kind, the same ones each time or, ``again``, others."""

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=not again,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(content=damaged(bench.sound[name]))
    def tried(content: bytes) -> None:
        bench.read(name, content)

    tried()


def main() -> int:
    """Fuzz in rounds until the time is up; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--only", choices=TARGETS, nargs="*")
    options = parser.parse_args()
    end, found = time.monotonic() + options.seconds, set[str]()
    counts = dict.fromkeys(options.only or TARGETS, 0)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for place in ("CACHE", "REGISTER"):
            os.environ[f"HANDOUTS_{place}"] = str(Path(folder) / place.lower())
        bench = Bench(Path(folder) / "library")
        while time.monotonic() < end and len(found) < len(counts):
            for name in counts.keys() - found:
                counts[name] += 50
                try:
                    fuzz(bench, name, 50, again=True)
                except BaseException:  # a finding may be of any kind
                    traceback.print_exc()
                    found.add(name)
    for name, count in counts.items():
        verdict = "FOUND, see above" if name in found else "sound"
        sys.stdout.write(f"{name:10}{count:8}  {verdict}\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
