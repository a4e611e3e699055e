"""Locks PDFs with a password (AES-256, ISO 32000-2), and opens again what we locked."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from generator.errors import FileLocked, UsageError

SHORTEST, LONGEST = 8, 127
"""Characters that make guessing slow; bytes that PDF's key derivation takes."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A password. It stays in this process: workers make packets without it."""

    password: str

    def __repr__(self) -> str:
        return "Lock(…)"

    def locked(self, pdf: bytes) -> bytes:
        """The same pages, to be opened with the password alone; all of its rights go with it."""
        how = pikepdf.Encryption(user=self.password, owner=self.password, R=6)
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as document:
            document.save(written, encryption=how)
        return written.getvalue()

    def mark(self, key: bytes) -> str:
        """Tells whether a run goes on with the same password, at the price of guessing it in
        the PDF itself."""
        made = hashlib.scrypt(self.password.encode(), salt=key, n=2**14, r=8, p=1, dklen=8)
        return made.hex()


def read_lock(file: Path) -> Lock:
    """The password in a file's first line; raises :class:`UsageError` for one that protects
    nothing, or that others can read."""
    try:
        with file.open("rb") as stream:
            others = stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & 0o077
            first = stream.readline(LONGEST + 3).rstrip(b"\r\n").decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"the password file {file} cannot be read: {reason}.") from None
    if others:
        raise UsageError(f"others can read the password file {file}. Run: chmod 600 {file}")
    if len(first) < SHORTEST or len(first.encode()) > LONGEST:
        allowed = f"at least {SHORTEST} characters and at most {LONGEST} bytes"
        raise UsageError(f"the first line of the password file {file} must have {allowed}.")
    return Lock(first)


def opened(name: str, pdf: bytes, lock: Lock | None) -> bytes:
    """A file's pages without a lock; raises :class:`FileLocked` when the password is not its."""
    if b"/Encrypt" not in pdf:
        return pdf
    try:
        with pikepdf.open(io.BytesIO(pdf), password=lock.password if lock else "") as document:
            if not document.is_encrypted:
                return pdf
            written = io.BytesIO()
            document.save(written, encryption=False)
            return written.getvalue()
    except pikepdf.PasswordError:
        raise FileLocked(name, known=lock is not None) from None
