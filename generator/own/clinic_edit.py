"""Changes the list of overridden files in a ``clinic.yaml`` that people write, and nothing else.

The file is changed as text, so that comments and line breaks stay; then it is read again, and kept
only if it says exactly what was meant.
"""

from __future__ import annotations

import copy
from typing import Any

from generator.errors import ContentError, UsageError
from generator.library import CLINIC, YamlText, parse_yaml
from generator.model import Location

_LIST: Location = ("beneath", "overrides")


class CannotEdit(UsageError):
    """The list of overridden files is written on one line, or in another way of its own.

    Cure: change content/clinic.yaml as the message says. Where that adds an entry, run the command
    again then.
    """

    def __init__(self, change: str) -> None:
        super().__init__(f"{CLINIC} is written in a way that the program does not change. {change}")


def listed(content: bytes, file: str, digest: str) -> bytes:
    """A ``clinic.yaml`` with one entry more, or with another digest in the entry that is there.

    Raises :class:`ContentError` when it cannot be read, and :class:`CannotEdit`.
    """
    text, source, wanted = _read(content)
    entries = wanted["beneath"].setdefault("overrides", [])
    known = [entry["file"] for entry in entries]
    if file in known:
        index = known.index(file)
        changed = _with_digest(text, source, index, entries[index]["of"], digest)
        entries[index]["of"] = digest
    else:
        changed = _with_entry(text, source, file, digest)
        entries.append({"file": file, "of": digest})
    if not _says(changed, wanted):
        raise CannotEdit(
            f"Write under 'beneath', in its list 'overrides':\n  - file: {file}\n    of: {digest}"
        )
    return changed.encode()


def unlisted(content: bytes, file: str) -> bytes:
    """A ``clinic.yaml`` without the entry of a file, and without the comment directly above it;
    without the list, if it was the only one.

    Raises :class:`ContentError` when it cannot be read, and :class:`CannotEdit`.
    """
    text, source, wanted = _read(content)
    entries = wanted["beneath"]["overrides"]
    index = [entry["file"] for entry in entries].index(file)
    changed = _without_entry(text, source, index, alone=len(entries) == 1)
    del entries[index]
    if not entries:
        del wanted["beneath"]["overrides"]
    if not _says(changed, wanted):
        raise CannotEdit(
            f"Take the entry of {file} out of its list 'overrides', under 'beneath', and move that "
            "file of yours away."
        )
    return changed.encode()


def comment_above(content: bytes, file: str) -> tuple[str, ...]:
    """The lines of the comment that :func:`unlisted` takes out with the entry of a file."""
    text, source, data = _read(content)
    index = [entry["file"] for entry in data["beneath"]["overrides"]].index(file)
    lines, (first, _) = source.splitlines(), _entry(text, index)
    return tuple(line.strip() for line in lines[_from(lines, first) - 1 : first - 1])


def _read(content: bytes) -> tuple[YamlText, str, dict[str, Any]]:
    """With its places, as it is written, and its data for a change."""
    text, problems = parse_yaml(CLINIC, content)
    if text is None:
        raise ContentError(problems)
    return text, content.decode("utf-8-sig"), copy.deepcopy(text.data)


def _without_entry(text: YamlText, source: str, index: int, *, alone: bool) -> str:
    lines = source.splitlines(keepends=True)
    first, last = _entry(text, index)
    gone = set(range(_from(lines, first), last + 1)) | ({text.marks[_LIST][0]} if alone else set())
    return "".join(line for number, line in enumerate(lines, 1) if number not in gone)


def _entry(text: YamlText, index: int) -> tuple[int, int]:
    """The first and the last line of an entry, counted from 1."""
    at = (*_LIST, index)
    own = [line for place, (line, _) in text.marks.items() if place[: len(at)] == at]
    return min(own), max(own)


def _from(lines: list[str], first: int) -> int:
    """Where the comment begins that belongs to the entry that begins at a line: directly above it,
    and as deep. Such a comment says why this file is overridden; left behind it would say so of the
    next one. What stands apart, or further out, is about more than the entry."""
    begins = lines[first - 1].partition("-")[0] + "#"
    while lines[first - 2].startswith(begins):
        first -= 1
    return first


def _with_digest(text: YamlText, source: str, index: int, old: str, new: str) -> str:
    lines = source.splitlines(keepends=True)
    line = text.marks[*_LIST, index, "of"][0] - 1
    lines[line] = lines[line].replace(old, new)
    return "".join(lines)


def _with_entry(text: YamlText, source: str, file: str, digest: str) -> str:
    lines = source.splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    after, indent = _place(text, lines, end)
    lines[after - 1] = lines[after - 1].rstrip("\r\n") + end
    lines.insert(after, f"{indent}- file: {file}{end}{indent}  of: {digest}{end}")
    return "".join(lines)


def _place(text: YamlText, lines: list[str], end: str) -> tuple[int, str]:
    """After which line the new entry stands, and how deep; makes the list if there is none."""
    below = " " * (text.marks["beneath", "library"][1] - 1)
    if (*_LIST, 0) in text.marks:
        last = max(line for at, (line, _) in text.marks.items() if at[:2] == _LIST)
        return last, " " * (text.marks[*_LIST, 0][1] - 3)
    if _LIST in text.marks:
        line = text.marks[_LIST][0]
        lines[line - 1] = f"{below}overrides:{end}"
        return line, f"{below}  "
    line = max(line for at, (line, _) in text.marks.items() if at[0] == "beneath")
    lines[line - 1] = lines[line - 1].rstrip("\r\n") + f"{end}{below}overrides:{end}"
    return line, f"{below}  "


def _says(source: str, wanted: dict[str, Any]) -> bool:
    text, _ = parse_yaml(CLINIC, source.encode())
    return text is not None and text.data == wanted
