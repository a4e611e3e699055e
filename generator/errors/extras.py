"""The optional parts of an installation: what is lacking, and the command that brings it."""

from __future__ import annotations

import importlib.util
import shlex
import sys
from pathlib import Path

from generator.errors.output import MachineError


class ExtraMissing(MachineError):
    """An optional part of the press is needed, and is not installed.

    Cure: run the command that the message names; docs/install.md says what each part brings.
    """

    def __init__(self, lacking: str, extra: str) -> None:
        super().__init__(lacking, f"Install it with: {installing(f'handout-press[{extra}]')}")


def lacking(*modules: str) -> str | None:
    """The first of these modules that is not installed; nothing is imported to find out."""
    return next((name for name in modules if importlib.util.find_spec(name) is None), None)


def installing(package: str) -> str:
    """The command that adds a package to the environment this program runs in.

    pipx and uv keep a program in an environment of its own, which a plain pip does not reach.
    """
    environment, package = Path(sys.prefix), shlex.quote(package)
    if (environment / "pipx_metadata.json").exists():
        return f"pipx runpip {shlex.quote(environment.name)} install {package}"
    if (environment / "uv-receipt.toml").exists():
        return f"uv pip install --python {shlex.quote(sys.executable)} {package}"
    return f"pip install {package}"
