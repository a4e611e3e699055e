"""The last screen, before a packet is given: it says what the paper says, all of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from generator.library import read_yaml
from generator.web.plan.data import form_fields
from tests.conftest import REPO
from tests.desk import OpenDesk, open_desk
from tests.plans import LONGER, STOP
from tests.signing import signed_copy

ASK = "/plan/sample-operation"
FULL: dict[str, Any] = {
    "side": "right",
    "surgery_at": "2027-03-16T00:00",
    "arrival_at": "2027-03-15T21:30",
    "location": "Building 17, floor 6",
    "surgeon": "Dr. S. Inventedname",
    "medicines": [
        {**STOP, "dose": "2.5 mg tablet", "when": "7 days before"},
        {**STOP, "name": "Samplopril", "dose": "1,000 units", "when": "12 hours before"},
        {**STOP, "name": "Testastatin", "dose": "40 mg", "action": "ask", "when": "If you cough"},
    ],
    "allergies": ["Samplicillin", "Red no. 40"],
    "contact": {"name": "Nurse E. Sampleton", "phone": "555-0177"},
    "escort": "Your neighbor, on 2027-03-17",
    "notes": ["Your blood test is on 2027-03-08T10:20."],
    "overrides": [
        LONGER,
        {
            "fact": "lifting",
            "value": "nothing for six weeks",
            "reason": "Your leg is weak.",
            "decided_by": "Dr. B. Example",
        },
    ],
    "prepared_by": "Nurse F. Example",
    "checked_by": "Nurse G. Example",
}
"""A plan with everything on it that differs from patient to patient."""


class Facts(HTMLParser):
    """The texts of the last screen's list: what each is called, and what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []
        self.said: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag == "dl" or self._inside:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            called = "dt" in self._inside or self._inside[-1] == "small"
            (self.called if called else self.said).append(folded(data))


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one handout that stands, and one that is a draft."""
    return signed_copy(tmp_path_factory.mktemp("last") / "library")


@pytest.fixture(scope="module")
def desk(shelf: Path) -> Iterator[OpenDesk]:
    with open_desk(shelf, shelf.parent / "desk") as opened:
        yield opened


def fields_of(shelf: Path, **changed: Any) -> list[tuple[str, str]]:
    """The form of the example's patient with everything on it, and then changed."""
    text, _ = read_yaml(shelf / "content" / "examples" / "plan.yaml")
    assert text
    return form_fields({**text.data, **FULL, **changed})


def facts(page: str) -> Facts:
    read = Facts()
    read.feed(page)
    return read


def confirmed(page: str) -> list[tuple[str, str]]:
    seal = re.search(r'name="seal" value="(\w+)"', page)
    assert seal
    marked = [(f"confirm.{name}", "yes") for name in ("name", "birth_date", "side")]
    return [*marked, ("seal", seal[1]), ("how", "open")]


def paper(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return folded(" ".join(page.get_textpage().get_text_bounded() for page in document))


def test_the_last_screen_says_what_the_paper_says(desk: OpenDesk, shelf: Path) -> None:
    fields = fields_of(shelf)
    page = desk.post(ASK, [*fields, ("do", "confirm")]).text
    given = desk.post(f"{ASK}/give", [*fields, *confirmed(page)])
    assert given.status == 200, given.text
    printed, said = paper(given.body), facts(page).said
    assert [text for text in said if text not in printed] == []
    for text in (
        "9:30 PM",
        "12 midnight, the night of Monday, March 15 to Tuesday, March 16",
        "Monday, March 15, 2027",
        "Building 17, floor 6",
        "Dr. S. Inventedname",
        "7 days before your operation",
        "Last dose: Monday, March 8, 2027",
        "12 hours before your operation",
        "Last dose before 12 noon, Monday, March 15, 2027",
        "Changed for you: 11 hours before, not 8 hours. "
        "Your stomach empties slowly. (Dr. A. Example)",
        "Lifting: nothing for six weeks. Your leg is weak. (Dr. B. Example)",
        "Your blood test is on Monday, March 8, 2027, 10:20 AM.",
        "Your neighbor, on Wednesday, March 17, 2027",
        "Nurse E. Sampleton",
        "555-0177",
        "Nurse F. Example",
        "Nurse G. Example",
    ):
        assert text in said, text
        assert text in printed, text


def test_what_was_confirmed_is_given_and_nothing_else(desk: OpenDesk, shelf: Path) -> None:
    fields = fields_of(shelf)
    marked = confirmed(desk.post(ASK, [*fields, ("do", "confirm")]).text)
    assert desk.post(f"{ASK}/give", [*fields, *marked]).status == 200
    for name, value in {
        "overrides.0.value": "10 hours",
        "notes.0": "Bring your walking frame.",
        "medicines.0.when": "6 days before",
        "medicines.1.decided_by": "Dr. B. Example",
        "contact.phone": "555-0178",
        "escort": "",
    }.items():
        other = [(field, value if field == name else said) for field, said in fields]
        assert other != fields
        assert desk.post(f"{ASK}/give", [*other, *marked]).status == 409, name


def test_a_plan_without_changes_says_so_by_saying_nothing_of_them(
    desk: OpenDesk, shelf: Path
) -> None:
    none: dict[str, Any] = {
        "overrides": [],
        "notes": [],
        "medicines": [],
        "allergies": [],
        "escort": None,
    }
    read = facts(desk.post(ASK, [*fields_of(shelf, **none), ("do", "confirm")]).text)
    assert "Rules that are different for this patient" not in read.called
    assert "Notes for the patient" not in read.called
    said = {"Takes no medicines", "No known allergies"}
    assert said | {"Nobody is named: the paper has a line to write on"} <= set(read.said)


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_speaks_the_desks_language_where_the_clinic_writes_it(
    language: str, tmp_path: Path
) -> None:
    with open_desk(REPO, tmp_path / "desk") as desk:
        desk.cookie += f"; desk-language={language}"
        text, _ = read_yaml(REPO / "content" / "examples" / "plan.yaml")
        assert text
        patient = {**text.data["patient"], "language": "ar"}
        washing = {**FULL["overrides"][0], "fact": "washing", "value": "3 days"}
        fields = form_fields({**text.data, "patient": patient, "overrides": [washing]})
        read = facts(desk.post("/plan/hip-replacement", [*fields, ("do", "confirm")]).text)
    words = {
        "en": ("Last dose: Wednesday, March 10, 2027", "Hip replacement", "Arabic"),
        "es": ("Última dosis: miércoles, 10 de marzo de 2027", "Reemplazo de cadera", "Árabe"),
    }[language]
    assert [one for one in words if one not in read.said] == []
    changed = {"en": "3 days before, not 1 day", "es": "3 días antes, no 1 día"}[language]
    assert any(changed in text for text in read.said)


def test_a_last_dose_that_has_passed_is_said_before_it_is_printed(
    desk: OpenDesk, shelf: Path
) -> None:
    late = [{**STOP, "when": "20 days before"}]
    fields = fields_of(shelf, medicines=late)
    page = desk.post(ASK, [*fields, ("do", "confirm")]).text
    given = desk.post(f"{ASK}/give", [*fields, *confirmed(page)])
    said = "This had passed when this was printed. Take none now. Call us now."
    assert said in facts(page).said
    assert said in paper(given.body)
