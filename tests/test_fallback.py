"""A patient whose language a handout is not written in: refused, or another one with a notice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from generator.errors import ExitCode
from tests.conftest import Run
from tests.rosters import row, write
from tests.signing import sign
from tests.translated import label, translate

PLAN = "content/examples/plan.yaml"
NOTICE = "[We do not have these pages in your language."


@pytest.fixture
def spanish(folder: Path) -> Path:
    """The example patient reads Spanish; the handout ``sample`` is in English alone."""
    translate(folder)
    label(folder)
    plan = folder / PLAN
    plan.write_text(plan.read_text().replace("language: en", "language: es"))
    return folder


def pages_of(folder: Path) -> list[str]:
    (made,) = (folder / "out").glob("packet-*.pdf")
    with pypdfium2.PdfDocument(made) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return [" ".join(text.split()) for text in texts]


def test_without_a_fallback_it_is_refused_and_the_way_out_is_named(run: Run, spanish: Path) -> None:
    result = run("plan", PLAN, "--allow-unreviewed")
    assert result.code == ExitCode.PLAN
    assert "'sample' is not written in 'es'" in result.err
    assert "--fallback" in result.err
    assert not (spanish / "out").exists()


def test_it_is_printed_in_the_other_language_with_a_notice_in_the_readers(
    run: Run, spanish: Path
) -> None:
    assert run("plan", PLAN, "--fallback", "en", "--allow-unreviewed").code == ExitCode.OK
    pages = pages_of(spanish)
    assert "[When and where to come]" in pages[0]
    assert sum(NOTICE in page for page in pages) == 1
    first = next(page for page in pages if NOTICE in page)
    assert "Contents" not in first
    assert first.index("Sample operation") < first.index(NOTICE)
    assert all("[Page " in page for page in pages)


def test_each_part_says_its_own_language(run: Run, spanish: Path) -> None:
    run("plan", PLAN, "--fallback", "en", "--allow-unreviewed")
    (made,) = (spanish / "out").glob("packet-*.pdf")
    with pikepdf.open(made) as pdf:
        assert str(pdf.Root.Lang) == "es"
        parts = pdf.Root.StructTreeRoot.K[0].K
        languages = [str(part.get("/Lang", "es")) for part in parts]
    assert languages == ["es", "en"]


def test_words_in_another_script_say_so_in_the_tags(run: Run, spanish: Path) -> None:
    plan = spanish / PLAN
    plan.write_text(plan.read_text().replace("Testa", "测试").replace("Main entrance", "مثال"))
    assert run("plan", PLAN, "--fallback", "en", "--allow-unreviewed").code == ExitCode.OK
    (made,) = (spanish / "out").glob("packet-*.pdf")
    with pikepdf.open(made) as pdf:
        said = [str(tag.Lang) for tag in tags(pdf.Root.StructTreeRoot.K[0]) if "/Lang" in tag]
    assert said == ["es", "und-Hani", "und-Arab", "en", "es", "zxx"]


def tags(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """A tag and all below it, in reading order."""
    yield element
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from tags(kid)


def test_what_is_written_in_the_readers_language_stays_in_it(run: Run, spanish: Path) -> None:
    plan = spanish / PLAN
    plan.write_text(plan.read_text().replace("[sample]", "[sample, other]"))
    assert run("plan", PLAN, "--fallback", "en", "--allow-unreviewed").code == ExitCode.OK
    assert sum(NOTICE in page for page in pages_of(spanish)) == 1


def test_the_words_that_are_printed_have_to_stand(run: Run, spanish: Path) -> None:
    refused = run("plan", PLAN, "--fallback", "en")
    assert refused.code == ExitCode.SIGN_OFF
    assert "sample (en): draft" in refused.err
    sign(spanish)
    assert run("plan", PLAN, "--fallback", "en").code == ExitCode.OK


def test_a_batch_falls_back_as_well(run: Run, spanish: Path) -> None:
    write(spanish / "r.csv", row(1, language="es"), row(2))
    batch = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--jobs", "1")
    assert run(*batch).code == ExitCode.PARTIAL
    assert run(*batch, "--resume", "--fallback", "en").code == ExitCode.OK
    statuses = json.loads((spanish / "run/manifest.json").read_text())["packets"]
    assert {packet["status"] for packet in statuses} == {"done"}


def test_a_fallback_that_the_clinic_does_not_have(run: Run, spanish: Path) -> None:
    result = run("plan", PLAN, "--fallback", "xx", "--allow-unreviewed")
    assert result.code == ExitCode.USAGE
    assert "'xx' is not a language of the clinic: en, es" in result.err
    assert (spanish / "out").exists() is False
