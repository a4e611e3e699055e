"""A real desk for tests and measurements: ``handouts serve`` in a process, and a small client."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

PATIENCE = 40
"""Seconds for a desk to open, on a busy machine."""
NOON = "2027-03-01T12:00"
"""When the tests' desks are: before the operations of the example patients."""
_BOUNDARY = "desk-of-the-tests"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def told(answer: Answer) -> Any:
    """What an answer says, as JSON."""
    return json.loads(answer.text)


@dataclass
class OpenDesk:
    """A desk that is open, and a browser's session at it."""

    library: Path
    folder: Path
    options: tuple[str, ...] = ()
    port: int = 0
    key: str = ""
    cookie: str = ""
    token: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the desk has said on standard error, with its key left out."""
        return (self.folder / "desk.log").read_text()

    def open(self) -> None:
        """Open it, at the port that it had before if it had one; and come in."""
        with (self.folder / "desk.log").open("ab") as log:
            self.process = self._begin(log)
        found = self._said(r"http://127\.0\.0\.1:(\d+)/enter\?key=(\w+)\S*\s*\Z")
        self.port, self.key = int(found[1]), found[2]
        came = self.get(f"/enter?key={self.key}")
        assert came.status == 303
        self.cookie = came.headers["set-cookie"].partition(";")[0]
        found_token = re.search(r'name="token" value="(\w+)"', self.get("/plan").text)
        assert found_token
        self.token = found_token[1]

    def close(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, fields: Sequence[tuple[str, str]] = (), **headers: str) -> Answer:
        """Send a form with the session's token."""
        body = urlencode([("token", self.token), *fields]).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body, {"origin": self.base, **kind, **headers})

    def drop(self, path: str, name: str, content: bytes) -> Answer:
        """Send a file with the session's token."""
        lines = (
            f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="token"\r\n\r\n{self.token}\r\n'
            f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n'
            "content-type: application/octet-stream\r\n\r\n"
        )
        body = lines.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
        kind = {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
        return self.ask("POST", path, body, {"origin": self.base, **kind})

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Any request at all."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            cookie = {"cookie": self.cookie} if self.cookie else {}
            line.request(method, path, body, {**cookie, **(headers or {})})
            answer = line.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            line.close()

    def _begin(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [
            *(sys.executable, "-m", "generator", "-v", "--library", str(self.library)),
            *("--as-of", NOON, "serve", "--no-browser", "--port", str(self.port), *self.options),
        ]
        environment = {**os.environ, "HANDOUTS_DESK": str(self.folder / "desk"), **self.environment}
        return subprocess.Popen(command, stderr=log, env=environment, cwd=self.folder)

    def _said(self, pattern: str) -> re.Match[str]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := re.search(pattern, self.log):
                return found
            assert self.process
            assert self.process.poll() is None, self.log
            time.sleep(0.05)
        raise AssertionError(self.log)


@contextmanager
def open_desk(library: Path, folder: Path, *options: str, **environment: str) -> Iterator[OpenDesk]:
    """A desk on a library, closed at the end of the ``with``."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = OpenDesk(library, folder, options, environment=environment)
    desk.open()
    try:
        yield desk
    finally:
        desk.close()
