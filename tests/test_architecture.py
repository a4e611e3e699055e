"""The house rules that a machine can watch: who may import whom, and by which door."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPO

ROOMS = (
    "errors",
    "output",
    "private",
    "bounds",
    "cache",
    "fonts",
    "model",
    "library",
    "own",
    "signoff",
    "intake",
    "recall",
    "markup",
    "press",
    "compose",
    "assembly",
    "specimen",
    "review",
    "check",
    "run",
    "pipeline",
    "batches",
    "web",
    "doctor",
    "cli",
)
"""From the ground up. A room imports only from itself and from those before it."""

DOORS = {
    "pydantic": {"model"},
    "pydantic_core": {"model"},
    "yaml": {"library"},
    "jinja2": {"markup"},
    "markupsafe": {"markup"},
    "babel": {"markup"},
    "weasyprint": {"press"},
    "pydyf": {"press"},
    "pikepdf": {"compose"},
    "zxingcpp": {"compose"},
    "PIL": {"compose"},
    "distributed": {"run"},
    "openpyxl": {"intake"},
    "pypdfium2": {"press"},
    "fontTools": {"fonts"},
    "icalendar": {"review"},
    "defusedxml": {"intake"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "watchfiles": {"web"},
    "click": {"cli"},
    "rich": {"cli"},
}
"""Each third-party library has one room that may import it."""

MODULES = sorted((REPO / "generator").rglob("*.py"))


def room(module: Path) -> str:
    return module.relative_to(REPO / "generator").parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out in full"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_belongs_to_a_room() -> None:
    seen = {room(module) for module in MODULES}
    assert seen - {"__init__", "__main__"} == set(ROOMS)
    assert len(MODULES) > 40


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(REPO)))
def test_a_room_imports_only_from_rooms_before_it(module: Path) -> None:
    if room(module) in {"__init__", "__main__"}:
        return
    allowed = set(ROOMS[: ROOMS.index(room(module)) + 1])
    own = {name.split(".")[1] for name in imports(module) if name.startswith("generator.")}
    assert own - {"__version__"} <= allowed


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(REPO)))
def test_third_party_libraries_have_one_door(module: Path) -> None:
    outside = {name.split(".")[0] for name in imports(module)} - sys.stdlib_module_names
    outside -= {"generator"}
    for library in outside:
        assert room(module) in DOORS[library], f"{library} belongs to {DOORS[library]}"


def test_every_door_is_used() -> None:
    used = {name.split(".")[0] for module in MODULES for name in imports(module)}
    assert set(DOORS) <= used


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(REPO)))
def test_only_the_command_line_knows_what_day_it_is(module: Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert room(module) == "cli" or not calls & {"now", "today", "utcnow"}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(REPO)))
def test_modules_say_what_they_are_for_and_stay_short(module: Path) -> None:
    text = module.read_text()
    assert ast.get_docstring(ast.parse(text)), "a module starts with what it is for"
    assert len(text.splitlines()) <= 200
