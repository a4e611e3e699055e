"""The optional parts of an installation: what is lacking, and the command that brings it."""

from __future__ import annotations

import importlib.util
import os
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


def installing(*package: str) -> str:
    """The command that adds a package to the environment this program runs in; before its name
    there may be options of pip.

    pipx and uv keep a program in an environment of its own, which a plain pip does not reach; nor
    does it reach a virtual environment that is not activated.
    """
    environment, python = Path(sys.prefix), shlex.quote(sys.executable)
    wanted = shlex.join(package)
    if (environment / "pipx_metadata.json").exists():
        return f"pipx runpip {shlex.quote(environment.name)} install {wanted}"
    if (environment / "uv-receipt.toml").exists():
        return f"uv pip install --python {python} {wanted}"
    pip = "pip" if _is_at_hand(environment) else f"{python} -m pip"
    return f"{pip} install {wanted}"


def _is_at_hand(environment: Path) -> bool:
    """Whether the shell's own ``pip`` is that of the environment."""
    if activated := os.environ.get("VIRTUAL_ENV"):
        return Path(activated).resolve() == environment.resolve()
    return sys.prefix == sys.base_prefix
