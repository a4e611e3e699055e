"""The command that installs something on this machine, for the person who looks after it."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Mapping

_COMMANDS = {
    "brew": "brew install",
    "apt-get": "apt-get install",
    "dnf": "dnf install",
    "apk": "apk add",
}


def install(packages: Mapping[str, str]) -> str:
    """The command of this machine's package manager; ``packages`` names the package for each."""
    manager = _manager()
    command = f"{_COMMANDS[manager]} {packages[manager]}"
    return command if manager == "brew" else as_root(command)


def as_root(command: str) -> str:
    """The command with sudo before it, where that is needed."""
    return command if os.geteuid() == 0 else f"sudo {command}"


def mac() -> bool:
    """Whether this is a Mac, which has other commands."""
    return platform.system() == "Darwin"


def _manager() -> str:
    if mac():
        return "brew"
    found = (name for name in ("apt-get", "dnf", "apk") if shutil.which(name))
    return next(found, "apt-get")
