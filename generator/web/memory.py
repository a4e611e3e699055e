"""What the desk remembers from one day to the next: handouts and a printer, never a patient."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from generator.errors import OutputNotWritable
from generator.output import write_whole

FOLDER = "HANDOUTS_DESK"
RECENT = 6
"""How many handouts that were printed last are shown first."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Favourite handouts, those printed last (the latest first), and the printer chosen last."""

    favourites: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    printer: str | None = None

    def printed(self, handout: str) -> Memory:
        """With a handout that was just printed."""
        recent = (handout, *(name for name in self.recent if name != handout))
        return replace(self, recent=recent[:RECENT])

    def turned(self, handout: str) -> Memory:
        """With a handout made a favourite, or none any more."""
        if handout in self.favourites:
            rest = tuple(name for name in self.favourites if name != handout)
            return replace(self, favourites=rest)
        return replace(self, favourites=(*self.favourites, handout))


def desk_folder() -> Path:
    """``HANDOUTS_DESK``, else this user's own folder for such things."""
    named = os.environ.get(FOLDER)
    home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Path(named) if named else home / "handout-press" / "desk"


def remembered(folder: Path) -> Memory:
    """What is remembered; nothing, when the file is not there or is damaged."""
    try:
        said = json.loads((folder / "memory.json").read_bytes())
        printer = said["printer"]
        return Memory(
            tuple(map(str, said["favourites"])),
            tuple(map(str, said["recent"])),
            None if printer is None else str(printer),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Memory()


def remember(folder: Path, memory: Memory) -> None:
    """Keep it; a folder that cannot be written forgets, and that is no error."""
    with contextlib.suppress(OutputNotWritable):
        write_whole(folder / "memory.json", json.dumps(asdict(memory), indent=1).encode())
