"""The manifest: what became of every row, for people (CSV) and for programs (JSON).

It is written last. When it is there, every packet that it lists is whole.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.errors import NoRun
from generator.output import write_whole
from generator.signoff import PrintedWords, State, words_code

JSON_NAME, CSV_NAME = "manifest.json", "manifest.csv"
FORMAT = 2
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that starts so is a formula to a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Words:
    """A handout of a packet: which words it held, and where they stood; its language, which is
    another than the patient's where it was not written in that."""

    id: str
    version: str
    digest: str
    state: str
    language: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the roster. ``sheets`` are the first and last in the print run, from 1;
    ``flags`` are for a person to look at."""

    id: str
    row: int
    record_id: str
    language: str
    surgery_on: str
    handouts: tuple[Words, ...]
    pages: int
    status: str
    sha256: str = ""
    error: str = ""
    sheets: tuple[int, int] | None = None
    flags: tuple[str, ...] = ()


def words_in(records: Iterable[Record]) -> tuple[PrintedWords, ...]:
    """The words of packets, each once for each day of an operation."""
    handouts = {(words, record.surgery_on): None for record in records for words in record.handouts}
    return tuple(
        PrintedWords(
            words_code(w.id, w.version, w.language, w.digest),
            State(w.state),
            date.fromisoformat(day) if day else None,
        )
        for w, day in handouts
    )


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file for the printer: how many sheets and pages, and for a reprint what and when."""

    file: str
    sha256: str
    sheets: int
    pages: int
    on: str
    what: str = "all"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run's account of itself."""

    made_on: str
    roster: str
    duplex: bool
    packets: tuple[Record, ...]
    print_run: PrintedFile | None = None
    reprints: tuple[PrintedFile, ...] = ()
    manifest: int = field(default=FORMAT)

    def with_reprint(self, file: PrintedFile) -> Manifest:
        """The manifest with one more second copy noted."""
        return replace(self, reprints=(*self.reprints, file))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest.csv``, and ``manifest.json`` as the very last."""
    write_whole(folder / CSV_NAME, _csv(manifest.packets).encode("utf-8-sig"))
    text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False) + "\n"
    write_whole(folder / JSON_NAME, text.encode())


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises :class:`NoRun` when there is none that can be read."""
    try:
        data = json.loads(path.read_bytes())
        if data["manifest"] != FORMAT:
            raise NoRun(path, "was written by another version of the press; read it with that one")
        return _manifest(data)
    except OSError as error:
        raise NoRun(path, f"cannot be read: {error.strerror}; has the run finished?") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoRun(
            path, "is not a manifest of a run; name its manifest.json, or its folder"
        ) from None


def _manifest(data: dict[str, Any]) -> Manifest:
    packets = tuple(
        Record(
            **record
            | {
                "handouts": tuple(Words(**words) for words in record["handouts"]),
                "sheets": tuple(record["sheets"]) if record["sheets"] else None,
                "flags": tuple(record["flags"]),
            }
        )
        for record in data["packets"]
    )
    words_in(packets)  # states and days that are none are noticed here
    whole = PrintedFile(**data["print_run"]) if data["print_run"] else None
    reprints = tuple(PrintedFile(**reprint) for reprint in data["reprints"])
    for name in (record.id for record in packets):
        _refuse_path(name)
    for printed in filter(None, (whole, *reprints)):
        _refuse_path(printed.file)
    return Manifest(**data | {"packets": packets, "print_run": whole, "reprints": reprints})


def _refuse_path(name: str) -> None:
    """A manifest from elsewhere must not lead out of its folder."""
    if not _PLAIN_NAME.fullmatch(name):
        raise ValueError(name)


def _csv(records: Iterable[Record]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    names = [f.name for f in fields(Record) if f.name not in {"sheets", "flags"}]
    writer.writerow([*names, "first_sheet", "last_sheet", "flags"])
    for record in records:
        first, last = record.sheets or ("", "")
        handouts = "; ".join(f"{w.id} {w.version} ({w.state})" for w in record.handouts)
        cells = [
            *(record.id, record.row, record.record_id, record.language, record.surgery_on),
            handouts,
            *(record.pages, record.status, record.sha256, record.error, first, last),
            "; ".join(record.flags),
        ]
        writer.writerow([_safe(str(cell)) for cell in cells])
    return stream.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
