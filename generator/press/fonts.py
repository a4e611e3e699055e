"""The faces on a page. They come from packages, never from the machine.

Pango finds fonts through fontconfig, so fontconfig is given a configuration that knows our
packages' folders and nothing else: a face that is not ours cannot be used at all, and a
character that ours lack shows up as a missing glyph instead of being borrowed somewhere.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from xml.sax.saxutils import escape

from generator.errors import MachineError


@dataclass(frozen=True, slots=True)
class Face:
    """A font family and the package that carries its files."""

    family: str
    package: str

    @property
    def folder(self) -> Path:
        """The folder of the font files; raises :class:`MachineError` when it is missing."""
        try:
            module = importlib.import_module(self.package)
        except ModuleNotFoundError:
            raise MachineError(
                f"The font {self.family} is missing",
                f"Install it with: pip install {self.package.replace('_', '-')}",
            ) from None
        return Path(module.ROOT) / "files"


FACES = (
    Face("Atkinson Hyperlegible", "fontpkg_atkinson_hyperlegible"),
    Face("Noto Sans", "fontpkg_noto_sans"),
)
"""In order of preference: a hyperlegible face, then one with far more of the world's letters."""


def use_only_our_fonts() -> None:
    """Point fontconfig at our faces. Has to happen before WeasyPrint is imported."""
    folders = "".join(f"<dir>{escape(str(face.folder))}</dir>" for face in FACES)
    cache = _cache_folder()
    config = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
    )
    file = cache / "fonts.conf"
    if not file.exists() or file.read_text() != config:
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
