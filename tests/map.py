"""Draws the rooms and who imports whom, from the code's own imports: ``make map``.

The ground is at the foot of the picture: a room leans on those below it. An arrow stands for an
import; one that can be reached by a longer way is left out, since the longer way tells it too.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise

from tests.conftest import REPO
from tests.test_architecture import DOORS, MODULES, ROOMS, imports, room

TARGET = REPO / "docs" / "rooms.svg"
ROW, BOX_HIGH, BOX_WIDE, GAP = 84, 44, 118, 18
TOP, SIDE, SWEEPS = 52, 28, 200
STYLE = """
  .page { fill: #fbfaf7 } text { fill: #23313a;
    font: 14px 'Atkinson Hyperlegible', 'Noto Sans', 'Segoe UI', sans-serif }
  .box { fill: #fff; stroke: #7b8f99 } .story .box { stroke: #1b6a77; stroke-width: 2.5 }
  .name { fill: #17323f; font-weight: 700 } .name, .size { text-anchor: middle }
  .note, .size { fill: #52646d; font-size: 12px }
  .way { fill: none; stroke: #93a6af; stroke-width: 1.4 } .tip { fill: #93a6af }
  @media (prefers-color-scheme: dark) {
    .page { fill: #12191d } .box { fill: #1c262b; stroke: #6f8590 } .name { fill: #e8f0f3 }
    .story .box { stroke: #62b6c3 } .note, .size { fill: #a9bac2 }
    .way { stroke: #647984 } .tip { fill: #647984 }
  }
"""
"""Colours for a light page and a dark one; text stays text."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A room on a floor, or the place where a way passes that floor between the rooms."""

    floor: int
    room: str
    leads_to: str = ""

    @property
    def wide(self) -> float:
        return GAP if self.leads_to else BOX_WIDE


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
    """Lines in a room, in hundreds: not every change makes the picture an old one."""
    lines = sum(len(m.read_text().splitlines()) for m in MODULES if room(m) == name)
    return max(1, round(lines / 100)) * 100


def ways(leans: dict[str, frozenset[str]]) -> list[list[Spot]]:
    """Each arrow from room to room, with the spots at which it passes the floors between."""
    level = {name: floor for floor, names in enumerate(floors(leans)) for name in names}
    return [
        [
            Spot(level[name], name),
            *(Spot(floor, name, to) for floor in range(level[name] - 1, level[to], -1)),
            Spot(level[to], to),
        ]
        for name in ROOMS
        for to in sorted(leans[name])
    ]


def placed(leans: dict[str, frozenset[str]]) -> dict[Spot, float]:
    """How far from the left each spot is: near what it is joined to, and not on another."""
    arrows = ways(leans)
    joined: dict[Spot, list[Spot]] = {}
    for arrow in arrows:
        for one, other in pairwise(arrow):
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
    rows = [[s for s in joined if s.floor == floor] for floor in range(len(floors(leans)))]
    across = {s: (i - len(row) / 2) * BOX_WIDE for row in rows for i, s in enumerate(row)}
    for _ in range(SWEEPS):
        for row in (*rows, *reversed(rows)):
            wanted = {s: sum(across[o] for o in joined[s]) / len(joined[s]) for s in row}
            across |= _apart(sorted(row, key=lambda s: (wanted[s], s.room, s.leads_to)), wanted)
    left = min(across[spot] - spot.wide / 2 for spot in across)
    return {spot: x - left + SIDE for spot, x in across.items()}


def _apart(row: list[Spot], wanted: dict[Spot, float]) -> dict[Spot, float]:
    """Spots in their order, each as near as can be to where it should be."""
    groups: list[tuple[list[Spot], float]] = []
    for spot in row:
        group, middle = [spot], wanted[spot]
        while groups and groups[-1][1] + (_width(groups[-1][0]) + _width(group)) / 2 > middle:
            before, its_middle = groups.pop()
            total = len(before) + len(group)
            middle = (its_middle * len(before) + middle * len(group)) / total
            group = before + group
        groups.append((group, middle))
    found: dict[Spot, float] = {}
    for group, middle in groups:
        x = middle - _width(group) / 2
        for spot in group:
            found[spot] = x + (spot.wide + GAP) / 2
            x += spot.wide + GAP
    return found


def _width(group: list[Spot]) -> float:
    return sum(spot.wide + GAP for spot in group)


def svg() -> str:
    """The picture."""
    leans = needed(leans_on())
    across, top_floor = placed(leans), len(floors(leans)) - 1
    down = {spot: TOP + (top_floor - spot.floor) * ROW for spot in across}
    width = max(x + spot.wide / 2 for spot, x in across.items()) + SIDE
    height = max(down.values()) + BOX_HIGH + 24
    said = f"{len(ROOMS)} rooms. Each leans on those that its arrows lead to"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        'role="img" aria-labelledby="t">',
        f'<title id="t">The rooms of generator/: {said}</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{width:.0f}" height="{height:.0f}"/>',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="tip" d="M0 1 7 4 0 7z"/></marker></defs>',
        f'<text class="note" x="{SIDE}" y="30">{said}.</text>',
        *(_way([(across[s], down[s]) for s in arrow]) for arrow in ways(leans)),
        *(_box(spot.room, across[spot], down[spot]) for spot in across if not spot.leads_to),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _way(through: list[tuple[float, float]]) -> str:
    """A calm curve: upright where it passes a floor, bent in between."""
    x, y = through[0]
    path = f"M{x:.0f} {y + BOX_HIGH}"
    y += BOX_HIGH
    for index, (next_x, next_y) in enumerate(through[1:], 2):
        half = (next_y - y) / 2
        end = next_y - 1 if index == len(through) else next_y
        path += f"C{x:.0f} {y + half:.0f} {next_x:.0f} {next_y - half:.0f} {next_x:.0f} {end:.0f}"
        x, y = next_x, next_y
        if index < len(through):
            path += f"V{y + BOX_HIGH}"
            y += BOX_HIGH
    return f'<path class="way" marker-end="url(#tip)" d="{path}"/>'


def _box(name: str, x: float, y: float) -> str:
    doors = ", ".join(library for library, rooms in DOORS.items() if name in rooms)
    shown = f"{name}/" if (REPO / "generator" / name).is_dir() else f"{name}.py"
    kind = "story" if name == "pipeline" else "room"
    return (
        f'<g class="{kind}">'
        f"<title>door of {doors or 'no library'}</title>"
        f'<rect class="box" x="{x - BOX_WIDE / 2:.0f}" y="{y}" width="{BOX_WIDE}" '
        f'height="{BOX_HIGH}" rx="6"/>'
        f'<text class="name" x="{x:.0f}" y="{y + 19}">{shown}</text>'
        f'<text class="size" x="{x:.0f}" y="{y + 35}">{size(name):,} lines</text></g>'
    )


def main() -> None:
    """Write docs/rooms.svg."""
    TARGET.write_text(svg(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(REPO)}\n")


if __name__ == "__main__":
    main()
