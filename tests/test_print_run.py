"""The print run: all packets in order, no sheet with two patients, and any part of it again."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from generator.errors import ExitCode
from tests.conftest import Run
from tests.rosters import NAMES, many, row, write

BATCH = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--jobs", "2")


def texts(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(file.read_bytes())) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def owners(pages: list[str]) -> list[int]:
    """Whose each page is, by the record number on it; 0 for nobody's."""
    found = []
    for page in pages:
        numbers = {int(part.split()[0]) for part in page.split("Record EX-")[1:]}
        assert len(numbers) <= 1
        found.append(numbers.pop() if numbers else 0)
    return found


def manifest(folder: Path) -> dict[str, Any]:
    read = json.loads((folder / "run" / "manifest.json").read_text())
    assert isinstance(read, dict)
    return read


def test_packets_come_in_the_rosters_order_page_for_page(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 3)
    ended = run(*BATCH, "--print-run", "--json")
    assert json.loads(ended.out)["sheets"] == 21
    pages = texts(folder / "run" / "print-run.pdf")
    assert owners(pages) == [1] * 7 + [2] * 7 + [3] * 7
    read = manifest(folder)
    assert [packet["sheets"] for packet in read["packets"]] == [[1, 7], [8, 14], [15, 21]]
    single = [
        text
        for packet in read["packets"]
        for text in texts(folder / "run" / "packets" / f"{packet['id']}.pdf")
    ]
    assert pages == single
    assert read["print_run"]["pages"] == 21


def test_it_is_sound_untagged_and_shares_what_is_the_same(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 8)
    run(*BATCH, "--print-run")
    file = folder / "run" / "print-run.pdf"
    with pikepdf.open(file) as pdf:
        assert not pdf.check_pdf_syntax()
        assert "/StructTreeRoot" not in pdf.Root
        shared = {page.obj.Contents[0].objgen for page in list(pdf.pages)[2::7]}
        assert len(shared) == 1
        assert len(pdf.pages) == 56
    packets = list((folder / "run" / "packets").iterdir())
    assert file.stat().st_size < 0.5 * sum(packet.stat().st_size for packet in packets)


def test_no_sheet_holds_two_patients(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1), row(2, handouts="sample; other"), row(3))
    run(*BATCH, "--print-run", "--duplex")
    found = owners(texts(folder / "run" / "print-run.pdf"))
    assert len(found) % 2 == 0
    assert all(front == back for front, back in zip(found[::2], found[1::2], strict=True))
    read = manifest(folder)
    assert read["duplex"]
    for packet in read["packets"]:
        first, last = packet["sheets"]
        assert set(found[2 * first - 2 : 2 * last]) == {packet["row"]}


@pytest.mark.parametrize("duplex", [False, True])
def test_separators_tell_the_packets_id_and_nobodys_name(
    run: Run, folder: Path, duplex: bool
) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH, "--print-run", "--separators", *(["--duplex"] if duplex else []))
    pages = texts(folder / "run" / "print-run.pdf")
    sides, own = (2, 8) if duplex else (1, 7)
    for number, packet in enumerate(manifest(folder)["packets"]):
        at = number * (sides + own)
        assert packet["id"].upper() in pages[at]
        assert f"The next packet has {own} pages." in pages[at]
        assert not any(word in pages[at] for name in NAMES for word in name.split())
        assert not duplex or not pages[at + 1]
        first, last = packet["sheets"]
        assert owners(pages[(first - 1) * sides : last * sides]) == [packet["row"]] * own


def test_it_can_be_sorted_and_the_manifest_stays_in_order(run: Run, folder: Path) -> None:
    write(
        folder / "r.csv",
        row(1, surgery_at="2027-03-16T12:00"),
        row(2, surgery_at="2027-03-16T07:45"),
        row(3, surgery_at="2027-03-16T10:00"),
    )
    run(*BATCH, "--print-run", "--sort", "surgery_at")
    found = owners(texts(folder / "run" / "print-run.pdf"))
    assert list(dict.fromkeys(found)) == [2, 3, 1]
    packets = manifest(folder)["packets"]
    assert [(p["row"], p["sheets"]) for p in packets] == [(1, [15, 21]), (2, [1, 7]), (3, [8, 14])]


