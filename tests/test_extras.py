"""Without an optional part one sentence says so, with the command to run; all else works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import openpyxl
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator.cli import serve_command
from generator.errors import ExitCode, ExtraMissing, installing, lacking
from generator.fonts import faces
from generator.fonts.coverage import refuse_without_faces
from tests.conftest import REPO, Run
from tests.rosters import many
from tests.test_architecture import DOORS

PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text())
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
PIP = "Install it with: pip install 'handout-press[{}]'"


def without(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize("missing", serve_command.PARTS)
def test_the_desk_is_refused_before_it_opens(
    run: Run, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    without(monkeypatch, missing)
    ended = run("serve", "--no-browser")
    assert ended.code == ExitCode.OUTPUT
    said = f"The desk needs a part that is not installed ({missing}). {PIP.format('desk')}"
    assert ended.err == f"handouts: {said}\n"


def test_the_parts_of_the_desk_are_those_of_its_extra() -> None:
    """What is asked for by module name is what the extra brings."""
    brought = {canonicalize_name(Requirement(line).name) for line in EXTRAS["desk"]}
    asked = {canonicalize_name(packages_distributions()[m][0]) for m in serve_command.PARTS}
    assert asked == brought


def test_a_cluster_is_refused_before_anything_is_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder / "r.csv", 1)
    without(monkeypatch, "distributed")
    ended = run("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--cluster", "tcp://a:1")
    assert ended.code == ExitCode.OUTPUT
    assert ended.err == f"handouts: Dask is missing. {PIP.format('cluster')}\n"
    assert not (folder / "run").exists()


def test_a_spreadsheet_is_refused_before_anything_is_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl.Workbook().save(folder / "r.xlsx")
    without(monkeypatch, "openpyxl")
    ended = run("batch", "r.xlsx", "-o", "run", "--allow-unreviewed")
    assert ended.code == ExitCode.OUTPUT
    assert ended.err == f"handouts: reading a spreadsheet needs openpyxl. {PIP.format('xlsx')}\n"
    assert not (folder / "run").exists()


CJK_IS_MISSING = f"need a font that is not installed (Noto Sans SC). {PIP.format('cjk')}"


def test_a_language_without_its_font_is_refused_before_the_first_page(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_LIBRARY", "")
    without(monkeypatch, "justmytype_intl_cjk")
    ended = run("--library", str(REPO), "build", "hip-replacement")
    assert ended.code == ExitCode.OUTPUT
    assert ended.err == f"handouts: Pages in zh-Hans {CJK_IS_MISSING}\n"
    assert not (folder / "out").exists()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja", "ko"])
def test_the_languages_that_the_extra_is_for(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_without_faces([language, "en", "ar", "ru"])
    without(monkeypatch, "justmytype_intl_cjk")
    refuse_without_faces(["en", "ar", "ru", "vi"])
    with pytest.raises(ExtraMissing, match=f"Pages in {language} need a font"):
        refuse_without_faces(["en", language])


def printed_without_the_font(letters: str) -> str:
    """What printing ends with. In another process, which asks fontconfig only once."""
    code = (
        "import sys; sys.modules['justmytype_intl_cjk'] = None\n"
        "from generator.press import print_pdf\n"
        f"print_pdf('sample', '<html lang=en><p>{letters}</p>', 'p{{font-family:Noto Sans}}', {{}})"
    )
    line = [sys.executable, "-c", code]
    ended = subprocess.run(line, capture_output=True, text=True, check=False, cwd=REPO)
    return ended.stderr.splitlines()[-1]


@pytest.mark.parametrize("letters", ["您好", "。", "，", "한"])
def test_letters_that_want_the_optional_font_are_one_sentence(letters: str) -> None:
    said = f"ExtraMissing: The pages of sample {CJK_IS_MISSING}"
    assert printed_without_the_font(letters).endswith(said)


def test_letters_that_no_font_has_are_still_named_by_their_place() -> None:
    assert "no font of ours has 'ꮾ'" in printed_without_the_font("ꮾ")


def test_check_says_once_a_file_that_letters_cannot_be_looked_at(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "justmytype_intl_cjk")
    ended = run("--library", str(REPO), "check", "hip-replacement")
    said = [line for line in ended.out.splitlines() if " letter-missing: " in line]
    assert said
    assert all(": note letter-missing: " in line for line in said)
    assert all("cannot all be looked at here" in line for line in said)
    assert len({line.split(":")[0] for line in said}) == len(said)
    assert ended.code == ExitCode.OK


def test_two_installations_do_not_read_each_others_faces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    faces.use_only_our_fonts()
    ours = Path(os.environ["FONTCONFIG_FILE"])
    before = ours.read_text()
    without(monkeypatch, "justmytype_intl_cjk")
    faces.use_only_our_fonts()
    assert Path(os.environ["FONTCONFIG_FILE"]) != ours
    assert ours.read_text() == before


@pytest.mark.parametrize(
    ("kept", "command"),
    [
        ("pyvenv.cfg", "{python} -m pip install 'handout-press[desk]'"),
        ("pipx_metadata.json", "pipx runpip press install 'handout-press[desk]'"),
        ("uv-receipt.toml", "uv pip install --python {python} 'handout-press[desk]'"),
    ],
)
def test_the_command_reaches_the_environment_that_the_program_is_in(
    kept: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = tmp_path / "press"
    environment.mkdir()
    (environment / kept).touch()
    monkeypatch.setattr(sys, "prefix", str(environment))
    monkeypatch.setattr(sys, "executable", str(environment / "bin" / "python"))
    assert installing("handout-press[desk]") == command.format(python=sys.executable)


@pytest.mark.parametrize(
    ("activated", "base", "command"),
    [
        ("the one", "/usr", "pip install tzdata"),
        ("link", "/usr", "pip install tzdata"),
        ("another", "/usr", "'{python}' -m pip install tzdata"),
        (None, "/usr", "'{python}' -m pip install tzdata"),
        (None, "the one", "pip install tzdata"),
        ("another", "the one", "'{python}' -m pip install tzdata"),
    ],
)
def test_a_plain_pip_is_named_only_where_it_reaches_this_python(
    activated: str | None, base: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A base of another name makes it a virtual environment, as Python itself tells."""
    (tmp_path / "the one").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "the one")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "the one"))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / base))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "the one" / "bin" / "python"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    if activated:
        monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / activated))
    assert installing("tzdata") == command.format(python=sys.executable)


