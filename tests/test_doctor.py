"""``handouts doctor``: each line, when all is well and when it is not, with its exact cure."""

from __future__ import annotations

import ctypes
import json
import locale
import os
import shutil
import sys
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import pytest

from generator.doctor import Finding
from generator.doctor.examine import examine
from generator.doctor.folders import _user, folders, free_space
from generator.doctor.fonts import brand_face, fonts, letters
from generator.doctor.installing import install
from generator.doctor.libraries import engine, libraries
from generator.doctor.machine import clock, output, python, time_zones
from generator.doctor.parts import EXTRAS, parts
from generator.doctor.printers import printers
from generator.errors import ExitCode, LibraryNotFound
from generator.fonts.coverage import _characters
from generator.fonts.faces import FACES
from generator.library import Library, load_library
from generator.library.shelf import _typed
from generator.model.countries import countries
from tests.conftest import REPO, Run

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
Patch = pytest.MonkeyPatch


def by_name(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.what: finding for finding in findings}


@pytest.fixture(autouse=True)
def _a_debian_user(monkeypatch: Patch, tmp_path: Path) -> None:
    """No root, no Mac, and folders of the test's own."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("generator.doctor.installing._manager", lambda: "apt-get")
    monkeypatch.setattr("getpass.getuser", lambda: "nurse")
    for name in ("HANDOUTS_CACHE", "HANDOUTS_REGISTER", "HANDOUTS_DESK"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_this_machine_is_green(library: Library) -> None:
    found = by_name(examine(lambda: library, "here", NOW))
    assert not [finding for finding in found.values() if not finding.ok]
    assert found["Python"].found.startswith("3.")
    assert found["Pango"].found.startswith("1.")
    assert found["WeasyPrint"].found.startswith("70.")
    assert found["library"].found == (f"here: {library.folder}, 2 handouts, {library.clinic.name}")
    assert found["time at the clinic"].found == "2026-11-26 04:30, America/New_York"


@pytest.mark.parametrize(("version", "ok"), [("3.10.14", False), ("3.11.0", True), ("4.0.1", True)])
def test_python(version: str, ok: bool, monkeypatch: Patch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: version)
    cure = "install Python 3.11 or newer, and set the press up with it: make PYTHON=python3.12"
    wrong = Finding("Python", f"{version} is too old", cure)
    assert python() == (Finding("Python", version) if ok else wrong)


LIBRARIES = {
    "Pango": ("pango-1.0", "libpango-1.0-0"),
    "PangoFT2": ("pangoft2-1.0", "libpangoft2-1.0-0"),
    "HarfBuzz": ("harfbuzz.", "libharfbuzz0b"),
    "HarfBuzz-subset": ("harfbuzz-subset", "libharfbuzz-subset0"),
    "Fontconfig": ("fontconfig", "libfontconfig1"),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_that_does_not_load(name: str, monkeypatch: Patch) -> None:
    stem, package = LIBRARIES[name]
    real = ctypes.CDLL

    def load(asked: str) -> Any:
        if stem in asked:
            raise OSError(asked)
        return real(asked)

    monkeypatch.setattr("ctypes.CDLL", load)
    found = by_name(libraries())
    assert found[name] == Finding(name, "not here", f"sudo apt-get install {package}")
    assert [n for n, finding in found.items() if not finding.ok] == [name]


@pytest.mark.parametrize(
    ("name", "stem", "version", "oldest", "package"),
    [
        ("Pango", "pango-1.0", "1.42.4", "1.44", "libpango-1.0-0"),
        ("HarfBuzz", "harfbuzz", "4.0.1", "4.1", "libharfbuzz0b"),
    ],
)
def test_a_library_that_is_too_old(
    name: str, stem: str, version: str, oldest: str, package: str, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(
        "generator.doctor.libraries._version", lambda asked, _: version if asked == stem else "99"
    )
    assert by_name(libraries())[name] == Finding(
        name,
        f"{version} is too old",
        f"update the system, or install {name} {oldest} or newer: sudo apt-get install {package}",
    )


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install a"),
        ("dnf", "sudo dnf install d"),
        ("apk", "sudo apk add k"),
        ("brew", "brew install b"),
    ],
)
def test_the_command_is_the_one_of_the_machine(
    manager: str, command: str, monkeypatch: Patch
) -> None:
    monkeypatch.setattr("generator.doctor.installing._manager", lambda: manager)
    assert install({"apt-get": "a", "dnf": "d", "apk": "k", "brew": "b"}) == command


def test_root_needs_no_sudo(monkeypatch: Patch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert install({"apt-get": "a"}) == "apt-get install a"


def test_an_engine_that_does_not_load(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        print("a loud notice of its own")  # noqa: T201  # as WeasyPrint does
        raise OSError("cannot load library 'libgobject-2.0-0'")

    monkeypatch.setattr("generator.doctor.libraries.import_weasyprint", broken)
    assert engine() == Finding(
        "WeasyPrint",
        "does not load (OSError: cannot load library 'libgobject-2.0-0')",
        "install the press again: pip install --force-reinstall handout-press",
    )
    assert capsys.readouterr().out == "", "--json has to stay JSON"


def test_it_is_not_even_tried_without_its_libraries(library: Library, monkeypatch: Patch) -> None:
    monkeypatch.setattr("generator.doctor.libraries._load", lambda _: None)
    assert "WeasyPrint" not in by_name(examine(lambda: library, "here", NOW))


def without(package: str, monkeypatch: Patch) -> None:
    """As if a package were not installed."""
    import importlib.util

    real = importlib.util.find_spec

    def find(name: str, *rest: Any) -> Any:
        return None if name == package else real(name, *rest)

    monkeypatch.setattr("importlib.util.find_spec", find)
    _characters.cache_clear()


def test_a_font_that_is_always_needed(monkeypatch: Patch) -> None:
    without("fontpkg_almarai", monkeypatch)
    found = by_name(fonts())["font Almarai"]
    assert found == Finding("font Almarai", "not here", "pip install fontpkg-almarai")
    assert not found.ok
    assert list(by_name(letters(load_library(REPO)))) == ["letters of 'en'", "letters of 'es'"]


def test_a_font_of_one_language_is_optional(monkeypatch: Patch) -> None:
    without("justmytype_intl_cjk", monkeypatch)
    for script in ("SC", "TC", "JP", "KR"):
        found = by_name(fonts())[f"font Noto Sans {script}"]
        assert (found.state, found.ok) == ("optional", True)
        assert found.found == "not here; not every page needs it"
        assert found.cure == "pip install 'handout-press[cjk]'"


def test_a_font_of_a_language_of_the_clinic_is_not(monkeypatch: Patch) -> None:
    library = load_library(REPO)
    without("justmytype_intl_cjk", monkeypatch)
    found = by_name(letters(library))
    assert not found["letters of 'zh-Hans'"].ok
    assert found["letters of 'zh-Hans'"].cure == (
        "install the fonts for it: pip install 'handout-press[cjk]'"
    )
    assert found["letters of 'ar'"].ok
    assert "Almarai" in found["letters of 'ar'"].found


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_optional(extra: str, monkeypatch: Patch) -> None:
    what, modules = EXTRAS[extra]
    assert by_name(parts())[what].state == "ok"
    without(modules[-1], monkeypatch)
    found = by_name(parts())[what]
    assert (found.state, found.ok) == ("optional", True)
    assert found.cure == f"pip install 'handout-press[{extra}]'"
    assert found.found == f"{modules[-1]} is not here"


def test_every_extra_of_the_package_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
    fonts = {face.extra for face in FACES if face.extra}
    names = {"fhir", "all"}  # for whoever asks by that name; they bring nothing of their own
    assert set(project["optional-dependencies"]) - names == {*EXTRAS, *fonts}
    for extra, (_, modules) in EXTRAS.items():
        wanted = " ".join(project["optional-dependencies"][extra]).replace("-", "_")
        assert all(module in wanted for module in modules)


@pytest.mark.parametrize(
    ("variable", "cure"), [("", "export LC_ALL=C.UTF-8"), ("ascii", "unset PYTHONIOENCODING")]
)
def test_an_output_that_has_no_accents(variable: str, cure: str, monkeypatch: Patch) -> None:
    monkeypatch.setattr(locale, "getencoding", lambda: "ISO-8859-1")
    monkeypatch.setenv("PYTHONIOENCODING", variable)
    assert output() == Finding("locale", "text in ISO-8859-1", cure)


def test_a_clock_that_stands_still() -> None:
    assert clock(NOW).ok
    assert clock(datetime(1970, 1, 1, 0, 3, tzinfo=UTC)) == Finding(
        "clock",
        "1970-01-01 00:03 UTC has long passed",
        "set it: sudo timedatectl set-ntp true",
    )


@pytest.fixture
def _no_tzdata(monkeypatch: Patch) -> Iterator[None]:
    """As if the package were not installed, on a system that has rules of time zones itself."""
    zones = str(resources.files("tzdata.zoneinfo"))
    before, real = zoneinfo.TZPATH, metadata.version

    def version(name: str) -> str:
        if name == "tzdata":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    for package in ("tzdata", "tzdata.zoneinfo", "tzdata.zoneinfo.America"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr("importlib.metadata.version", version)
    monkeypatch.setattr("generator.doctor.machine.TZPATH", (zones,))
    zoneinfo.reset_tzpath([zones])
    countries.cache_clear()
    _typed.cache_clear()
    yield
    countries.cache_clear()
    zoneinfo.reset_tzpath(before)


@pytest.mark.usefixtures("_no_tzdata")
def test_time_zones_without_data(monkeypatch: Patch) -> None:
    monkeypatch.setattr("generator.doctor.machine.TZPATH", ())
    zoneinfo.reset_tzpath([])
    assert time_zones() == Finding("time zones", "no data", "pip install tzdata")


@pytest.mark.usefixtures("_no_tzdata")
def test_the_package_of_time_zones_is_needed_where_the_system_has_them_too(run: Run) -> None:
    """Only the package says which countries there are, so no clinic can be read without it."""
    ended = run("doctor", "--json")
    wrong = {line["what"]: line for line in json.loads(ended.out) if not line["ok"]}
    assert (ended.code, list(wrong)) == (ExitCode.OUTPUT, ["time zones", "library"])
    assert wrong["time zones"]["found"] == "the package tzdata is not here"
    assert wrong["time zones"]["cure"] == "pip install tzdata"
    missing = "The package tzdata is missing. Install it with: pip install tzdata"
    assert wrong["library"]["cure"] == missing
    assert run("doctor").code == ExitCode.OUTPUT
    listed = run("list")
    assert (listed.code, listed.err) == (ExitCode.OUTPUT, f"handouts: {missing}\n")


def test_time_zones_of_the_package(monkeypatch: Patch) -> None:
    monkeypatch.setattr("generator.doctor.machine.TZPATH", ())
    assert time_zones().found.startswith("tzdata 20")


KEPT = {
    "cache of pages": ("handouts_cache", "HANDOUTS_CACHE"),
    "register for recalls": ("handouts_register", "HANDOUTS_REGISTER"),
    "the desk's folder": ("handouts_desk", "HANDOUTS_DESK"),
}


@pytest.mark.parametrize("what", KEPT)
def test_a_folder_that_is_a_file(what: str, tmp_path: Path) -> None:
    name, variable = KEPT[what]
    (tmp_path / name).touch()
    assert by_name(folders())[what] == Finding(
        what,
        f"{tmp_path / name} is a file",
        f"move it away, or name another folder with {variable}",
    )


@pytest.mark.parametrize("what", KEPT)
def test_a_folder_that_cannot_be_written(what: str, tmp_path: Path, monkeypatch: Patch) -> None:
    name, variable = KEPT[what]
    folder = tmp_path / name
    folder.mkdir(0o700)
    monkeypatch.setattr("os.access", lambda path, _: Path(path) != folder)
    assert by_name(folders())[what] == Finding(
        what,
        f"{folder} cannot be written",
        f"sudo chown nurse {folder}, or name another folder with {variable}",
        optional=what == "cache of pages",  # pages are laid out anew, and nothing else
    )


@pytest.mark.parametrize(
    ("what", "mode", "found", "rights"),
    [
        ("cache of pages", 0o775, "others can write into", "go-w"),
        ("register for recalls", 0o750, "others can look into", "go="),
        ("the desk's folder", 0o701, "others can look into", "go="),
    ],
)
def test_a_folder_that_is_open_to_others(
    what: str, mode: int, found: str, rights: str, tmp_path: Path
) -> None:
    folder = tmp_path / KEPT[what][0]
    folder.mkdir()
    folder.chmod(mode)
    wrong = by_name(folders())[what]
    assert wrong == Finding(what, f"{found} {folder}", f"chmod {rights} {folder}")
    os.system(wrong.cure or "")  # noqa: S605  # the cure cures
    assert by_name(folders())[what].ok


def test_a_cache_that_others_may_read_is_fine(tmp_path: Path) -> None:
    (tmp_path / "handouts_cache").mkdir(0o755)
    assert by_name(folders())["cache of pages"].ok


def test_without_the_desk_its_folder_is_no_matter(monkeypatch: Patch) -> None:
    monkeypatch.delitem(sys.modules, "generator.web", raising=False)
    monkeypatch.delitem(sys.modules, "generator.web.memory", raising=False)
    monkeypatch.setitem(sys.modules, "generator.web", None)
    assert "the desk's folder" not in by_name(folders())


def test_temporary_files_that_others_can_see(tmp_path: Path) -> None:
    folder = tmp_path / f"handout-press-{os.getuid()}"
    folder.mkdir()
    folder.chmod(0o755)
    assert by_name(folders())["temporary files"] == Finding(
        "temporary files",
        f"{folder}: it is not this user's own folder, closed to others",
        f"chmod 700 {folder}",
    )


@pytest.mark.parametrize("named", ["XDG_RUNTIME_DIR", "TMPDIR"])
def test_temporary_files_that_have_no_place(named: str, tmp_path: Path, monkeypatch: Patch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "file") if named[0] == "X" else "")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "file"))
    folder = tmp_path / "file" / f"handout-press-{os.getuid()}"
    assert by_name(folders())["temporary files"] == Finding(
        "temporary files", f"{folder}: Not a directory", f"name another place with {named}"
    )


def test_a_disk_that_is_nearly_full(monkeypatch: Patch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=40_000_000))
    found = list(free_space())
    assert found[0] == Finding(
        f"free space at {Path.cwd()}",
        "40 MB; 500 MB are wanted",
        "make room: handouts shred out --older-than 7d; handouts cache clear",
    )


def test_each_disk_has_one_line(monkeypatch: Patch) -> None:
    assert len(list(free_space())) == len({finding.what for finding in free_space()})
    usage = shutil.disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=12_340_000_000))
    assert {finding.found for finding in free_space()} == {"12.3 GB"}


def cups(tmp_path: Path, monkeypatch: Patch, **says: str) -> None:
    """A ``lp`` and a ``lpstat`` that says this to -r, -e, -d, -a and -p."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lp").touch(0o755)
    for option in ("r", "e", "d", "a", "p"):
        (folder / option).write_text(says.get(option, ""))
    (folder / "lpstat").write_text(f'#!/bin/sh\nexec cat "{folder}/${{1#-}}"\n')
    (folder / "lpstat").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


