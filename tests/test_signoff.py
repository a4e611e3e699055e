"""Where a handout stands: over dates, over changes, and over what is in its ledger."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from generator.library import load_library
from generator.model import Handout, ReviewRules, Signature, SignOff
from generator.model.ledger import first_link
from generator.signoff import (
    Standing,
    State,
    add_months,
    digest,
    standing,
    standing_over,
    worst,
)
from tests.conftest import REPO
from tests.signing import sign
from tests.translated import translate

SIGNED = date(2026, 11, 1)
DUE = date(2028, 11, 1)
DAY = timedelta(days=1)
RULES = ReviewRules(interval_months=24)


@pytest.fixture
def handout(folder: Path) -> Handout:
    return load_library(folder).handout("sample", "en")


def approval(handout: Handout, on: date = SIGNED, **changed: object) -> SignOff:
    fields = {
        "action": "approve",
        "language": "en",
        "version": handout.version,
        "digest": digest(handout),
        "by": "R. Sampleton",
        "role": "Test surgeon",
        "on": on,
        "previous": first_link(handout.id),
        **changed,
    }
    return SignOff.model_validate(fields)


def state(handout: Handout, on: date, *ledger: SignOff) -> State:
    return standing(replace(handout, signoffs=ledger), on, RULES).state


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (SIGNED - DAY, State.DRAFT),
        (SIGNED, State.STANDS),
        (DUE - DAY, State.STANDS),
        (DUE, State.STANDS),
        (DUE + DAY, State.OVERDUE),
    ],
)
def test_a_sign_off_holds_from_its_day_through_its_due_day(
    handout: Handout, on: date, expected: State
) -> None:
    assert state(handout, on, approval(handout)) is expected


def test_without_a_ledger_it_is_a_draft(handout: Handout) -> None:
    assert state(handout, SIGNED) is State.DRAFT


def test_a_sign_off_may_say_how_long_it_holds(handout: Handout) -> None:
    signoff = approval(handout, valid_months=6)
    assert state(handout, date(2027, 5, 1), signoff) is State.STANDS
    assert state(handout, date(2027, 5, 2), signoff) is State.OVERDUE


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), 36, date(2029, 1, 31)),
    ],
)
def test_months_end_where_the_calendar_says(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def ledgers(handout: Handout) -> dict[State, SignOff]:
    """For each state, the entry that leads to it when it is the last one before ``DUE``."""
    return {
        State.STANDS: approval(handout),
        State.CHANGED: approval(handout, digest="sha256:" + "0" * 64),
        State.WITHDRAWN: approval(handout, action="withdraw", note="a test"),
        State.OVERDUE: approval(handout, valid_months=1),
    }


@pytest.mark.parametrize(
    ("first", "then"),
    [*product((State.STANDS, State.CHANGED, State.WITHDRAWN, State.OVERDUE), repeat=2)],
)
def test_the_last_entry_decides_whatever_came_before(
    handout: Handout, first: State, then: State
) -> None:
    entries = ledgers(handout)
    assert state(handout, DUE, entries[first]) is first
    assert state(handout, DUE, entries[first], entries[then]) is then


def test_a_later_entry_does_not_count_before_its_day(handout: Handout) -> None:
    withdrawal = approval(handout, on=date(2027, 1, 1), action="withdraw", note="x")
    ledger = (approval(handout), withdrawal)
    assert state(handout, date(2026, 12, 31), *ledger) is State.STANDS
    assert state(handout, date(2027, 1, 1), *ledger) is State.WITHDRAWN


def test_a_sign_off_of_another_language_does_not_count(handout: Handout) -> None:
    assert state(handout, SIGNED, approval(handout, language="es")) is State.DRAFT


def test_a_new_version_of_the_same_words_needs_a_sign_off_of_its_own(handout: Handout) -> None:
    assert state(handout, SIGNED, approval(handout, version="0.9")) is State.CHANGED


SIGNED_WORDS = [
    ("content/procedures/sample-operation/en.yaml", "First, the surgeon", "First the surgeon"),
    ("content/procedures/sample-operation/en.yaml", "title: Why you may", "title: Why you might"),
    ("content/procedures/sample-operation/en.yaml", "urgency: same-day", "urgency: office-hours"),
    ("content/procedures/sample-operation/en.yaml", "R. Example", "S. Example"),
    ("content/topics/sample-topic/en.yaml", "before.", "before!"),
    ("content/clinic.yaml", "number: 2, unit: hours", "number: 3, unit: hours"),
    ("content/clinic.yaml", "unit: hours", "unit: days"),
    ("content/clinic.yaml", "until your surgeon says you may", "for now"),
    ("content/clinic.yaml", "555-0111", "555-0112"),
    ("content/clinic.yaml", "nights and weekends", "at night"),
    ("content/figures/logo.svg", 'r="4"', 'r="5"'),
    ("handouts/sample/handout.yaml", "title: {en: Sample operation}", "title: {en: Sample}"),
    ("handouts/sample/handout.yaml", "For adults who", "For all who"),
    ("handouts/sample/handout.yaml", "  - topic: sample-topic\n", ""),
]
NOT_SIGNED = [
    ("content/procedures/sample-operation/en.yaml", "A note that is never", "A note never"),
    (
        "content/procedures/sample-operation/en.yaml",
        "    kind: steps",
        "    # why\n    kind: steps",
    ),
    (
        "content/procedures/sample-operation/en.yaml",
        "Then the surgeon acts.",
        "Then the\n        surgeon acts.",
    ),
    ("content/clinic.yaml", "name: Test Clinic", "name: Another Clinic"),
    ("content/clinic.yaml", "\nfacts:", "\nfacts:\n  unused: {text: {en: x}, source: clinic}"),
    ("content/clinic.yaml", "unit: hours,", "unit: hours, note: why it is so,"),
    ("content/clinic.yaml", "paper: letter", "paper: a4"),
    ("handouts/sample/handout.yaml", "by: The test writers", "by: Other writers"),
]


def edited(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    try:
        for other in (folder / "content").rglob("en.yaml"):
            if "R. Example" in new + old and other != path:
                other.write_text(other.read_text().replace(old, new))
        if "R. Example" in old:
            clinic = folder / "content" / "clinic.yaml"
            clinic.write_text(clinic.read_text().replace(old, new))
        return digest(load_library(folder).handout("sample", "en"))
    finally:
        path.write_text(text)


@pytest.mark.parametrize(("file", "old", "new"), SIGNED_WORDS)
def test_what_the_reader_sees_is_signed(
    folder: Path, handout: Handout, file: str, old: str, new: str
) -> None:
    assert edited(folder, file, old, new) != digest(handout)


@pytest.mark.parametrize(("file", "old", "new"), NOT_SIGNED)
def test_what_the_reader_does_not_see_is_not_signed(
    folder: Path, handout: Handout, file: str, old: str, new: str
) -> None:
    assert edited(folder, file, old, new) == digest(handout)


def digests(folder: Path) -> dict[str, str]:
    library = load_library(folder)
    return {name: digest(library.handout(name, "en")) for name in library.ids()}


@pytest.mark.parametrize(
    ("file", "old", "new", "undone"),
    [
        ("topics/sample-topic/en.yaml", "two handouts", "some handouts", {"sample", "other"}),
        ("procedures/sample-operation/en.yaml", "the surgeon looks", "a surgeon looks", {"sample"}),
        ("clinic.yaml", "number: 2,", "number: 3,", {"sample", "other"}),
        ("clinic.yaml", "until your surgeon", "till your surgeon", {"sample"}),
        ("clinic.yaml", "555-0111", "555-0112", {"sample"}),
        ("figures/logo.svg", 'r="4"', 'r="5"', {"sample"}),
    ],
)
def test_a_change_undoes_exactly_the_sign_offs_of_the_handouts_that_hold_it(
    folder: Path, file: str, old: str, new: str, undone: set[str]
) -> None:
    path = folder / "content" / file
    before, words = digests(folder), path.read_text()
    path.write_text(words.replace(old, new))
    after = digests(folder)
    assert {name for name in before if after[name] != before[name]} == undone
    path.write_text(words)
    assert digests(folder) == before


def test_the_digest_is_the_same_in_another_process(folder: Path, handout: Handout) -> None:
    code = (
        "import sys; from pathlib import Path; from generator.library import load_library; "
        "from generator.signoff import digest; "
        "print(digest(load_library(Path(sys.argv[1])).handout('sample', 'en')))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    other = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == digest(handout)


def test_a_handout_without_a_ledger_file_is_a_draft(folder: Path) -> None:
    (folder / "handouts" / "sample" / "signoffs.yaml").unlink()
    assert (
        standing(load_library(folder).handout("sample", "en"), SIGNED, RULES).state is State.DRAFT
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: {en: Last food.}", "text: {en: Your last food.}"),
        ("fasting-food: {number: 8,", "fasting-food: {number: 9,"),
        ("{en: A list of your medicines}", "{en: A list of all your medicines}"),
        ("before: arrival, fact", "before: surgery, fact"),
    ],
)
def test_a_changed_rule_of_the_plan_undoes_a_sign_off(folder: Path, old: str, new: str) -> None:
    signed = approval(load_library(folder).handout("sample", "en"))
    file = folder / "content" / "clinic.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    assert state(load_library(folder).handout("sample", "en"), SIGNED, signed) is State.CHANGED


def test_the_digest_of_these_words_is_this_one_in_every_version_of_the_program(
    handout: Handout,
) -> None:
    """An upgrade must not undo the sign-offs of a clinic. Change this only for changed words."""
    assert digest(handout) == (
        "sha256:6fea84f06374baf26da5827f47d4d0768b37030174979f42bc5c0d024770bdd9"
    )


TWO = ReviewRules(
    interval_months=24,
    signatures=(
        Signature(roles=("Surgeon", "Nurse")),
        Signature(roles=("Patient-information editor", "Nurse")),
    ),
)


def two(handout: Handout, *signed: tuple[str, str] | str, on: date = SIGNED) -> Standing:
    """Where it stands under the rule of two, after these people signed (None: withdrawn)."""
    ledger = [
        approval(handout, by="W. Sampleton", action="withdraw", note="x")
        if isinstance(who, str)
        else approval(handout, by=who[0], role=who[1])
        for who in signed
    ]
    return standing(replace(handout, signoffs=tuple(ledger)), on, TWO)


A, B = ("A. Sampleton", "Surgeon"), ("B. Sampleton", "Patient-information editor")
EITHER = ("C. Sampleton", "Nurse")


@pytest.mark.parametrize(
    ("signed", "expected", "missing"),
    [
        ([A], State.DRAFT, ("Patient-information editor or Nurse",)),
        ([B], State.DRAFT, ("Surgeon or Nurse",)),
        ([A, B], State.STANDS, ()),
        ([B, A], State.STANDS, ()),
        ([A, EITHER], State.STANDS, ()),
        ([EITHER, B], State.STANDS, ()),
        ([A, A], State.DRAFT, ("Patient-information editor or Nurse",)),
        ([EITHER, EITHER], State.DRAFT, ("Patient-information editor or Nurse",)),
        ([A, ("a SAMPLETON", "Nurse")], State.DRAFT, ("Patient-information editor or Nurse",)),
        (
            [("D. Sampleton", "Porter")],
            State.DRAFT,
            ("Surgeon or Nurse", "Patient-information editor or Nurse"),
        ),
        (
            [A, B, "withdrawn"],
            State.WITHDRAWN,
            ("Surgeon or Nurse", "Patient-information editor or Nurse"),
        ),
        ([A, B, "withdrawn", A], State.WITHDRAWN, ("Patient-information editor or Nurse",)),
        ([A, B, "withdrawn", A, B], State.STANDS, ()),
        ([A, "withdrawn", B], State.WITHDRAWN, ("Surgeon or Nurse",)),
    ],
)
def test_two_people_sign_where_the_clinic_asks_for_two(
    handout: Handout,
    signed: list[tuple[str, str] | str],
    expected: State,
    missing: tuple[str, ...],
) -> None:
    where = two(handout, *signed)
    assert (where.state, where.missing) == (expected, missing)


def test_two_signatures_are_of_the_same_words(handout: Handout) -> None:
    other = approval(handout, by=A[0], role=A[1], digest="sha256:" + "0" * 64)
    mine = approval(handout, by=B[0], role=B[1])
    signed = replace(handout, signoffs=(other, mine))
    assert standing(signed, SIGNED, TWO).state is State.DRAFT


def test_one_new_signature_does_not_unseat_what_two_have_signed(handout: Handout) -> None:
    """Half a sign-off of other words leaves the whole one; a whole one replaces it for good."""
    whole = [approval(handout, by=who, role=role) for who, role in (A, B)]
    other = [
        approval(handout, by=who, role=role, version="1.1", digest="sha256:" + "0" * 64)
        for who, role in (A, B)
    ]
    half = replace(handout, signoffs=(*whole, other[0]))
    assert standing(half, SIGNED, TWO).state is State.STANDS
    assert standing(replace(half, signoffs=(*whole, *other)), SIGNED, TWO).state is State.CHANGED


def test_two_signatures_hold_as_long_as_the_shorter(handout: Handout) -> None:
    entries = (
        approval(handout, by=A[0], role=A[1], valid_months=12),
        approval(handout, by=B[0], role=B[1]),
    )
    where = standing(replace(handout, signoffs=entries), SIGNED, TWO)
    assert where.due == date(2027, 11, 1)


def test_words_that_were_replaced_do_not_come_back_by_themselves(handout: Handout) -> None:
    """Somebody restores last year's file: it was signed once, and then something better was."""
    better = approval(handout, version="1.1", digest="sha256:" + "1" * 64, on=SIGNED + DAY)
    assert state(handout, SIGNED + DAY, approval(handout), better) is State.CHANGED


