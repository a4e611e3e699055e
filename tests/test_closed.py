"""A library is closed: no way leads out of it, and its pictures hold nothing but a drawing."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO, Run

LOGO = Path("content/figures/logo.svg")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
CIRCLE = '<circle cx="4" cy="4" r="4"/>'
LEADS_OUT = "is a link that leads out of the library; put the file itself there"


@pytest.mark.parametrize(
    "place",
    [
        "content/clinic.yaml",
        "content/figures/logo.svg",
        "content/topics/sample-topic",
        "handouts/other/handout.yaml",
        "templates/base.html",
    ],
)
def test_a_link_out_of_the_library_is_refused(place: str, run: Run, folder: Path) -> None:
    link, outside = folder / place, folder.parent / "outside"
    link.rename(outside)
    link.symlink_to(outside)
    ended = run("list")
    assert (ended.code, ended.out) == (3, "")
    assert f"{place}: {LEADS_OUT}" in ended.err


def test_a_link_inside_the_library_is_none_of_these(run: Run, folder: Path) -> None:
    logo = folder / LOGO
    logo.rename(logo.with_name("real.svg"))
    logo.symlink_to("real.svg")
    assert run("list").code == 0


@pytest.mark.parametrize(
    "place", ["content/figures/logo.svg", "content/topics/sample-topic/en.yaml"]
)
def test_a_pipe_in_place_of_a_file_does_not_hang(place: str, run: Run, folder: Path) -> None:
    (folder / place).unlink()
    os.mkfifo(folder / place)
    said = run("list").err
    assert f"{place}: is neither a file nor a folder (a pipe, or a device?); remove it" in said


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_names_that_windows_keeps_are_refused(name: str, run: Run, folder: Path) -> None:
    (folder / "handouts" / "other").rename(folder / "handouts" / name)
    assert f"handouts/{name}: Windows keeps this name for a device; rename it" in run("list").err


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "../../../etc/passwd"),
        ("build", "sample", "--lang", "../../en"),
        ("review", "log", "../other"),
        ("check", "../other"),
        ("whatis", "../../other"),
    ],
)
def test_a_path_is_no_id(arguments: tuple[str, ...], run: Run, folder: Path) -> None:
    ended = run(*arguments)
    assert ended.code == 2, ended.err
    assert "Traceback" not in ended.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<script>alert(1)</script>", "holds <script>, which is not printed; remove it"),
        ('<image href="file:///etc/passwd"/>', "holds <image>, which is not printed; remove it"),
        ('<use href="http://127.0.0.1:9/x.svg#a"/>', "refers to something outside (href); put it"),
        ('<a href="file:///etc/passwd">x</a>', "refers to something outside (href); put it"),
        ('<rect fill="url(http://127.0.0.1:9/x)"/>', "refers to something outside (fill); put it"),
        ("<rect style=\"fill:url( 'file:x' )\"/>", "refers to something outside (style); put it"),
        ('<style>@import "http://127.0.0.1:9/x";</style>', "refers to something outside in its"),
        ('<rect onload="x()"/>', "has a script (onload); remove it"),
        ("<g>" * 60 + "</g>" * 60, "has too many parts, or too deeply nested ones"),
        (CIRCLE * 50_001, "has too many parts, or too deeply nested ones"),
        (
            '<g id="a"/><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>',
            "uses 'b', which uses a part itself; draw it out",
        ),
        ('<g id="a"><use href="#a"/></g>', "uses 'a', which uses a part itself; draw it out"),
        ("<g>", "is broken in line 1 (mismatched tag); save it anew"),
    ],
)
def test_a_drawing_that_is_more_than_one_is_refused(
    inner: str, said: str, run: Run, folder: Path
) -> None:
    (folder / LOGO).write_text(SVG.format(inner))
    ended = run("list")
    assert ended.code == 3
    assert f"the picture {LOGO} {said}" in ended.err


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "has a DOCTYPE, which could"),
        ('<?xml-stylesheet href="http://127.0.0.1:9/x"?>', "has the instruction <?xml-stylesheet"),
    ],
)
def test_entities_and_instructions_are_refused(
    before: str, said: str, run: Run, folder: Path
) -> None:
    (folder / LOGO).write_text(before + SVG.format(CIRCLE))
    assert f"the picture {LOGO} {said}" in run("list").err


def test_a_drawing_may_use_its_own_parts(run: Run, folder: Path) -> None:
    drawing = f'<defs><g id="a">{CIRCLE}</g></defs><use href="#a"/><rect fill="url(#a)"/>'
    (folder / LOGO).write_text(SVG.format(drawing))
    assert run("list").code == 0


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", width, height) + b"\x08\2\0\0\0"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (png(100_000, 100_000), "has 100,000 by 100,000 pixels; at most 40,000,000 are printed"),
        (png(0, 5), "has 0 by 5 pixels; at most 40,000,000 are printed"),
        (b"GIF89a" + b"\0" * 30, "is no PNG; save it again as PNG"),
        (b"", "is no PNG; save it again as PNG"),
        (b"\x89PNG" + b"\0" * 10_000_000, "is over 10,000,000 bytes; save it smaller"),
    ],
)
def test_a_photograph_of_no_sane_size_is_refused(
    content: bytes, said: str, run: Run, folder: Path
) -> None:
    figures = folder / LOGO.parent / "figures.yaml"
    figures.write_text(figures.read_text().replace("logo.svg", "logo.png"))
    (folder / LOGO).with_suffix(".png").write_bytes(content)
    assert f"the picture {LOGO.with_suffix('.png')} {said}" in run("list").err


COUNTING = """
import sys
opened = []
def look(event, arguments):
    if event.startswith("socket."):
        opened.append(event)
sys.addaudithook(look)
from generator.cli import main
try:
    main()
finally:
    print(f"SOCKETS {len(opened)}", file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--lang", "en", "-o", "{out}"),
        ("build", "--lang", "en", "--format", "html", "-o", "{out}"),
        ("plan", "content/examples/plan.yaml", "--allow-unreviewed", "-o", "{out}"),
    ],
    ids=["pdf", "html", "packet"],
)
def test_no_socket_is_opened_while_everything_is_built(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    line = ["--library", str(REPO), "--as-of", "2027-03-01"]
    line += [argument.format(out=tmp_path / "out") for argument in arguments]
    own = {name: str(tmp_path / name) for name in ("HANDOUTS_CACHE", "HANDOUTS_REGISTER")}
    ended = subprocess.run(
        [sys.executable, "-c", COUNTING, *line],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO), **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.splitlines()[-1] == "SOCKETS 0"
    assert any((tmp_path / "out").iterdir())
