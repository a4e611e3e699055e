"""Which words a copy has: by the file itself, by a scan of its last page, by the code typed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from generator.errors import ExitCode
from generator.library import load_library
from generator.review.whatis import what_is
from generator.signoff import NoWordsCode, State, digest, read_words_code, words_code
from tests.conftest import TODAY, Run
from tests.signing import sign
from tests.translated import label, translate

DIGEST = "sha256:" + "0123456789abcdef" * 4
CODE = "HP1:sample:1.0:en:0123456789abcdef0123"
PLAN = "content/examples/plan.yaml"
BUILT = "out/sample.en.pdf"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def code_of(folder: Path) -> str:
    handout = load_library(folder).handout("sample", "en")
    return str(words_code(handout.id, handout.version, "en", digest(handout)))


def test_a_code_says_what_it_is() -> None:
    assert str(words_code("sample", "1.0", "en", DIGEST)) == CODE
    assert read_words_code(CODE).names(DIGEST)
    assert not read_words_code(CODE).names("sha256:" + "1" * 64)


@pytest.mark.parametrize(
    "typed",
    [
        f" {CODE} ",
        "hp1:sample:1.0:en:0123456789abcdef0123",
        "HP1:SAMPLE:1.0:en:0123456789ABCDEF0123",
        "HP1:sample:1.0:en: 0123 4567 89ab cdef 0123",
        "HP1:sample:1.0:en:o12345678gabcdefol23".replace("g", "9"),
    ],
)
def test_as_people_type_it(typed: str) -> None:
    assert str(read_words_code(typed)) == CODE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sample:1.0:en:0123456789abcdef0123", "does not begin with 'HP1:'"),
        ("HP1:sample:1.0:en", "has 3 parts after 'HP1:', not 4"),
        ("HP1:sam ple!:1.0:en:0123456789abcdef0123", "'sample!' is no handout"),
        ("HP1:sample:one:en:0123456789abcdef0123", "'one' is no version"),
        ("HP1:sample:1.0:english:0123456789abcdef0123", "'english' is no language"),
        ("HP1:sample:1.0:en:0123", "has 4 letters and figures, not 20"),
        ("HP1:sample:1.0:en:0123456789abcdef012x", "has 'x'; there are only 0-9 and a-f"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(typed: str, said: str) -> None:
    with pytest.raises(NoWordsCode, match=said):
        read_words_code(typed)


def test_the_words_in_use(run: Run, folder: Path) -> None:
    sign(folder)
    run("build", "sample")
    result = run("whatis", BUILT)
    assert result.code == ExitCode.OK
    assert "Sample operation (sample, en), version 1.0\n" in result.out
    assert "Signed by R. Sampleton, MD, Test surgeon, on 2026-11-01." in result.out
    assert "These are the words in use." in result.out


def test_a_draft(run: Run) -> None:
    run("build", "sample")
    result = run("whatis", BUILT)
    assert result.code == ExitCode.SIGN_OFF
    assert "Do not use this copy: its words still need a signature (a clinician)." in result.out


def test_old_words_and_what_took_their_place(run: Run, folder: Path) -> None:
    sign(folder)
    run("build", "sample")
    edit(folder, "content/clinic.yaml", "555-0111", "555-0199")
    old = run("whatis", BUILT)
    assert old.code == ExitCode.SIGN_OFF
    assert "its words are old. What the library has in their place stands as 'changed" in old.out
    edit(folder, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    sign(folder, on="2026-11-20")
    assert "Version 1.1, signed on 2026-11-20, has taken their place." in run("whatis", BUILT).out


def test_withdrawn_words(run: Run, folder: Path) -> None:
    sign(folder)
    run("build", "sample")
    sign(folder, action="withdraw", note="The hour is wrong", on="2026-11-02")
    said = run("whatis", BUILT)
    assert said.code == ExitCode.SIGN_OFF
    assert "its words were withdrawn on 2026-11-02. The hour is wrong." in said.out
    edit(folder, "content/clinic.yaml", "555-0111", "555-0199")
    edit(folder, "handouts/sample/handout.yaml", 'version: "1.0"', 'version: "1.1"')
    sign(folder, on="2026-11-20")
    assert "withdrawn on 2026-11-02" in run("whatis", BUILT).out


def test_where_a_copys_words_stand_in_one_word(folder: Path) -> None:
    sign(folder)
    code = read_words_code(code_of(folder))
    assert what_is(load_library(folder), code, TODAY).state is State.STANDS
    edit(folder, "content/clinic.yaml", "555-0111", "555-0199")
    assert what_is(load_library(folder), code, TODAY).state is State.CHANGED
    assert what_is(load_library(folder), replace(code, handout="gone"), TODAY).state is None


def test_a_review_that_ran_out(run: Run, folder: Path) -> None:
    sign(folder, valid_months=1)
    run("build", "sample")
    assert run("--as-of", "2026-12-01", "whatis", BUILT).code == ExitCode.OK
    late = run("--as-of", "2026-12-02", "whatis", BUILT)
    assert late.code == ExitCode.SIGN_OFF
    assert "its review holds until 2026-12-01" in late.out


def test_words_that_nobody_signed_here(run: Run, folder: Path) -> None:
    sign(folder)
    result = run("whatis", CODE)
    assert result.code == ExitCode.SIGN_OFF
    assert "nobody has signed its words in this library" in result.out


@pytest.mark.parametrize(
    "code", [CODE.replace("sample", "other-clinics"), CODE.replace(":en:", ":fr:")]
)
def test_a_handout_that_is_not_here(run: Run, code: str) -> None:
    result = run("whatis", code)
    assert result.code == ExitCode.SIGN_OFF
    assert "This library has no such handout." in result.out


def test_for_programs(run: Run, folder: Path) -> None:
    sign(folder)
    (said,) = json.loads(run("whatis", code_of(folder), "--json").out)
    assert said["stands"] is said["current"] is said["known"] is True
    assert (said["handout"], said["language"], said["state"]) == ("sample", "en", "stands")
    assert said["signed"][0]["on"] == "2026-11-01"
    assert said["withdrawn"] is None


def test_a_packet_names_each_of_its_handouts(run: Run, folder: Path) -> None:
    edit(folder, PLAN, "[sample]", "[sample, other]")
    sign(folder)
    run("plan", PLAN, "--allow-unreviewed")
    (packet,) = (folder / "out").glob("packet-*.pdf")
    said = json.loads(run("whatis", str(packet), "--json").out)
    assert [(copy["handout"], copy["stands"]) for copy in said] == [
        ("sample", True),
        ("other", False),
    ]


def scanned(pdf: Path, page: int, *, turned: float = 0, noise: int = 0) -> Image.Image:
    """A page as a scanner sees it: grey, 200 dots an inch, a little askew, with dust."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[page % len(document)].render(scale=200 / 72).to_pil()
    picture = picture.convert("L")
    picture = picture.rotate(turned, expand=True, fillcolor=235)
    dust = random.Random(7)  # noqa: S311  # not for secrets
    for _ in range(noise):
        at = dust.randrange(picture.width), dust.randrange(picture.height)
        picture.putpixel(at, dust.choice((40, 220)))
    return picture


