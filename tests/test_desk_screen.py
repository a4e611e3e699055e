"""The desk in a browser, as a nurse, a clinic and an editor use it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser import LATE, chromium, until
from tests.conftest import REPO
from tests.cups import QUEUE, asked, own_cups, spooled
from tests.desk import OpenDesk, open_desk
from tests.signing import signed_copy

WARD = {"width": 1024, "height": 768}
"""CSS pixels of a ward's old screen; half of them are what is left at 200 %."""
TABLET = {"width": 768, "height": 1024}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = (
    *("/", "/handouts/sample/en", "/plan", "/plan/sample-operation", "/batch", "/edit"),
    *("/edit/sample/en", "/edit/sample/en?compare=1", "/board", "/board/other/en", "/nowhere"),
)
STICKING_OUT = """[...document.querySelectorAll("button, .button, .badge, h1, h2, label, p")]
  .filter((e) => e.offsetParent && !e.closest(".scroll, .unseen, template"))
  .filter((e) => { const { left, right } = e.getBoundingClientRect();
    const box = (e.closest("section, form, main") ?? document.body).getBoundingClientRect();
    return right > box.right + 1 || left < box.left - 1; })
  .map((e) => e.textContent.trim())"""
"""What is wider than the panel that it stands in."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def cups() -> Iterator[Path]:
    with own_cups() as folder:
        yield folder


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return signed_copy(tmp_path_factory.mktemp("screen") / "library")


@pytest.fixture(scope="module")
def desk(shelf: Path, cups: Path) -> Iterator[OpenDesk]:
    places = {"CUPS_SERVER": str(cups / "cups.sock")}
    with open_desk(shelf, shelf.parent / "desk", **places) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, desk: OpenDesk) -> Iterator[Page]:
    yield from come_in(browser, desk)


def come_in(browser: Browser, desk: OpenDesk, **how: str) -> Iterator[Page]:
    """A page of a browser that has the key, at the first page. What its console complains of
    fails the test."""
    context = browser.new_context(viewport={**WARD}, base_url=desk.base, **how)  # type: ignore[arg-type]
    context.set_default_timeout(LATE)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if "Security" in said.text else None)
    opened.goto(f"/enter?key={desk.key}")
    yield opened
    context.close()
    assert wrong == []


def keys(page: Page, text: str) -> None:
    """Type a text; a tab in it is the key."""
    for place, part in enumerate(text.split("\t")):
        if place:
            page.keyboard.press("Tab")
        page.keyboard.type(part)


def fill(page: Page) -> None:
    """The example's plan, typed into an empty form with the keyboard alone."""
    typed = {
        "patient.record_id": "EX-000123",
        "patient.given_name": "Testa",
        "patient.family_name": "Exampleperson",
        "patient.birth_date": "03071961",
        "surgery_at": "03162027\t0730AM",
        "arrival_at": "03162027\t0530AM",
        "location": "Main entrance",
        "surgeon": "Dr. A. Example",
        "contact.name": "Nurse B. Example",
        "contact.phone": "555-0123",
        "prepared_by": "Nurse B. Example",
        "checked_by": "Nurse C. Example",
    }
    for name, text in typed.items():
        page.locator(f"[id='{name}']").focus()
        keys(page, text)
    page.locator("[id='patient.language']").focus()
    page.keyboard.press("e")
    page.locator("input[name=side][value=left]").focus()
    page.keyboard.press("Space")
    page.locator("[data-add=medicines]").focus()
    page.keyboard.press("Enter")
    keys(page, "Examplamine\t5 mg\tS\t4 days before\tDr. A. Example")
    page.locator("[id='none.allergies']").focus()
    page.keyboard.press("Space")


def test_three_keys_and_enter_print_a_handout(page: Page, cups: Path) -> None:
    before = len(spooled(cups))
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("sam")
    expect(page.locator(".card.chosen .name")).to_have_text("Sample operation")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text(f"Job {QUEUE}-")
    assert len(spooled(cups)) == before + 1
    assert b"sample.en" in asked(cups, before + 1)
    expect(page.get_by_label("Printed last")).to_contain_text("Sample operation")


