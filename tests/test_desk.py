"""The desk over HTTP: what it shows, what it refuses, and that it keeps and tells nothing."""

from __future__ import annotations

import asyncio
import html
import http.client
import io
import logging
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from generator.errors import ContentError, PrinterError, StillPrinting, UsageError
from generator.library import Library, library_stamp, load_library, read_yaml
from generator.model import Plan
from generator.recall import Printing, Register, noted
from generator.web import Address, Desk, Wishes, door, read_password
from generator.web.app import application
from generator.web.edit.look import look_at
from generator.web.edit.watch import Watch
from generator.web.pick import routes as pick
from generator.web.plan import give
from generator.web.plan.data import form_fields, plan_data
from generator.web.plan.fields import Rows, sections
from generator.web.plan.give import Sent
from generator.web.stock import Stock
from generator.web.words import labels_of
from tests.clinics import clinic as begun
from tests.conftest import NOW, REPO
from tests.desk import NOON, OpenDesk, open_desk, told
from tests.signing import signed_copy

NAMES = ("Testa", "Exampleperson", "1961-03-07", "March 7, 1961", "EX-000123", "Samplicillin")
"""Of the invented patient. None of them may stand in a log or stay on the disk."""
CONFIRMED = [(f"confirm.{name}", "yes") for name in ("name", "birth_date", "side")]
Fields = list[tuple[str, str]]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one handout that stands, and one that is a draft."""
    return signed_copy(tmp_path_factory.mktemp("desk") / "library")


@pytest.fixture(scope="module")
def desk(shelf: Path) -> Iterator[OpenDesk]:
    editor = "edit://{file}?{line}.{column}"
    temporary = shelf.parent / "tmp"
    temporary.mkdir()
    places = {"TMPDIR": str(temporary), "XDG_RUNTIME_DIR": str(temporary)}
    with open_desk(shelf, shelf.parent / "desk", "--editor", editor, **places) as opened:
        yield opened


@pytest.fixture
def fields(shelf: Path) -> Fields:
    """The example's plan as the fields of the form."""
    text, _ = read_yaml(shelf / "content" / "examples" / "plan.yaml")
    assert text
    return form_fields(text.data)


def changed(fields: Fields, **new: str | None) -> Fields:
    """The form with other values; ``patient__given_name`` for ``patient.given_name``."""
    named = {name.replace("__", "."): value for name, value in new.items()}
    kept = [(name, value) for name, value in fields if name not in named]
    return [*kept, *((name, value) for name, value in named.items() if value is not None)]


def confirmed(desk: OpenDesk, fields: Fields) -> Fields:
    """The last screen's form as a nurse sends it who has marked everything."""
    page = desk.post("/plan/sample-operation", [*fields, ("do", "confirm")])
    assert page.status == 200, page.text
    seal = re.search(r'name="seal" value="(\w+)"', page.text)
    assert seal
    return [*fields, *CONFIRMED, ("seal", seal[1])]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def asked(
    desk: Desk, method: str, path: str, body: bytes = b"", scheme: str = "http", **headers: str
) -> tuple[int, dict[str, str], str]:
    """A request to the desk in this process: status, headers and text of its answer."""
    origin = f"{scheme}://ward.example:8765"
    named = {"host": "ward.example:8765", "origin": origin, "content-length": str(len(body))}
    named |= {"content-type": "application/x-www-form-urlencoded", **headers}
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
    scope |= {"headers": [(name.encode(), value.encode()) for name, value in named.items()]}
    scope |= {"server": ("ward.example", 8765), "http_version": "1.1", "scheme": scheme}
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    async def ask() -> None:
        await application(desk, frozenset({origin}))(scope, receive, send)

    asyncio.run(ask())
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent).decode()


# Pick


def test_all_handouts_stand_on_the_first_page_with_where_they_stand(desk: OpenDesk) -> None:
    page = desk.get("/").text
    cards = dict(re.findall(r'data-id="(\w+)"[^>]*data-stands="(\w+)"', page))
    assert cards == {"sample": "yes", "other": "no"}
    words = re.search(r'data-id="sample".*?data-words="([^"]*)"', page)
    assert words
    assert {"sample", "operation"} <= set(words[1].split())