def test_a_failed_row_is_left_out(run: Run, folder: Path) -> None:
    write(folder / "r.csv", row(1), row(2, given_name="ꮾ"), row(3))
    assert run(*BATCH, "--print-run").code == ExitCode.PARTIAL
    assert set(owners(texts(folder / "run" / "print-run.pdf"))) == {1, 3}
    assert manifest(folder)["packets"][1]["sheets"] is None


def test_a_jammed_range_is_printed_again_and_says_so(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 3)
    run(*BATCH, "--print-run", "--duplex")
    whole = texts(folder / "run" / "print-run.pdf")
    ended = run(*BATCH, "--from", "3", "--to", "6", "--json")
    assert ended.code == ExitCode.OK, ended.err
    assert json.loads(ended.out) == {"file": "run/reprint-1.pdf", "sheets": 4, "pages": 8}
    again = texts(folder / "run" / "reprint-1.pdf")
    mark = " Reprint Nov 23, 2026"
    assert all(mark in page for page in again)
    assert [page.replace(mark, "") for page in again] == whole[4:12]
    assert owners(again) == [1] * 4 + [2] * 4
    (noted,) = manifest(folder)["reprints"]
    assert (noted["what"], noted["on"], noted["file"]) == (
        "sheets 3 to 6",
        "2026-11-23",
        "reprint-1.pdf",
    )
    assert not any("Reprint" in page for page in texts(folder / "run" / "print-run.pdf"))
    assert run("verify", "run").code == ExitCode.OK


def test_one_row_is_printed_again(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH)
    assert run(*BATCH, "--only", "2").code == ExitCode.OK
    again = texts(folder / "run" / "reprint-1.pdf")
    assert owners(again) == [2] * 7
    assert all("Reprint Nov 23, 2026" in page for page in again)
    run(*BATCH, "--only", "1")
    assert [noted["what"] for noted in manifest(folder)["reprints"]] == ["row 2", "row 1"]
    run(*BATCH, "--resume")
    assert len(manifest(folder)["reprints"]) == 2, "a run that goes on forgets no second copy"


def test_what_cannot_be_printed_again_is_refused(run: Run, folder: Path) -> None:
    many(folder / "r.csv", 2)
    assert "has the run finished?" in run(*BATCH, "--only", "1").err
    run(*BATCH)
    assert "there is no print run yet" in run(*BATCH, "--from", "1", "--to", "2").err
    run(*BATCH, "--resume", "--print-run")
    refused = run(*BATCH, "--from", "3", "--to", "99")
    assert refused.code == ExitCode.OUTPUT
    assert "the print run has sheets 1 to 14" in refused.err
    assert "there is no packet of row 9" in run(*BATCH, "--only", "9").err
    packet = folder / "run" / "packets" / f"{manifest(folder)['packets'][0]['id']}.pdf"
    packet.write_bytes(b"other")
    assert "is not as it was written" in run(*BATCH, "--only", "1").err
    assert run(*BATCH, "--only", "2").code == ExitCode.OK
    many(folder / "r.csv", 3)
    assert "was not made from r.csv as it is now" in run(*BATCH, "--only", "2").err


def test_memory_holds_the_digests_of_what_is_shared_and_not_of_every_patient(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path
) -> None:
    from generator.compose import PrintRun, pdf_file

    many(folder / "r.csv", 1)
    run(*BATCH)
    (packet,) = (folder / "run" / "packets").iterdir()
    monkeypatch.setattr(pdf_file, "REMEMBERED", 100)
    stream = io.BytesIO()
    printed = PrintRun(stream, "Print run")
    for _ in range(60):
        printed.add(packet.read_bytes())
    printed.finish()
    assert len(printed._file._known) <= 100
    with pikepdf.open(io.BytesIO(stream.getvalue())) as pdf:
        assert len(pdf.pages) == 420
        assert not pdf.check_pdf_syntax()
