"""A clinic's brand: colours, logo and face by clinic.yaml alone, and no sign-off minds."""

from __future__ import annotations

import typing
from pathlib import Path

import pikepdf
import pytest

from generator.cache import Cache
from generator.errors import ExitCode
from generator.fonts import faces
from generator.library import load_library
from generator.model.clinic import Font
from generator.pipeline import Order, build
from generator.signoff import digest
from tests.conftest import NOW, Run

COLOUR = 'accent: "#7a3b00"'


def with_face(folder: Path, face: str) -> None:
    clinic = folder / "content" / "clinic.yaml"
    text = clinic.read_text()
    assert COLOUR in text
    clinic.write_text(text.replace(COLOUR, f"{COLOUR}, font: {face}"))


def made(folder: Path, output: Path, **how: typing.Any) -> bytes:
    order = Order(output, NOW, cache=Cache(None), **how)
    (one,) = build(load_library(folder), [("sample", "en")], order)
    return one.path.read_bytes()


def families(folder: Path, output: Path) -> set[str]:
    """The faces inside a handout's file."""
    made(folder, output)
    with pikepdf.open(output / "sample.en.pdf") as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        names = {str(font["/BaseFont"]) for font in fonts if "/BaseFont" in font}
    return {name.partition("+")[2].partition("-Bold")[0].rstrip(",") for name in names}


def test_the_faces_that_a_brand_may_name_are_those_that_there_are() -> None:
    assert typing.get_args(Font) == faces.LATIN
    assert set(faces.LATIN) <= {face.family for face in faces.FACES}


@pytest.mark.parametrize("face", faces.LATIN)
def test_a_brand_names_its_face(face: str, folder: Path, tmp_path: Path) -> None:
    with_face(folder, face)
    assert families(folder, tmp_path / "out") == {face.replace(" ", "-")}


@pytest.mark.parametrize("how", [{"large_print": True}, {"booklet": True}])
@pytest.mark.parametrize("face", faces.LATIN[1:])
def test_every_face_fits_every_edition(
    face: str, how: dict[str, bool], folder: Path, tmp_path: Path
) -> None:
    with_face(folder, face)
    assert made(folder, tmp_path, **how)


@pytest.mark.parametrize("face", faces.LATIN)
def test_a_page_for_a_screen_has_the_face_inside(face: str, folder: Path, tmp_path: Path) -> None:
    with_face(folder, face)
    html = made(folder, tmp_path, format="html").decode()
    assert f'@font-face{{font-family:"{face}"' in html
    assert html.count("@font-face") == (2 if face == "Atkinson Hyperlegible" else 1)
    assert f'font-family: "{face}"' in html


def test_the_tint_follows_the_brand(folder: Path, tmp_path: Path) -> None:
    clinic = folder / "content" / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("#0b4f5c", "#3a1a6e"))
    assert b"background: #f1eff5" in made(folder, tmp_path, format="html")


def test_another_brand_leaves_every_sign_off_standing(folder: Path) -> None:
    before = digest(load_library(folder).handout("sample", "en"))
    with_face(folder, "Noto Sans")
    clinic = folder / "content" / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("#0b4f5c", "#3a1a6e"))
    assert digest(load_library(folder).handout("sample", "en")) == before


def test_a_face_that_is_not_installed_is_named_with_its_cure(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_face(folder, "Lexend")
    absent = faces.Face("Lexend", "not_installed_at_all", extra="faces")
    kept = tuple(face for face in faces.FACES if face.family != "Lexend")
    monkeypatch.setattr(faces, "FACES", (*kept, absent))
    faces.required.cache_clear()
    ended = run("build", "sample")
    faces.required.cache_clear()
    assert ended.code == ExitCode.OUTPUT
    assert ended.err == (
        "handouts: The font Lexend is missing. "
        "Install it with: pip install 'handout-press[faces]'\n"
    )
    assert not (folder / "out").exists()
