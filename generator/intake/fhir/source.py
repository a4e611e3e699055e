"""From bytes to the resources of a Bundle, or of NDJSON; or a refusal of the whole file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from generator.errors import PlanError, Problem
from generator.library import shown

MAX_BYTES = 50_000_000
MAX_DEPTH = 100
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_PLAIN_KEY = re.compile(r"\w{1,40}")

Raw = dict[str, Any]
Numbered = tuple[int, str, Raw]
"""A resource with the number of its line (0 in a Bundle) and its ``fullUrl`` ("" without one)."""


def read_source(path: Path) -> list[Numbered]:
    """All resources in the file's order; raises :class:`PlanError` for a file that is none."""
    return list(_Source(shown(path)).resources(path))


class _Source:
    def __init__(self, name: str) -> None:
        self._name = name

    def resources(self, path: Path) -> Iterator[Numbered]:
        text = self._text(path)
        lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) > 1 and self._is_resource(lines[0][1]):
            for number, line in lines:
                yield number, "", self._resource(self._parsed(line, number), number)
            return
        data = self._parsed(text)
        if self._type(data) == "Bundle":
            yield from self._bundle(data)
        else:
            yield 0, "", self._resource(data, 0)

    def _text(self, path: Path) -> str:
        try:
            with path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise self.refused(f"cannot be read: {error.strerror}") from None
        if len(raw) > MAX_BYTES:
            raise self.refused(f"is over {MAX_BYTES:,} bytes; split it")
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise self.refused("is not UTF-8, as FHIR has to be; export it again", line) from None
        if not text.strip():
            raise self.refused("is empty; export it again")
        return text

    def _is_resource(self, line: str) -> bool:
        """Whether the first line is a resource by itself, so that the file is NDJSON."""
        try:
            return self._type(json.loads(line)) not in {"", "Bundle"}
        except (ValueError, RecursionError):
            return False

    def _parsed(self, text: str, line: int = 0) -> Any:
        try:
            data = json.loads(
                text,
                parse_float=_number,
                parse_int=_number,
                parse_constant=_no_number,
                object_pairs_hook=_object,
            )
        except json.JSONDecodeError as error:
            message, at = f"is no JSON: {error.msg}; export it again", line or error.lineno
            raise self.refused(message, at, error.colno) from None
        except ValueError as error:
            raise self.refused(str(error), line) from None
        except RecursionError:
            raise self.refused("is nested too deeply; export it again", line) from None
        self._refuse_odd(data, text, line)
        return data

    def _refuse_odd(self, data: Any, text: str, line: int) -> None:
        """Nesting that no record needs, and half characters, which no page can show."""
        halves = bool(_SURROGATE.search(text))
        level, depth = [data], 0
        while level:
            depth += 1
            if depth > MAX_DEPTH:
                raise self.refused("is nested too deeply; export it again", line)
            below: list[Any] = []
            for one in level:
                if halves and isinstance(one, str) and not _is_whole(one):
                    message = "holds half a character (a lone surrogate); export it again"
                    raise self.refused(message, line)
                if isinstance(one, dict):
                    below += (*one, *one.values()) if halves else one.values()
                elif isinstance(one, list):
                    below += one
            level = below

    @staticmethod
    def _type(data: Any) -> str:
        found = data.get("resourceType") if isinstance(data, dict) else None
        return found if isinstance(found, str) else ""

    def _resource(self, data: Any, line: int, place: str = "") -> Raw:
        kind = self._type(data)
        if not kind:
            message = f"{place}is no FHIR resource (it has no resourceType); export it again"
            raise self.refused(message, line)
        if kind == "Bundle":
            raise self.refused(f"{place}is a Bundle inside another; unpack it", line)
        assert isinstance(data, dict)  # noqa: S101  # it has a type
        return data

    def _bundle(self, bundle: Raw) -> Iterator[Numbered]:
        if bundle.get("type") == "history":
            raise self.refused("is a Bundle of type history; export the records as they are now")
        links = bundle.get("link")
        for link in links if isinstance(links, list) else ():
            if isinstance(link, dict) and link.get("relation") == "next":
                message = "is one page of several (it has a link 'next'); fetch all into one file"
                raise self.refused(message)
        entries = bundle.get("entry", [])
        if not isinstance(entries, list):
            raise self.refused("is no FHIR Bundle (its entry is no list); export it again")
        for number, entry in enumerate(entries, start=1):
            if not isinstance(entry, dict):
                raise self.refused(f"entry {number} is no Bundle entry; export it again")
            url = entry.get("fullUrl", "")
            if "resource" in entry:
                data = self._resource(entry["resource"], 0, f"entry {number} ")
                yield 0, url if isinstance(url, str) else "", data

    def refused(self, message: str, line: int = 0, column: int = 1) -> PlanError:
        return PlanError([Problem(self._name, line, column if line else 0, "", message)])


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("holds a number that is too large; export it again") from None


def _no_number(_: str) -> None:
    raise ValueError("holds NaN or Infinity, which JSON does not know; export it again")


def _object(pairs: list[tuple[str, Any]]) -> Raw:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        named = f" '{twice}'" if _PLAIN_KEY.fullmatch(twice) else ""
        raise ValueError(f"has the same key{named} twice in one object; export it again")
    return found


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
