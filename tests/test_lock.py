"""Locked packets: nobody reads them without the password, and every command copes or says why."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from generator.errors import ExitCode
from tests.conftest import Run
from tests.rosters import many
from tests.test_batch import BATCH, manifest, packets, resumed

SECRET = "eight-or-more"  # noqa: S105  # a test's
NAME, AES = b"Inventedname", ("aesv3", "aesv3")


@pytest.fixture
def password(folder: Path) -> str:
    return kept(folder / "password", SECRET)


def kept(file: Path, secret: str) -> str:
    file.write_text(f"{secret}\n")
    file.chmod(0o600)
    return str(file)


def text(file: Path, password: str = SECRET) -> str:
    with pikepdf.open(file, password=password) as pdf:
        how = pdf.encryption
        assert (how.V, how.R, how.stream_method.name, how.string_method.name) == (5, 6, *AES)
        assert not pdf.check_pdf_syntax()
    with pypdfium2.PdfDocument(file, password=password) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_locked_run(run: Run, folder: Path, password: str) -> None:
    many(folder / "r.csv", 3)
    ended = run(*BATCH, "--print-run", "--encrypt-to", password)
    assert ended.code == ExitCode.OK, ended.err
    files = [folder / "run" / "print-run.pdf", *(folder / "run" / "packets").iterdir()]
    assert len(files) == 4
    for file in files:
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(file)
        assert NAME not in file.read_bytes()
    for packet in manifest(folder)["packets"]:
        said = text(folder / "run" / "packets" / f"{packet['id']}.pdf")
        assert said.count(f"Record {packet['record_id']}") == packet["pages"]
    assert text(files[0]).count("Record EX-000002") == manifest(folder)["packets"][1]["pages"]
    everything = b"".join(path.read_bytes() for path in (folder / "run").glob("*.*"))
    assert SECRET.encode() not in everything + (folder / "run" / "journal").read_bytes()
    assert run("verify", "run").code == ExitCode.OK
    again = json.loads(run(*BATCH, "--encrypt-to", password, "--resume", "--json").out)
    assert again["kept"] == 3


def test_a_run_that_goes_on_without_its_password_or_with_another_is_made_anew(
    run: Run, folder: Path, password: str
) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH, "--encrypt-to", password)
    before = packets(folder)
    other = kept(folder / "other", "another-password")
    assert json.loads(run(*BATCH, "--encrypt-to", other, "--resume", "--json").out)["kept"] == 0
    assert all(packets(folder)[name] != digest for name, digest in before.items())
    assert resumed(run)["kept"] == 0
    for file in (folder / "run" / "packets").iterdir():
        pikepdf.open(file).close()


def test_sheets_are_printed_again_with_the_password_alone(
    run: Run, folder: Path, password: str
) -> None:
    many(folder / "r.csv", 2)
    run(*BATCH, "--print-run", "--encrypt-to", password)
    again = (*BATCH, "--only", "2")
    ended = run(*again)
    assert ended.code == ExitCode.OUTPUT
    assert "is locked with a password. Name the file that holds its password" in ended.err
    wrong = kept(folder / "other", "another-password")
    assert "is locked with another password" in run(*again, "--encrypt-to", wrong).err
    assert not list((folder / "run").glob("reprint*"))
    ended = run(*again, "--encrypt-to", password)
    assert ended.code == ExitCode.OK, ended.err
    assert "Record EX-000002" in text(folder / "run" / "reprint-1.pdf")


def test_one_patients_packet_is_locked_too(run: Run, folder: Path, password: str) -> None:
    plan = ("plan", "content/examples/plan.yaml", "--allow-unreviewed", "--encrypt-to", password)
    assert run(*plan).code == ExitCode.OK
    (made,) = (folder / "out").glob("*.pdf")
    assert "Testa Exampleperson" in text(made)
    ended = run("print", str(made), "--printer", "Nowhere")
    assert ended.code == ExitCode.OUTPUT
    assert "is locked with a password, which a printer does not have" in ended.err
    ended = run("whatis", str(made))
    assert ended.code not in (ExitCode.OK, ExitCode.BUG), ended.err
    assert "password" in ended.err


def test_a_printer_gets_no_locked_run(run: Run, folder: Path, password: str) -> None:
    many(folder / "r.csv", 1)
    ended = run(*BATCH, "--encrypt-to", password, "--printer", "Ward3")
    assert ended.code == ExitCode.USAGE
    assert not (folder / "run").exists()


@pytest.mark.parametrize(
    ("secret", "mode", "said"),
    [
        ("short", 0o600, "must have at least 8 characters and at most 127 bytes"),
        ("", 0o600, "must have at least 8 characters"),
        ("x" * 128, 0o600, "at most 127 bytes"),
        (SECRET, 0o640, "others can read the password file"),
    ],
)
def test_a_password_that_protects_nothing_is_refused(
    secret: str, mode: int, said: str, run: Run, password: str
) -> None:
    kept(Path(password), secret)
    Path(password).chmod(mode)
    ended = run("plan", "content/examples/plan.yaml", "--encrypt-to", password)
    assert ended.code == ExitCode.USAGE
    assert said in ended.err
    assert not secret or secret not in ended.err


def test_a_password_file_that_is_not_there(run: Run) -> None:
    ended = run("plan", "content/examples/plan.yaml", "--encrypt-to", "nowhere")
    assert ended.code == ExitCode.USAGE
    assert "the password file nowhere cannot be read: No such file or directory." in ended.err
