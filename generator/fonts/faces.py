"""The faces on a page. They come from packages, never from the machine.

Pango finds fonts through fontconfig, so fontconfig is given a configuration that knows our
packages' folders and nothing else: a face that is not ours cannot be used at all, and a
character that ours lack shows up as a missing glyph instead of being borrowed somewhere.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from xml.sax.saxutils import escape

from generator.errors import MachineError, installing


@dataclass(frozen=True, slots=True)
class Face:
    """A font family, the package that carries its files, and the folder in it.

    ``extra`` names the optional dependency that brings it; without one it is always there.
    """

    family: str
    package: str
    files: str = "files"
    extra: str | None = None

    @property
    def folder(self) -> Path:
        """The folder of the font files; raises :class:`MachineError` when it is missing."""
        if not self.installed:
            raise self.missing
        spec = importlib.util.find_spec(self.package)
        return Path(spec.origin if spec and spec.origin else "").parent / self.files

    @property
    def missing(self) -> MachineError:
        return MachineError(f"The font {self.family} is missing", f"Install it with: {self.cure}")

    @property
    def installed(self) -> bool:
        return importlib.util.find_spec(self.package) is not None

    @property
    def cure(self) -> str:
        """The command that installs it."""
        if self.extra:
            return installing(f"handout-press[{self.extra}]")
        return installing(self.package.replace("_", "-"))


CJK = "cjk"
_CJK = ("justmytype_intl_cjk", "fonts/ofl/notosans{}", CJK)

FACES = (
    Face("Atkinson Hyperlegible", "fontpkg_atkinson_hyperlegible"),
    Face("Noto Sans", "fontpkg_noto_sans"),
    Face("Almarai", "fontpkg_almarai"),
    *(
        Face(f"Noto Sans {script}", _CJK[0], _CJK[1].format(script.lower()), _CJK[2])
        for script in ("SC", "TC", "JP", "KR")
    ),
    Face("Lexend", "fontpkg_lexend", extra="faces"),
    Face("Source Sans 3", "fontpkg_source_sans_3", extra="faces"),
)
"""In order of preference: a hyperlegible face, then those with the rest of the world's letters,
then those that a clinic may choose for its brand."""
LATIN = ("Atkinson Hyperlegible", "Noto Sans", "Lexend", "Source Sans 3")
"""The faces that a brand may name."""


@cache
def required(family: str) -> Face:
    """A face that is to be printed with; raises :class:`MachineError` when it is missing."""
    (face,) = (face for face in FACES if face.family == family)
    if not face.installed:
        raise face.missing
    return face


def faces() -> tuple[Face, ...]:
    """The faces of this machine; one that is no extra and missing raises when it is used."""
    return tuple(face for face in FACES if face.installed or not face.extra)


def use_only_our_fonts() -> None:
    """Point fontconfig at our faces. Has to happen before WeasyPrint is imported.

    Each set of faces has a file of its own: another version of the press, or one with other
    extras, may start on this machine at the same moment.
    """
    folders = "".join(f"<dir>{escape(str(face.folder))}</dir>" for face in faces())
    cache = _cache_folder()
    config = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
    )
    file = cache / f"fonts-{hashlib.sha256(config.encode()).hexdigest()[:16]}.conf"
    if not file.exists():
        partial = file.with_suffix(f".{os.getpid()}")
        partial.write_text(config)
        partial.replace(file)
    os.environ["FONTCONFIG_FILE"] = str(file)
    # Instances of variable fonts carry a time stamp; this one makes them the same every time.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


def _cache_folder() -> Path:
    """Where fontconfig keeps its index: the user's cache, or a folder of this process alone."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "handout-press" / "fontconfig"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if os.access(folder, os.W_OK) else Path(mkdtemp(prefix="handout-press-"))
    except OSError:
        return Path(mkdtemp(prefix="handout-press-"))
