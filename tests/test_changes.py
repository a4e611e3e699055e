"""What changed, sentence by sentence: nothing that a signature covers can change unseen."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.library import Library, load_library
from generator.markup import load_labels
from generator.model import Handout, Invalid, Picture
from generator.review.changes import Change, changes
from generator.review.said import sentences
from generator.review.word_runs import word_runs
from generator.signoff import SignedWords, digest, unsealed, words_of

OPERATION = "content/procedures/sample-operation/en.yaml"
TOPIC = "content/topics/sample-topic/en.yaml"
CLINIC = "content/clinic.yaml"
HANDOUT = "handouts/sample/handout.yaml"
FALLBACK = "The words that are signed"

Edited = Callable[..., tuple[Change, ...]]


@pytest.fixture
def edited(folder: Path, library: Library) -> Edited:
    """Edit files, (file, old text, new text) each, and tell what changed in a handout."""

    def call(*edits: tuple[str, str, str]) -> tuple[Change, ...]:
        for file, old, new in edits:
            edit(folder, file, old, new)
        now = load_library(folder)
        labels = load_labels(library.templates, "en", "US")
        return changes(library.handout("sample", "en"), now.handout("sample", "en"), labels)

    return call


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (folder / file).write_text(text.replace(old, new))


def said(found: tuple[Change, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.before, change.after) for change in found]


def test_the_same_words_have_no_changes(edited: Edited) -> None:
    assert edited() == ()


def test_an_editors_note_is_no_change(edited: Edited) -> None:
    assert edited((OPERATION, "A note that is never printed", "Another note")) == ()


def test_a_changed_sentence_is_one_change_with_its_place(edited: Edited) -> None:
    (change,) = edited((OPERATION, "Each paragraph has a few", "Every paragraph has a few"))
    assert change.place == "Your sample operation, 'What a sample operation is'"
    assert change.before == "Each paragraph has a few short sentences."
    assert change.after == "Every paragraph has a few short sentences."


def test_an_added_sentence_stands_alone(edited: Edited) -> None:
    found = edited((OPERATION, "paragraphs. Each", "paragraphs. This one is new. Each"))
    assert said(found) == [("added", None, "This one is new.")]


def test_a_removed_entry_stands_alone(edited: Edited) -> None:
    found = edited((OPERATION, "[Pain, Walking, Sleeping]", "[Pain, Sleeping]"))
    assert said(found) == [("removed", "Walking", None)]


def test_changed_added_and_removed_at_once_find_their_counterparts(edited: Edited) -> None:
    found = edited(
        (OPERATION, "First, the surgeon looks.", "First, the surgeon looks twice."),
        (OPERATION, "- Then the surgeon acts.", "- Something else entirely.\n      - Wait."),
    )
    assert said(found) == [
        ("changed", "First, the surgeon looks.", "First, the surgeon looks twice."),
        ("removed", "Then the surgeon acts.", None),
        ("added", None, "Something else entirely."),
        ("added", None, "Wait."),
    ]


def test_a_changed_fact_shows_in_every_sentence_that_prints_it(edited: Edited) -> None:
    fact = "fasting-clear-liquids: {number: "
    found = edited((CLINIC, f"{fact}2", f"{fact}3"))
    assert said(found) == [
        (
            "changed",
            "**Stop clear liquids 2 hours before** your operation.",
            "**Stop clear liquids 3 hours before** your operation.",
        ),
        ("changed", "2 hours", "3 hours"),
        (
            "changed",
            "You may drink water up to 2 hours before.",
            "You may drink water up to 3 hours before.",
        ),
        ("changed", "fasting-clear-liquids: 2 hours", "fasting-clear-liquids: 3 hours"),
        ("changed", "fasting-clear-liquids: 2 hours", "fasting-clear-liquids: 3 hours"),
    ]
    assert found[1].place.endswith("'When to stop eating and drinking', 'Clear liquids'")


def test_a_changed_phone_shows_in_every_block_that_prints_it(edited: Edited) -> None:
    found = edited((CLINIC, "555-0111", "555-0112"))
    assert [change.place for change in found] == [
        "Your sample operation, 'Call us the same day'",
        "Facts",
    ]


def test_a_moved_page_is_moved_and_nothing_else(edited: Edited) -> None:
    found = edited(
        (HANDOUT, "  - topic: sample-topic\n", ""),
        (HANDOUT, "  - procedure", "  - topic: sample-topic\n  - procedure"),
    )
    assert len(found) == 1
    assert (found[0].place, found[0].kind) == ("Your sample operation", "moved")
    assert (found[0].before, found[0].after) == ("stands first", "stands after A sample topic")


def test_a_page_that_is_gone_is_told_whole(edited: Edited) -> None:
    found = edited((HANDOUT, "  - topic: sample-topic\n", ""))
    assert ("removed", "You may drink water up to 2 hours before.", None) in said(found)
    assert {change.kind for change in found} == {"removed"}


@pytest.mark.parametrize(
    ("file", "old", "new", "before", "after"),
    [
        (OPERATION, "id: how\n    kind: steps", "id: how\n    kind: list",
         "is shown as: steps", "is shown as: list"),
        (OPERATION, "lines: 2", "lines: 3", "lines to write on: 2", "lines to write on: 3"),
        (OPERATION, "side: required", "side: none", "side: required", "side: none"),
        (OPERATION, "urgency: same-day", "urgency: office-hours",
         "urgency: same-day", "urgency: office-hours"),
        (OPERATION, "id: how\n", "id: how\n    gives_way: true\n",
         "gives way to the patient's plan: no", "gives way to the patient's plan: yes"),
        (OPERATION, "body_part: sample", "body_part: hip", "body part: sample", "body part: hip"),
        (OPERATION, "id: how\n", "id: how-it-is\n", "id: how", "id: how-it-is"),
        (CLINIC, "This plan", "Your plan", "This plan", "Your plan"),
        (CLINIC, "Do not shave.", "Never shave.", "Do not shave.", "Never shave."),
        (CLINIC, "id: food, before: surgery", "id: food, before: arrival",
         "before: surgery", "before: arrival"),
        (HANDOUT, "For adults who", "For people who", "For adults who have a sample operation",
         "For people who have a sample operation"),
        (HANDOUT, "title: {en: Sample operation}", "title: {en: An operation}",
         "Sample operation", "An operation"),
    ],
)  # fmt: skip
def test_whatever_a_signature_covers_shows(
    edited: Edited, file: str, old: str, new: str, before: str, after: str
) -> None:
    assert ("changed", before, after) in said(edited((file, old, new)))


def test_a_changed_picture_shows_though_its_name_is_the_same(folder: Path, edited: Edited) -> None:
    picture = folder / "content" / "figures" / "logo.svg"
    picture.write_text(picture.read_text().replace("</svg>", "<g/></svg>"))
    (change,) = edited()
    assert (change.place, change.kind) == ("Pictures", "changed")


def test_a_number_written_out_that_was_a_fact_shows_as_it_is_written(edited: Edited) -> None:
    found = edited((TOPIC, "{fasting-clear-liquids}", "2\u00a0hours"))
    assert "written: You may drink water up to {fasting-clear-liquids} before." in str(found[0])


def test_the_same_sentences_in_other_paragraphs_are_a_change(edited: Edited) -> None:
    old = "paragraphs. Each"
    (change,) = edited((OPERATION, old, "paragraphs.\n      - Each"))
    assert change.place.endswith("divided otherwise")
    assert change.after is not None
    assert "blocks paragraphs: Each paragraph has a few short sentences." in change.after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Ask Dr. Who at 9 a.m. on the day. Go.", ["Ask Dr. Who at 9 a.m. on the day.", "Go."]),
        ("**Stop. Now.** Then go.", ["**Stop. Now.**", "Then go."]),
        ("今天禁食。请喝水。", ["今天禁食。", "请喝水。"]),
        ("«متى؟» الآن.", ["«متى؟»", "الآن."]),
        ("No end", ["No end"]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_word_runs_say_what_stayed_went_and_came() -> None:
    runs = word_runs("Stop 2 hours before surgery.", "Stop 3 hours before your surgery.")
    assert [(run.kind, run.text) for run in runs] == [
        ("same", "Stop "),
        ("removed", "2"),
        ("added", "3"),
        ("same", " hours before "),
        ("added", "your "),
        ("same", "surgery."),
    ]


@given(st.text("ab c.。今", max_size=30), st.text("ab c.。今", max_size=30))
def test_word_runs_lose_nothing(before: str, after: str) -> None:
    runs = word_runs(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of everything in plain data, lists and mappings as well."""
    yield path
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from leaves(item, (*path, key))


