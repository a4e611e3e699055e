"""The faces that a page needs, and whether they have the letters of the clinic's languages."""

from __future__ import annotations

from collections.abc import Iterator

from generator.doctor.finding import Finding
from generator.errors import MachineError
from generator.fonts.coverage import cure_for, faces_with, unprintable
from generator.fonts.faces import FACES, Face
from generator.library import Library
from generator.model.walk import texts


def fonts() -> Iterator[Finding]:
    """Each face of ours; one that comes with an extra is optional."""
    yield from map(_face, FACES)


def _face(face: Face) -> Finding:
    name, optional = f"font {face.family}", face.extra is not None
    if not face.installed:
        found = "not here; not every page needs it" if optional else "not here"
        return Finding(name, found, face.cure, optional)
    count = len(list(face.folder.glob("*.ttf")))
    if not count:
        return Finding(name, "its files are gone", f"{face.cure} --force-reinstall", optional)
    return Finding(name, f"{count} file{'s' if count != 1 else ''}")


def brand_face(library: Library) -> Finding:
    """The face that the clinic's brand names; no page is printed without it."""
    face = next(face for face in FACES if face.family == library.clinic.brand.font)
    if face.installed:
        return Finding("the brand's face", face.family)
    return Finding("the brand's face", f"{face.family} is not here", face.cure)


def letters(library: Library) -> Iterator[Finding]:
    """For each language of the clinic: whether our faces have every letter that is written in it.

    Nothing of a language whose letters a missing face may have: that face's own line says so.
    """
    for language in library.clinic.languages:
        text = _written(library, language)
        try:
            lacking, used = unprintable(text), faces_with(text)
        except MachineError:
            continue
        name = f"letters of '{language}'"
        if lacking:
            cures = [cure_for(character) for character in lacking]
            cure = next((cure for cure in cures if "install" in cure), cures[0])
            yield Finding(name, f"no font here has {' '.join(lacking[:5])}", cure)
        else:
            yield Finding(name, f"{len(text)} different ones: {', '.join(used) or 'no words yet'}")


def _written(library: Library, language: str) -> str:
    """Each character once of all that is written in a language."""
    found: set[str] = set()
    for (_, written), words in (*library.procedures.items(), *library.topics.items()):
        if written == language:
            found.update(character for _, text in texts(words) for character in text)
    return "".join(sorted(found))
