"""Draws the rooms and who imports whom, from the code's own imports: ``make map``.

The ground is at the foot of the picture: a room leans on those below it. An arrow stands for an
import; one that can be reached by a longer way is left out, since the longer way tells it too.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.conftest import REPO
from tests.test_architecture import DOORS, MODULES, ROOMS, imports, room

TARGET = REPO / "docs" / "rooms.svg"
WIDTH, ROW, BOX, WIDE = 960, 84, 44, 150
TOP, SIDE = 56, 40
STYLE = """
  svg { background: #fbfaf7; color: #23313a; font: 14px 'Atkinson Hyperlegible', 'Noto Sans', sans-serif }
  .box { fill: #fff; stroke: #7b8f99 } .name { fill: #17323f; font-weight: 700 }
  .note { fill: #52646d; font-size: 11.5px } .way { fill: none; stroke: #9fb0b8; stroke-width: 1.4 }
  .tip { fill: #9fb0b8 } .two .box { stroke: #1b6a77; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    svg { background: #12191d } .box { fill: #1c262b; stroke: #6f8590 } .name { fill: #e8f0f3 }
    .note { fill: #a9bac2 } .way { stroke: #5b6f79 } .tip { fill: #5b6f79 }
    .two .box { stroke: #62b6c3 }
  }
"""
"""Colours for a light page and a dark one; text stays text."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A room in the picture: its middle, the upper edge, and how many lines of code it has."""

    name: str
    x: float
    y: float
    lines: int


def leans_on() -> dict[str, frozenset[str]]:
    """For each room the rooms that it imports from."""
    found: dict[str, set[str]] = {name: set() for name in ROOMS}
    for module in MODULES:
        if (here := room(module)) in found:
            named = (name.split(".") for name in imports(module) if name.startswith("generator."))
            found[here] |= {parts[1] for parts in named if parts[1] in found} - {here}
    return {name: frozenset(others) for name, others in found.items()}


def needed(leans: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The same without the imports that another one implies."""
    reach: dict[str, frozenset[str]] = {}
    for name in ROOMS:
        reach[name] = leans[name].union(*(reach[other] for other in leans[name]))
    return {
        name: frozenset(
            one for one in others if not any(one in reach[other] for other in others - {one})
        )
        for name, others in leans.items()
    }


def floors(leans: dict[str, frozenset[str]]) -> list[list[str]]:
    """The rooms by floor, the ground first: each stands just above the highest it leans on."""
    level: dict[str, int] = {}
    for name in ROOMS:
        level[name] = max((level[other] + 1 for other in leans[name]), default=0)
    return [[n for n in ROOMS if level[n] == floor] for floor in range(max(level.values()) + 1)]


def size(name: str) -> int:
    """Lines of code in a room."""
    return sum(len(m.read_text().splitlines()) for m in MODULES if room(m) == name)


def placed(leans: dict[str, frozenset[str]]) -> dict[str, Drawn]:
    """Where each room stands: near the middle of what it leans on, as far as there is room."""
    drawn: dict[str, Drawn] = {}
    rows = floors(leans)
    for floor, names in enumerate(rows):
        y = TOP + (len(rows) - 1 - floor) * ROW
        ordered = sorted(names, key=lambda name: _middle(name, leans, drawn))
        step = (WIDTH - 2 * SIDE) / len(ordered)
        for index, name in enumerate(ordered):
            drawn[name] = Drawn(name, SIDE + step * (index + 0.5), y, size(name))
    return drawn


def _middle(name: str, leans: dict[str, frozenset[str]], drawn: dict[str, Drawn]) -> float:
    below = [drawn[other].x for other in sorted(leans[name])]
    return sum(below) / len(below) if below else WIDTH / 2


def svg() -> str:
    """The picture."""
    leans = needed(leans_on())
    drawn = placed(leans)
    height = max(one.y for one in drawn.values()) + BOX + 24
    total = sum(one.lines for one in drawn.values())
    said = f"{len(ROOMS)} rooms, {total:,} lines; each leans on those that its arrows lead to"
    ways = [_way(drawn[name], drawn[to]) for name in ROOMS for to in sorted(leans[name])]
    boxes = [_box(drawn[name]) for name in ROOMS]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            'role="img" aria-labelledby="t">',
            f'<title id="t">The rooms of generator/: {escape(said)}</title>',
            f"<style>{STYLE}</style>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path class="tip" d="M0 1 7 4 0 7z"/></marker></defs>',
            f'<text class="note" x="{SIDE}" y="28">{escape(said)}.</text>',
            *ways,
            *boxes,
            "</svg>\n",
        ]
    )


def _way(above: Drawn, below: Drawn) -> str:
    top, foot = above.y + BOX, below.y - 1
    bend = max(24.0, (foot - top) / 2)
    path = f"M{above.x:.0f} {top:.0f}C{above.x:.0f} {top + bend:.0f} {below.x:.0f} {foot - bend:.0f} "
    return f'<path class="way" marker-end="url(#tip)" d="{path}{below.x:.0f} {foot:.0f}"/>'


def _box(one: Drawn) -> str:
    wide = min(WIDE, (WIDTH - 2 * SIDE) / 5 - 14)
    doors = [library for library, rooms in DOORS.items() if one.name in rooms]
    tall = "two" if (REPO / "generator" / f"{one.name}.py").exists() and one.name == "pipeline" else "one"
    name = f"{one.name}/" if (REPO / "generator" / one.name).is_dir() else f"{one.name}.py"
    left = one.x - wide / 2
    return (
        f'<g class="{tall}"><title>{escape(", ".join(doors) or "no library from outside")}</title>'
        f'<rect class="box" x="{left:.1f}" y="{one.y:.0f}" width="{wide:.1f}" height="{BOX}" rx="6"/>'
        f'<text class="name" text-anchor="middle" x="{one.x:.0f}" y="{one.y + 19:.0f}">{name}</text>'
        f'<text class="note" text-anchor="middle" x="{one.x:.0f}" y="{one.y + 35:.0f}">'
        f"{one.lines:,} lines</text></g>"
    )


def main() -> None:
    """Write docs/rooms.svg."""
    TARGET.write_text(svg())
    sys.stdout.write(f"{Path(TARGET).relative_to(REPO)}\n")


if __name__ == "__main__":
    main()
