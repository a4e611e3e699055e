"""Every language that we have labels in: whole, printable, with dates and lengths of its own."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from babel.messages.pofile import read_po

from generator.fonts.coverage import unprintable
from generator.library import Library
from generator.markup import Edition, Labels, ViewMaker, blank_paper, load_labels, render
from generator.markup.catalog import languages_with_labels, states
from generator.markup.labels import UNITS
from generator.model import Paper
from generator.press import picture_address, print_pdf
from generator.signoff import State
from tests.conftest import REPO

TEMPLATES = REPO / "templates"
LANGUAGES = languages_with_labels(TEMPLATES)
SAME_IN_BOTH = {"Emergency", "Important", "Version", "Version {version}", "{by} ({role}), {day}"}
SAME_IN_BOTH |= {"{what}: {value}. {reason} ({by})"}
"""Labels that another language may write as English does."""


def labels(language: str) -> Labels:
    return load_labels(TEMPLATES, language, "US")


def test_the_languages_that_are_promised() -> None:
    promised = {"ar", "es", "fr", "ht", "ko", "ru", "tl", "vi", "zh-Hans"}
    assert promised <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_translated_and_no_other_is_there(language: str) -> None:
    (state,) = states(TEMPLATES, (language,))
    assert (state.missing, state.obsolete) == ((), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    with (TEMPLATES / "locale" / f"{language}.po").open("rb") as stream:
        same = {str(m.id) for m in read_po(stream) if m.id and m.id == m.string}
    assert same <= SAME_IN_BOTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_faces_have_its_letters(language: str) -> None:
    assert unprintable((TEMPLATES / "locale" / f"{language}.po").read_text()) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_left_and_right_are_two_words(language: str) -> None:
    say = labels(language)
    sides = {say("LEFT side"), say("RIGHT side"), say("LEFT and RIGHT sides")}
    assert len(sides) == 3
    actions = {say("Stop"), say("Keep taking"), say("Take with a sip of water")}
    assert len(actions) == 3


DATES = {
    "en": ("Tuesday, March 16, 2027", "Tuesday, March 16", "7:30 AM", "1:05 PM", "August 2019"),
    "es": (
        *("martes, 16 de marzo de 2027", "martes, 16 de marzo"),
        *("7:30 a.m.", "1:05 p.m.", "agosto de 2019"),
    ),
    "ar": ("الثلاثاء، 16 مارس 2027", "الثلاثاء، 16 مارس", "7:30 ص", "1:05 م", "أغسطس 2019"),
    "zh-Hans": ("2027年3月16日星期二", "3月16日星期二", "07:30", "13:05", "2019年8月"),
    "vi": ("Thứ Ba, 16 tháng 3, 2027", "Thứ Ba, 16 tháng 3", "07:30", "13:05", "tháng 8 năm 2019"),
    "tl": ("Martes, Marso 16, 2027", "Martes, Marso 16", "7:30 AM", "1:05 PM", "Agosto 2019"),
    "ru": ("вторник, 16 марта 2027 г.", "вторник, 16 марта", "07:30", "13:05", "август 2019 г."),
    "ko": ("2027년 3월 16일 화요일", "3월 16일 (화요일)", "오전 7:30", "오후 1:05", "2019년 8월"),
    "ht": ("madi 16 mas 2027", "madi 16 mas", "07:30", "13:05", "out 2019"),
    "fr": ("mardi 16 mars 2027", "mardi 16 mars", "07:30", "13:05", "août 2019"),
}


@pytest.mark.parametrize(("language", "said"), DATES.items(), ids=DATES.keys())
def test_dates_and_times(language: str, said: tuple[str, ...]) -> None:
    say, day = labels(language), date(2027, 3, 16)
    found = (
        say.weekday(day),
        say.day_of_month(day),
        say.clock(datetime(2027, 3, 16, 7, 30)),  # noqa: DTZ001  # a clock on a wall
        say.clock(datetime(2027, 3, 16, 13, 5)),  # noqa: DTZ001
        say.partial_date("2019-08"),
    )
    assert tuple(text.replace("\u00a0", " ") for text in found) == said


LENGTHS = {
    "en": ("1 day", "2 hours", "5 days"),
    "es": ("1 día", "2 horas", "5 días"),
    "ar": ("يوم", "ساعتان", "5 أيام"),
    "zh-Hans": ("1天", "2小时", "5天"),
    "vi": ("1 ngày", "2 giờ", "5 ngày"),
    "ru": ("1 день", "2 часа", "5 дней"),
    "ko": ("1일", "2시간", "5일"),
    "ht": ("1 jou", "2 èdtan", "5 jou"),
    "fr": ("1 jour", "2 heures", "5 jours"),
}


@pytest.mark.parametrize(("language", "said"), LENGTHS.items(), ids=LENGTHS.keys())
def test_lengths_of_time(language: str, said: tuple[str, ...]) -> None:
    say = labels(language)
    found = (say.length(1, "days"), say.length(2, "hours"), say.length(5, "days"))
    assert tuple(text.replace("\u00a0", " ") for text in found) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_unit_is_left_as_its_technical_name(language: str) -> None:
    say = labels(language)
    for unit in UNITS:
        for number in (0, 1, 2, 3, 6, 11, 48, 100):
            text = say.length(number, unit)
            assert "duration" not in text
            assert "-" not in text


@pytest.mark.parametrize(
    ("language", "joined"), [("en", "a, b"), ("ar", "a، b"), ("zh-Hans", "a，b"), ("ru", "a, b")]
)
def test_lists_have_their_own_comma(language: str, joined: str) -> None:
    assert labels(language).joined(("a", "b")) == joined


@pytest.mark.parametrize("month", range(1, 13))
def test_no_french_month_in_haitian_creole(month: int) -> None:
    said = labels("ht").weekday(date(2027, month, 1))
    french = labels("fr").weekday(date(2027, month, 1))
    alike = {word for word in said.split() if word in french.split() and not word.isdigit()}
    assert alike <= {"avril"}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_mark_fits_on_one_line_even_in_large_print(
    library: Library, language: str, paper: Paper
) -> None:
    clinic = library.clinic
    in_all = dict.fromkeys([language], "x")
    phones = {name: phone.model_copy(update={"hours": in_all}) for name, phone in clinic.phones}
    clinic = clinic.model_copy(
        update={"phones": clinic.phones.model_copy(update=phones), "feedback": in_all}
    )
    say = labels(language)
    maker = ViewMaker(clinic, library.logo, Edition(paper, large_print=True), say, picture_address)
    marked = [blank_paper(state, say) for state in State if state is not State.STANDS]
    rendered = render(maker.document("marks", *marked), TEMPLATES)
    printed = print_pdf("marks", rendered.html, rendered.css, library.pictures, tagged=False)
    assert printed.pages == len(marked)
