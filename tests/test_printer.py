"""Printing: to a real CUPS with a queue that keeps what it gets; its refusals are explained."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from generator.errors import ExitCode, MachineError, PrinterError
from generator.run import Spool, send
from tests.conftest import Run
from tests.cups import QUEUE, admin, asked, own_cups, spooled
from tests.rosters import many


@pytest.fixture(scope="module")
def cups() -> Iterator[Path]:
    with own_cups() as folder:
        yield folder


def number(job: str) -> int:
    return int(job.rpartition("-")[2])


def test_a_handout_is_sent_as_it_was_printed(cups: Path, run: Run, folder: Path) -> None:
    run("build", "other")
    ended = run("print", "other", "--printer", QUEUE, "--duplex", "--copies", "2", "--json")
    assert ended.code == ExitCode.OK, ended.err
    said = json.loads(ended.out)
    assert set(said) == {"job", "printer"}
    assert said["printer"] == QUEUE
    assert spooled(cups)[-1] == (folder / "out" / "other.en.pdf").read_bytes()
    attributes = asked(cups, number(said["job"]))
    for words in (b"two-sided-long-edge", b"Letter", b"other.en", b"copies"):
        assert words in attributes, words


def test_another_paper_is_printed_and_asked_for(cups: Path, run: Run) -> None:
    ended = run("print", "other", "--printer", QUEUE, "--paper", "a4", "--json")
    assert b"A4" in asked(cups, number(json.loads(ended.out)["job"]))
    with pypdfium2.PdfDocument(io.BytesIO(spooled(cups)[-1])) as document:
        assert round(document[0].get_height()) == 842


def test_a_packet_is_sent_without_the_patients_name(cups: Path, run: Run, folder: Path) -> None:
    made = json.loads(run("plan", "content/examples/plan.yaml", "--allow-unreviewed", "--json").out)
    ended = run("print", made[0]["file"], "--printer", QUEUE)
    assert ended.code == ExitCode.OK, ended.err
    assert f"sent to {QUEUE} as {QUEUE}-" in ended.out
    attributes = asked(cups, number(ended.out.strip()))
    assert made[0]["id"].encode() in attributes
    assert b"one-sided" in attributes
    assert not any(word in attributes for word in (b"Testa", b"Exampleperson", b"EX-000123"))
    assert spooled(cups)[-1] == (folder / made[0]["file"]).read_bytes()


def test_a_run_is_sent_as_one_job_or_packet_by_packet(cups: Path, run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    batch = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--printer", QUEUE)
    before = len(spooled(cups))
    assert run(*batch, "--print-run").code == ExitCode.OK
    assert spooled(cups)[before:] == [(folder / "run" / "print-run.pdf").read_bytes()]
    assert run(*batch, "--resume").code == ExitCode.OK
    pages = []
    for content in spooled(cups)[before + 1 :]:
        with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
            pages.append(document[0].get_textpage().get_text_bounded())
    assert ["EX-000001" in pages[0], "EX-000002" in pages[1]] == [True, True]
    assert len(pages) == 2
    assert run(*batch, "--only", "2").code == ExitCode.OK
    assert spooled(cups)[-1] == (folder / "run" / "reprint-1.pdf").read_bytes()


def test_a_queue_that_is_not_there(cups: Path, run: Run) -> None:
    assert cups
    ended = run("print", "other", "--printer", "Nowhere")
    assert ended.code == ExitCode.OUTPUT
    assert ended.err.startswith("handouts: the printer Nowhere refused: ")
    assert "lpstat -p -a" in ended.err
    assert "Traceback" not in ended.err


def test_a_queue_that_takes_no_jobs(cups: Path, tmp_path: Path) -> None:
    assert cups
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7")
    admin("cupsreject", QUEUE)
    try:
        with pytest.raises(PrinterError, match='Destination "Ward3" is not accepting jobs'):
            send(file, "x", Spool(QUEUE, "a4"))
    finally:
        admin("cupsaccept", QUEUE)


def test_what_is_neither_a_file_nor_a_handout(run: Run) -> None:
    ended = run("print", "nowhere.pdf", "--printer", QUEUE)
    assert ended.code == ExitCode.USAGE
    assert "nowhere.pdf is no file. Name a PDF, or one of: other, sample." in ended.err
    assert run("print", "nothing", "--printer", QUEUE).code == ExitCode.USAGE
    assert run("print", "other").code == ExitCode.USAGE


def test_a_machine_without_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MachineError, match=r"CUPS is missing\. .*make system-libraries"):
        send(tmp_path / "x.pdf", "x", Spool(QUEUE, "a4"))
