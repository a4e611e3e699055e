"""References: what they say, and how a message may show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.intake.fhir.found import Found
from generator.model.fhir_types import Reference

_TAIL = re.compile(r"[A-Z][A-Za-z]{1,39}/[A-Za-z0-9\-.]{1,64}")
_CODE = re.compile(r"[a-z]+(-[a-z]+){0,4}")
_URN = re.compile(r"urn:(uuid:[0-9A-Fa-f-]{36}|oid:[0-9.]{3,64})")


def raw_reference(value: Any) -> str:
    """The text of a Reference that is not typed yet; "" without one."""
    found = value.get("reference") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def references(found: Found, element: str) -> Iterator[str]:
    """The texts of all References in a list that is not typed yet."""
    listed = found.data.get(element)
    return filter(None, map(raw_reference, listed if isinstance(listed, list) else ()))


def type_of(reference: Reference) -> str:
    """The type of the resource that a reference says it leads to; "" when it does not say."""
    tail = split(reference.reference or "")[2]
    return tail.partition("/")[0] or reference.type or ""


def plain(code: str) -> str:
    """A code of the record as a message may show it."""
    return code if _CODE.fullmatch(code) else "of no kind that FHIR knows"


def named(reference: str) -> str:
    """A reference as a message may show it; "" for one that could hold anything (a search)."""
    if _URN.fullmatch(reference):
        return reference
    return split(reference)[2]


def dangling(part: str, reference: str) -> str:
    """What is said of a reference that leads nowhere."""
    shown = named(reference)
    if not shown:
        return f"{part} is no reference that can be followed; export the record with plain ones"
    return f"{part} refers to {shown}, which is not in the file; export it as well"


def split(reference: str) -> tuple[str, str, str]:
    """The server's address, a slash, and ``Type/id`` without a version; or three empty texts."""
    server, type_, id_ = "", "", ""
    path = reference.partition("/_history/")[0]
    parts = path.rsplit("/", 2)
    if len(parts) == 3 and parts[0].startswith(("http://", "https://")):
        server, type_, id_ = parts
    elif len(parts) == 2:
        type_, id_ = parts
    tail = f"{type_}/{id_}"
    return (server, "/", tail) if _TAIL.fullmatch(tail) else ("", "", "")