def test_a_handout_is_shown_in_pictures_and_downloaded_as_it_is_built(desk: OpenDesk) -> None:
    page = desk.get("/handouts/sample/en").text
    picture = re.search(r'src="(/pages/sample/en/read/1\.png[^"]*)"', page)
    assert picture
    assert desk.get(picture[1].replace("&amp;", "&")).body.startswith(b"\x89PNG")
    pdf = desk.get("/pages/sample/en.pdf?download=1")
    assert pdf.headers["content-disposition"] == 'attachment; filename="sample.en.pdf"'
    assert "Sample operation" in text_of(pdf.body)
    assert "DRAFT" not in page
    assert "DRAFT" in desk.get("/handouts/other/en").text


def test_favourites_are_kept_and_taken_back(desk: OpenDesk) -> None:
    for shown in (True, False):
        assert desk.post("/favourite", [("handout", "sample")]).status == 303
        assert ('aria-label="Favorites"' in desk.get("/").text) is shown


def test_it_speaks_spanish_to_who_asks_for_it(desk: OpenDesk) -> None:
    asked = desk.get("/", **{"accept-language": "es-MX,es;q=0.9,en;q=0.5"}).text
    assert '<html lang="es">' in asked
    assert labels_of("es", "US")("Which handout?") in asked


# Fill in


def test_the_form_has_a_field_for_everything_that_a_plan_says(shelf: Path) -> None:
    library = load_library(shelf)
    made = sections(library, "sample-operation", labels_of("en", "US"))
    names = set()
    for field in (field for part in made for field in (*part.fields, *part.rare)):
        inner = field.fields if isinstance(field, Rows) else ()
        names |= {f"{field.name}.{one.name}" if one.name else field.name for one in inner}
        names |= set() if inner else {field.name}
    assert names == set(_leaves(Plan.model_json_schema())) - {"procedure"}


def _leaves(schema: dict[str, Any]) -> Iterator[str]:
    def below(name: str, part: dict[str, Any]) -> Iterator[str]:
        options = [o for o in part.get("anyOf", [part]) if o.get("type") != "null"]
        part = {**part, **options[0]}
        part = part.get("items", part) if part.get("type") == "array" else part
        if "$ref" in part:
            inner = schema["$defs"][part["$ref"].rpartition("/")[2]]
            for key, value in inner.get("properties", {}).items():
                yield from below(f"{name}.{key}", value)
            if "properties" not in inner:
                yield name
        else:
            yield name

    for key, value in schema["properties"].items():
        yield from below(key, value)


def test_a_plan_comes_back_from_the_form_as_it_went_in(shelf: Path, fields: Fields) -> None:
    text, _ = read_yaml(shelf / "content" / "examples" / "plan.yaml")
    assert text
    assert plan_data(fields, "sample-operation") == {"notes": [], "overrides": [], **text.data}


def test_what_is_wrong_is_said_at_its_field_and_the_timeline_is_there_before(
    desk: OpenDesk, fields: Fields
) -> None:
    broken = changed(fields, surgeon=None, patient__birth_date="1961-02-31")
    found = told(desk.post("/plan/sample-operation/look", broken))
    problems = dict(found["problems"])
    assert set(problems) == {"surgeon", "patient.birth_date"}
    assert problems["surgeon"] == "Fill this in."
    assert not found["whole"]
    assert any("Your operation" in str(day) for day in found["days"])
    assert told(desk.post("/plan/sample-operation/look", fields))["whole"]


def test_what_is_over_already_is_said_without_scripts_too(desk: OpenDesk, fields: Fields) -> None:
    """On the page that comes back, as the timeline beside it says it while one types."""
    soon = {"arrival_at": "2027-03-01T14:00", "surgery_at": "2027-03-01T16:00"}
    late = changed(fields, surgeon=None, **soon)
    days = told(desk.post("/plan/sample-operation/look", late))["days"]
    steps = [step for day in days for step in day["steps"]]
    over = [text for _, text, past in steps if past]
    page = desk.post("/plan/sample-operation", [*late, ("do", "confirm")]).text
    line = r'<li class="past">(?:<b>[^<]*</b> )?(.+?) – This is over already</li>'
    assert [html.unescape(text) for text in re.findall(line, page)] == over
    assert 0 < len(over) < len(steps)


