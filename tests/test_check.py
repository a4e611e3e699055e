"""Each rule of ``handouts check`` has a text that trips it, and one much like it that does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.check import Severity
from generator.check.jargon import Lexicon
from generator.check.numbers import bare_numbers
from generator.check.rules import RULES
from generator.model import Glossary
from tests.checking import OTHER, PROCEDURE, SOURCES, TOPIC, found, look, text_block, write_page
from tests.conftest import REPO

HARD = (
    "Discontinue anticoagulation immediately following consultation. "
    "Hospitalization necessitates comprehensive preoperative evaluation. "
    "Complications occasionally require additional intervention. "
    "Individual recommendations accommodate pharmaceutical interactions."
)
EASY = "Stop the pills when we tell you. Then come in to see us. We look at you. You can go home."
LONG = " ".join(["You may eat and drink what you like until we call you again."] * 13)

TEXTS = [
    ("reading-level", HARD, EASY),
    ("reading-level", HARD, "A tiny bit of text."),
    (
        "sentence-length",
        "You may eat and drink all that you like at home until we call you once again.",
        "You may eat and drink all that you like. Stop when we call you once again.",
    ),
    (
        "paragraph-length",
        "Come in. Sit down. Tell us your name. We look at you. You can go.",
        "Come in. Sit down. Tell us your name. We look at you.",
    ),
    ("passive-instruction", "The pills should be taken with food.", "Take the pills with food."),
    ("passive-instruction", "Rings must not be worn.", "The tumor must be removed."),
    ("passive-instruction", "Food has to be avoided.", "The bone needs to be held by a screw."),
    ("double-negative", "Do not go without nothing.", "Do not come if you do not feel well."),
    ("double-negative", "It is not impossible.", "Do not eat under the lamp until noon."),
    ("double-negative", "Never forget to call.", "No question is too small."),
    ("double-negative", "You cannot not come.", "Do not stand under the lamp."),
    ("calculation", "Count back from your time.", "Count your pills."),
    ("abbreviation", "Take it b.i.d. with food.", "Take it twice a day with food."),
    ("abbreviation", "You are NPO from now.", "You eat nothing from now."),
    ("abbreviation", "Take 5 mcg of it.", "Take 5 mg of it."),
    ("abbreviation", "Fruit, e.g. pears, is good.", "Fruit, for example pears, is good."),
    ("abbreviation", "Bring pills, creams, etc.", "Bring pills and creams. We may bid you rest."),
    ("capitals", "DO NOT EAT before.", "Have an MRI or a CT scan."),
    ("capitals", "This is IMPORTANT.", "This is important."),
    ("link-text", "To know more, click here.", "To know more, come here."),
    ("number-unit", "Take 2 before you come.", "Take 2 tablets before you come."),
    ("number-unit", "Wait for 3 to 6.", "Wait for 3 to 6 months, or step 2."),
    ("number-unit", "It costs 20.", "It costs $20, as in 2020, at 8:00 am, on floor 3."),
    ("number-form", "Take .5 mg of it.", "Take 0.5 mg of it."),
    ("number-form", "Take 5.0 mg of it.", "Take 5 mg of it."),
    ("number-form", "Drink 1/2 cup of it.", "Drink half a cup of it."),
    ("date-ambiguous", "Come on 12/8/26 please.", "Come on December 8 please."),
    ("date-ambiguous", "Come on 2026-12-08 please.", "Come on the 8th of December."),
    ("date-ambiguous", "Come before 12/8 please.", "We are here 24/7 for you."),
    ("block-length", LONG, EASY),
    ("phone-written-out", "Call 555-0100 for help.", "Call {phone-office} for help."),
    ("phone-written-out", "Call 911 for help.", "Call {phone-emergency} for help."),
    ("phone-written-out", "Ring (212) 555-0199 now.", "Take 555 steps."),
]


@pytest.mark.parametrize(("rule", "bad", "good"), TEXTS)
def test_a_text_trips_the_rule_and_another_does_not(
    folder: Path, rule: str, bad: str, good: str
) -> None:
    write_page(folder, text_block(bad))
    (finding, *_) = (one for one in found(folder, rule) if one.path.endswith(TOPIC))
    assert finding.severity > Severity.NOTE
    write_page(folder, text_block(good))
    assert not [one for one in found(folder, rule) if one.path.endswith(TOPIC)]


GLOSSARY = """\
terms:
  - {term: Soft tissue, meaning: Muscle and fat.}
  - {term: Tissue, meaning: What the body is made of.}
  - {term: Biopsy, meaning: Looking at a small piece of you., forms: [biopsies]}
