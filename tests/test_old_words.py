"""Pages whose words stood when they were made are not printed once those do not stand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from generator.batches import Ran
from generator.cli.run_report import files_to_print
from generator.compose.metadata import run_metadata
from generator.compose.read_codes import UnreadableCopy, said_of_file
from generator.compose.review_metadata import words_fields
from generator.errors import ExitCode
from generator.signoff import State
from tests.conftest import Run
from tests.cups import QUEUE, own_cups, spooled
from tests.rosters import many, row, write
from tests.signing import sign

SENT = ("--printer", QUEUE)
BATCH = ("batch", "r.csv", "-o", "run", "--jobs", "1")
WITHDRAWN = "sample (en), version 1.0: its words were withdrawn on 2026-11-02. The hour is wrong\n"


@pytest.fixture(scope="module")
def cups() -> Iterator[Path]:
    with own_cups() as folder:
        yield folder


def withdraw(folder: Path, handout: str = "sample") -> None:
    sign(folder, handout, action="withdraw", note="The hour is wrong", on="2026-11-02")


def change(folder: Path) -> None:
    """A fact that every handout prints."""
    file = folder / "content" / "clinic.yaml"
    text = file.read_text()
    assert "555-0111" in text
    file.write_text(text.replace("555-0111", "555-0199"))


def test_a_handout_whose_words_were_withdrawn(cups: Path, run: Run, folder: Path) -> None:
    sign(folder, on="2026-11-01")
    run("build", "sample")
    assert run("print", "out/sample.en.pdf", *SENT).code == ExitCode.OK
    withdraw(folder)
    before = len(spooled(cups))
    ended = run("print", "out/sample.en.pdf", *SENT)
    assert ended.code == ExitCode.SIGN_OFF
    assert "not printed: the words in out/sample.en.pdf stood when it was made" in ended.err
    assert WITHDRAWN in ended.err
    assert len(spooled(cups)) == before


def test_a_booklet_and_a_packet_say_it_too(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    sign(folder, on="2026-11-01")
    run("build", "sample", "--booklet")
    (made,) = json.loads(run("plan", "content/examples/plan.yaml", "--json").out)
    change(folder)
    for file in ("out/sample.en.booklet.pdf", made["file"]):
        ended = run("print", file, *SENT)
        assert ended.code == ExitCode.SIGN_OFF, file
        assert "its words are old. What the library has in their place stands as" in ended.err


def test_a_review_that_has_run_out_since(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    sign(folder, on="2026-11-01", valid_months=1)
    run("build", "sample")
    on_time = run("--as-of", "2026-12-01", "print", "out/sample.en.pdf", *SENT)
    assert on_time.code == ExitCode.OK
    late = run("--as-of", "2026-12-02", "print", "out/sample.en.pdf", *SENT)
    assert late.code == ExitCode.SIGN_OFF
    assert "its review holds until 2026-12-01" in late.err


def test_pages_that_are_marked_are_printed_as_they_are(cups: Path, run: Run, folder: Path) -> None:
    """In one packet too, where a draft bears its mark and withdrawn words bear none."""
    assert cups
    sign(folder, "other", on="2026-11-01")
    write(folder / "r.csv", row(1, handouts="sample; other"), row(2))
    run(*BATCH, "--allow-unreviewed")
    withdraw(folder, "other")
    both, draft = (packet["id"] for packet in manifest(folder)["packets"])
    ended = run("print", f"run/packets/{both}.pdf", *SENT)
    assert ended.code == ExitCode.SIGN_OFF
    assert WITHDRAWN.replace("sample", "other") in ended.err
    assert "sample" not in ended.err
    assert run("print", f"run/packets/{draft}.pdf", *SENT).code == ExitCode.OK


def manifest(folder: Path) -> dict[str, list[dict[str, str]]]:
    read: dict[str, list[dict[str, str]]] = json.loads(
        (folder / "run" / "manifest.json").read_text()
    )
    return read


def test_a_print_run_and_what_is_printed_again(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    sign(folder, on="2026-11-01")
    many(folder / "r.csv", 2)
    assert run(*BATCH, "--print-run").code == ExitCode.OK
    assert run(*BATCH, "--only", "2").code == ExitCode.OK
    for file in ("print-run.pdf", "reprint-1.pdf"):
        assert run("print", f"run/{file}", *SENT).code == ExitCode.OK
    withdraw(folder)
    for command in (
        ("print", "run/print-run.pdf", *SENT),
        ("print", "run/reprint-1.pdf", *SENT),
        (*BATCH, "--only", "2"),
        (*BATCH, "--from", "1", "--to", "3", *SENT),
    ):
        ended = run(*command)
        assert ended.code == ExitCode.SIGN_OFF, command
        assert WITHDRAWN in ended.err
    assert "the words in sheets 1 to 3 stood" in ended.err
    assert not (folder / "run" / "reprint-2.pdf").exists()


def test_only_the_packets_that_are_asked_for_matter(run: Run, folder: Path) -> None:
    sign(folder, on="2026-11-01")
    sign(folder, "other", on="2026-11-01")
    write(folder / "r.csv", row(1), row(2, handouts="sample; other"))
    run(*BATCH, "--print-run")
    withdraw(folder, "other")
    assert run(*BATCH, "--only", "1").code == ExitCode.OK
    assert run(*BATCH, "--only", "2").code == ExitCode.SIGN_OFF


def test_a_part_of_a_run_says_the_words_of_that_part(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    sign(folder, on="2026-11-01")
    sign(folder, "other", on="2026-11-01")
    write(folder / "r.csv", row(1), row(2, handouts="sample; other"))
    run(*BATCH, "--print-run")
    run(*BATCH, "--only", "1")
    withdraw(folder, "other")
    assert run("print", "run/reprint-1.pdf", *SENT).code == ExitCode.OK
    assert run("print", "run/print-run.pdf", *SENT).code == ExitCode.SIGN_OFF


def test_words_have_to_stand_until_the_operation(cups: Path, run: Run, folder: Path) -> None:
    """As for a new packet: the review of these ends before the sixteenth of March."""
    assert cups
    sign(folder, on="2026-11-01")
    many(folder / "r.csv", 1)
    assert run(*BATCH).code == ExitCode.OK
    (packet,) = (folder / "run" / "packets").glob("*.pdf")
    assert run("print", str(packet), *SENT).code == ExitCode.OK
    sign(folder, on="2026-11-02", valid_months=1)
    for command in ((*BATCH, "--only", "1"), ("print", str(packet), *SENT)):
        ended = run(*command)
        assert ended.code == ExitCode.SIGN_OFF, command
        assert "its review holds until 2026-12-02" in ended.err


def test_words_that_are_withdrawn_while_a_run_is_made_are_not_sent(
    cups: Path, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(folder, on="2026-11-01")
    many(folder / "r.csv", 1)
    before = len(spooled(cups))

    def made(ran: Ran) -> list[Path]:
        withdraw(folder)
        return files_to_print(ran)

    monkeypatch.setattr("generator.cli.batch_command.files_to_print", made)
    ended = run(*BATCH, "--print-run", *SENT)
    assert ended.code == ExitCode.SIGN_OFF
    assert "not printed: the words in run stood when it was made" in ended.err
    assert len(spooled(cups)) == before


def test_separator_sheets_alone_are_not_printed_again(run: Run, folder: Path) -> None:
    sign(folder, on="2026-11-01")
    many(folder / "r.csv", 1)
    run(*BATCH, "--print-run", "--separators", "--duplex")
    ended = run(*BATCH, "--from", "1", "--to", "1")
    assert ended.code == ExitCode.OUTPUT
    assert "what lies from --from to --to has separator sheets alone" in ended.err
    assert not (folder / "run" / "reprint-1.pdf").exists()


def test_words_made_anew_are_printed(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    sign(folder, on="2026-11-01")
    many(folder / "r.csv", 1)
    run(*BATCH, "--print-run")
    change(folder)
    assert run("print", "run/print-run.pdf", *SENT).code == ExitCode.SIGN_OFF
    sign(folder, on="2026-11-03", version="1.0")
    assert run(*BATCH, "--resume", "--print-run").code == ExitCode.OK
    assert run("print", "run/print-run.pdf", *SENT).code == ExitCode.OK


def test_another_clinics_handout(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    sign(folder, on="2026-11-01")
    run("build", "sample")
    file = folder / "out" / "sample.en.pdf"
    shutil.rmtree(folder / "handouts" / "sample")
    ended = run("print", str(file), *SENT)
    assert ended.code == ExitCode.SIGN_OFF
    assert "sample (en), version 1.0: this library has no such handout" in ended.err


def test_a_file_that_is_not_ours_is_printed_and_said(cups: Path, run: Run, folder: Path) -> None:
    assert cups
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "letter.pdf")
    ended = run("print", "letter.pdf", *SENT)
    assert ended.code == ExitCode.OK
    assert (
        "letter.pdf does not say which words it has; whether they stand is not known" in ended.err
    )


@pytest.mark.parametrize("xmp", [b"<html><p>no XMP", b"\xff\xfe\x00", b"", None])
def test_other_peoples_metadata_say_nothing_and_do_no_harm(
    xmp: bytes | None, cups: Path, run: Run, folder: Path
) -> None:
    assert cups
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Metadata = (
            pikepdf.Dictionary(A=1)
            if xmp is None
            else pdf.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        )
        pdf.save(folder / "letter.pdf", fix_metadata_version=False)
    ended = run("print", "letter.pdf", *SENT)
    assert ended.code == ExitCode.OK
    assert ended.err.splitlines() == [
        "handouts: letter.pdf does not say which words it has; whether they stand is not known."
    ]


def test_a_file_that_nobody_may_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCopy, match=r"gone\.pdf: it cannot be read: No such file"):
        said_of_file(tmp_path / "gone.pdf", "gone.pdf")


def test_more_states_than_codes_are_passed_over_and_each_code_is_named_once(
    tmp_path: Path,
) -> None:
    code = "HP1:sample:1.0:en:0123456789abcdef0123"
    said = words_fields([(code, State.DRAFT), (code, State.DRAFT)])
    said = said.replace("</rdf:Seq></review:stood>", "<rdf:li>x</rdf:li></rdf:Seq></review:stood>")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        xmp = run_metadata("t", (), ()).replace(b"</rdf:RDF>", said.encode() + b"</rdf:RDF>")
        pdf.Root.Metadata = pdf.make_stream(xmp)
        pdf.save(tmp_path / "x.pdf")
    (words,) = said_of_file(tmp_path / "x.pdf", "x.pdf").words
    assert (str(words.code), words.state) == (code, State.DRAFT)


def test_what_is_no_pdf_is_not_sent(cups: Path, run: Run, folder: Path) -> None:
    before = len(spooled(cups))
    (folder / "note.pdf").write_text("a note")
    ended = run("print", "note.pdf", *SENT)
    assert ended.code == ExitCode.USAGE
    assert "note.pdf: it is no PDF that can be read; make it anew" in ended.err
    assert len(spooled(cups)) == before


def test_where_words_stood_is_taken_as_that_they_did_when_a_file_does_not_say(
    cups: Path, run: Run, folder: Path
) -> None:
    assert cups
    run("build", "sample")
    file = folder / "out" / "sample.en.pdf"
    assert run("print", str(file), *SENT).code == ExitCode.OK
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        start, end = xmp.index(b"<review:stood>"), xmp.index(b"</review:stood>")
        pdf.Root.Metadata = pdf.make_stream(xmp[:start] + xmp[end + len(b"</review:stood>") :])
        pdf.save(file)
    assert run("print", str(file), *SENT).code == ExitCode.SIGN_OFF


def test_a_manifest_with_a_state_that_is_none(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 1)
    run(*BATCH, "--allow-unreviewed")
    file = folder / "run" / "manifest.json"
    file.write_text(file.read_text().replace('"draft"', '"fine"'))
    assert "is not a manifest of a run" in run("verify", "run").err
