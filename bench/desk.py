"""The desk, warm: a plan's packet, a page after a save, the picking page of a large library."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from bench import whole_html
from bench.cases import HANDOUT, NOW, library_of, roster_of
from generator.cache import Cache
from generator.intake import load_roster, read_entries
from generator.library import Library, load_library
from generator.markup import render
from generator.pipeline import Order, noted_packet, packet_maker
from generator.recall import Register
from generator.web.plan.data import form_fields
from tests.desk import OpenDesk, open_desk

CONFIRMED = [(f"confirm.{name}", "yes") for name in ("name", "birth_date", "side")]


def desk_ratios(
    folder: Path, *, packets: int = 40, saves: int = 12, looks: int = 40
) -> Iterator[str]:
    """Three lines for the results: each a ratio within one run, by turns."""
    yield _packets(folder / "desk-packets", packets)
    yield _saves(folder / "desk-saves", saves)
    yield _picking(folder / "desk-picking", looks)


def _packets(folder: Path, count: int) -> str:
    """From the POST of a confirmed plan to its last byte, and the packet made in this process."""
    library = library_of(12, folder / "library")
    cache = Cache(folder / "cache")
    order = Order(folder, NOW, cache=cache, register=Register(folder / "register"))
    maker = packet_maker(library, order)
    roster = roster_of(2 * count + 4, folder / "roster.csv")
    entries, rows = read_entries(roster, library), load_roster(roster, library, NOW).rows
    kept = {"HANDOUTS_CACHE": str(folder / "cache"), "HANDOUTS_REGISTER": str(folder / "register")}
    ours, theirs = [], []
    with open_desk(library.folder, folder / "desk", "--allow-unreviewed", **kept) as desk:
        for n in range(0, 2 * count + 4, 2):
            give = _confirmed(desk, form_fields(entries[n].data))
            theirs.append(_timed(lambda: _given(desk, give)))  # noqa: B023  # called at once

            def compose() -> bytes:
                plan = rows[n + 1].plan  # noqa: B023  # called at once
                with noted_packet(library, plan, order, maker, allow_unreviewed=True) as (_, made):
                    return made.pdf

            ours.append(_timed(compose))
    ratio = statistics.median(t / o for t, o in zip(theirs[2:], ours[2:], strict=True))
    return (
        f"- The desk, from the POST of a plan to the last byte of 12 pages: {ratio:.2f} times "
        f"composing it ({_ms(theirs[2:])} and {_ms(ours[2:])} ms)."
    )


def _confirmed(desk: OpenDesk, fields: list[tuple[str, str]]) -> bytes:
    """The body of the last form; the screen before it is not measured."""
    page = desk.post(f"/plan/{HANDOUT}", [*fields, ("do", "confirm")])
    seal = re.search(r'name="seal" value="(\w+)"', page.text)
    assert seal, page.text
    said = [("token", desk.token), *fields, *CONFIRMED, ("seal", seal[1]), ("how", "download")]
    return urlencode(said).encode()


def _given(desk: OpenDesk, body: bytes) -> bytes:
    kind = {"content-type": "application/x-www-form-urlencoded", "origin": desk.base}
    answer = desk.ask("POST", f"/plan/{HANDOUT}/give", body, kind)
    assert answer.status == 200
    return answer.body


def _saves(folder: Path, count: int) -> str:
    """From a saved sentence to the picture of its page, and one layout of the same handout."""
    library = library_of(7, folder / "library")
    pages = packet_maker(library, Order(folder, NOW, cache=Cache(None)))
    assert pages.handout(library.handout(HANDOUT, "en"), large_print=False).pages == 4
    kept = {"HANDOUTS_CACHE": str(folder / "cache")}
    ours, theirs = [], []
    with (
        open_desk(library.folder, folder / "desk", **kept) as desk,
        closing(_events(desk)) as heard,
    ):
        next(heard)
        desk.get(f"/edit/{HANDOUT}/en/state")
        for n in range(count + 2):
            theirs.append(_timed(lambda: _saved(desk, library.folder, n, heard)))  # noqa: B023
            html, css = _html(load_library(library.folder))
            ours.append(_timed(lambda: whole_html.print_whole(library, html, css)))  # noqa: B023
    ratio = statistics.median(t / o for t, o in zip(theirs[2:], ours[2:], strict=True))
    return (
        f"- The desk, from saving a sentence to the picture of its page, 4 pages: {ratio:.2f} "
        f"times one WeasyPrint render of them ({_ms(theirs[2:])} and {_ms(ours[2:])} ms)."
    )


def _saved(desk: OpenDesk, library: Path, n: int, heard: Iterator[str]) -> bytes:
    """Save a sentence, hear of it, ask for the pages, fetch the one that changed."""
    file = library / "content" / "procedures" / HANDOUT / "en.yaml"
    words = re.sub(r"( Save number \d+\.)?$", f" Save number {n}.", _purpose(file), count=1)
    text = re.sub(
        r"^purpose: .*$", lambda _: f"purpose: {words}", file.read_text(), flags=re.MULTILINE
    )
    file.write_text(text)
    next(heard)
    state = desk.get(f"/edit/{HANDOUT}/en/state").text
    first = re.search(r'"(/pages/[^"]+)"', state)
    assert first, state
    picture = desk.get(first[1].replace("\\u0026", "&")).body
    assert picture.startswith(b"\x89PNG")
    return picture


def _purpose(file: Path) -> str:
    found = re.search(r"^purpose: (.*)$", file.read_text(), re.MULTILINE)
    assert found
    return found[1]


def _html(library: Library) -> tuple[str, str]:
    """The handout as one HTML, and its stylesheet."""
    maker = packet_maker(library, Order(Path(), NOW, cache=Cache(None)))
    views = maker._maker("en", False)
    handout = library.handout(HANDOUT, "en")
    document = views.handout_document(handout, maker.standing(handout))
    rendered = render(document, library.templates)
    return rendered.html, rendered.css


def _events(desk: OpenDesk) -> Generator[str, None, None]:
    """The library's marks as a browser hears them."""
    line = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    line.request("GET", "/edit/events", headers={"cookie": desk.cookie})
    answer = line.getresponse()
    try:
        while text := answer.readline():
            if text.startswith(b"data: "):
                yield text[6:].decode().strip()
    finally:
        line.close()


def _picking(folder: Path, count: int) -> str:
    """The first page with 500 handouts and with 10."""
    times: dict[int, list[float]] = {}
    for handouts in (10, 500):
        library = _many(handouts, folder / str(handouts))
        with open_desk(library, folder / f"desk-{handouts}") as desk:
            times[handouts] = [_timed(lambda: desk.get("/").body) for _ in range(count + 3)]
            assert desk.get("/").text.count('class="card"') == handouts
    ratio = statistics.median(times[500][3:]) / statistics.median(times[10][3:])
    return (
        f"- The desk's picking page with 500 handouts: {ratio:.2f} times that with 10 "
        f"({_ms(times[500][3:])} and {_ms(times[10][3:])} ms)."
    )


def _many(handouts: int, folder: Path) -> Path:
    """A library of so many handouts: nine of ours, and the others like one of them."""
    library_of(6, folder)
    names = sorted(place.name for place in (folder / "handouts").iterdir())
    for n in range(handouts - len(names)):
        shutil.copytree(folder / "handouts" / "amputation", folder / "handouts" / f"bench-{n}")
    return folder


def _timed(make: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    assert make()
    return time.perf_counter() - start


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f}"


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="bench-desk-") as place:
        for said in desk_ratios(Path(place)):
            print(said, flush=True)
