"""The index of a file's structure elements that have an id."""

from __future__ import annotations

from typing import Any

import pydyf


def index_ids(pdf: pydyf.PDF, root: Any) -> None:
    """An element that is referred to by id has to be found by it (ISO 32000-1, 14.7.2)."""
    marked = (t for t in pdf.objects if isinstance(t, pydyf.Dictionary) and "ID" in t)
    found = sorted((thing["ID"].string, thing.reference) for thing in marked)
    if found:
        names = [part for name, reference in found for part in (pydyf.String(name), reference)]
        limits = [pydyf.String(found[0][0]), pydyf.String(found[-1][0])]
        leaf = pydyf.Dictionary({"Limits": pydyf.Array(limits), "Names": pydyf.Array(names)})
        root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf])})
