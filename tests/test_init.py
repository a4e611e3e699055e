"""A clinic's own library, begun by options and by answers: whole, sound, or not there at all."""

from __future__ import annotations

import importlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError, ExitCode
from generator.library import load_library, parse_yaml, read_yaml
from generator.own import DEFAULTS
from generator.own.answers import AnswersRefused
from generator.own.plain_yaml import block
from tests.clinics import OPTIONS, SAID, clinic
from tests.conftest import REPO, Result, Run

INIT = ("init", "new", *OPTIONS)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/>{}</svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a clinic stands that has nothing yet."""
    return tmp_path


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_a_library_is_begun_by_options(run: Run, folder: Path) -> None:
    result = run(*INIT)
    assert (result.code, result.out) == (0, "new\n"), result.err
    assert {name for name in files(folder / "new") if "schemas" not in name} == {
        ".gitignore",
        "README.md",
        "content/README.md",
        "content/clinic.yaml",
        "content/examples/plan.yaml",
        "content/figures/clinic-logo.svg",
        "content/figures/figures.yaml",
        "handouts/README.md",
        "templates/README.md",
    }
    made = load_library(folder / "new").clinic
    said = (made.name, made.address, made.phones.office.number, made.paper, made.languages)
    assert said == ("Sample Clinic", "2 Sample Street, Exampleton", "555-0142", "letter", ("en",))


def test_the_commands_that_it_names_are_the_next_ones(run: Run, folder: Path) -> None:
    said = run(*INIT).err
    named = [line.split()[1:] for line in said.splitlines() if line.startswith("  handouts ")]
    assert [line[2] for line in named] == ["list", "plan", "override"]
    for line in named:
        ended = run(*line)
        assert ended.code == 0, ended.err
    assert list((folder / "out").glob("packet-*.pdf"))
    assert (folder / "new" / named[2][3]).is_file()


def test_nothing_of_one_clinic_comes_along_to_another(folder: Path) -> None:
    made = load_library(clinic(folder / "new")).clinic
    assert made.plan.arrival_lead is None
    assert not made.intake.codes
    assert made.intake.fhir.contact is None
    assert not made.review.signatures
    theirs = load_library(REPO).clinic
    written = (folder / "new" / "content" / "clinic.yaml").read_text()
    phones = [phone.number for _, phone in theirs.phones if phone.number != "911"]
    for text in (theirs.name, theirs.address, theirs.phones.office.hours["en"], *phones):
        assert text not in written


def test_facts_and_rules_come_along_with_their_sources(folder: Path) -> None:
    made, theirs = load_library(clinic(folder / "new")).clinic, load_library(REPO).clinic
    assert set(theirs.facts) - set(made.facts) == {theirs.plan.arrival_lead}
    for name, fact in made.facts.items():
        assert (fact.number, fact.source) == (theirs.facts[name].number, theirs.facts[name].source)
    assert [r.id for r in made.plan.timeline] == [r.id for r in theirs.plan.timeline]
    assert {source.id for source in made.sources} < {source.id for source in theirs.sources}


@pytest.mark.parametrize("languages", ["en", "es", "ar,en", "zh-Hans", "en,es,ar,zh-Hans"])
def test_every_choice_of_languages_is_sound(run: Run, languages: str) -> None:
    assert run(*INIT, "--languages", languages).code == 0
    library = ("--library", "new")
    checked = run(*library, "check", "--strict")
    assert checked.code == 0, checked.out
    read = run(*library, "intake", "new/content/examples/plan.yaml")
    assert read.code == 0, read.err
    listed = run(*library, "list").out.splitlines()[1:]
    assert {line.split()[1] for line in listed} == set(languages.split(","))


def test_the_colours_are_the_shipped_ones_until_the_clinic_says_otherwise() -> None:
    brand = load_library(REPO).clinic.brand
    assert (DEFAULTS["colour"], DEFAULTS["accent"]) == (brand.primary, brand.accent)


def test_a_text_in_another_language_does_not_come_along(folder: Path) -> None:
    written = (clinic(folder / "new") / "content" / "clinic.yaml").read_text()
    assert " es: " not in written
    assert "en: nights" in written


def test_the_example_is_in_two_weeks_and_calls_the_clinic(folder: Path) -> None:
    text, _ = read_yaml(clinic(folder / "new") / "content" / "examples" / "plan.yaml")
    assert text
    assert text.data["surgery_at"] == "2026-12-07T07:30"
    assert text.data["contact"]["phone"] == SAID["office_phone"]


BAD = [
    (
        ("--colour", "#8899aa"),
        "--colour is too pale to read: contrast 2.9 to white, at least 7 is needed; darken it",
    ),
    (("--accent", "brown"), "--accent must be a colour such as #0b4f5c, not 'brown'"),
    (
        ("--time-zone", "New York"),
        "--time-zone must be a time zone such as America/New_York, not 'New York'",
    ),
    (("--country", "usa"), "--country must be a country's two-letter code such as US, not 'usa'"),
    (("--country", "XX"), "--country must be a country's two-letter code such as US, not 'XX'"),
    (("--paper", "a3"), "--paper must be 'a4' or 'letter', not 'a3'"),
    (
        ("--office-phone", "ask Ann"),
        "--office-phone must be a telephone number such as 555-0100, not 'ask Ann'",
    ),
    (
        ("--emergency-phone", "1"),
        "--emergency-phone must be a telephone number such as 555-0100, not '1'",
    ),
    (("--name", "x" * 201), "--name is too long: at most 200 characters; shorten it or split it"),
    (
        ("--languages", "en,fr"),
        "--languages names 'fr', in which the shipped library has no words; begin with some of "
        "en, es, ar, zh-Hans, and add it later (docs/languages.md)",
    ),
    (("--languages", "en,en"), "--languages 'en' is named twice; name each language once"),
    (
        ("--office-hours", "es=de día"),
        "--office-hours names 'es', which is not one of the clinic's languages",
    ),
    (("--logo", "logo.gif"), "--logo must name an .svg or a .png file, not 'logo.gif'"),
    (
        ("--logo", "none.svg"),
        "--logo none.svg cannot be read: No such file or directory; add it or mend the name",
    ),
    (
        ("--logo", "script.svg"),
        "--logo script.svg holds <script>, which is not printed; remove it",
    ),
]


@pytest.mark.parametrize(("said", "why"), BAD, ids=lambda case: case[0] if case[1:] else "")
def test_a_bad_answer_is_refused_before_anything_is_written(
    run: Run, folder: Path, said: tuple[str, str], why: str
) -> None:
    (folder / "script.svg").write_text(SVG.format("<script/>"))
    result = run(*INIT, *said)
    message = "handouts: nothing was written, because of what was said of the clinic:"
    assert result == Result(ExitCode.USAGE, "", f"{message}\n  {why}\n")
    assert not (folder / "new").exists()


def test_all_bad_answers_are_named_at_once(run: Run) -> None:
    said = run(*INIT, "--colour", "red", "--paper", "a3", "--office-phone", "none").err
    assert {line.split()[0] for line in said.splitlines()[1:]} == {
        "--colour",
        "--paper",
        "--office-phone",
    }


def test_without_anybody_to_ask_everything_needed_has_to_be_said(run: Run, folder: Path) -> None:
    result = run("init", "new", "--name", "Sample Clinic", "--country", "US", "--yes")
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert result.err.splitlines()[-1] == (
        "Error: nobody is there to ask, so these are needed: "
        "--address, --office-phone, --nights-phone, --emergency-phone, --time-zone"
    )
    assert not (folder / "new").exists()


def test_hours_without_a_language_are_refused(run: Run) -> None:
    result = run(*INIT, "--office-hours", "all day")
    assert result.code == ExitCode.USAGE
    assert "write a language and its words, en=…, not 'all day'" in result.err


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("full", "is not empty: it holds a.txt"),
        ("full/a.txt", "is a file"),
        ("other", "is not empty: it holds README.md"),
        ("other/mine", "lies inside the library {here}/other"),
        ("other/content/mine", "lies inside the library {here}/other"),
        ("link/mine", "lies inside the library {here}/other"),
    ],
)
def test_a_folder_that_is_in_use_is_refused(run: Run, folder: Path, place: str, why: str) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "a.txt").write_text("a")
    clinic(folder / "other")
    (folder / "link").symlink_to(folder / "other" / "handouts")
    before = files(folder)
    said = why.format(here=folder)
    result = run("init", place, *OPTIONS)
    message = f"handouts: {place} {said}. Choose another folder; nothing was written.\n"
    assert result == Result(ExitCode.USAGE, "", message)
    assert files(folder) == before


def test_hidden_files_may_be_there_and_stay(run: Run, folder: Path) -> None:
    (folder / "new" / ".git").mkdir(parents=True)
    (folder / "new" / ".git" / "HEAD").write_text("ref")
    (folder / "new" / ".gitignore").write_text("mine")
    assert run(*INIT).code == 0
    assert (folder / "new" / ".git" / "HEAD").read_text() == "ref"
    assert (folder / "new" / ".gitignore").read_text() == "mine\n/out/\n"
    assert not list((folder / "new").glob(".init*"))


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("broken", ["os.fsync", "load", "rename"])
def test_whatever_fails_nothing_is_left_behind(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, there: bool, broken: str
) -> None:
    if there:
        (folder / "new").mkdir()
    calls = []

    def fails(*arguments: object) -> None:
        calls.append(arguments)
        if broken == "load":
            raise ContentError([])
        if broken == "os.fsync" and len(calls) > 5:
            raise OSError(28, "No space left on device")
        if broken == "rename" and Path(str(arguments[1])).name == "content":
            raise OSError(13, "Permission denied")
        if broken == "rename":
            Path(str(arguments[0])).replace(str(arguments[1]))

    module = importlib.import_module("generator.own.begin")
    places = {"os.fsync": (os, "fsync"), "load": (module, "load_library"), "rename": (Path, broken)}
    monkeypatch.setattr(*places[broken], fails)
    assert run("init", "new/deep/er", *OPTIONS).code in {ExitCode.OUTPUT, ExitCode.CONTENT}
    assert len(calls) == {"os.fsync": 6, "load": 1, "rename": 5}[broken]
    assert (folder / "new").exists() is there
    assert not list(folder.glob("new/*"))


def test_a_logo_is_copied_and_printed(run: Run, folder: Path) -> None:
    (folder / "our sign.svg").write_text(SVG.format(""))
    assert run(*INIT, "--logo", "our sign.svg").code == 0
    library = load_library(folder / "new")
    assert library.logo.path == folder / "new" / "content" / "figures" / "clinic-logo.svg"
    assert library.logo.path.read_text() == SVG.format("")


def test_without_a_logo_a_plain_one_is_drawn_in_the_colour(run: Run, folder: Path) -> None:
    assert run(*INIT, "--colour", "#14532d").code == 0
    library = load_library(folder / "new")
    assert 'fill="#14532d"' in library.logo.path.read_text()
    assert library.clinic.brand.primary == "#14532d"


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    answers = io.StringIO("".join(f"{line}\n" for line in lines))
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)


def test_a_person_is_asked(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["", "Sample Clinic", "2 Sample Street", "no number", "020 7946 0100", "020 7946 0111"]
    said += ["999", "Britain", "GB", "Europe/London", "", "en es", "#ffffff", "#14532d", "", ""]
    answer(monkeypatch, *said, "weekdays, 9 to 5", "")
    result = run("init", "new")
    assert (result.code, result.out) == (0, "new\n"), result.err
    made = load_library(folder / "new").clinic
    assert (made.name, made.country, made.paper) == ("Sample Clinic", "GB", "a4")
    assert (made.languages, made.brand.primary) == (("en", "es"), "#14532d")
    hours = made.phones.office.hours
    assert hours == {"en": "weekdays, 9 to 5", "es": "en horario de oficina"}
    assert "Error: must be a telephone number such as 555-0100, not 'no num" in result.err
    assert "Error: must be a country's two-letter code such as US, not 'Britain'" in result.err
    assert "Error: is too pale to read" in result.err


def test_what_is_said_already_is_not_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, *[""] * 6)
    result = run(*INIT)
    assert result.code == 0, result.err
    assert "The clinic's name" not in result.err
    assert "Paper, letter or a4 [letter]" in result.err


def test_whoever_stops_answering_has_begun_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Sample Clinic")
    assert run("init", "new").code == 130
    assert not (folder / "new").exists()


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


@given(TEXT, TEXT)
def test_whatever_is_said_comes_back_as_it_was_written(one: str, other: str) -> None:
    data = {"a": one, "b": [one, other], "c": {"x": other, "y": [{"z": one, "q": other}]}}
    text, problems = parse_yaml("a.yaml", block(data).encode())
    assert text, problems
    assert text.data == data


def test_what_is_printed_is_ignored_where_somebody_has_a_list_already(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / ".gitignore").write_text("*.tmp")
    clinic(tmp_path / "c")
    assert (tmp_path / "c" / ".gitignore").read_text() == "*.tmp\n/out/\n"


def test_no_language_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(AnswersRefused, match="--languages names no language; there are: en"):
        clinic(tmp_path / "c", languages=())
