"""A library that stands on another: which files are overridden, and whether all are named.

``content/clinic.yaml`` lists every file that both have. A file that is in both and is not listed
is an error, and so is an entry of the list that covers nothing: no clinic prints its own words, or
the shipped ones, without having said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import ContentError, Problem
from generator.library.find import CLINIC, FOLDERS, shipped_library
from generator.library.layers import Layers, is_own
from generator.library.pictures import FIGURES
from generator.library.places import shown
from generator.library.shelf import Shelf, Shelved
from generator.model import Clinic, HandoutDefinition
from generator.model.canonical import digest_of


@dataclass(frozen=True, slots=True)
class Overridden:
    """A file of the clinic's in the place of a shipped one. ``of`` is the digest of the shipped
    file as it was then, ``now`` as it is; ``index`` is the place in the clinic's list."""

    file: str
    of: str
    now: str
    index: int

    @property
    def stale(self) -> bool:
        """Whether the shipped file changed since."""
        return self.of != self.now


def layers_of(folder: Path) -> Layers:
    """The layers of a library, as its ``clinic.yaml`` says; while that cannot be read, its own
    folder alone."""
    clinic = Shelf(Layers(folder)).one(CLINIC, Clinic)
    if clinic is None or clinic.model.beneath is None:
        return Layers(folder)
    listed = frozenset(entry.file for entry in clinic.model.beneath.overrides)
    return Layers(folder, shipped_library(), listed)


def clinic_of(folder: Path) -> Shelved[Clinic]:
    """A library's ``clinic.yaml`` alone; raises :class:`ContentError` with its problems."""
    shelf = Shelf(Layers(folder))
    clinic = shelf.one(CLINIC, Clinic)
    if clinic is None:
        raise ContentError(shelf.problems)
    return clinic


def overridden(layers: Layers, clinic: Clinic) -> tuple[Overridden, ...]:
    """Every file that the clinic overrides."""
    entries = clinic.beneath.overrides if clinic.beneath else ()
    return tuple(
        Overridden(entry.file, entry.of, digest_of(below.read_bytes()), index)
        for index, entry in enumerate(entries)
        if (below := layers.below(entry.file)) and below.is_file()
    )


def spoken(
    definitions: Mapping[str, Shelved[HandoutDefinition]],
    layers: Layers,
    clinic: Shelved[Clinic] | None,
) -> dict[str, Shelved[HandoutDefinition]]:
    """The handouts; those that are beneath, overridden or not, in the clinic's languages alone, and
    without those that are in none of them."""
    if clinic is None or layers.beneath is None:
        return dict(definitions)
    found = {}
    for name, item in definitions.items():
        title = {k: v for k, v in item.model.title.items() if k in clinic.model.languages}
        if layers.below(f"handouts/{name}/handout.yaml") is None:
            found[name] = item
        elif title:
            found[name] = replace(item, model=item.model.model_copy(update={"title": title}))
    return found


def check_beneath(layers: Layers, clinic: Shelved[Clinic]) -> Iterator[Problem]:
    """What is wrong between a clinic's own files and those beneath."""
    if layers.beneath is None:
        return
    if layers.own.resolve() == layers.beneath.resolve():
        message = "this is the shipped library itself, which stands on none; remove this block"
        yield clinic.file.problem(("beneath",), message)
        return
    for index, name in enumerate(_listed(clinic.model)):
        if idle := _idle(layers, name):
            yield clinic.file.problem(("beneath", "overrides", index, "file"), idle)
    yield from _shadows(layers)
    yield from _orphans(layers)


def _listed(clinic: Clinic) -> list[str]:
    return [entry.file for entry in clinic.beneath.overrides] if clinic.beneath else []


def _idle(layers: Layers, name: str) -> str | None:
    """Why an entry of the list covers nothing."""
    if is_own(name):
        return "is always the clinic's own, and never taken from beneath; take the entry out"
    below = layers.below(name)
    if below is None or not below.is_file():
        return "is not in the shipped library (any more); take the entry out: your file stays"
    if not (layers.own / name).is_file():
        return f"is not in this library; run 'handouts override {name}', or take the entry out"
    return None


def _shadows(layers: Layers) -> Iterator[Problem]:
    """Files that both have, and that nobody listed. The two lists of figures are read together.

    Asked for by the shipped names, so that none is missed behind a link or on a disk that does not
    tell capitals from small letters.
    """
    names = (f"{owner}/{name}" for owner in FOLDERS for name in layers.within(owner).files())
    for name in names:
        own, below = layers.own / name, layers.below(name)
        is_there = own.exists() or own.is_symlink()
        if below and is_there and name not in {*layers.overrides, FIGURES}:
            message = (
                f"the shipped library has this file as well ({shown(below)}); list it under "
                f"beneath.overrides in {CLINIC} ('handouts override {name}' does), or remove it"
            )
            yield Problem(shown(own), 0, 0, "", message)


def _orphans(layers: Layers) -> Iterator[Problem]:
    """Ledgers of shipped handouts that an update took away: nobody may throw a ledger away."""
    for ledger in sorted((layers.own / "handouts").glob("*/signoffs.yaml")):
        if not layers.find(f"handouts/{ledger.parent.name}/handout.yaml").exists():
            message = (
                "belongs to a handout that the shipped library has no longer; write its "
                "handout.yaml here, or keep the folder somewhere else"
            )
            yield Problem(shown(ledger), 0, 0, "", message)
