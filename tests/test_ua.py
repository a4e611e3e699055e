"""What two independent checkers of PDF/UA-1 find in what we print: nothing.

They see a part of the standard only (on veraPDF's corpus of bad files the one finds two of three,
the other one of six), so :mod:`tests.test_compose` holds what we know of the structure besides.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from generator.library import Library, load_library
from generator.pipeline import Order, build, packet, specimens
from tests.conftest import NOW, REPO
from tests.plans import example_plan

A_GUESS = "TBL-010"
"""It takes tables whose first column names the row for tables with torn headings."""
A_FOOT = "TAG-002"
"""It takes the foot of a page for prose when fewer than three pages have the same; in a specimen
there is one separator and one empty back."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every handout in every language, one in large print, a packet in every language, and
    the specimen both ways."""
    output = tmp_path_factory.mktemp("printed")
    library = load_library(REPO)
    files = [made.path for made in build(library, _everything(library), Order(output, NOW))]
    large = Order(output, NOW, large_print=True)
    files += [made.path for made in build(library, [("hip-replacement", "en")], large)]
    for language in library.languages("hip-replacement"):
        plan = example_plan(output, language)
        files.append(packet(library, plan, Order(output, NOW), allow_unreviewed=True).path)
    files += [made.path for made in specimens(library, ["en", "ar"], Order(output, NOW))]
    return files


def _everything(library: Library) -> Iterator[tuple[str, str]]:
    for name in library.ids():
        for language in library.languages(name):
            yield name, language


def test_outloud_finds_nothing(printed: list[Path], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    check("outloud", "--quiet", "--json", str(report), *map(str, printed))
    results = json.loads(report.read_text())["results"]
    assert len(results) == len(printed)
    wrong = [
        (result["path"], finding["rule"], finding["message"], finding["page"])
        for result in results
        for finding in result["findings"]
        if finding["severity"] == "error" and finding["rule"] != A_GUESS
        if finding["rule"] != A_FOOT or "specimen" not in result["path"]
    ]
    assert wrong == []


def test_pdfua_finds_nothing(printed: list[Path]) -> None:
    for file in printed:
        report = json.loads(check("pdfua", "check", "--format", "json", str(file)))
        assert report["findings"] == []
        assert report["exit_code"] == 0


def test_they_would_find_something(printed: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    with pikepdf.open(printed[0]) as pdf:
        del pdf.Root.Lang, pdf.Root.MarkInfo
        pdf.save(bad)
    report = tmp_path / "report.json"
    check("outloud", "--quiet", "--json", str(report), str(bad))
    (result,) = json.loads(report.read_text())["results"]
    assert {"DOC-010", "DOC-013"} & {finding["rule"] for finding in result["findings"]}
    assert json.loads(check("pdfua", "check", "--format", "json", str(bad)))["findings"]


def check(tool: str, *arguments: str) -> str:
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
