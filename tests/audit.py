"""``make audit``: what the press is made of, by which licences, and whether holes are known in it.

Writes the list as CycloneDX 1.6 (JSON) beside the wheel. Looking for known holes needs pip-audit
and a network; where one is missing, that is said and nothing is claimed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from generator import __version__
from tests.conftest import REPO

NAME = "handout-press"
UNKNOWN = "not declared"


def parts() -> list[Distribution]:
    """Every distribution that an installed press brings along with all its extras, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(_declared())
    while waiting:
        required = waiting.pop()
        if (key := _folded(required.name)) in found:
            continue
        found[key] = distribution(required.name)
        waiting += _required(found[key], required.extras)
    return [found[key] for key in sorted(found)]


def licence(part: Distribution) -> str:
    """How a distribution declares its licence: an SPDX expression, or its own words."""
    metadata = part.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    trove = [line for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
    if trove:
        return " and ".join(line.rpartition(" :: ")[2] for line in trove)
    text = metadata["License"].strip() if "License" in metadata else ""
    return text.splitlines()[0][:60] if text else UNKNOWN


def sbom() -> dict[str, Any]:
    """The bill of materials, the same each time for the same parts."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": NAME, "version": __version__}},
        "components": [_component(part) for part in parts()],
    }


def main() -> int:
    """List, write, and look for known holes; 1 when some are known."""
    parser = argparse.ArgumentParser(prog="audit")
    parser.add_argument("--output", type=Path, default=REPO / "dist" / "sbom.cdx.json")
    options = parser.parse_args()
    for part in parts():
        sys.stdout.write(f"{part.name:30}{part.version:14}{licence(part)}\n")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(sbom(), indent=1) + "\n")
    sys.stdout.write(f"\nwritten: {options.output}\n")
    return _known_holes()


def _known_holes() -> int:
    if find_spec("pip_audit") is None:
        said = "pip-audit is not installed, so known holes were NOT looked for. "
        sys.stdout.write(f"{said}With a network: uvx pip-audit -r requirements.lock\n")
        return 0
    lock = ["--require-hashes", "-r", str(REPO / "requirements.lock")]
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", *lock]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    sys.stdout.write(ended.stdout + ended.stderr)
    if ended.returncode and re.search(r"[Cc]onnection|resolve|timed out", ended.stderr):
        sys.stdout.write("There is no network, so known holes were NOT looked for.\n")
        return 0
    return min(ended.returncode, 1)


def _declared() -> Iterator[Requirement]:
    project = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    lines = (*project["dependencies"], *(line for extra in extras for line in extra))
    yield from (one for one in map(Requirement, lines) if one.name != NAME)  # [all] names us


def _required(part: Distribution, extras: set[str]) -> Iterator[Requirement]:
    environments = [{"extra": extra} for extra in ("", *extras)]
    for required in map(Requirement, part.requires or ()):
        if required.marker is None or any(map(required.marker.evaluate, environments)):
            yield required


def _component(part: Distribution) -> dict[str, Any]:
    return {
        "type": "library",
        "name": part.name,
        "version": part.version,
        "purl": f"pkg:pypi/{_folded(part.name)}@{part.version}",
        "licenses": [{"license": {"name": licence(part)}}],
    }


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