@pytest.mark.parametrize(
    ("suffix", "edition"),
    [
        *((suffix, ()) for suffix in ("png", "jpg", "tiff", "pdf")),
        ("png", ("--large-print",)),
        ("png", ("--paper", "a4")),
    ],
)
def test_a_scan_of_the_last_page(
    run: Run, folder: Path, suffix: str, edition: tuple[str, ...]
) -> None:
    sign(folder)
    run("build", "sample", *edition)
    (built,) = (folder / "out").glob("sample.en*.pdf")
    scanned(built, -1, turned=1.5, noise=20_000).save(folder / f"scan.{suffix}", quality=70)
    result = run("whatis", f"scan.{suffix}")
    assert result.code == ExitCode.OK
    assert "These are the words in use." in result.out


def test_on_a_packets_last_page_the_code_of_the_sheet_is_passed_over(
    run: Run, folder: Path
) -> None:
    sign(folder)
    run("plan", PLAN)
    (packet,) = (folder / "out").glob("packet-*.pdf")
    scanned(packet, -1).save(folder / "last.png")
    scanned(packet, 0).save(folder / "first.png")
    assert run("whatis", "last.png").code == ExitCode.OK
    first = run("whatis", "first.png")
    assert first.code == ExitCode.USAGE
    assert "no code was found in it" in first.err


