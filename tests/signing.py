"""Signs the tests' own handouts, as invented clinicians."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.library import add_entry, load_library
from generator.model import SignOff
from generator.model.ledger import head_of
from generator.signoff import digest, words_of
from tests.conftest import REPO


def sign(folder: Path, handout: str = "sample", **changed: object) -> SignOff:
    """Add an entry to a handout's ledger: an approval of its words as they are, if not said
    otherwise."""
    library = load_library(folder)
    language = str(changed.get("language", "en"))
    words = library.handout(handout, language)
    entry = {
        "action": "approve",
        "language": language,
        "version": words.version,
        "digest": digest(words),
        "by": "R. Sampleton",
        "credential": "MD",
        "role": "Test surgeon",
        "on": "2026-11-01",
        **changed,
    }
    if words.translates and "translates" not in changed:
        source = words.translates
        entry["translates"] = {"language": source.language, "digest": digest(source)}
    if entry["action"] == "withdraw":
        entry = {"note": "a test", **entry}
    seen = head_of(handout, library.signoffs.get(handout, ()))
    signed = words_of(words) if entry["digest"] == digest(words) else None
    if entry["action"] == "withdraw":
        signed = None
    return add_entry(folder, handout, entry, seen, signed, words.pictures)


def signed_copy(folder: Path) -> Path:
    """The tests' own library with the templates of this checkout: one handout of it stands."""
    shutil.copytree(REPO / "tests" / "library", folder)
    shutil.copytree(REPO / "templates", folder / "templates")
    sign(folder, on="2027-02-01")
    return folder