def test_enter_opens_what_does_not_stand_instead_of_printing_it(page: Page, cups: Path) -> None:
    before = len(spooled(cups))
    page.keyboard.type("another")
    page.keyboard.press("Enter")
    page.wait_for_url("**/handouts/other/en")
    expect(page.locator(".mark")).to_contain_text("DRAFT")
    assert len(spooled(cups)) == before


def test_search_finds_parts_of_the_body_and_says_when_there_is_nothing(page: Page) -> None:
    page.keyboard.type("SAMPLE oper")
    expect(page.locator("[data-found]")).to_contain_text("1 found")
    page.locator("#search").fill("zzz")
    expect(page.locator("[data-found]")).to_contain_text("Nothing found")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/$"))


def test_the_whole_form_by_keyboard_from_empty_to_the_printer(page: Page, cups: Path) -> None:
    before = len(spooled(cups))
    page.goto("/plan/sample-operation")
    fill(page)
    expect(page.locator("[data-left]")).to_have_text("Everything is filled in.")
    expect(page.locator("[data-days]")).to_contain_text("Your operation")
    expect(page.locator("[data-days]")).to_contain_text("Examplamine")
    expect(page.locator("[data-pages] img").first).to_be_visible()
    page.get_by_role("button", name="Check and confirm").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this the patient?")
    for said in ("Testa Exampleperson", "March 7, 1961", "LEFT"):
        expect(page.locator(".large", has_text=said)).to_be_visible()
    page.get_by_role("button", name="Print").click()
    assert len(spooled(cups)) == before, "the browser let it go unconfirmed"
    for _ in range(3):
        page.locator(".three input:not(:checked)").first.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Print").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text(f"Job {QUEUE}-")
    assert len(spooled(cups)) == before + 1
    attributes = asked(cups, before + 1)
    assert re.search(rb"packet-[0-9a-f]{12}", attributes)
    assert b"Exampleperson" not in attributes


def test_what_is_wrong_is_said_when_a_field_is_left_and_again_on_submit(page: Page) -> None:
    page.goto("/plan/sample-operation")
    phone = page.locator("[id='location']")
    phone.fill("On 12/8/26 at the entrance")
    page.locator("[id='surgeon']").focus()
    expect(page.locator("[data-left]")).to_contain_text("to fill in or mend")
    fill(page)
    phone.fill("On 12/8/26 at the entrance")
    page.locator("[id='surgeon']").focus()
    wrong = page.locator("[data-error='location']")
    expect(wrong).to_contain_text("can be read in two ways")
    expect(phone).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Check and confirm").click()
    expect(page.locator("[data-summary]")).to_be_focused()
    expect(page.locator("[data-summary]")).to_contain_text("can be read in two ways")
    expect(page.locator("[id='patient.family_name']")).to_have_value("Exampleperson")


def test_another_language_keeps_what_was_typed(page: Page) -> None:
    page.goto("/plan/sample-operation")
    fill(page)
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("[id='patient.family_name']")).to_have_value("Exampleperson")
    page.get_by_role("button", name="Revisar y confirmar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Es este el paciente?")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this the patient?")
    expect(page.locator(".large").first).to_have_text("Testa Exampleperson")


def test_the_browser_asks_before_what_was_typed_is_lost(page: Page) -> None:
    page.goto("/plan/sample-operation")
    page.locator("[id='patient.family_name']").press_sequentially("Exampleperson")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Handouts").click()
    assert asked == ["beforeunload"]
    expect(page.locator("[id='patient.family_name']")).to_have_value("Exampleperson")
    page.remove_listener("dialog", stay)


