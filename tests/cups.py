"""A CUPS of the tests' own: in a folder of its own, with a queue that keeps what it gets."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

QUEUE = "Ward3"
SERVER = """Listen {folder}/cups.sock
WebInterface No
Browsing No
DefaultAuthType None
JobPrivateAccess all
JobPrivateValues none
PreserveJobFiles Yes
PreserveJobHistory Yes
<Location />
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
FILES = """FileDevice Yes
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
SystemGroup {group}
"""


@contextmanager
def own_cups() -> Iterator[Path]:
    """A CUPS of our own, in a folder of its own, with one queue; nothing leaves the machine."""
    daemon = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert daemon, "CUPS is missing; install it with: make test-libraries"
    with tempfile.TemporaryDirectory(prefix="cups-") as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("spool", "spool/tmp", "cache", "state"):
            (folder / part).mkdir()
        group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True)
        (folder / "cupsd.conf").write_text(SERVER.format(folder=folder))
        files = FILES.format(folder=folder, group=group.stdout.strip())
        (folder / "cups-files.conf").write_text(files)
        patch.setenv("CUPS_SERVER", str(folder / "cups.sock"))
        line = [daemon, "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"]
        with subprocess.Popen(line, stderr=subprocess.DEVNULL) as server:
            try:
                wait_until_running()
                admin("lpadmin", "-p", QUEUE, "-E", "-v", "file:/dev/null", "-m", "raw")
                yield folder
            finally:
                server.terminate()


def wait_until_running() -> None:
    end = time.monotonic() + 20
    while "is running" not in admin("lpstat", "-r", check=False):
        assert time.monotonic() < end, "CUPS did not start"
        time.sleep(0.1)


def admin(command: str, *arguments: str, check: bool = True) -> str:
    where = shutil.which(command, path=f"{os.environ['PATH']}:/usr/sbin")
    assert where
    line = [where, *arguments]
    ended = subprocess.run(line, capture_output=True, text=True, check=check)
    return ended.stdout


def spooled(cups: Path) -> list[bytes]:
    """Every document that the server took, in order."""
    return [file.read_bytes() for file in sorted((cups / "spool").glob("d*"))]


def asked(cups: Path, job: int) -> bytes:
    """What the server was asked for: the attributes of a job, as IPP."""
    end = time.monotonic() + 10
    file = cups / "spool" / f"c{job:05}"
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return file.read_bytes()