plain: [soft tissue paper]
"""
LIST = "  - {id: only, kind: list, title: What you can do, items: [%s]}\n"
DEFINED = "  - {id: words, kind: definition, title: Words you may hear, terms: [%s]}\n"
FIGURE = (
    "  - {id: only, kind: figure, title: You, figure: sample, alt: '%s', caption: Hills here.}\n"
)
HEADINGS = "  - {id: one, kind: text, title: %s, paragraphs: [For you.]}\n"
BIOPSY = text_block("You will have two biopsies.")
ROW = "  - {id: only, kind: table, title: For you, columns: [What, What it is], rows: [[%s, %s]]}\n"

BLOCKS = [
    ("jargon-undefined", BIOPSY, BIOPSY + DEFINED % "{term: Biopsy, meaning: A look.}"),
    ("jargon-undefined", BIOPSY, text_block("You will have an autopsy.")),
    ("jargon-undefined", BIOPSY, text_block("You will have a biopsy, which is a close look.")),
    ("jargon-undefined", BIOPSY, text_block("You need a biopsy. A biopsy is a close look.")),
    ("jargon-undefined", ROW % ("A look", "A biopsy"), ROW % ("Biopsy", "A look")),
    (
        "jargon-undefined",
        text_block("We take your tissue."),
        text_block("We take your tissue.") + DEFINED % "{term: Soft tissue, meaning: Muscle.}",
    ),
    ("jargon-undefined", text_block("Your soft tissue."), text_block("Your soft tissue paper.")),
    ("steps", LIST % '"First, you come in.", "Then, sit."', LIST % '"You come in.", "Then, sit."'),
    ("block-length", LIST % ", ".join(["You"] * 11), LIST % ", ".join(["You"] * 10)),
    ("heading-generic", HEADINGS % "More information", HEADINGS % "More help"),
    (
        "heading-repeated",
        HEADINGS % "Pain" + (HEADINGS % "Pain").replace("one", "two"),
        HEADINGS % "Pain" + (HEADINGS % "Rest").replace("one", "two"),
    ),
    ("figure-text", FIGURE % "Some hills", FIGURE % "Two hills under a round sun"),
    ("figure-text", FIGURE % "Hills here.", FIGURE % "Two hills under a round sun"),
    (
        "summary-missing",
        text_block(LONG) + text_block(LONG).replace("only", "two"),
        text_block(LONG)
        + text_block(LONG).replace("only", "two")
        + (LIST % "You").replace("kind: list", "kind: summary").replace("only", "three"),
    ),
    (
        "source-unused",
        text_block("For you.").replace("    sources: [test-guideline]\n", ""),
        text_block("For you."),
    ),
]


@pytest.mark.parametrize(("rule", "bad", "good"), BLOCKS)
def test_a_block_trips_the_rule_and_another_does_not(
    folder: Path, rule: str, bad: str, good: str
) -> None:
    (folder / "content" / "glossary.en.yaml").write_text(GLOSSARY)
    write_page(folder, bad)
    assert [one for one in found(folder, rule) if one.path.endswith(TOPIC)]
    write_page(folder, good)
    assert not [one for one in found(folder, rule) if one.path.endswith(TOPIC)]


@pytest.mark.parametrize(
    ("purpose", "trips"),
    [
        ("This page helps you stay healthy.", True),
        ("One. Two. Three. Four for you.", True),
        ("This page tells you how to wash. Keep it. Read it twice.", False),
    ],
)
def test_the_purpose(folder: Path, purpose: str, trips: bool) -> None:
    write_page(folder, text_block("For you."), purpose=purpose)
    assert bool(found(folder, "purpose")) is trips


@pytest.mark.parametrize(("text", "trips"), [("Pills are good.", True), ("You rest.", False)])
def test_the_reader_is_spoken_to(folder: Path, text: str, trips: bool) -> None:
    block = text_block(text).replace("What you can do", "Pills")
    write_page(folder, block, purpose="This is of pills.")
    assert bool(found(folder, "reader-address")) is trips


FILES = [
    ("action-missing", OTHER, "  - {rule: action-missing, why: it is", "  - {rule: x, why: it is"),
    ("call-levels", OTHER, "  - {rule: call-levels, why: it is", "  - {rule: x, why: it is"),
    ("exception-unused", OTHER, "rule: call-levels", "rule: no-such-rule"),
    ("exception-unused", OTHER, "rule: call-levels", "rule: link-text"),
    ("fact-unused", PROCEDURE, "Do not drive {driving}.", "Do not drive."),
    ("page-unused", "handouts/sample/handout.yaml", "  - procedure: sample-operation\n", ""),
    ("figure-unused", PROCEDURE, "figure: sample", "figure: logo"),
    ("figure-license", "content/figures/figures.yaml", "license: MIT", "license: found it"),
    ("letter-missing", TOPIC, "This page is shared", "This page ꮾ is shared"),
    ("stray-mark", TOPIC, "This page is shared", "This {page is} shared"),
    ("stray-mark", TOPIC, "This page is shared", "This **page is* shared"),
    ("source-date", TOPIC, '    updated: "2020"\n', ""),
]


@pytest.mark.parametrize(("rule", "file", "old", "new"), FILES)
def test_a_change_of_a_file_trips_the_rule(
    folder: Path, rule: str, file: str, old: str, new: str
) -> None:
    before = {one for one in found(folder, rule) if one.severity > Severity.NOTE}
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    if rule == "source-date":
        for path in ("content/clinic.yaml", PROCEDURE):
            other = (folder / path).read_text()
            (folder / path).write_text(other.replace('    updated: "2020"\n', ""))
        (finding,) = found(folder, rule)
        assert finding.severity is Severity.NOTE
        return
    assert {one for one in found(folder, rule) if one.severity > Severity.NOTE} - before


def test_a_procedure_that_a_code_leads_to(folder: Path) -> None:
    assert found(folder, "procedure-unmapped")
    clinic = folder / "content" / "clinic.yaml"
    clinic.write_text(
        clinic.read_text()
        + "intake:\n  codes:\n    - {procedure: sample-operation, handouts: [sample], "
        "text: [Sample], source: clinic}\n"
    )
    assert not found(folder, "procedure-unmapped")


def test_a_language_without_a_formula_says_so(folder: Path) -> None:
    clinic, handout = folder / "content" / "clinic.yaml", folder / OTHER
    text = clinic.read_text().replace("languages: [en]", "languages: [en, ht]")
    for english in ("weekdays, 8:00 am to 5:00 pm", "nights and weekends", "day and night"):
        text = text.replace(f"en: {english}", f"en: {english}, ht: x")
        text = text.replace(f'en: "{english}"', f'en: "{english}", ht: x')
    lines = [
        line.replace("{en: ", "{ht: x, en: ") if "{en: " in line and "ht:" not in line else line
        for line in text.splitlines()
    ]
    clinic.write_text("\n".join(lines) + "\n")
    words = (folder / TOPIC).read_text()
    (folder / TOPIC.replace("en.yaml", "ht.yaml")).write_text(words)
    text = handout.read_text().replace("{en: Another handout}", "{en: Another, ht: Yon lòt}")
    handout.write_text(text.replace("{en: For everybody}", "{en: For all, ht: Pou tout}"))
    (finding,) = found(folder, "reading-unmeasured")
    assert finding.severity is Severity.NOTE
    assert "no validated formula is known here for 'ht'" in finding.message


def test_every_rule_is_tripped_by_a_test() -> None:
    tripped = {case[0] for case in (*TEXTS, *BLOCKS, *FILES)}
    apart = {
        "purpose",
        "reader-address",
        "procedure-unmapped",
        "reading-unmeasured",
        "override-stale",
        "review-due",
        "review-state",
    }
    assert tripped | apart == {rule.id for rule in RULES}


def test_the_rules_page_has_every_rule_with_its_standard() -> None:
    page = (REPO / "docs" / "rules.md").read_text()
    told = re.findall(r"^## ([a-z-]+)\n\nStandard: (.*)\. Severity: (.*)\.\n", page, re.MULTILINE)
    assert [(name, standard) for name, standard, _ in told] == [(r.id, r.standard) for r in RULES]
    words = {severity.word for severity in Severity}
    assert all(set(severity.split(", ")) <= words for _, _, severity in told)


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("Le hacen una biopsia. Una biopsia es un examen.", True),
        ("Le hacen un examen. También se llama biopsia.", True),
        ("Le hacen una biopsia, que es un examen.", True),
        ("Le hacen una biopsia. Un examen es bueno.", False),
    ],
)
def test_a_spanish_text_says_what_a_word_means(text: str, defined: bool) -> None:
    term = {"term": "Biopsia", "meaning": "Un examen."}
    lexicon = Lexicon(Glossary.model_validate({"terms": [term]}))
    assert (list(lexicon.said_in_place(text)) == ["Biopsia"]) is defined


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Espere de 3 a 6 meses.", []), ("Espere de 3 a 6.", ["6"]), ("请等2小时。", [])],
)
def test_numbers_in_other_languages(text: str, bare: list[str]) -> None:
    assert list(bare_numbers(text)) == bare


def test_a_finding_points_at_the_very_words(folder: Path) -> None:
    blocks = """\
  - id: only
    kind: text
    title: What you can do
    sources: [test-guideline]
    paragraphs:
      - For you.
      - >-
        You may rest. Take the **white
        pills** b.i.d. with some food.
