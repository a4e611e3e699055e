"""What is released: whole, the same bytes each time, and working where there is nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator import __version__
from tests.conftest import REPO
from tests.release import BEFORE_ANY, build, released_on

LIBRARY = ("content", "handouts", "templates")
NAME = f"handout_press-{__version__}"
CLUTTER = shutil.ignore_patterns(
    *(".git", ".venv", "out", "dist", "build", "__pycache__", ".*_cache", "failed", "*.egg-info")
)


def checkout(target: Path, umask: int) -> Path:
    """A copy of the files of this checkout, with other modes and other times."""
    before = os.umask(umask)
    try:
        shutil.copytree(REPO, target, ignore=CLUTTER, copy_function=shutil.copyfile)
    finally:
        os.umask(before)
    return target


@dataclass(frozen=True)
class Released:
    """The same files built in two folders: sdist then wheel, and each of them alone."""

    one: Path
    other: Path

    @property
    def wheel(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self.one / f"{NAME}-py3-none-any.whl")

    @property
    def sdist(self) -> set[str]:
        with tarfile.open(self.one / f"{NAME}.tar.gz") as archive:
            return {name.removeprefix(f"{NAME}/") for name in archive.getnames()}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    folder = tmp_path_factory.mktemp("released")
    made = Released(folder / "one", folder / "other")
    build("dist", checkout(folder / "a", 0o022), made.one)
    other = checkout(folder / "elsewhere" / "b", 0o077)
    build("sdist", other, made.other)
    build("wheel", other, made.other)
    return made


@pytest.mark.parametrize("name", [f"{NAME}.tar.gz", f"{NAME}-py3-none-any.whl"])
def test_two_builds_in_two_folders_give_the_same_bytes(released: Released, name: str) -> None:
    """The second wheel is built from a checkout, and the first from the sdist."""
    assert (released.one / name).read_bytes() == (released.other / name).read_bytes()


def kept() -> set[str]:
    """The files that version control keeps."""
    if not (REPO / ".git").exists():
        pytest.skip("an unpacked sdist has no list of its files")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO,
        check=True,
        capture_output=True,
        text=True,
    )
    return {name for name in listed.stdout.split("\0") if name and (REPO / name).exists()}


def test_the_sdist_is_the_whole_checkout(released: Released) -> None:
    assert released.sdist == kept() | {"PKG-INFO"}


def test_the_wheel_carries_the_program_and_the_library_and_nothing_else(
    released: Released,
) -> None:
    carried = {name for name in released.wheel.namelist() if name.startswith("generator/")}
    own = {name for name in kept() if name.startswith("generator/")}
    library = {f"generator/_library/{name}" for name in kept() if name.split("/")[0] in LIBRARY}
    assert carried == own | library
    assert {"generator/web/static/desk.css", "generator/web/pages/base.html"} <= carried


def test_the_version_is_said_in_one_place(released: Released) -> None:
    metadata = released.wheel.read(f"{NAME}.dist-info/METADATA").decode()
    assert f"\nVersion: {__version__}\n" in metadata
    others = [
        name
        for name in ("pyproject.toml", "Makefile", ".ci/run", "generator/cli/main.py")
        if f'"{__version__}"' in (REPO / name).read_text()
    ]
    assert others == []


@pytest.mark.parametrize(
    ("changelog", "day"),
    [
        ("# Changelog\n\n## Unreleased\n", BEFORE_ANY),
        ("## Unreleased\n\n## 1.0.0 - 2027-03-01\n", datetime(2027, 3, 1, tzinfo=UTC)),
        ("## [1.1.0] - 2027-04-02\n## [1.0.0] - 2027-03-01\n", datetime(2027, 4, 2, tzinfo=UTC)),
    ],
)
def test_archives_are_dated_by_the_newest_release(changelog: str, day: datetime) -> None:
    assert released_on(changelog) == day


@pytest.fixture(scope="module")
def environment(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in an environment of its own, beside the packages that the tests have."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(folder)]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(released.one / f"{NAME}-py3-none-any.whl")], check=True)
    (packages,) = (folder / "lib").glob("python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    return folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--version",), __version__),
        (("doctor",), "9 handouts, "),
        (("list",), "hip-replacement"),
        (("check", "hip-replacement"), ""),
        (("build", "orthopedic-oncology"), "out/orthopedic-oncology.en.pdf"),
        (("plan", "PLAN", "--allow-unreviewed"), "out/packet-"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_the_installed_command_works_in_an_empty_folder(
    environment: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (plan,) = environment.glob(
        "lib/python*/site-packages/generator/_library/content/examples/plan.yaml"
    )
    line = [str(plan) if argument == "PLAN" else argument for argument in arguments]
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "HANDOUTS_LIBRARY"}}
    ended = subprocess.run(
        [environment / "bin" / "handouts", "--as-of", "2027-03-01", *line],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert said in ended.stdout