def test_two_tabs_hold_two_patients(page: Page) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto("/plan/sample-operation")
        fill(tab)
    other.locator("[id='patient.given_name']").fill("Otta")
    other.locator("input[name=side][value=right]").check()
    for tab in (page, other):
        tab.get_by_role("button", name="Check and confirm").click()
    for tab, name, side in ((page, "Testa", "LEFT"), (other, "Otta", "RIGHT")):
        expect(tab.locator(".large").first).to_have_text(f"{name} Exampleperson")
        expect(tab.locator(".large").nth(2)).to_have_text(side)
        for box in tab.locator(".three input").all():
            box.check()
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Download").click()
        assert re.fullmatch(r"packet-[0-9a-f]{12}\.pdf", download.value.suggested_filename)


def test_a_form_goes_on_after_the_desk_was_opened_again(page: Page, desk: OpenDesk) -> None:
    page.goto("/plan/sample-operation")
    fill(page)
    desk.close()
    desk.open()
    page.get_by_role("button", name="Check and confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this the patient?")


def test_a_saved_file_is_on_the_screen_and_the_page_stays_where_it_was(
    page: Page, shelf: Path
) -> None:
    file = shelf / "content" / "procedures" / "sample-operation" / "en.yaml"
    words = file.read_text()
    page.goto("/edit/sample/en")
    expect(page.locator("[data-state]")).to_have_text("The pages are as saved.")
    first = page.locator(".frame img").first
    expect(first).to_be_visible()
    until(page, "scrollTo(0, 400) || scrollY == 400")
    was = first.get_attribute("src")
    try:
        file.write_text(words.replace("This page shows every kind", "This page has every kind"))
        expect(first).not_to_have_attribute("src", was or "")
        assert page.evaluate("scrollY") == 400
        file.write_text(words.replace("purpose:", "porpose:"))
        expect(page.locator("[data-problems]")).to_contain_text("porpose")
        place = "content/procedures/sample-operation/en.yaml:5:1"
        expect(page.locator("[data-problems]")).to_contain_text(place)
        expect(first).to_be_attached()
    finally:
        file.write_text(words)
    expect(first).to_have_attribute("src", was or "")


def test_a_look_is_followed_as_the_words_are(page: Page, shelf: Path) -> None:
    css = shelf / "templates" / "print.css"
    text = css.read_text()
    page.goto("/edit/sample/en")
    first = page.locator(".frame img").first
    expect(first).to_be_visible()
    was = first.get_attribute("src")
    try:
        css.write_text(text + "\nh1 { letter-spacing: 3pt }\n")
        expect(first).not_to_have_attribute("src", was or "")
    finally:
        css.write_text(text)


def test_before_and_after_are_two_pictures_and_a_line(page: Page) -> None:
    page.goto("/edit/sample/en?compare=1")
    expect(page.locator(".frame .then").first).to_be_visible()
    page.locator("[data-slide]").fill("30")
    style = page.locator(".frame .now").first.get_attribute("style") or ""
    assert "30%" in style


def test_a_roster_with_errors_is_run_stopped_and_gone_on_with(
    browser: Browser, tmp_path: Path
) -> None:
    rows = (REPO / "content" / "examples" / "roster.csv").read_text().splitlines()
    more = [rows[1].replace("EX-000123", f"EX-9{n:05}") for n in range(60)]
    roster = tmp_path / "roster.csv"
    wrong = rows[1].replace("EX-000123", "EX-800000").replace("1961-03-07", "7.3.61")
    roster.write_text("\n".join([rows[0], wrong, *more]) + "\n")
    with open_desk(REPO, tmp_path / "desk", "--allow-unreviewed") as desk:
        for page in come_in(browser, desk):
            page.goto("/batch")
            page.set_input_files("#file", roster)
            page.get_by_role("button", name="Read it").click()
            expect(page.locator("td.wrong .error")).to_contain_text("date")
            expect(page.locator("tr.own").first).to_contain_text("Last dose: Wednesday, March 10")
            found = Axe().run(page, options={"runOnly": RULES})
            assert [violation["id"] for violation in found.response["violations"]] == []
            page.get_by_role("button", name="Make 60 packets").click()
            expect(page.locator("[data-said]")).to_contain_text("of 60.")
            page.get_by_role("button", name="Stop").click()
            expect(page.get_by_role("button", name="Go on")).to_be_visible()
            desk.close()
            desk.open()
            page.reload()
            page.get_by_role("button", name="Go on").click()
            done = page.get_by_text("Packets done: 60.")
            expect(done).to_be_visible(timeout=120_000)
            expect(page.locator("table")).to_contain_text("EX-800000")
            with page.expect_download() as download:
                page.get_by_text("Download the print run").click()
            assert download.value.suggested_filename == "print-run.pdf"


