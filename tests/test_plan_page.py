"""The plan as printed: every number of the plan is there again, and no other."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest

from generator.assembly import PacketMaker, Wanted
from generator.cache import usual_cache
from generator.errors import LayoutError
from generator.intake import Timeline, timeline
from generator.library import Library
from generator.model import Plan
from tests.conftest import NOW
from tests.plans import LONGER, STOP, plan_of

CODE = "0123456789ab"
FULL: dict[str, Any] = {
    "side": "right",
    "patient__record_id": "EX-000987",
    "arrival_at": "2027-03-14T05:45",
    "surgery_at": "2027-03-14T08:15",
    "location": "Building 17, floor 6",
    "medicines": [
        {**STOP, "name": "Examplamine", "dose": "2.5 mg tablet", "when": "13 days before"},
        {**STOP, "name": "Samplopril", "dose": "1,000 units", "when": "last dose 2027-03-09"},
        {
            "name": "Testastatin",
            "dose": "40 mg",
            "action": "sip",
            "when": "At 4:35 AM",
            "decided_by": "Dr. B. Example",
        },
    ],
    "allergies": ["Samplicillin", "Red no. 40"],
    "notes": ["Your blood test is on 2027-03-08T10:20."],
    "overrides": [LONGER],
}
"""A plan with a number of its own in as many places as there are."""


def own_pages(library: Library, plan: Plan) -> list[str]:
    maker = PacketMaker(library, usual_cache(), Wanted(NOW))
    made = maker.packet(plan, CODE)
    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as document:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    return pages[: made.own]


def numbers(text: str) -> set[str]:
    """The numbers in a text, each as it is read aloud."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def of_day(day: date) -> set[str]:
    return {str(day.day), str(day.year)}


def of_time(time: datetime) -> set[str]:
    return {str(time.hour % 12 or 12), f"{time:%M}"} | of_day(time.date())