"""
    write_page(folder, blocks)
    (finding,) = found(folder, "abbreviation")
    assert (folder / TOPIC).read_text().splitlines()[finding.line - 1][finding.column - 1 :] == (
        "b.i.d. with some food."
    )
    assert str(finding).endswith(
        f"{TOPIC}:{finding.line}:{finding.column}: error abbreviation: block only, paragraph 2: "
        "'b.i.d.' is not clear to every reader; write 'twice a day'"
    )


def test_a_page_that_two_handouts_share_is_found_once(folder: Path) -> None:
    write_page(folder, text_block("Click here."))
    assert len(found(folder, "link-text")) == 1
    assert len(found(folder, "link-text", "other")) == 1


def test_only_the_handouts_named_are_looked_at(folder: Path) -> None:
    paths = {Path(finding.path).parent.name for finding in look(folder, "other")}
    assert paths <= {"other", "sample-topic"}
    assert not found(folder, "procedure-unmapped", "sample")


WHY = "the words are the makers'"


@pytest.mark.parametrize("block", ["", "block: only, "])
def test_an_explained_exception_is_a_note_that_quotes_the_reason(folder: Path, block: str) -> None:
    more = f"exceptions:\n  - {{rule: link-text, {block}why: {WHY}}}\n"
    write_page(folder, text_block("Click here."), more=more)
    (finding,) = found(folder, "link-text")
    assert finding.severity is Severity.NOTE
    assert finding.message.endswith(f". Explained: {WHY}")
    assert not found(folder, "exception-unused")


def test_an_exception_is_for_its_block_alone(folder: Path) -> None:
    blocks = text_block("Click here.") + text_block("Tap here.").replace("only", "two")
    more = f"exceptions:\n  - {{rule: link-text, block: only, why: {WHY}}}\n"
    write_page(folder, blocks.replace("What you can do", "What you can do now", 1), more=more)
    first, second = found(folder, "link-text")
    assert (first.severity, second.severity) == (Severity.NOTE, Severity.WARNING)


def test_an_exception_names_a_block_that_is_there(folder: Path) -> None:
    more = "exceptions:\n  - {rule: link-text, block: none, why: because}\n"
    write_page(folder, text_block("For you."), more=more)
    with pytest.raises(Exception, match="there is no block 'none' in this file; mend the name"):
        look(folder)


def test_terms_of_the_handout_count_once(folder: Path) -> None:
    """A handout is no harder for naming its own operation again and again."""
    from generator.check.looked import looked_at
    from generator.check.reading_level import scored
    from generator.library import load_library

    text = " ".join(["You have an operation called vertebroplasty."] * 6)
    term = DEFINED % "{term: Vertebroplasty, meaning: The same.}"
    write_page(folder, text_block(text) + term)
    (other,) = scored(looked_at(load_library(folder), ("other",)))
    assert other.level
    assert other.level.plain.long_words == 12
    assert other.level.counts.long_words == 7
    assert SOURCES
