"""``handouts diff``: what a reviewer sees, from the sign-off or from git, and on which pages."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from generator.errors import ExitCode
from tests.conftest import Run
from tests.signing import sign
from tests.translated import label, translate

TOPIC = "content/topics/sample-topic/en.yaml"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


@pytest.fixture
def changed(folder: Path) -> Path:
    """The handout ``sample``, signed; then one sentence of its procedure changed."""
    sign(folder)
    name = "content/procedures/sample-operation/en.yaml"
    edit(folder, name, "First, the surgeon looks.", "First, the surgeon looks twice.")
    return folder


def text_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.usefixtures("changed")
def test_the_changed_sentence_before_and_after_with_its_place(run: Run) -> None:
    result = run("diff", "sample")
    assert result.code == ExitCode.OK
    assert "1 change: 1 changed." in result.out
    assert "  - First, the surgeon looks.\n  + First, the surgeon looks twice.\n" in result.out
    assert "signed by R. Sampleton on 2026-11-01" in result.out


def test_the_pages_stand_beside_each_other_on_paper(run: Run, changed: Path) -> None:
    run("diff", "sample")
    first, *sheets = text_of(changed / "out" / "diff-sample.en.pdf")
    assert "What changed in 'Sample operation'" in first
    (sheet,) = sheets
    assert "surgeon looks." in sheet
    assert "surgeon looks twice." in sheet
    assert "CHANGED SINCE REVIEW" in sheet
    with pypdfium2.PdfDocument(changed / "out" / "diff-sample.en.pdf") as document:
        width, height = document[1].get_size()
    assert width > height


def test_the_html_needs_nothing_from_elsewhere(run: Run, changed: Path) -> None:
    run("diff", "sample")
    html = (changed / "out" / "diff-sample.en.html").read_text()
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="en"' in html
    sources = re.findall(r'src="([^"]{0,20})', html)
    assert len(sources) == 2
    assert set(sources) == {"data:image/png;base6"}
    assert len(re.findall(r'<img [^>]*alt="[^"]+"', html)) == 2
    assert "<script" not in html
    assert not re.search(r'(?:href|src)="(?:https?:|//)', html)
    assert "<ins" in html


@pytest.mark.usefixtures("changed")
def test_for_programs(run: Run) -> None:
    said = json.loads(run("diff", "sample", "--json").out)
    assert said["before"]["signed_by"] == "R. Sampleton"
    assert said["before"]["digest"] != said["after"]["digest"]
    assert said["counts"] == {"changed": 1, "added": 0, "removed": 0, "moved": 0}
    (change,) = said["changes"]
    assert (change["kind"], change["after"]) == ("changed", "First, the surgeon looks twice.")
    assert change["pages_before"] == change["pages_after"] != []
    assert [Path(file).suffix for file in said["files"]] == [".html", ".pdf"]


def test_nothing_changed_writes_nothing(run: Run, folder: Path) -> None:
    sign(folder)
    result = run("diff", "sample")
    assert result.code == ExitCode.OK
    assert "Nothing changed." in result.out
    assert not (folder / "out").exists()


def test_a_new_look_is_no_change(run: Run, folder: Path) -> None:
    sign(folder)
    edit(folder, "templates/handout.html", "<h1>", '<h1 class="new">')
    assert "Nothing changed." in run("diff", "sample").out


def test_the_words_come_from_the_sign_off_and_not_from_git(run: Run, changed: Path) -> None:
    assert not (changed / ".git").exists()
    assert run("diff", "sample", "--since", "last-signoff").code == ExitCode.OK


@pytest.mark.usefixtures("folder")
def test_what_was_never_signed_names_the_other_way(run: Run) -> None:
    result = run("diff", "sample")
    assert result.code == ExitCode.USAGE
    assert "was never signed" in result.err
    assert "handouts diff sample --since HEAD" in result.err


def test_kept_words_that_cannot_be_read(run: Run, changed: Path) -> None:
    (kept,) = (changed / "handouts/sample/signed").glob("*.zip")
    with zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
    kept.write_bytes(b"not a zip file")
    result = run("diff", "sample")
    assert names
    assert result.code == ExitCode.CONTENT
    assert kept.name in result.err
    assert "Traceback" not in result.err


@pytest.mark.usefixtures("changed")
def test_unknown_names(run: Run) -> None:
    assert run("diff", "nobody").code == ExitCode.USAGE
    result = run("diff", "sample", "--lang", "xx")
    assert result.code == ExitCode.USAGE
    assert "is not written in 'xx'" in result.err


@pytest.mark.usefixtures("changed")
def test_not_into_the_library(run: Run) -> None:
    result = run("diff", "sample", "-o", "content/new")
    assert result.code == ExitCode.OUTPUT
    assert "inside the library" in result.err


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(folder: Path) -> Path:
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    name = "content/procedures/sample-operation/en.yaml"
    edit(folder, name, "Then the surgeon acts.", "Then the surgeon waits.")
    return folder


@pytest.mark.usefixtures("committed")
def test_since_a_revision(run: Run) -> None:
    result = run("diff", "sample", "--since", "HEAD")
    assert result.code == ExitCode.OK
    assert "  - Then the surgeon acts.\n  + Then the surgeon waits.\n" in result.out
    assert "as of HEAD" in result.out


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "git knows no such revision"),
        ("--output=x", "this is an option and no revision"),
        ("HEAD:content", "git knows no such revision"),
    ],
)
def test_revisions_that_are_none(run: Run, committed: Path, revision: str, said: str) -> None:
    result = run("diff", "sample", f"--since={revision}")
    assert result.code == ExitCode.USAGE
    assert said in result.err
    assert not (committed / "x").exists()


@pytest.mark.usefixtures("changed")
def test_no_checkout(run: Run) -> None:
    result = run("diff", "sample", "--since", "HEAD")
    assert result.code == ExitCode.USAGE
    assert "is in no checkout of git" in result.err


def test_a_handout_that_was_not_there_then(run: Run, folder: Path) -> None:
    moved = folder / "handouts" / "sample"
    moved.rename(folder / "later")
    git(folder, "init", "--quiet")
    git(folder, "add", "content", "handouts", "templates")
    git(folder, "commit", "--quiet", "-m", "first")
    (folder / "later").rename(moved)
    result = run("diff", "sample", "--since", "HEAD")
    assert result.code == ExitCode.USAGE
    assert "at that time, no handout is called 'sample'" in result.err


@pytest.mark.usefixtures("committed")
def test_without_git_on_the_machine(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.review.before.shutil.which", lambda _: None)
    result = run("diff", "sample", "--since", "HEAD")
    assert result.code == ExitCode.USAGE
    assert "git is not on this machine" in result.err


def test_a_translation(run: Run, folder: Path) -> None:
    translate(folder)
    label(folder)
    sign(folder, "other", language="es")
    edit(folder, "content/topics/sample-topic/es.yaml", "This page is", "Otro tema es")
    result = run("diff", "other", "--lang", "es")
    assert result.code == ExitCode.OK
    assert "Otro tema" in result.out
    assert (folder / "out" / "diff-other.es.pdf").exists()


def test_approve_shows_what_changed_since(run: Run, changed: Path) -> None:
    edit(changed, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    result = run("review", "approve", "sample", "--by", "R. Sampleton", "--role", "x", "--yes")
    assert (
        "      - First, the surgeon looks.\n      + First, the surgeon looks twice." in result.err
    )


def test_approve_shows_the_first_twenty_changes(run: Run, folder: Path) -> None:
    sign(folder)
    items = "".join(f"Bring thing {number}., " for number in range(30))
    name = "content/procedures/sample-operation/en.yaml"
    edit(folder, name, "[Pain, ", f"[{items}Pain, ")
    edit(folder, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    said = run("review", "approve", "sample", "--by", "R. Sampleton", "--role", "x", "--yes").err
    assert said.count("      + Bring thing") == 20
    assert "    and 10 more; see: handouts diff sample\n" in said