def test_a_timeline_is_there_before_its_rules_have_their_reasons(
    desk: OpenDesk, fields: Fields
) -> None:
    rule = {"fact": "fasting-food", "value": "10 hours", "decided_by": "Dr. A. Example"}
    for reason in ("", "Ask Nurse B. Example at 555-0123."):
        said = {**rule, "reason": reason} if reason else rule
        rules = [(f"overrides.0.{name}", value) for name, value in said.items()]
        found = told(
            desk.post("/plan/sample-operation/look", [*changed(fields, surgeon=None), *rules])
        )
        assert "9:30" in str(found["days"])


def test_a_problem_in_a_row_is_said_there_though_rows_before_it_are_empty(
    desk: OpenDesk, fields: Fields
) -> None:
    rows = [(n, v) for n, v in fields if not n.startswith(("medicines", "none.medicines"))]
    one = {"name": "Examplamine", "dose": "5 mg", "action": "stop", "when": "soon"}
    late = [(f"medicines.4.{name}", value) for name, value in one.items()]
    found = told(desk.post("/plan/sample-operation/look", [*rows, ("medicines.2.name", ""), *late]))
    assert {name for name, _ in found["problems"]} == {"medicines.4.decided_by"}


def medicine(number: int) -> Fields:
    said = {"dose": "5 mg", "action": "continue", "when": "daily", "decided_by": "Dr. A. Example"}
    said["name"] = f"Examplamine {chr(65 + number // 26)}{chr(65 + number % 26)}"
    return [(f"medicines.{number}.{name}", value) for name, value in said.items()]


def test_no_medicine_is_lost_however_many_there_are(desk: OpenDesk, fields: Fields) -> None:
    rest = [(name, value) for name, value in fields if not name.startswith("medicines")]
    many = [one for number in range(42) for one in medicine(number)]
    found = told(desk.post("/plan/sample-operation/look", [*rest, *many]))
    assert dict(found["problems"]) == {"medicines": "At most 40 of them."}
    late = desk.post("/plan/sample-operation", [*rest, *medicine(57), ("do", "confirm")])
    assert re.search(r"Examplamine CF.*5 mg.*Keep taking:.*daily", late.text)


def test_none_and_some_are_not_said_at_once(desk: OpenDesk, fields: Fields) -> None:
    both = [*fields, ("none.medicines", "yes")]
    found = told(desk.post("/plan/sample-operation/look", both))
    assert dict(found["problems"])["medicines"].startswith("Either there are none")
    assert desk.post("/plan/sample-operation", [*both, ("do", "confirm")]).status == 422


def test_a_check_that_was_none_is_seen_before_it_is_printed(desk: OpenDesk, fields: Fields) -> None:
    alone = changed(fields, checked_by=dict(fields)["prepared_by"])
    said = "The same person prepared and checked this plan."
    assert said in desk.post("/plan/sample-operation", [*alone, ("do", "confirm")]).text
    assert said not in desk.post("/plan/sample-operation", [*fields, ("do", "confirm")]).text


def test_a_packet_for_the_other_side_is_said_before_another_is_printed(
    desk: OpenDesk, fields: Fields
) -> None:
    own = changed(fields, patient__record_id="EX-000777")
    given = desk.post("/plan/sample-operation/give", [*confirmed(desk, own), ("how", "download")])
    assert given.status == 200
    said = "A packet for the LEFT side (2027-03-16) was printed on 2027-03-01. Get it back, unless"
    assert said not in desk.post("/plan/sample-operation", [*own, ("do", "confirm")]).text
    other = [*changed(own, side="right"), ("do", "confirm")]
    page = desk.post("/plan/sample-operation", other)
    assert said in page.text
    spanish = desk.post("/plan/sample-operation", other, **{"accept-language": "es"}).text
    assert "se imprimió un paquete para el lado IZQUIERDO (2027-03-16)." in spanish


