"""The register: a folder with one file for each time that packets were printed.

A file is written whole, and before the first of its packets is laid out: what could not be
recalled is not printed. It goes thirty days after the last operation in it.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path

from generator.errors import OutputError, OutputNotWritable, StillPrinting
from generator.output import make_folder, write_whole
from generator.private import machine_key
from generator.recall.given import Printing, printing_of

FOLDER = "HANDOUTS_REGISTER"
KEPT = timedelta(days=30)
"""How long after the last operation of a printing its entries stay."""


class RegisterNotWritable(OutputError):
    """What is given out is noted first, so that patients can be called when words change.

    Cure: mend the folder, or name another with HANDOUTS_REGISTER. Nothing was printed.
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"the register of what was given out, {folder}, could not be written: {reason}. "
            "Nothing was printed, since nobody could be called about it later. "
            f"Mend the folder, or name another with {FOLDER}."
        )


@dataclass(frozen=True, slots=True)
class DamagedPrinting:
    """A file of the register that cannot be read, and why."""

    file: Path
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A printing in the register, and its file."""

    file: Path
    printing: Printing

    @property
    def order(self) -> tuple[float, float]:
        """What puts printings in their order, those of the same second too."""
        return self.printing.printed_at.timestamp(), self.file.stat().st_mtime


@dataclass(frozen=True, slots=True)
class Register:
    """A folder of printings."""

    folder: Path

    def note(self, printing: Printing) -> Path:
        """Write a printing; returns its file. Raises :class:`RegisterNotWritable`."""
        moment = printing.printed_at.astimezone(UTC)
        file = self.folder / f"{moment:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.json"
        self._write(file, printing)
        self._purge(date.fromtimestamp(file.stat().st_mtime))  # noqa: DTZ012  # not --as-of's day
        return file

    def key(self) -> bytes:
        """The secret by which packets are named; it lies beside the register.

        Raises :class:`RegisterNotWritable`.
        """
        try:
            return machine_key(self.folder.with_name(f"{self.folder.name}.key"))
        except OutputNotWritable as error:
            raise RegisterNotWritable(self.folder, error.reason) from None

    def correct(self, file: Path, printing: Printing) -> None:
        """Write a printing anew: some of its packets were not made after all."""
        if printing.packets:
            self._write(file, printing)
        else:
            file.unlink(missing_ok=True)

    def entries(self) -> Iterator[Entry | DamagedPrinting]:
        """Every printing, the oldest first, and every file that is none."""
        try:
            files = sorted(self.folder.glob("*.json")) if self.folder.exists() else []
        except OSError as error:
            yield DamagedPrinting(self.folder, error.strerror or "it cannot be read")
            return
        for file in files:
            try:
                yield Entry(file, printing_of(json.loads(file.read_bytes())))
            except OSError as error:
                yield DamagedPrinting(file, error.strerror or "it cannot be read")
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                yield DamagedPrinting(file, f"it is no printing ({error})")

    def _write(self, file: Path, printing: Printing) -> None:
        content = json.dumps(printing.as_data(), indent=1).encode()
        try:
            make_folder(self.folder)
            write_whole(file, content)
        except OutputNotWritable as error:
            raise RegisterNotWritable(self.folder, error.reason) from None

    def _purge(self, today: date) -> None:
        for entry in self.entries():
            if isinstance(entry, Entry) and entry.printing.last_surgery + KEPT < today:
                entry.file.unlink(missing_ok=True)


def usual_register() -> Register:
    """The register in ``HANDOUTS_REGISTER``, else in the user's own folder for such things."""
    named = os.environ.get(FOLDER)
    home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Register(Path(named) if named else home / "handout-press" / "register")


@contextmanager
def noted(register: Register, printing: Printing) -> Iterator[None]:
    """Note a printing that is made inside the ``with``, and take it back if that fails; one that
    may come out of the printer all the same stays noted."""
    file = register.note(printing)
    try:
        yield
    except StillPrinting:
        raise
    except BaseException:
        file.unlink(missing_ok=True)
        raise
