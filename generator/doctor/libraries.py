"""The system's libraries that WeasyPrint lays text out with, and WeasyPrint itself."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import io
from collections.abc import Iterator
from dataclasses import dataclass

from generator.doctor.finding import Finding
from generator.doctor.installing import install
from generator.errors import installing
from generator.fonts.faces import use_only_our_fonts
from generator.press.page import import_weasyprint


@dataclass(frozen=True, slots=True)
class _Needed:
    """A library, the packages that hold it, and the oldest version that WeasyPrint works with."""

    name: str
    stem: str
    number: int
    debian: str
    others: str
    oldest: tuple[int, ...] = ()

    @property
    def cure(self) -> str:
        alpine = "harfbuzz-subset" if self.stem == "harfbuzz-subset" else self.others
        packages = {"apt-get": self.debian, "apk": alpine}
        return install(packages | dict.fromkeys(("brew", "dnf"), self.others))


_LIBRARIES = (
    _Needed("Pango", "pango-1.0", 0, "libpango-1.0-0", "pango", (1, 44)),
    _Needed("PangoFT2", "pangoft2-1.0", 0, "libpangoft2-1.0-0", "pango"),
    _Needed("HarfBuzz", "harfbuzz", 0, "libharfbuzz0b", "harfbuzz", (4, 1)),
    _Needed("HarfBuzz-subset", "harfbuzz-subset", 0, "libharfbuzz-subset0", "harfbuzz"),
    _Needed("Fontconfig", "fontconfig", 1, "libfontconfig1", "fontconfig"),
)


def libraries() -> Iterator[Finding]:
    """Each library: whether it loads, and whether it is recent enough."""
    for needed in _LIBRARIES:
        library = _load(needed)
        if library is None:
            yield Finding(needed.name, "not here", needed.cure)
            continue
        version = _version(needed.stem, library)
        if _numbers(version) < needed.oldest:
            oldest = ".".join(map(str, needed.oldest))
            cure = f"update the system, or install {needed.name} {oldest} or newer: {needed.cure}"
            yield Finding(needed.name, f"{version} is too old", cure)
        else:
            yield Finding(needed.name, version or "here")


def engine() -> Finding:
    """WeasyPrint, imported as a print would; it is loud when it cannot be."""
    try:
        use_only_our_fonts()
        with contextlib.redirect_stdout(io.StringIO()):
            return Finding("WeasyPrint", import_weasyprint().VERSION)
    except Exception as error:
        again = installing("--force-reinstall", "handout-press")
        cure = f"install the press again: {again}"
        return Finding("WeasyPrint", f"does not load ({type(error).__name__}: {error})", cure)


def _load(needed: _Needed) -> ctypes.CDLL | None:
    stem, number = needed.stem, needed.number
    names = (f"lib{stem}.so.{number}", f"lib{stem}.{number}.dylib", f"lib{stem}.dylib")
    for name in (*names, ctypes.util.find_library(stem)):
        with contextlib.suppress(OSError):
            if name:
                return ctypes.CDLL(name)
    return None


def _version(stem: str, library: ctypes.CDLL) -> str:
    """What a library says its version is; nothing for those that go with another."""
    if stem == "fontconfig":
        number = int(library.FcGetVersion())
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    asked = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}.get(stem)
    if asked is None:
        return ""
    function = getattr(library, asked)
    function.restype = ctypes.c_char_p
    return str(function().decode("ascii"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