def of_plan(plan: Plan) -> set[str]:
    """All numbers that a person entered, dates as they are written out."""
    patient = plan.patient
    found = numbers(patient.record_id) | of_day(patient.birth_date)
    found |= of_time(plan.arrival_at) | of_time(plan.surgery_at)
    texts = [plan.location, plan.surgeon, plan.contact.name, plan.contact.phone, plan.escort or ""]
    texts += [*plan.allergies, plan.prepared_by, plan.checked_by]
    for medicine in plan.medicines:
        texts += [medicine.name, medicine.dose, medicine.decided_by]
    texts += [override.value for override in plan.overrides]
    free = [*plan.notes, *(medicine.when for medicine in plan.medicines)]
    for text in free:
        for iso in re.findall(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?", text):
            moment = datetime.fromisoformat(iso)
            found |= of_time(moment) if "T" in iso else of_day(moment.date())
        texts.append(re.sub(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?", "", text))
    return found.union(*map(numbers, texts))


def computed(plan: Plan, dated: Timeline) -> set[str]:
    """What follows from the plan: steps, last doses, the change of the clocks."""
    found: set[str] = set()
    for step in dated.steps:
        found |= of_time(step.at) if step.at else of_day(step.day) if step.day else set()
    found |= of_day((plan.surgery_at - timedelta(days=14)).date())  # 13 days before: the day before
    return found | (of_day(dated.clock_change[0]) if dated.clock_change else set())


def of_clinic(library: Library) -> set[str]:
    """What the clinic prints on every plan: phones, hours, sources, and its rules' own lengths."""
    clinic = library.clinic
    texts = [source.short for source in clinic.sources]
    for _, phone in clinic.phones:
        texts += [phone.number, *phone.hours.values()]
    return {"8"}.union(*map(numbers, texts))


def test_every_number_of_the_plan_is_printed_and_none_is_added(library: Library) -> None:
    plan = plan_of(library, **FULL)
    pages = own_pages(library, plan)
    total = {str(n) for n in range(1, 20)}
    for number in range(len(pages)):
        pages[number] = re.sub(r"Page \d+ of \d+", "", pages[number])
    printed = set().union(*map(numbers, pages))
    wanted = of_plan(plan)
    assert wanted - printed == set()
    allowed = wanted | computed(plan, timeline(library, plan, NOW)) | of_clinic(library)
    assert printed - allowed == set()
    assert total - printed, "numbers that stand for nothing would have been found"


def test_the_side_is_in_title_plan_and_stamp(library: Library) -> None:
    plan = plan_of(library, side="right")
    for page in own_pages(library, plan):
        assert "Testa Exampleperson · RIGHT side" in page
    assert "Your plan: Sample operation, RIGHT side" in own_pages(library, plan)[0]
    both = own_pages(library, plan_of(library, side="both"))
    assert "Sample operation, LEFT and RIGHT sides" in both[0]
    assert "· LEFT and RIGHT sides" in both[-1]


def test_a_plan_with_few_medicines_is_one_sheet(library: Library) -> None:
    assert len(own_pages(library, plan_of(library))) == 2
    assert len(own_pages(library, plan_of(library, medicines=[], escort="Your son"))) == 2


@pytest.mark.parametrize(
    "said",
    [
        "Come at 5:30 AM Tuesday, March 16, 2027",
        "Operation at 7:30 AM Tuesday, March 16, 2027",
        "11:30 PM: Last food.",
        "Stop: 4 days before your operation Last dose: Thursday, March 11, 2027",
        "Allergies to mention",
        "Samplicillin",
        "What to bring",
        "A list of your medicines",
        "Who takes you home",
        "Tell your nurse, in your own words",
        "Whom to call. Keep this by the phone.",
        "555-0123 Nurse B. Example",
        "555-0100 Office: weekdays, 8:00 am to 5:00 pm",
        "555-0111 Nights: nights and weekends",
        "911 Emergency: day and night",
        "Prepared by Nurse B. Example. Checked by Nurse C. Example.",
    ],
)
def test_what_a_plan_says(said: str, library: Library) -> None:
    assert said in " ".join(own_pages(library, plan_of(library))).replace("\u00a0", " ")


def test_what_was_missed_is_said_on_the_page(library: Library) -> None:
    late = datetime(2027, 3, 16, 2, tzinfo=NOW.tzinfo)
    maker = PacketMaker(library, usual_cache(), Wanted(late))
    made = maker.packet(plan_of(library, late), CODE)
    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as document:
        pages = [" ".join(p.get_textpage().get_text_bounded().split()) for p in document]
    said = "This time had passed when this was printed. Did you miss it? Call us."
    whole = " ".join(pages)
    assert f"Last food. {said}" in whole
    assert f"Last clear liquid. {said}" not in whole
    too_late = "This had passed when this was printed. Take none now. Call us now."
    assert f"Examplamine: take none after this day. {too_late}" in whole
    assert whole.count(too_late) == 2


def test_the_days_stay_on_one_page(library: Library) -> None:
    """Whoever hangs up one page must not think that there is no more to do."""
    medicines = [{**STOP, "name": f"Fictol {n}", "when": f"{n} days before"} for n in range(2, 9)]
    pages = own_pages(library, plan_of(library, medicines=medicines))
    (first,) = (page for page in pages if "What to do, and when." in page)
    assert "Fictol 8: take none after this day." in first
    assert "Your operation" in first


def test_a_block_that_gives_way_sends_the_reader_to_the_plan(folder: Any) -> None:
    from generator.library import load_library

    for file in (folder / "content").rglob("en.yaml"):
        text = file.read_text()
        for kind in ("summary", "table", "text", "warning"):
            text = text.replace(f"    kind: {kind}\n", f"    kind: {kind}\n    gives_way: true\n")
        file.write_text(text)
    library = load_library(folder)
    override = {**FULL["overrides"][0], "fact": "fasting-clear-liquids", "value": "5 hours"}
    plan = plan_of(library, overrides=[override])
    maker = PacketMaker(library, usual_cache(), Wanted(NOW))

    def words(made: bytes) -> str:
        with pypdfium2.PdfDocument(io.BytesIO(made)) as document:
            pages = (page.get_textpage().get_text_bounded() for page in document)
            return " ".join(" ".join(pages).split()).replace("\u00a0", " ")

    changed, usual = (words(maker.packet(p, CODE).pdf) for p in (plan, plan_of(library)))
    said = "Your own plan says something else. Follow it."
    assert said in changed
    assert said not in usual
    assert "Clear liquids See your own plan" in changed
    assert "Clear liquids 2 hours" in usual
    assert "2 hours" in usual
    assert re.findall(r"not 2 hours|2 hours", changed) == ["not 2 hours"]


def test_an_end_that_is_higher_than_a_page_is_refused(folder: Any) -> None:
    from generator.library import load_library

    file = folder / "content" / "clinic.yaml"
    long = "    - {text: {en: " + "Words and words and words. " * 7 + "}, source: clinic}\n"
    file.write_text(file.read_text().replace("  bring:\n", "  bring:\n" + long * 6))
    library = load_library(folder)
    plan = plan_of(library, patient__large_print="yes")
    with pytest.raises(LayoutError, match="shorten what to bring"):
        own_pages(library, plan)
