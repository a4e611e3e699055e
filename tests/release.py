"""Builds what is released, the same bytes for the same files: ``make wheel``, ``make dist``.

Every file in an archive gets one date, the day of the newest release in CHANGELOG.md: an unpacked
sdist has no git to ask, and must build the same wheel. Order and modes are hatchling's doing.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from tests.conftest import REPO

What = Literal["wheel", "sdist", "dist"]
BEFORE_ANY = datetime(2020, 2, 2, tzinfo=UTC)
"""What stands for a release's day before there is one; hatchling's own."""


def released_on(changelog: str) -> datetime:
    """The day of the newest release, ``## 1.2.0 - 2027-03-01``."""
    days = re.findall(r"^## \[?[\d.]+\]? - (\d{4}-\d{2}-\d{2})$", changelog, re.MULTILINE)
    return datetime.fromisoformat(max(days)).replace(tzinfo=UTC) if days else BEFORE_ANY


def build(what: What, source: Path, target: Path) -> None:
    """Build a checkout or an unpacked sdist; ``dist`` is the sdist and the wheel made from it."""
    only = [] if what == "dist" else [f"--{what}"]
    day = released_on((source / "CHANGELOG.md").read_text(encoding="utf-8"))
    subprocess.run(
        [sys.executable, "-m", "build", *only, "--no-isolation", "--outdir", target, source],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(day.timestamp()))},
    )


def main() -> None:
    """Build into dist/ and say what is there."""
    parser = argparse.ArgumentParser(prog="release")
    parser.add_argument("what", choices=("wheel", "dist"))
    build(parser.parse_args().what, REPO, REPO / "dist")
    for file in sorted((REPO / "dist").glob("handout_press-*")):
        sys.stdout.write(f"{file.relative_to(REPO)}\n")


if __name__ == "__main__":
    main()