def test_a_printer_that_is_gone_leaves_the_plan_where_it_is(desk: OpenDesk, fields: Fields) -> None:
    sent = [*confirmed(desk, fields), ("how", "print"), ("printer", "Ghost")]
    page = desk.post("/plan/sample-operation/give", sent)
    assert page.status == 409
    assert "That printer is gone. Choose another one." in page.text
    assert 'name="patient.family_name" value="Exampleperson"' in page.text
    assert "a bug" not in desk.log
    wrong = [*confirmed(desk, fields), ("how", "print"), ("copies", "9" * 5000)]
    assert "Copies are a number" in desk.post("/plan/sample-operation/give", wrong).text


def test_who_presses_twice_prints_once(monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    async def printing(name: str) -> str:
        await asyncio.sleep(0.01)
        printed.append(name)
        if name == "jam":
            raise ValueError
        return name

    async def press() -> list[str]:
        sent = Sent()
        twice = await asyncio.gather(*(sent.once(("a", "Ward3"), printing(n)) for n in "12"))
        with pytest.raises(ValueError):  # noqa: PT011  # the one above
            await sent.once(("b",), printing("jam"))
        again = await sent.once(("b",), printing("3"))
        other = await sent.once(("a", "Ward4"), printing("4"))
        await asyncio.sleep(0.1)  # longer than TWICE is now
        return [*twice, again, other, await sent.once(("a", "Ward3"), printing("5"))]

    monkeypatch.setattr(give, "TWICE", 0.05)
    assert asyncio.run(press()) == ["1", "1", "3", "4", "5"]
    assert printed == ["1", "jam", "3", "4", "5"]


def test_an_incomplete_form_comes_back_with_everything_that_was_in_it(
    desk: OpenDesk, fields: Fields
) -> None:
    sent = [*changed(fields, surgeon=None), ("do", "confirm")]
    page = desk.post("/plan/sample-operation", sent)
    assert page.status == 422
    assert 'data-error="surgeon">Fill this in.' in page.text
    assert 'value="Exampleperson"' in page.text


def test_nothing_is_given_before_name_birth_and_side_are_confirmed_for_this_very_plan(
    desk: OpenDesk, fields: Fields
) -> None:
    whole = [*confirmed(desk, fields), ("how", "download")]
    for missing in (*(name for name, _ in CONFIRMED), "seal"):
        left = [(name, value) for name, value in whole if name != missing]
        refused = desk.post("/plan/sample-operation/give", left)
        assert refused.status in {409, 422}, missing
        assert refused.headers["content-type"].startswith("text/html")
    other = changed(whole, side="right")
    assert desk.post("/plan/sample-operation/give", other).status == 409
    given = desk.post("/plan/sample-operation/give", whole)
    assert re.fullmatch(
        r'attachment; filename="packet-[0-9a-f]{12}\.pdf"', given.headers["content-disposition"]
    )
    assert "Exampleperson" in text_of(given.body)


def test_the_packet_is_the_one_that_the_command_line_makes(
    desk: OpenDesk, fields: Fields, shelf: Path, tmp_path: Path
) -> None:
    opened = desk.post("/plan/sample-operation/give", [*confirmed(desk, fields), ("how", "open")])
    plan = shelf / "content" / "examples" / "plan.yaml"
    line = (sys.executable, "-m", "generator", "--library", str(shelf), "--as-of", NOON, "plan")
    subprocess.run([*line, str(plan), "-o", str(tmp_path)], check=True, capture_output=True)
    made = next(tmp_path.glob("*.pdf"))
    assert opened.body == made.read_bytes()
    assert made.name in opened.headers["content-disposition"]
    assert opened.headers["content-disposition"].startswith("inline")


def test_words_that_nobody_signed_are_not_given_to_a_patient(
    desk: OpenDesk, fields: Fields
) -> None:
    both = [*fields, ("handouts", "other")]
    page = desk.post("/plan/sample-operation", [*both, ("do", "confirm")])
    assert "cannot be printed" in page.text
    assert 'value="download"' not in page.text
    given = desk.post("/plan/sample-operation/give", [*confirmed(desk, both), ("how", "download")])
    assert given.status == 409
    assert "other (en): draft" in given.text


@pytest.mark.parametrize("name", ["plan.yaml", "roster.csv", "bundle.json", "roster.xlsx"])
def test_a_file_fills_the_form(name: str, tmp_path: Path) -> None:
    content = (REPO / "content" / "examples" / name).read_bytes()
    with open_desk(REPO, tmp_path / "desk") as desk:
        page = desk.drop("/plan/read", name, content)
    assert page.status == 200
    assert 'name="patient.family_name"' in page.text
    assert 'value="Exampleperson"' in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.yaml", b"patient: [", "plan.yaml:2:1"),
        ("plan.exe", b"MZ", "YAML, FHIR"),
        ("roster.csv", b"\xff\xfe\x00", "UTF-16"),
        ("roster.xlsx", b"PK not really", "xlsx"),
        ("bundle.json", b"{", "JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_is_wrong(
    desk: OpenDesk, name: str, content: bytes, said: str
) -> None:
    page = desk.drop("/plan/read", name, content)
    assert page.status == 422
    assert said.lower() in page.text.lower()


# Edit


def test_a_broken_file_is_shown_with_its_place_and_the_last_pages_stay(
    desk: OpenDesk, shelf: Path
) -> None:
    file = shelf / "content" / "topics" / "sample-topic" / "en.yaml"
    words = file.read_text()
    assert len(told(desk.get("/edit/sample/en/state"))["pages"]) > 1
    try:
        file.write_text(words.replace("title:", "titel:", 1))
        said = told(desk.get("/edit/sample/en/state"))
    finally:
        file.write_text(words)
    noted = next(one for one in said["problems"] if "titel" in one["message"])
    assert noted["place"] == "content/topics/sample-topic/en.yaml:1:1"
    assert noted["link"] == f"edit://{file}?1.1"
    assert "pages" in told(desk.get("/edit/sample/en/state"))


def test_a_shipped_file_is_named_as_one_and_not_opened_to_be_changed(tmp_path: Path) -> None:
    """Whoever changed it would lose that with the next update: it is overridden first."""
    clinic = begun(tmp_path / "clinic")
    desk = Desk(clinic, lambda _: NOW, Wishes(editor="edit://{file}"), folder=tmp_path / "desk")
    library = desk.stock.fresh()
    shipped = str(library.layers.find("content/topics/fasting/en.yaml"))
    own = str(clinic / "content" / "clinic.yaml")
    assert desk.named(shipped) == "content/topics/fasting/en.yaml (shipped)"
    assert desk.link(shipped, 1, 1) == ""
    assert desk.named(own) == "content/clinic.yaml"
    assert desk.link(own, 1, 1) == f"edit://{own}"


def test_rules_and_reading_level_stand_beside_the_page(desk: OpenDesk) -> None:
    look = told(desk.get("/edit/sample/en/look"))
    assert any("Flesch-Kincaid" in level["said"] for level in look["levels"])
    assert {one["grade"] for one in look["problems"]} <= {"note", "warning", "error"}


def test_rules_and_reading_level_come_of_one_look(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a file saved in between cannot make them disagree, and nothing is done twice."""
    opened = Desk(shelf, lambda _: NOW, Wishes(), folder=tmp_path / "desk")
    opened.stock.fresh()
    looks, known = list[object](), opened.stock.known

    def counted() -> Library:
        looks.append(None)
        return known()

    monkeypatch.setattr(opened.stock, "known", counted)
    noted, hard = look_at(opened, "other", "en")
    assert [one.name for one in hard][:1] == [""]
    assert all(one.place for one in noted)
    assert len(looks) == 1


def test_the_example_patient_and_the_signed_pages_are_shown(desk: OpenDesk) -> None:
    example = told(desk.get("/edit/sample/en/state?example=1"))["pages"]
    assert example[0].startswith("data:image/png;base64,")
    before = told(desk.get("/edit/sample/en/state?compare=1"))
    assert len(before["before"]) == len(before["pages"])
    assert desk.get("/before/sample/en/1.png").body.startswith(b"\x89PNG")


# Board


def test_a_clinician_signs_in_the_browser_and_the_same_ledger_is_written(
    desk: OpenDesk, shelf: Path
) -> None:
    page = desk.get("/board/other/en").text
    digest = re.search(r'name="digest" value="([^"]+)"', page)
    assert digest
    signer = [("by", "R. Sampleton"), ("role", "Test surgeon"), ("digest", digest[1])]
    unread = desk.post("/board/other/en/approve", signer)
    assert unread.status == 409
    assert "have read every page" in unread.text
    assert desk.post("/board/other/en/approve", [*signer, ("read", "yes")]).status == 303
    entry = load_library(shelf).signoffs["other"][-1]
    assert (entry.by, entry.role, entry.digest) == ("R. Sampleton", "Test surgeon", digest[1])
    withdrawn = [*signer, ("note", "a test")]
    assert desk.post("/board/other/en/withdraw", withdrawn).status == 303
    assert "withdrawn" in desk.get("/board").text


def test_words_that_changed_while_they_were_read_are_not_signed(desk: OpenDesk) -> None:
    signer = [("by", "R. Sampleton"), ("role", "Test surgeon"), ("read", "yes")]
    refused = desk.post("/board/sample/en/approve", [*signer, ("digest", "sha256:" + "0" * 64)])
    assert refused.status == 409
    assert "changed while you read" in refused.text


# What a browser may keep


def test_a_picture_is_kept_by_the_mark_that_it_has_and_no_other(desk: OpenDesk) -> None:
    page = desk.get("/handouts/sample/en").text
    address = re.search(r'src="(/pages/sample/en/read/1\.png\?m=(\w+))', page)
    assert address
    assert "immutable" in desk.get(address[1]).headers["cache-control"]
    assert desk.get("/pages/sample/en/read/1.png?m=0").headers["cache-control"] == "no-store"
    before = told(desk.get("/edit/sample/en/state?compare=1"))["before"][0]
    assert "immutable" in desk.get(before).headers["cache-control"]
    assert desk.get("/before/sample/en/1.png").headers["cache-control"] == "no-store"
    assert desk.get("/static/desk.css").headers["cache-control"] == "private, no-cache"


# The way in


def test_the_desk_is_in_the_colour_of_the_clinic(tmp_path: Path) -> None:
    clinic = begun(tmp_path / "clinic", colour="#14532d")
    with open_desk(clinic, tmp_path / "desk") as desk:
        assert '<link rel="stylesheet" href="/brand.css?c=14532d">' in desk.get("/").text
        assert desk.get("/brand.css").text == ":root { --main: #14532d; }"


def test_a_page_that_was_open_before_somebody_came_in_again_goes_on(desk: OpenDesk) -> None:
    token = desk.get("/token").text
    assert token == desk.token
    assert OpenDesk(desk.library, desk.folder, port=desk.port).get("/token").status == 401


def test_an_open_page_does_not_keep_the_desk_from_closing(shelf: Path, tmp_path: Path) -> None:
    with open_desk(shelf, tmp_path / "desk") as desk:
        line = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
        line.request("GET", "/edit/events", headers={"cookie": desk.cookie})
        answer = line.getresponse()
        assert answer.readline().startswith(b"data: ")
        begun = time.monotonic()
        desk.close()
        assert time.monotonic() - begun < 4, "it waited for the page, until its patience was over"
        line.close()


def test_a_ticket_opens_the_desk_once(tmp_path: Path) -> None:
    sessions = Desk(REPO, lambda _: NOW, folder=tmp_path).sessions
    ticket = sessions.ticket()
    assert not sessions.takes(ticket[:-1])
    assert sessions.takes(ticket)
    assert not sessions.takes(ticket)


def test_watch_begins_with_the_words(shelf: Path, tmp_path: Path) -> None:
    with open_desk(shelf, tmp_path / "desk", "--watch") as desk:
        address = re.search(r"http://\S+", desk.log)
        assert address
        path = address[0].removeprefix(desk.base)
        assert desk.get(path).headers["location"] == "/edit"
        assert desk.get("/enter?key=" + desk.key).headers["location"] == "/"


# A bad day


def test_a_library_that_is_broken_is_said_with_its_place_until_it_is_mended(
    shelf: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "library"
    shutil.copytree(shelf, broken)
    file = broken / "content" / "topics" / "sample-topic" / "en.yaml"
    words = file.read_text()
    with open_desk(broken, tmp_path / "desk") as desk:
        file.write_text(words.replace("title:", "titel:", 1))
        until = time.monotonic() + 20
        while (page := desk.get("/")).status == 200 and time.monotonic() < until:
            time.sleep(0.1)
        assert page.status == 503
        assert "content/topics/sample-topic/en.yaml:1:1" in page.text
        assert "nothing is printed" in page.text
        assert desk.post("/print", [("handout", "sample"), ("language", "en")]).status == 503
        file.write_text(words)
        while (page := desk.get("/")).status != 200 and time.monotonic() < until:
            time.sleep(0.1)
        assert page.status == 200


def test_a_bug_is_said_without_what_it_quotes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Exampleperson")

    monkeypatch.setattr(pick, "cards", fail)
    desk = Desk(REPO, lambda _: NOW, folder=tmp_path)
    logging.getLogger("handouts.desk").propagate = True
    status, _, body = asked(desk, "GET", "/", cookie=f"desk-8765={desk.sessions.new()}")
    assert status == 500
    assert "This is a bug in the desk. Nothing was printed." in body
    assert "Exampleperson" not in body + caplog.text
    assert "ValueError at " in caplog.text


def test_a_save_that_a_request_saw_first_is_told_all_the_same(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks for pictures while somebody saves: the watch comes second, and tells."""
    stock = Stock(shelf, None, lambda _: NOW)
    stock.fresh()
    before, saved = stock.mark, asyncio.Event()

    async def saves(*_: object, **__: object) -> AsyncIterator[set[object]]:
        await saved.wait()
        yield set()

    async def heard() -> list[bytes]:
        watch = Watch(stock, threading.Event())
        events = watch.events()
        first = await anext(events)
        looking = asyncio.create_task(watch.look())
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        stock.mark = "seen-by-a-request"
        saved.set()
        second = await asyncio.wait_for(waiting, 5)
        await looking
        return [first, second]

    monkeypatch.setattr("generator.web.edit.watch.awatch", saves)
    marks = asyncio.run(heard())
    assert marks == [f"data: {before}\n\n".encode(), b"data: seen-by-a-request\n\n"]


# Nothing stays, nothing is told


def test_no_log_and_no_file_knows_the_patient(desk: OpenDesk, shelf: Path, fields: Fields) -> None:
    for answer in (
        desk.post("/plan/sample-operation/look", fields),
        desk.post("/plan/sample-operation/pages", fields),
        desk.post("/plan/sample-operation/give", [*confirmed(desk, fields), ("how", "open")]),
        desk.drop("/plan/read", "plan.yaml", (shelf / "content/examples/plan.yaml").read_bytes()),
        desk.get("/plan/Exampleperson"),
        desk.get("/?name=Exampleperson"),
    ):
        assert answer.status in {200, 404}
    assert "POST /plan/{procedure}/give 200" in desk.log
    assert not [name for name in NAMES if name in desk.log]
    kept = [
        file for file in shelf.parent.rglob("*") if file.is_file() and shelf not in file.parents
    ]
    assert kept
    for file in kept:
        content = file.read_bytes()
        assert not [name for name in NAMES if name.encode() in content], file


@pytest.mark.parametrize(
    ("address", "password", "missing"),
    [
        (Address(1, "ward.example"), None, "--allow-remote, --certificate, --password-file"),
        (Address(1, "192.0.2.1", allow_remote=True), "x" * 12, "--certificate"),
        (Address(1, "0.0.0.0", True, Path("x.pem")), "x" * 12, "every address at once"),  # noqa: S104
    ],
)
def test_other_machines_come_in_only_by_certificate_and_password(
    address: Address, password: str | None, missing: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(missing)):
        address.check(password)


def test_from_another_machine_one_comes_in_by_the_password_and_by_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PENALTY", 0.05)
    word = "a long enough password"
    desk = Desk(REPO, lambda _: NOW, password=word, folder=tmp_path)
    assert asked(desk, "GET", "/", scheme="https")[0] == 401
    begun = time.monotonic()
    status, headers, page = asked(desk, "POST", "/enter", b"password=guess", "https")
    assert (status, "set-cookie" in headers) == (401, False)
    assert time.monotonic() - begun >= 0.05
    assert "That is not the password." in page
    assert asked(desk, "GET", f"/enter?key={desk.sessions.key}", scheme="https")[0] == 401
    right = b"password=a+long+enough+password"
    status, headers, _ = asked(desk, "POST", "/enter", right, "https")
    assert status == 303
    cookie = headers["set-cookie"]
    assert {"HttpOnly", "Secure"} <= {part.strip() for part in cookie.split(";")}
    assert "samesite=strict" in cookie.lower()
    came = cookie.partition(";")[0]
    assert asked(desk, "GET", "/enter", scheme="https", cookie=came)[0] == 401
    assert asked(desk, "GET", "/token", scheme="https", cookie=came)[0] == 200


def test_a_password_that_others_can_read_or_guess_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("a long enough password\n")
    file.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        read_password(file)
    file.chmod(0o600)
    assert read_password(file) == "a long enough password"
    file.write_text("short")
    with pytest.raises(UsageError, match="at least 12"):
        read_password(file)


def test_an_editor_is_an_address_with_a_file_in_it() -> None:
    for wrong in ("code", "javascript:{file}", "data:{file}"):
        with pytest.raises(UsageError, match="opens no file"):
            Wishes(editor=wrong)


def test_a_session_ends_with_another_key_or_password(tmp_path: Path) -> None:
    def sessions(password: str | None) -> Any:
        return Desk(REPO, lambda _: NOW, password=password, folder=tmp_path).sessions

    cookie = sessions(None).new()
    assert sessions(None).read(cookie)
    assert sessions("a password").read(cookie) is None
    assert sessions(None).read(cookie[:-1] + ("0" if cookie[-1] != "0" else "1")) is None
    assert not sessions("a password").opens("another")


def test_a_broken_library_is_said_to_each_who_asks_with_an_error_of_their_own(
    folder: Path,
) -> None:
    """One error for all would gather the frames, and so the forms, of everybody who asked."""
    file = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    file.write_text(file.read_text().replace("title:", "titel:", 1))
    stock = Stock(folder, None, lambda _: NOW)
    raised = []
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            stock.fresh()
        raised.append(caught.value)
    assert raised[0] is not raised[1]
    assert raised[0].problems == raised[1].problems


def test_a_file_that_goes_while_the_library_is_looked_at_is_passed_over(folder: Path) -> None:
    (folder / "content" / "gone.yaml").symlink_to(folder / "content" / "nowhere.yaml")
    assert not [name for name, _, _ in library_stamp(folder) if name.endswith("gone.yaml")]


def test_a_packet_that_may_come_out_of_the_printer_stays_in_the_register(tmp_path: Path) -> None:
    register = Register(tmp_path)
    printing = Printing("Sample Clinic", NOW, ())
    with pytest.raises(PrinterError), noted(register, printing):
        raise PrinterError("Ward3", "it is gone", "Choose another")
    assert [file for file in tmp_path.iterdir() if file.suffix != ".key"] == []
    with pytest.raises(StillPrinting), noted(register, printing):
        raise StillPrinting("Ward3", "it did not answer", "Look there")
    assert len([file for file in tmp_path.iterdir() if file.suffix != ".key"]) == 1
