"""The digest of all that a packet is made from, so that a run knows what it need not redo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from generator.library import Layers
from generator.model import Clinic, Plan


def fingerprint(plan: Plan, fragments: Iterable[str], look: str) -> str:
    """Of a plan, the keys of its fragments, and the look of its own pages."""
    digest = hashlib.sha256(plan.model_dump_json().encode())
    for part in (*fragments, look):
        digest.update(f"|{part}".encode())
    return digest.hexdigest()


def look_of(templates: Layers, clinic: Clinic, asked: tuple[object, ...]) -> str:
    """A digest of all templates, the clinic, and what was asked for; not of the day."""
    digest = hashlib.sha256(f"{clinic.model_dump_json()}{asked!r}".encode())
    for name, file in templates.files().items():
        if name.endswith(".md"):
            continue
        digest.update(name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