def test_a_clinician_reads_and_signs(browser: Browser, tmp_path: Path) -> None:
    library = tmp_path / "library"
    shutil.copytree(REPO / "tests" / "library", library)
    shutil.copytree(REPO / "templates", library / "templates")
    with open_desk(library, tmp_path / "desk") as desk:
        for page in come_in(browser, desk):
            page.goto("/board")
            page.get_by_role("link", name="Another handout").click()
            page.get_by_label("Your name").first.fill("R. Sampleton")
            page.get_by_label("Your role").first.fill("Test surgeon")
            page.get_by_label("I have read every page").check()
            page.get_by_role("button", name="Sign these words").click()
            row = page.locator("tr", has_text="Another handout")
            expect(row.locator(".badge")).to_have_text("stands")
            expect(row).to_contain_text("R. Sampleton")


def nothing_wrong_with(page: Page) -> None:
    """Nothing for axe, and nothing cut off on any screen or at 200 %."""
    found = Axe().run(page, options={"runOnly": RULES})
    assert [violation["id"] for violation in found.response["violations"]] == []
    half = {"width": WARD["width"] // 2, "height": WARD["height"] // 2}
    for screen in (WARD, TABLET, half):
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["English", "Español"])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, path: str, language: str) -> None:
    if language == "Español":
        page.get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
    page.goto(path)
    page.wait_for_load_state("load")
    nothing_wrong_with(page)


@pytest.mark.parametrize("language", ["English", "Español"])
def test_the_last_screen_has_nothing_for_axe_and_nothing_is_cut_off(
    page: Page, language: str
) -> None:
    confirm(page, language, medicines=8)
    nothing_wrong_with(page)


@pytest.mark.parametrize("screen", ["ward", "tablet"])
def test_the_last_screens_buttons_stay_in_reach_of_a_long_plan(page: Page, screen: str) -> None:
    page.set_viewport_size(WARD if screen == "ward" else TABLET)  # type: ignore[arg-type]
    confirm(page, "English", medicines=8)
    button = page.get_by_role("button", name="Print")
    for place in (0, 400, 9000):
        page.evaluate(f"scrollTo(0, {place})")
        expect(button).to_be_in_viewport(ratio=1)
    for large in page.locator(".large").all():
        large.scroll_into_view_if_needed()
        expect(large).to_be_in_viewport(ratio=1)


def confirm(page: Page, language: str, medicines: int) -> None:
    """The last screen of the example's plan, with so many medicines."""
    page.goto("/plan/sample-operation")
    fill(page)
    for number in range(1, medicines):
        page.locator("[data-add=medicines]").click()
        keys(page, f"Examplamine {'ABCDEFGH'[number]}\t5 mg\tS\t4 days before\tDr. A. Example")
    page.get_by_role("button", name="Check and confirm").click()
    if language != "English":
        page.get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator(".medicine")).to_have_count(medicines)


def test_it_speaks_spanish_in_a_spanish_browser_and_english_when_asked(
    browser: Browser, desk: OpenDesk
) -> None:
    for page in come_in(browser, desk, locale="es-US"):
        expect(page.locator("html")).to_have_attribute("lang", "es")
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Which handout?")


def test_it_asks_nobody_else(page: Page, desk: OpenDesk) -> None:
    """Everything that its pages load comes from the desk."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    for path in ("/", "/plan/sample-operation", "/edit/sample/en"):
        page.goto(path)
        page.wait_for_load_state("load")
    expect(page.locator(".frame img").first).to_be_visible()
    assert [url for url in loaded if not url.startswith((f"{desk.base}/", "data:"))] == []
