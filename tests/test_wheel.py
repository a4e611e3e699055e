"""The built wheel works from an empty folder with the library inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.clinics import FASTING, OPTIONS
from tests.conftest import REPO


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked as an installer would."""
    dist = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", dist, REPO],
        check=True,
        capture_output=True,
    )
    (wheel,) = dist.glob("*.whl")
    target = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(target)
    return target


def run(installed: Path, empty: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "HANDOUTS_LIBRARY"}
    environment["PYTHONPATH"] = str(installed)
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=empty,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_prints_with_its_own_library(installed: Path, tmp_path: Path) -> None:
    (installed / "generator" / "_library" / "content" / "clinic.yaml").read_text()
    where = subprocess.run(
        [sys.executable, "-c", "import generator; print(generator.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed)), "the test must run the wheel, not the checkout"
    listed = run(installed, tmp_path, "list")
    assert listed.returncode == 0, listed.stderr
    assert "hip-replacement" in listed.stdout
    built = run(installed, tmp_path, "build", "orthopedic-oncology")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "out" / "orthopedic-oncology.en.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_a_clinics_own_library_stands_on_the_wheels(installed: Path, tmp_path: Path) -> None:
    begun = run(installed, tmp_path, "init", "ours", *OPTIONS)
    assert begun.returncode == 0, begun.stderr
    own = ("--library", "ours")
    overridden = run(installed, tmp_path, *own, "override", FASTING)
    assert overridden.stdout == f"ours/{FASTING}\n"
    shipped = installed / "generator" / "_library" / FASTING
    assert (tmp_path / "ours" / FASTING).read_bytes() == shipped.read_bytes()
    listed = run(installed, tmp_path, *own, "list")
    assert "shipped, overridden" in listed.stdout, listed.stderr
    plan = ("plan", "ours/content/examples/plan.yaml", "--allow-unreviewed")
    assert run(installed, tmp_path, *own, *plan).returncode == 0
    assert len(list((tmp_path / "out").glob("packet-*.pdf"))) == 1


def test_the_wheel_carries_no_tests_and_no_secrets(installed: Path) -> None:
    top = {path.name for path in installed.iterdir()}
    assert {name for name in top if not name.endswith((".dist-info", ".data"))} == {"generator"}


def test_the_wheel_carries_the_man_page_and_no_other_data(installed: Path) -> None:
    (data,) = installed.glob("*.data")
    files = {str(file.relative_to(data)) for file in data.rglob("*") if file.is_file()}
    assert files == {"data/share/man/man1/handouts.1"}
    page = REPO / "docs" / "handouts.1"
    assert (data / "data/share/man/man1/handouts.1").read_text() == page.read_text()