def test_a_scan_of_two_pages_in_one_tiff(run: Run, folder: Path) -> None:
    sign(folder)
    run("build", "sample")
    pages = [scanned(folder / BUILT, number) for number in (0, -1)]
    pages[0].save(folder / "scan.tiff", save_all=True, append_images=pages[1:])
    assert run("whatis", "scan.tiff").code == ExitCode.OK


def test_files_that_are_no_copy(run: Run, folder: Path) -> None:
    (folder / "words.txt").write_text("Fasting")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    blank = pikepdf.new()
    blank.add_blank_page()
    blank.save(folder / "blank.pdf")
    blank.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="x", owner="y"))
    for name, said in {
        "words.txt": "neither a PDF nor a picture",
        "cut.png": "neither a PDF nor a picture",
        "broken.pdf": "a damaged one",
        "blank.pdf": "no code was found in it",
        "locked.pdf": "locked with a password",
        "nowhere.pdf": "is no file, and no code",
    }.items():
        result = run("whatis", name)
        assert result.code == ExitCode.USAGE
        assert said in result.err
        assert "Traceback" not in result.err


XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "review": "urn:handout-press:review/1.0/",
}


def xmp_of(pdf: Path) -> ElementTree.Element:
    with pikepdf.open(pdf) as opened:
        return ElementTree.fromstring(opened.Root.Metadata.read_bytes())  # noqa: S314  # ours


def text_of(xmp: ElementTree.Element, name: str) -> str | None:
    found = xmp.find(f".//{name}", XMP)
    return found.text if found is not None else None


def list_of(xmp: ElementTree.Element, name: str) -> list[str | None]:
    return [item.text for item in xmp.findall(f".//{name}//rdf:li", XMP)]


def test_a_document_system_finds_the_review_in_the_file(run: Run, folder: Path) -> None:
    sign(folder)
    run("build", "sample")
    xmp = xmp_of(folder / BUILT)
    assert text_of(xmp, "review:handout") == "sample"
    assert text_of(xmp, "review:version") == "1.0"
    assert text_of(xmp, "review:state") == "stands"
    assert text_of(xmp, "review:signedOn") == "2026-11-01"
    assert text_of(xmp, "review:due") == "2028-11-01"
    assert text_of(xmp, "review:digest") == digest(load_library(folder).handout("sample", "en"))
    assert list_of(xmp, "review:reviewer") == ["R. Sampleton, MD, Test surgeon"]
    assert list_of(xmp, "review:code") == [code_of(folder)] == [text_of(xmp, "dc:identifier")]
    assert "A test guideline" in list_of(xmp, "dc:source")


def test_a_draft_names_no_reviewer(run: Run, folder: Path) -> None:
    run("build", "sample")
    xmp = xmp_of(folder / BUILT)
    assert text_of(xmp, "review:state") == "draft"
    assert text_of(xmp, "review:due") is text_of(xmp, "review:signedOn") is None
    assert list_of(xmp, "review:reviewer") == []


def test_a_packet_says_its_codes_and_the_worst_state_and_nobodys_name(
    run: Run, folder: Path
) -> None:
    edit(folder, PLAN, "[sample]", "[sample, other]")
    sign(folder)
    run("plan", PLAN, "--allow-unreviewed")
    (packet,) = (folder / "out").glob("packet-*.pdf")
    xmp = xmp_of(packet)
    codes = list_of(xmp, "review:code")
    assert [str(code).split(":")[1] for code in codes] == ["sample", "other"]
    assert text_of(xmp, "review:state") == "draft"
    assert text_of(xmp, "review:handout") is None
    assert b"Exampleperson" not in ElementTree.tostring(xmp)


def test_a_translation_has_a_code_of_its_own(run: Run, folder: Path) -> None:
    translate(folder)
    label(folder)
    run("build", "other", "--lang", "es")
    (said,) = json.loads(run("whatis", "out/other.es.pdf", "--json").out)
    assert (said["handout"], said["language"]) == ("other", "es")