@pytest.fixture
def translation(folder: Path) -> Path:
    translate(folder)
    sign(folder, "other")
    sign(folder, "other", language="es")
    return folder


def where_es(folder: Path, on: date = SIGNED) -> State:
    return standing(load_library(folder).handout("other", "es"), on, RULES).state


def rewrite(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_translation_is_signed_for_itself(folder: Path) -> None:
    translate(folder)
    sign(folder, "other")
    assert where_es(folder) is State.DRAFT
    sign(folder, "other", language="es")
    assert where_es(folder) is State.STANDS


def test_a_translation_is_out_of_date_when_its_source_changes(translation: Path) -> None:
    topic = "content/topics/sample-topic/en.yaml"
    rewrite(translation, topic, "two handouts", "some handouts")
    assert where_es(translation) is State.OUT_OF_DATE
    rewrite(translation, topic, "some handouts", "two handouts")
    assert where_es(translation) is State.STANDS


def test_a_translation_that_changed_itself_leaves_its_source_alone(translation: Path) -> None:
    topic = "content/topics/sample-topic/es.yaml"
    rewrite(translation, topic, "two handouts", "some handouts")
    assert where_es(translation) is State.CHANGED
    english = load_library(translation).handout("other", "en")
    assert standing(english, SIGNED, RULES).state is State.STANDS


def test_a_translation_signed_anew_stands_under_its_own_version(translation: Path) -> None:
    rewrite(translation, "content/topics/sample-topic/en.yaml", "two handouts", "some handouts")
    rewrite(
        translation,
        "handouts/other/handout.yaml",
        'version: "1.0"',
        'version: "1.1"\nversions: {es: "1.0"}',
    )
    sign(translation, "other", language="es")
    assert where_es(translation) is State.STANDS
    assert standing(load_library(translation).handout("other", "en"), SIGNED, RULES).state is (
        State.CHANGED
    )


def test_a_translation_falls_with_what_it_translates(translation: Path) -> None:
    sign(translation, "other", action="withdraw", on="2026-11-02", note="Wrong hour")
    assert where_es(translation) is State.STANDS
    assert where_es(translation, SIGNED + DAY) is State.WITHDRAWN


def test_on_two_days_the_worse_one_counts(handout: Handout) -> None:
    signed = replace(handout, signoffs=(approval(handout),))
    for first, last, expected in (
        (SIGNED, DUE, State.STANDS),
        (SIGNED, DUE + DAY, State.OVERDUE),
        (SIGNED - DAY, SIGNED, State.DRAFT),
        (DUE, SIGNED, State.STANDS),
    ):
        assert standing_over(signed, first, last, RULES).state is expected


EVERY_STATE = tuple(State)
"""Each reached from each: by the ledger, by the words, or by the day."""


def reach(handout: Handout, to: State, ledger: tuple[SignOff, ...]) -> State:
    """Bring a handout into a state, whatever its ledger holds, and ask where it stands."""
    here, on = replace(handout, signoffs=ledger), DUE - DAY
    renewed = approval(handout, on=SIGNED + DAY)
    match to:
        case State.DRAFT:
            here = replace(here, signoffs=())
        case State.STANDS:
            here = replace(here, signoffs=(*ledger, renewed))
        case State.CHANGED:
            other = approval(handout, digest="sha256:" + "2" * 64, on=SIGNED + DAY)
            here = replace(here, signoffs=(*ledger, other))
        case State.OVERDUE:
            here, on = replace(here, signoffs=(*ledger, renewed)), DUE + 2 * DAY
        case State.WITHDRAWN:
            out = approval(handout, action="withdraw", note="x", on=SIGNED + DAY)
            here = replace(here, signoffs=(*ledger, out))
        case State.OUT_OF_DATE:
            old = {"language": "es", "digest": "sha256:" + "3" * 64}
            entry = approval(handout, translates=old, on=SIGNED + DAY)
            source = replace(handout, language="en", signoffs=())
            here = replace(here, signoffs=(*ledger, entry), translates=source)
    return standing(here, on, RULES).state


@pytest.mark.parametrize(("before", "after"), [*product(EVERY_STATE, repeat=2)])
def test_from_every_state_into_every_other(handout: Handout, before: State, after: State) -> None:
    entries = {
        State.DRAFT: (),
        State.OUT_OF_DATE: (
            approval(handout, translates={"language": "es", "digest": "sha256:" + "3" * 64}),
        ),
        **{state: (entry,) for state, entry in ledgers(handout).items()},
    }
    assert reach(handout, before, ()) is before
    assert reach(handout, after, entries[before]) is after


@pytest.mark.parametrize(("one", "other"), [*product(EVERY_STATE, repeat=2)])
def test_of_two_states_the_worse_is_known(one: State, other: State) -> None:
    """Withdrawn is worst, standing best, and the order of asking does not matter."""
    found = worst([one, other])
    assert found is worst([other, one])
    assert found in {one, other}
    assert (found is State.STANDS) == (one is other is State.STANDS)
    assert (found is State.WITHDRAWN) == (State.WITHDRAWN in {one, other})