def other(value: Any, way: int) -> Any:
    """Something else of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return [f"{value} Also.", f"{value}-x", f"**{value}**", value.replace(". ", ".  ")][way % 4]
    if isinstance(value, list):
        return [value[1:], value[::-1], value[:-1], [*value[1:], *value[:1]]][way % 4]
    return {key: value[key] for key in list(value)[: len(value) - 1]}


def remade(words: dict[str, Any], now: Handout, folder: Path) -> Handout | None:
    """A handout of words that were tampered with; None where they are none."""
    figures = {
        name: (picture.path.name, picture.path.read_bytes())
        for name, picture in now.pictures.items()
        if name in words["figures"]
    }
    folder.mkdir(exist_ok=True)
    try:
        return unsealed(SignedWords(json.dumps(words).encode(), figures), folder, now, "1.0")
    except (Invalid, KeyError, TypeError, ValueError):
        return None


def changed(words: dict[str, Any], path: tuple[Any, ...], way: int) -> dict[str, Any]:
    words = copy.deepcopy(words)
    at: Any = words
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = other(at[path[-1]], way)
    return words


def agree(old: Handout, new: Handout | None, labels: Any) -> bool | None:
    """Whether there are changes exactly when the digests differ; None where nothing is compared."""
    if new is None:
        return None
    try:
        found = changes(old, new, labels)
    except KeyError:  # the words name a fact that was taken out
        return None
    assert not [change for change in found if change.place == FALLBACK]
    return bool(found) == (digest(old) != digest(new))


@pytest.mark.parametrize("way", range(4))
def test_every_single_thing_that_is_signed_shows(
    library: Library, tmp_path: Path, way: int
) -> None:
    handout, labels = library.handout("sample", "en"), load_labels(library.templates, "en", "US")
    words = json.loads(words_of(handout))
    tried = [
        agree(handout, remade(changed(words, path, way), handout, tmp_path / "f"), labels)
        for path in leaves(words)
        if path and path[0] not in {"format", "id", "language"}
    ]
    assert False not in tried
    assert tried.count(True) > 60


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_many_edits_at_once_never_cancel_out(library: Library, tmp_path: Path, data: Any) -> None:
    handout, labels = library.handout("sample", "en"), load_labels(library.templates, "en", "US")
    words = json.loads(words_of(handout))
    for _ in range(data.draw(st.integers(0, 4))):
        paths = [
            path for path in leaves(words) if path and path[0] in {"sections", "plan", "facts"}
        ]
        words = changed(words, data.draw(st.sampled_from(paths)), data.draw(st.integers(0, 3)))
    assert agree(handout, remade(words, handout, tmp_path / "f"), labels) is not False


def test_should_all_else_fail_the_digests_differ(library: Library, monkeypatch: Any) -> None:
    handout = library.handout("sample", "en")
    pictures = {"sample": Picture(handout.pictures["sample"].path, "0" * 64)}
    monkeypatch.setattr("generator.review.changes._changes", lambda *_: ())
    labels = load_labels(library.templates, "en", "US")
    (change,) = changes(handout, replace(handout, pictures=pictures), labels)
    assert change.place == FALLBACK
