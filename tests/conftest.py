"""What the tests share: a small library of their own, and the program run in process."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.cache import FOLDER
from generator.cli import main
from generator.library import Library, load_library
from generator.recall import register

REPO = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=ZoneInfo("America/New_York"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the pictures anew")
    parser.addoption("--update-expected", action="store_true", help="write the messages anew")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache and a register for this run of the tests alone, in an activated environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(tmp_path_factory.mktemp("cache")))
        patch.setenv(register.FOLDER, str(tmp_path_factory.mktemp("register")))
        patch.setenv("VIRTUAL_ENV", sys.prefix)
        yield


@pytest.fixture(autouse=True)
def _nothing_given_out() -> None:
    """Each test begins with a register in which there is nothing: the others' patients are its
    own. The key stays, by which a desk that is open calls packets."""
    for file in Path(os.environ[register.FOLDER]).glob("*.json"):
        file.unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fresh copy of the tests' own library, with the templates of this checkout."""
    copy = tmp_path / "library"
    shutil.copytree(REPO / "tests" / "library", copy)
    shutil.copytree(REPO / "templates", copy / "templates")
    return copy


@pytest.fixture
def library(folder: Path) -> Library:
    return load_library(folder)


@dataclass(frozen=True)
class Result:
    """How a run of the command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run ``handouts`` in this process, inside the folder of the tests' own library."""

    def call(*arguments: str) -> Result:
        monkeypatch.chdir(folder)
        line = ["handouts", "--library", ".", "--as-of", TODAY.isoformat(), *arguments]
        monkeypatch.setattr(sys, "argv", line)
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Result(code, said.out, said.err)

    return call