def test_options_of_pip_are_no_part_of_the_name() -> None:
    assert installing("--upgrade", "a[b]") == "pip install --upgrade 'a[b]'"


def test_what_is_lacking_is_found_without_importing() -> None:
    assert lacking("json", "no_such_module_at_all", "neither_this") == "no_such_module_at_all"
    assert lacking("json") is None


def requirements(lines: list[str]) -> dict[str, str]:
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): str(one.specifier) for one in found if not one.marker}


def test_the_extra_all_is_all_the_others() -> None:
    (everything,) = map(Requirement, EXTRAS["all"])
    assert everything.name == PROJECT["project"]["name"]
    assert everything.extras == set(EXTRAS) - {"all"}


def test_developers_have_every_extra_in_the_same_range() -> None:
    dev = requirements(PROJECT["dependency-groups"]["dev"])
    for extra in set(EXTRAS) - {"all"}:
        wanted = requirements(EXTRAS[extra])
        assert wanted.items() <= dev.items(), extra


def test_the_lock_is_within_the_ranges() -> None:
    lock = (REPO / "requirements.lock").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock, re.MULTILINE))
    lines = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for one in map(Requirement, lines):
        if not one.marker:
            assert one.specifier.contains(locked[canonicalize_name(one.name)]), one


def test_every_library_that_is_imported_is_asked_for() -> None:
    """In the minimal install or in an extra; two are parts of what they come with."""
    extras = [line for extra in set(EXTRAS) - {"all"} for line in EXTRAS[extra]]
    asked = requirements([*PROJECT["project"]["dependencies"], *extras])
    provided = packages_distributions()
    imported = {canonicalize_name(provided[module][0]) for module in DOORS}
    assert imported - {"pydantic-core", "pydyf"} <= set(asked)


def test_the_locked_versions_are_the_ones_here() -> None:
    """Else the measured and tested program is another than the one that is locked."""
    lock = (REPO / "requirements.lock").read_text()
    assert f"\nweasyprint=={version('weasyprint')} " in lock
