"""A handout as plain text holds every word of it, in order, and no markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ExitCode
from generator.library import load_library
from generator.model.inline import runs
from generator.model.walk import texts
from tests.conftest import REPO, Run


def plain(text: str) -> str:
    """A text of the library as a reader would see it, without its facts."""
    return "".join("\0" if run.kind == "fact" else run.text for run in runs(text))


def folded(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", load_library(REPO).ids())
def test_every_word_of_a_handout_is_in_its_text(name: str, tmp_path: Path, run: Run) -> None:
    ended = run("--library", str(REPO), "build", name, "--format", "txt", "-o", str(tmp_path))
    assert ended.code == 0
    text = (tmp_path / f"{name}.en.txt").read_text()
    assert max(map(len, text.splitlines())) <= 400
    assert "</" not in text
    assert not {"&amp;", "&#39;", "&#34;", "<strong>"} & set(text.split())
    said = folded(text)
    for section in load_library(REPO).handout(name, "en").sections:
        position = said.index(folded(plain(section.words.title)))
        for location, one in texts(section.words):
            pieces = [folded(piece) for piece in plain(one).split("\0")]
            assert all(piece in said[position:] for piece in pieces), location


def test_the_text_says_what_may_not_be_handed_out(run: Run, folder: Path) -> None:
    assert run("build", "sample", "--format", "txt").code == 0
    text = (folder / "out" / "sample.en.txt").read_text()
    assert text.startswith("*** DRAFT: no clinician has approved these words yet ***\n")
    assert "1. First, the surgeon" in text


def test_a_broken_text_template(run: Run, folder: Path) -> None:
    (folder / "templates" / "handout.txt").write_text("x\n{{ document.titel }}")
    result = run("build", "other", "--format", "txt")
    assert result.code == ExitCode.TEMPLATE
    assert "handout.txt:2: " in result.err
