"""The cache: an entry is sound or it is none, and no patient is ever in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cache import FOLDER, Cache
from generator.library import Library, load_library
from generator.pipeline import Order, build, packet
from tests.conftest import NOW, REPO, Run


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def made(library: Library, output: Path, cache: Cache) -> bytes:
    order = Order(output, NOW, cache=cache)
    return next(iter(build(library, [("other", "en")], order))).path.read_bytes()


def test_an_entry_comes_back_as_it_was(kept: Cache) -> None:
    kept.put("key", b"content")
    assert kept.get("key") == b"content"
    assert kept.get("other") is None
    assert [entry.stat().st_mode & 0o777 for entry in kept.entries()] == [0o600]


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 32 + b"other content"])
def test_a_damaged_entry_is_none(kept: Cache, damage: bytes) -> None:
    kept.put("key", b"content")
    (entry,) = kept.entries()
    entry.write_bytes(damage)
    assert kept.get("key") is None


def test_a_cut_entry_is_none(kept: Cache) -> None:
    kept.put("key", b"content" * 100)
    (entry,) = kept.entries()
    entry.write_bytes(entry.read_bytes()[:-1])
    assert kept.get("key") is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put("key", b"content")
    assert cache.get("key") is None
    assert list(cache.entries()) == []


def test_what_is_kept_prints_the_same_bytes(library: Library, tmp_path: Path, kept: Cache) -> None:
    anew = made(library, tmp_path / "1", Cache(None))
    first = made(library, tmp_path / "2", kept)
    entries = list(kept.entries())
    assert entries
    assert made(library, tmp_path / "3", kept) == first == anew
    assert list(kept.entries()) == entries


def test_damaged_entries_are_laid_out_anew(library: Library, tmp_path: Path, kept: Cache) -> None:
    first = made(library, tmp_path / "1", kept)
    for entry in kept.entries():
        entry.write_bytes(entry.read_bytes()[:-9])
    assert made(library, tmp_path / "2", kept) == first
    assert all(kept.get(entry.stem) for entry in kept.entries())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/topics/sample-topic/en.yaml", "two handouts", "some handouts"),
        ("content/clinic.yaml", "number: 2,", "number: 3,"),
        ("content/clinic.yaml", "name: Test Clinic", "name: Other Clinic"),
        ("content/clinic.yaml", '"#7a3b00"', '"#7a3b00", font: Noto Sans'),
        ("content/figures/logo.svg", 'r="4"', 'r="5"'),
        ("templates/topic.html", "{% include", "<p>more</p>{% include"),
        ("templates/print.css", "--text: 14pt", "--text: 15pt"),
        ("handouts/other/handout.yaml", "Another handout", "A third handout"),
    ],
)
def test_whatever_changes_a_page_is_seen(
    folder: Path, tmp_path: Path, kept: Cache, file: str, old: str, new: str
) -> None:
    before = made(load_library(folder), tmp_path / "1", kept)
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    from generator.markup.html import environment

    environment.cache_clear()
    assert made(load_library(folder), tmp_path / "2", kept) != before


def test_another_engine_lays_out_anew(
    library: Library, tmp_path: Path, kept: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(library, tmp_path / "1", kept)
    count = len(list(kept.entries()))
    monkeypatch.setattr("generator.assembly.fragments.engine", lambda: "another")
    made(library, tmp_path / "2", kept)
    assert len(list(kept.entries())) == 2 * count


def test_nothing_of_a_patient_is_kept(library: Library, tmp_path: Path, kept: Cache) -> None:
    import pikepdf

    plan = library.folder / "content" / "examples" / "plan.yaml"
    order = Order(tmp_path / "out", NOW, cache=kept, duplex=True)
    packet(library, plan, order, allow_unreviewed=True)
    contents = [kept.get(entry.stem) or b"" for entry in kept.entries()]
    assert contents
    for content in contents:
        pdf = content.partition(b"\n")[2]
        from io import BytesIO

        import pypdfium2

        with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
            text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        with pikepdf.open(BytesIO(pdf)) as opened:
            text += " ".join(str(value) for value in opened.docinfo.values())
        assert not any(word in text for word in ("Testa", "Exampleperson", "EX-000123", "1961"))


def test_a_kept_handout_is_printed_without_the_layout_engine(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from generator.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print('weasyprint' in sys.modules, 'rich' in sys.modules)"
    )
    command = [sys.executable, "-c", code, "--library", str(folder), "build", "other"]
    environment = {**os.environ, FOLDER: str(tmp_path / "cache"), "PYTHONPATH": str(REPO)}
    said = [
        subprocess.run(
            [*command, *more],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]
        for more in ([], [], ["--no-cache"])
    ]
    assert said == ["True False", "False False", "True False"]


def test_info_and_clear(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    assert json.loads(run("cache", "info", "--json").out)["entries"] == 0
    run("build", "other", "--no-cache")
    assert json.loads(run("cache", "info", "--json").out)["entries"] == 0
    run("build", "other")
    info = json.loads(run("cache", "info", "--json").out)
    assert set(info) == {"folder", "entries", "bytes"}
    assert info["entries"] == 3
    assert "3" in run("cache", "info").out
    assert run("cache", "clear").out == "3 entries removed.\n"
    assert json.loads(run("cache", "info", "--json").out)["bytes"] == 0
