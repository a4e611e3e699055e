"""A ledger that somebody wrote in by hand is found out, each time with its own message."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.errors import ContentError, LedgerBusy, LedgerMoved
from generator.library import add_entry, kept, load_library
from generator.library.ledger_file import _alone
from generator.model.ledger import first_link, head_of
from generator.signoff import State, digest, standing, words_of
from tests.conftest import TODAY
from tests.signing import sign

Data = dict[str, Any]


@pytest.fixture
def ledger(folder: Path) -> Path:
    """A ledger with four entries."""
    sign(folder, by="R. Sampleton")
    sign(folder, by="S. Sampleton", on="2026-11-02")
    sign(folder, by="S. Sampleton", on="2026-11-03", action="withdraw")
    sign(folder, by="T. Sampleton", on="2026-11-04")
    return folder / "handouts" / "sample" / "signoffs.yaml"


def edit(path: Path, change: Callable[[Data], object]) -> None:
    data = yaml.safe_load(path.read_text())
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False))


def problems(folder: Path) -> str:
    with pytest.raises(ContentError) as caught:
        load_library(folder)
    return str(caught.value)


def swap(data: Data) -> None:
    entries = data["signoffs"]
    entries[1], entries[2] = entries[2], entries[1]


def forge_at_the_end(data: Data) -> None:
    data["signoffs"].append({**data["signoffs"][-1], "on": "2026-11-05", "previous": data["head"]})


def put_in(data: Data) -> None:
    forged = {**data["signoffs"][1], "by": "F. Forgery"}
    data["signoffs"].insert(1, forged)


CHANGED_OR_GONE = "changed after it was written, or one between is gone"
TAMPERING: list[tuple[str, Callable[[Data], object], str]] = [
    ("a name changed", lambda d: d["signoffs"][1].update(by="X. Other"), CHANGED_OR_GONE),
    ("a date moved", lambda d: d["signoffs"][0].update(on="2026-10-01"), CHANGED_OR_GONE),
    ("longer valid", lambda d: d["signoffs"][0].update(valid_months=36), CHANGED_OR_GONE),
    ("the last changed", lambda d: d["signoffs"][3].update(role="Other"), "the last entry was"),
    ("the last taken out", lambda d: d["signoffs"].pop(), "or entries after it are gone"),
    ("one in the middle taken out", lambda d: d["signoffs"].pop(2), CHANGED_OR_GONE),
    ("the first taken out", lambda d: d["signoffs"].pop(0), "does not begin this handout's ledger"),
    ("two reordered", swap, "this entry was written right after entry 3; the order was changed"),
    ("one put in", put_in, "the entry before this one was put in, or written twice"),
    (
        "one written twice",
        lambda d: d["signoffs"].insert(1, {**d["signoffs"][1]}),
        "the entry before this one was put in, or written twice",
    ),
    ("one added by hand", forge_at_the_end, "an entry was added at the end by hand"),
    (
        "without the digest",
        lambda d: d["signoffs"][2].pop("previous"),
        "was not written by 'handouts review'",
    ),
    ("without the head", lambda d: d.pop("head"), "the digest of the last entry, 'head', is gone"),
    ("emptied", lambda d: d.update(signoffs=[]), "every entry was taken out"),
    (
        "rolled to the front",
        lambda d: d["signoffs"].insert(0, d["signoffs"].pop()),
        "this was the first entry; another was put before it, or they were reordered",
    ),
    ("backdated", lambda d: d["signoffs"][3].update(on="2026-01-01"), "is dated before the entry"),
    ("other words", lambda d: d["signoffs"][3].update(digest="sha256:" + "0" * 64), "are gone"),
]


@pytest.mark.parametrize(
    ("change", "message"),
    [(change, message) for _, change, message in TAMPERING],
    ids=[name for name, _, _ in TAMPERING],
)
def test_tampering_is_detected(
    folder: Path, ledger: Path, change: Callable[[Data], object], message: str
) -> None:
    load_library(folder)
    edit(ledger, change)
    found = problems(folder)
    assert message in found
    assert "restore the file from a backup or from version control" in found
    assert "signoffs.yaml:" in found


def test_the_ledger_of_another_handout_is_not_this_one_s(folder: Path, ledger: Path) -> None:
    other = folder / "handouts" / "other" / "signoffs.yaml"
    other.write_bytes(ledger.read_bytes())
    assert "does not begin this handout's ledger" in problems(folder)


def test_emptied_with_its_head_it_still_lacks_what_was_signed(folder: Path, ledger: Path) -> None:
    ledger.write_text("signoffs: []\n")
    assert "belongs to no entry: an entry is gone" in problems(folder)


def signed_file(folder: Path) -> Path:
    (file,) = (folder / "handouts" / "sample" / "signed").iterdir()
    return file


@pytest.mark.usefixtures("ledger")
def test_signed_words_that_are_gone(folder: Path) -> None:
    signed_file(folder).unlink()
    assert "the words that it signed, signed/" in problems(folder)


@pytest.mark.usefixtures("ledger")
def test_signed_words_that_are_damaged(folder: Path) -> None:
    file = signed_file(folder)
    file.write_bytes(file.read_bytes()[:200])
    assert "are damaged" in problems(folder)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("name", "message"),
    [("words.json", "holds other words"), ("figures/sample.svg", "holds other figures")],
)
def test_signed_words_that_were_changed(folder: Path, name: str, message: str) -> None:
    file = signed_file(folder)
    with zipfile.ZipFile(file) as packed:
        inside = {entry: packed.read(entry) for entry in packed.namelist()}
    assert name in inside
    with zipfile.ZipFile(file, "w") as packed:
        for entry, content in inside.items():
            packed.writestr(entry, content + b" " if entry == name else content)
    assert message in problems(folder)


@pytest.mark.usefixtures("ledger")
def test_what_is_kept_is_what_was_signed(folder: Path) -> None:
    handout = load_library(folder).handout("sample", "en")
    words, figures = kept(folder / "handouts" / "sample", digest(handout))
    assert words == words_of(handout)
    assert {name: file for name, (file, _) in figures.items()} == {"sample": "sample.svg"}


def test_the_same_words_are_kept_in_the_same_bytes(folder: Path, ledger: Path) -> None:
    before = signed_file(folder).read_bytes()
    signed_file(folder).unlink()
    ledger.write_text("signoffs: []\n")
    sign(folder)
    assert signed_file(folder).read_bytes() == before


def test_entries_are_only_added(folder: Path, ledger: Path) -> None:
    before = ledger.read_text().splitlines()
    sign(folder, by="U. Sampleton", on="2026-11-05")
    after = ledger.read_text().splitlines()
    assert after[: len(before) - 1] == before[:-1]
    assert before[-1].startswith("head: ")


@pytest.mark.parametrize(
    "awkward",
    [
        "Dr. O'Test-Example",
        "Ana #Testa",
        "Ümläut: Testson",
        "'Quoted' \"Testa\"",
        "- Testa",
        "日本",
    ],
)
def test_awkward_names_are_read_as_they_were_written(folder: Path, awkward: str) -> None:
    sign(folder, by=awkward, note=awkward, role=f"{awkward} & more")
    (entry,) = load_library(folder).signoffs["sample"]
    assert (entry.by, entry.note, entry.role) == (awkward, awkward, f"{awkward} & more")


def test_nobody_signs_over_what_they_have_not_seen(folder: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    with pytest.raises(LedgerMoved, match="somebody signed or withdrew while you were reading"):
        add_entry(folder, "sample", {}, first_link("sample"))
    assert ledger.read_bytes() == before


def test_two_people_who_sign_at_once_come_one_after_the_other(folder: Path) -> None:
    seen = head_of("sample", ())
    with _alone(folder / "handouts" / "sample"), pytest.raises(LedgerBusy):
        add_entry(folder, "sample", {}, seen)
    sign(folder)


def test_nothing_is_added_to_a_ledger_that_is_not_sound(folder: Path, ledger: Path) -> None:
    seen = head_of("sample", load_library(folder).signoffs["sample"])
    edit(ledger, lambda data: data["signoffs"][0].update(by="X. Other"))
    before = ledger.read_bytes()
    with pytest.raises(ContentError):
        add_entry(folder, "sample", {}, seen)
    assert ledger.read_bytes() == before


def test_a_half_finished_approval_leaves_the_ledger_as_it_was(
    folder: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger.read_bytes()
    topic = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    topic.write_text(topic.read_text().replace("two handouts", "some handouts"))
    monkeypatch.setattr("generator.library.ledger_file._written", None)
    with pytest.raises(TypeError):
        sign(folder, version="1.1", on="2026-11-05")
    assert ledger.read_bytes() == before
    assert "or an approval was broken off; remove it" in problems(folder)


@pytest.mark.usefixtures("ledger")
def test_a_ledger_in_order_changes_no_state(folder: Path) -> None:
    library = load_library(folder)
    where = standing(library.handout("sample", "en"), TODAY, library.clinic.review)
    assert where.state is State.STANDS
    assert [entry.by for entry in where.signatures] == ["T. Sampleton"]