RUNNING = "scheduler is running\n"


def test_without_cups(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(printers()) == [
        Finding(
            "printing with CUPS",
            "lp is not here",
            "sudo apt-get install cups-client",
            optional=True,
        )
    ]


def test_cups_that_is_not_running(tmp_path: Path, monkeypatch: Patch) -> None:
    cups(tmp_path, monkeypatch, r="scheduler is not running\n")
    assert list(printers()) == [
        Finding(
            "printing with CUPS", "CUPS is not running", "sudo systemctl start cups", optional=True
        )
    ]


def test_cups_without_a_printer(tmp_path: Path, monkeypatch: Patch) -> None:
    cups(tmp_path, monkeypatch, r=RUNNING, d="no system default destination\n")
    assert list(printers()) == [
        Finding(
            "printing with CUPS",
            "there is no printer",
            "add one: sudo lpadmin -p NAME -E -v ipp://ADDRESS/ipp/print -m everything",
            optional=True,
        )
    ]


def test_printers_that_print_and_printers_that_do_not(tmp_path: Path, monkeypatch: Patch) -> None:
    cups(
        tmp_path,
        monkeypatch,
        r=RUNNING,
        e="Office\nWard3\nWard4\n",
        d="system default destination: Office\n",
        a="Office accepting requests since Thu\nWard3 not accepting requests since Thu\n",
        p="printer Office is idle.  enabled since Thu\nprinter Ward4 disabled since Thu -\n",
    )
    assert list(printers()) == [
        Finding("printing with CUPS", "Office is the usual one", optional=True),
        Finding("printer Office", "takes jobs", optional=True),
        Finding("printer Ward3", "takes no jobs", "sudo cupsaccept Ward3", optional=True),
        Finding("printer Ward4", "is stopped", "sudo cupsenable Ward4", optional=True),
    ]


def test_a_library_with_problems(run: Run, folder: Path) -> None:
    (folder / "content" / "clinic.yaml").write_text("name: x\n")
    found = {line["what"]: line for line in json.loads(run("doctor", "--json").out)}
    line = found["library"]
    assert not line["ok"]
    assert line["found"].startswith("named by --library: ")
    assert line["found"].endswith(" problems")
    assert line["cure"] == "'handouts list' names them"
    assert "time at the clinic" not in found


def test_a_folder_that_is_no_library() -> None:
    def load() -> Library:
        raise LibraryNotFound(Path("/nowhere"), "content/clinic.yaml")

    found = by_name(examine(load, "named by HANDOUTS_LIBRARY", NOW))["library"]
    assert found.found == "named by HANDOUTS_LIBRARY"
    assert found.cure == (
        "/nowhere is not a library: it has no content/clinic.yaml. Name the folder that holds "
        "content/, handouts/ and templates/ with --library or HANDOUTS_LIBRARY."
    )


def test_green_is_said_and_ends_with_0(run: Run) -> None:
    green = run("doctor")
    assert (green.code, green.err) == (0, "\nEverything that printing needs is here.\n")


def test_what_is_to_mend_is_counted_and_ends_with_8(run: Run, monkeypatch: Patch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: "3.9.1")
    without("openpyxl", monkeypatch)
    ended = run("doctor")
    assert ended.code == ExitCode.OUTPUT
    assert ended.err == "\n1 to mend: do what the line says, and run 'handouts doctor' again.\n"
    states = {" ".join(line.split()[:1]): line for line in ended.out.splitlines()}
    assert "to mend" in states["Python"]
    assert "optional" in states["rosters"]
    python, cure = (line.split(maxsplit=1) for line in ended.out.splitlines()[1:3])
    assert python == ["Python", "to mend   3.9.1 is too old"]
    assert cure[0] == "→"
    assert cure[1].startswith("install Python 3.11 or newer")


def test_json_is_stable(run: Run, monkeypatch: Patch) -> None:
    without("openpyxl", monkeypatch)
    ended = run("doctor", "--json")
    lines = json.loads(ended.out)
    assert ended.code == 0
    assert ended.err == ""
    assert {tuple(line) for line in lines} == {("what", "ok", "found", "cure", "optional")}
    (xlsx,) = (line for line in lines if line["what"] == "rosters as XLSX")
    assert xlsx == {
        "what": "rosters as XLSX",
        "ok": True,
        "found": "openpyxl is not here",
        "cure": "pip install 'handout-press[xlsx]'",
        "optional": True,
    }


def test_the_face_that_the_brand_names_has_to_be_there(monkeypatch: Patch) -> None:
    library = load_library(REPO)
    assert brand_face(library) == Finding("the brand's face", "Atkinson Hyperlegible")
    brand = library.clinic.brand.model_copy(update={"font": "Lexend"})
    lexend = replace(library, clinic=library.clinic.model_copy(update={"brand": brand}))
    without("fontpkg_lexend", monkeypatch)
    found = brand_face(lexend)
    assert found == Finding(
        "the brand's face", "Lexend is not here", "pip install 'handout-press[faces]'"
    )
    assert not found.ok


def test_a_user_without_a_name_is_named_by_number(monkeypatch: Patch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert _user() == str(os.getuid())
