"""Python, the encoding of what is said, the clock, and the data of time zones."""

from __future__ import annotations

import locale
import os
import platform
import sys
from datetime import datetime
from importlib import metadata
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from generator.doctor.finding import Finding
from generator.doctor.installing import as_root, mac
from generator.errors import MachineError, installing
from generator.model.countries import countries

OLDEST = (3, 11)
_ZONE = "America/New_York"


def python() -> Finding:
    """Whether Python is recent enough."""
    found = platform.python_version()
    if tuple(map(int, found.split(".")[:2])) >= OLDEST:
        return Finding("Python", found)
    wanted = ".".join(map(str, OLDEST))
    cure = f"install Python {wanted} or newer, and set the press up with it: make PYTHON=python3.12"
    return Finding("Python", f"{found} is too old", cure)


def output() -> Finding:
    """Whether names in any script can be written to the terminal and into file names."""
    used = {
        "files": sys.getfilesystemencoding(),
        "text": locale.getencoding(),
        "output": sys.stdout.encoding or "",
    }
    wrong = [f"{where} in {name}" for where, name in used.items() if not _is_utf8(name)]
    if not wrong:
        return Finding("locale", "UTF-8")
    if os.environ.get("PYTHONIOENCODING"):
        return Finding("locale", ", ".join(wrong), "unset PYTHONIOENCODING")
    wanted = "en_US.UTF-8" if mac() else "C.UTF-8"
    return Finding("locale", ", ".join(wrong), f"export LC_ALL={wanted}")


def _is_utf8(name: str) -> bool:
    return name.lower().replace("-", "").replace("_", "") == "utf8"


def clock(now: datetime) -> Finding:
    """Whether the clock can be right: it is never before what is installed here was made."""
    found, package = f"{now:%Y-%m-%d %H:%M} UTC", _package()
    if package is None or now.year >= int(package.split(".")[0]):
        return Finding("clock", found)
    cure = "sntp -sS time.apple.com" if mac() else "timedatectl set-ntp true"
    return Finding("clock", f"{found} has long passed", f"set it: {as_root(cure)}")


def time_zones() -> Finding:
    """Whether the rules of time zones are here, the system's or else the package's; and the
    package, which also says which countries there are."""
    package = _package()
    system = [folder for folder in TZPATH if os.path.exists(f"{folder}/{_ZONE}")]  # noqa: PTH110
    try:
        ZoneInfo.no_cache(_ZONE)
        countries()
    except (ZoneInfoNotFoundError, MachineError):
        found = "the package tzdata is not here" if system else "no data"
        return Finding("time zones", found, installing("tzdata"))
    return Finding("time zones", system[0] if system else f"tzdata {package}")


def _package() -> str | None:
    """The version of the package of time zones: the year, and a letter's number; None if it is
    not here."""
    try:
        return metadata.version("tzdata")
    except metadata.PackageNotFoundError:
        return None
