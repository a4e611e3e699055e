"""A hostile client at the desk: each request is refused or served, and memory stays bounded."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import psutil
import pytest
from starlette.types import Message, Receive, Scope, Send

from generator.web import guard
from tests.conftest import REPO
from tests.desk import OpenDesk, open_desk

FORM = {"content-type": "application/x-www-form-urlencoded"}
GROWTH = 250_000_000
"""Bytes that the desk may grow by under 200 requests at a time, or bodies of 50 MB."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(REPO / "tests" / "library", folder / "library")
    shutil.copytree(REPO / "templates", folder / "library" / "templates")
    with open_desk(folder / "library", folder / "desk") as opened:
        opened.get("/handouts/sample/en")
        yield opened


def size(desk: OpenDesk) -> int:
    assert desk.process
    return int(psutil.Process(desk.process.pid).memory_info().rss)


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_for_the_desk_is_refused(desk: OpenDesk, host: str) -> None:
    """A name of another site that leads here (DNS rebinding), or the desk's without its port."""
    answer = desk.get("/", host=host)
    assert answer.status in {400, 421}
    assert b"card" not in answer.body


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "https://127.0.0.1:{port}", "http://127.0.0.1"]
)
def test_a_form_of_another_site_is_refused(desk: OpenDesk, origin: str) -> None:
    headers = {**FORM, "origin": origin.format(port=desk.port)}
    body = f"token={desk.token}&handout=sample".encode()
    assert desk.ask("POST", "/favourite", body, headers).status == 403


def test_a_form_without_an_origin_is_refused(desk: OpenDesk) -> None:
    body = f"token={desk.token}&handout=sample".encode()
    assert desk.ask("POST", "/favourite", body, FORM).status == 403


def test_another_site_gets_nothing_to_embed(desk: OpenDesk) -> None:
    for mode in ("no-cors", "cors", "nested-navigate"):
        answer = desk.get("/", **{"sec-fetch-site": "cross-site", "sec-fetch-mode": mode})
        assert answer.status == 403
    headers = desk.get("/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "'unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("token", ["", "0" * 64, "ä"])
def test_a_form_without_its_token_is_refused(desk: OpenDesk, token: str) -> None:
    body = f"token={quote(token)}&handout=sample".encode()
    answer = desk.ask("POST", "/favourite", body, {**FORM, "origin": desk.base})
    assert answer.status == 403


def test_who_has_not_come_in_sees_nothing(desk: OpenDesk) -> None:
    stranger = OpenDesk(desk.library, desk.folder, port=desk.port)
    for path in ("/", "/plan", "/batch", "/board", "/pages/sample/en.pdf", "/edit/events"):
        answer = stranger.get(path)
        assert answer.status == 401
        assert b"sample" not in answer.body
    assert stranger.get("/enter?key=0").status == 401
    stranger.cookie = desk.cookie[:-3] + "000"
    assert stranger.get("/").status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/handouts/..%2f..%2fetc/en",
        "/handouts/../../etc/passwd",
        "/handouts/sample/..%2f..%2fen",
        "/pages/sample/..%2f..%2f..%2fetc%2fpasswd.pdf",
        "/static/../serve.py",
        "/static/..%2fserve.py",
        "/static//etc/passwd",
        "/fonts/..%2f..%2f..%2fetc%2fpasswd",
        "/batch/..%2f..%2f",
        "/batch/000000000000/files/..%2froster.csv",
        "/plan/..%2fsample",
        "/board/sample/%00",
        "/edit/%2e%2e/en",
        "/pages/sample/en/read/99999999999999999999.png",
        "/pages/sample/en/read/-1.png",
        f"/pages/sample/en/read/{'9' * 5000}.png",
    ],
)
def test_no_address_leads_out(desk: OpenDesk, path: str) -> None:
    answer = desk.get(path)
    assert answer.status in {400, 404, 405}
    assert b"root:" not in answer.body
    assert b"import uvicorn" not in answer.body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(desk: OpenDesk, method: str) -> None:
    assert desk.ask(method, "/", b"", {"origin": desk.base}).status == 405


def test_a_body_of_50_megabytes_is_refused_before_it_is_read(desk: OpenDesk) -> None:
    before = size(desk)
    head = (
        f"POST /plan/read HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nOrigin: {desk.base}\r\n"
        f"Cookie: {desk.cookie}\r\nContent-Length: 50000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    assert size(desk) - before < GROWTH


def test_a_body_of_no_length_is_refused(desk: OpenDesk) -> None:
    head = (
        f"POST /plan/read HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nOrigin: {desk.base}\r\n"
        f"Cookie: {desk.cookie}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 411")


def test_a_body_that_does_not_arrive_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS_TO_SEND", 0.05)
    sent: list[Message] = []

    async def app(_: Scope, __: Receive, ___: Send) -> None:
        raise AssertionError("it was handed on")

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"desk"), (b"origin", b"http://desk"), (b"content-length", b"10")]
    scope: Scope = {"type": "http", "method": "POST", "path": "/plan", "headers": headers}
    asyncio.run(guard.Guard(app, frozenset({"http://desk"}))(scope, receive, send))
    assert sent[0]["status"] == 408


def test_slow_clients_do_not_keep_others_waiting(desk: OpenDesk) -> None:
    head = (
        f"POST /favourite HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nOrigin: {desk.base}\r\n"
        f"Cookie: {desk.cookie}\r\nContent-Length: 100\r\n\r\nt"
    )
    lines = [socket.create_connection(("127.0.0.1", desk.port)) for _ in range(40)]
    try:
        for line in lines:
            line.sendall(head.encode())
        assert desk.get("/").status == 200
    finally:
        for line in lines:
            line.close()


def test_200_requests_at_a_time_are_answered_or_asked_to_come_again(desk: OpenDesk) -> None:
    before = size(desk)
    fields = [("patient.record_id", "EX-000123"), ("patient.family_name", "Exampleperson")]

    def one(n: int) -> int:
        match n % 4:
            case 0:
                return desk.get("/").status
            case 1:
                return desk.get("/handouts/sample/en").status
            case 2:
                return desk.post("/plan/sample-operation/look", fields).status
            case _:
                return desk.get(f"/pages/sample/en/read/{1 + n % 3}.png").status

    with ThreadPoolExecutor(200) as clients:
        found = Counter(clients.map(one, range(400)))
    assert set(found) <= {200, 503}
    assert found[200] >= 200
    assert desk.get("/").status == 200
    assert size(desk) - before < GROWTH


def test_the_log_names_routes_and_no_values(desk: OpenDesk) -> None:
    desk.get("/plan/Exampleperson?name=Testa")
    desk.post("/plan/read", [("file", "Exampleperson")])
    assert "GET /plan/{procedure} 404" in desk.log
    assert "Exampleperson" not in desk.log
    assert "Testa" not in desk.log
    assert desk.cookie.partition("=")[2] not in desk.log
