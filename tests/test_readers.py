"""What we compose is opened by every reader that is here, and none has a word to say about it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from tests.conftest import Run
from tests.rosters import row, write

BATCH = ("batch", "r.csv", "-o", "run", "--allow-unreviewed", "--jobs", "2")
SECRET = "eight-or-more"  # noqa: S105  # a test's

ON_THE_MACHINE = (
    ("pdftotext", "-upw", "{1}", "{0}", "/dev/null"),
    ("qpdf", "--check", "--password={1}", "{0}"),
    ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", "-sPDFPassword={1}", "{0}"),
)


def warnings(file: Path, password: str) -> Iterator[str]:
    """What qpdf, MuPDF and PDFium say to a file, and Poppler, qpdf's own program and Ghostscript
    where a machine has them."""
    with pikepdf.open(file, password=password) as pdf:
        yield from pdf.check_pdf_syntax()
        pages = len(pdf.pages)
    pymupdf.TOOLS.reset_mupdf_warnings()  # type: ignore[no-untyped-call]
    with pymupdf.open(file) as pdf:  # type: ignore[no-untyped-call]
        pdf.authenticate(password)
        assert len(pdf) == pages
        for page in pdf:
            page.get_text()
            page.get_pixmap(dpi=30)
    yield pymupdf.TOOLS.mupdf_warnings()  # type: ignore[no-untyped-call]
    with pypdfium2.PdfDocument(file, password=password) as pdf:
        assert len(pdf) == pages
        for page in pdf:
            page.render(scale=0.3)
    for program, *arguments in ON_THE_MACHINE:
        if shutil.which(program):
            command = [program, *(argument.format(file, password) for argument in arguments)]
            ended = subprocess.run(command, check=False, capture_output=True, text=True)
            yield ended.stderr
            assert ended.returncode == 0, program


@pytest.mark.parametrize("locked", [False, True])
def test_no_reader_warns_of_a_packet_or_a_print_run(locked: bool, run: Run, folder: Path) -> None:
    (folder / "password").write_text(SECRET)
    (folder / "password").chmod(0o600)
    write(folder / "r.csv", row(1), row(2, handouts="sample; other"))
    lock = ("--encrypt-to", "password") if locked else ()
    assert run(*BATCH, "--print-run", "--separators", "--duplex", *lock).code == 0
    assert run(*BATCH, "--only", "2", "--duplex", *lock).code == 0
    files = list((folder / "run").rglob("*.pdf"))
    assert len(files) == 4
    for file in files:
        assert [said for said in warnings(file, SECRET if locked else "") if said] == [], file.name
