"""Stamps fit their slots in every language and edition; long ones get smaller, never cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from generator.assembly import Fragments
from generator.cache import Cache
from generator.errors import LayoutError
from generator.library import load_library
from generator.markup import (
    Edition,
    StampView,
    ViewMaker,
    identity_stamp,
    load_labels,
    number_stamps,
    reprint_stamp,
    title_stamp,
)
from generator.markup.catalog import languages_with_labels
from generator.model import Plan, read
from generator.press import picture_address
from tests.conftest import REPO

LIBRARY = load_library(REPO)
LANGUAGES = ("en", *languages_with_labels(REPO / "templates"))
NAMES = {
    "short": ("Testa Exampleperson", "EX-000123"),
    "long": ("Maximiliana Testina Exampleperson-Sampleperson", "EX-2027-000000123"),
    "Han": ("测试测试测试测试测试测试", "EX-000123"),
    "Arabic": ("تجربة المثال التجريبي الطويل", "EX-000123"),
}


def maker(language: str, *, large_print: bool) -> ViewMaker:
    clinic = LIBRARY.clinic.model_copy(
        update={
            "phones": LIBRARY.clinic.phones.model_copy(
                update={
                    name: phone.model_copy(update={"hours": {language: "always"}})
                    for name, phone in LIBRARY.clinic.phones
                }
            ),
            "feedback": {language: "Tell us."},
        }
    )
    labels = load_labels(LIBRARY.templates, language, "US")
    return ViewMaker(clinic, LIBRARY.logo, Edition("letter", large_print), labels, picture_address)


def plan(name: str, record: str, language: str) -> Plan:
    contact = {"name": "Nurse C. Example", "phone": "555-0123"}
    patient = {
        "record_id": record,
        "name": name,
        "birth_date": "1961-09-27",
        "language": language,
    }
    people = dict.fromkeys(("surgeon", "prepared_by", "checked_by", "location"), "Nurse D. Example")
    return read(
        Plan,
        {
            **people,
            "patient": patient,
            "procedure": "sample",
            "side": "both",
            "arrival_at": "2027-03-16T05:30",
            "surgery_at": "2027-03-16T07:30",
            "handouts": ["sample"],
            "medicines": [],
            "allergies": [],
            "contact": contact,
        },
    )


def printed(views: ViewMaker, *stamps: StampView) -> list[str]:
    """The text of each stamp, as it is printed."""
    document = views.document("stamps", *stamps)
    file = Fragments(LIBRARY, Cache(None)).once("stamps", document)
    with pypdfium2.PdfDocument(file.pdf) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stamp_is_on_one_sheet(language: str, large_print: bool) -> None:
    views = maker(language, large_print=large_print)
    labels = views.labels
    stamps = (
        *(identity_stamp(plan(*who, language), labels) for who in NAMES.values()),
        title_stamp("A title that is as long as the titles of handouts can be, and longer"),
        *number_stamps(188, labels)[186:],
        reprint_stamp(date(2027, 9, 27), labels),
    )
    texts = printed(views, *stamps)
    assert len(texts) == len(stamps)
    assert "000000123" in texts[1], "smaller, and never cut"


def test_a_stamp_that_is_too_long_at_its_smallest_is_refused() -> None:
    views = maker("en", large_print=True)
    with pytest.raises(LayoutError, match="block identity stamp: does not fit its place"):
        printed(views, title_stamp("Exampleperson " * 12))


def test_a_han_letter_is_as_wide_as_two() -> None:
    views = maker("zh-Hans", large_print=False)
    stamp = title_stamp("测试 abc")
    assert stamp.widths == (8,)
    assert printed(views, replace(stamp, widths=(8,))) == ["测试 abc"]
