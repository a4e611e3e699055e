"""Opens the desk at an address and keeps it open: for this machine alone, unless told otherwise."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from generator.errors import MachineError, UsageError
from generator.web.app import application
from generator.web.desk import Desk

LOOPBACK = "127.0.0.1"
NAMES = ("127.0.0.1", "localhost")
LEAST_PASSWORD = 12
"""Characters of a password that other machines may come in with."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk is. Another host than this machine's own needs ``allow_remote``, a
    ``certificate`` (PEM, the key in the same file) and a password."""

    port: int
    host: str = LOOPBACK
    allow_remote: bool = False
    certificate: Path | None = None

    @property
    def remote(self) -> bool:
        """Whether other machines can reach it."""
        try:
            return not ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"

    @property
    def origins(self) -> frozenset[str]:
        """How browsers name it."""
        scheme = "https" if self.certificate else "http"
        names = {socket.getfqdn(), socket.gethostname(), self.host} if self.remote else set(NAMES)
        usual = {"https": 443, "http": 80}[scheme]
        port = "" if self.port == usual else f":{self.port}"
        return frozenset(f"{scheme}://{name.lower()}{port}" for name in names)

    def check(self, password: str | None) -> None:
        """Raise :class:`UsageError` for an address that would let strangers in."""
        if not self.remote:
            return
        missing = [
            said
            for said, there in (
                ("--allow-remote", self.allow_remote),
                ("--certificate", self.certificate),
                ("--password-file", password),
            )
            if not there
        ]
        if missing:
            raise UsageError(
                f"--host {self.host} opens the desk to other machines, and patients' names go "
                f"over the network then. Add {', '.join(missing)}; or leave --host out."
            )
        if self.host in {"0.0.0.0", "::"}:  # noqa: S104  # refused, not bound
            raise UsageError(
                f"--host {self.host} is every address at once. Name the one that the others "
                "use, such as ward-desk.clinic.example."
            )


def read_password(file: Path) -> str:
    """The password in the first line of a file; raises :class:`UsageError`."""
    try:
        password = file.read_text(encoding="utf-8").partition("\n")[0].strip()
        shared = file.stat().st_mode & 0o077
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--password-file {file} cannot be read: {error}") from None
    if shared:
        raise UsageError(f"--password-file {file}: others can read it. Run: chmod 600 {file}")
    if len(password) < LEAST_PASSWORD:
        raise UsageError(
            f"--password-file {file}: its first line has {len(password)} characters; "
            f"write at least {LEAST_PASSWORD}."
        )
    return password


def serve(
    desk: Desk, address: Address, opened: Callable[[str, str], None], *, verbose: bool
) -> None:
    """Keep the desk open until somebody stops it.

    ``opened`` is told the address to begin with, and one that is good once, to start a browser.
    Raises :class:`UsageError` for an address that would let strangers in, :class:`MachineError`
    when the port is taken.
    """
    address.check(desk.password)
    with _listening(address) as place:
        port = place.getsockname()[1]
        address = Address(port, address.host, address.allow_remote, address.certificate)
        _log(verbose=verbose)
        config = uvicorn.Config(
            application(desk, address.origins),
            access_log=False,
            log_level="critical",
            server_header=False,
            h11_max_incomplete_event_size=16_384,
            timeout_keep_alive=15,
            limit_concurrency=400,
            ssl_certfile=address.certificate,
            timeout_graceful_shutdown=5,
        )
        opened(*_first_pages(address, desk))
        _Server(config, desk).run(sockets=[place])


class _Server(uvicorn.Server):
    """Tells open pages at once that the desk is closing, instead of waiting for them."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._desk.closing.set()
        super().handle_exit(sig, frame)


def _first_pages(address: Address, desk: Desk) -> tuple[str, str]:
    named = min(address.origins, key=lambda origin: (address.host not in origin, origin))
    to = "&to=edit" if desk.wishes.watch else ""
    once = f"{named}/enter?ticket={desk.sessions.ticket()}{to}"
    return (f"{named}/" if desk.password else f"{named}/enter?key={desk.sessions.key}{to}"), once


def _listening(address: Address) -> socket.socket:
    try:
        return socket.create_server((address.host, address.port), backlog=512)
    except OSError as error:
        raise MachineError(
            f"The desk cannot open port {address.port} of {address.host}: {_reason(error)}",
            "Perhaps it is open already; otherwise choose another port with --port",
        ) from None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).partition(" (while")[0]


def _log(*, verbose: bool) -> None:
    """One line a request on standard error: route, answer, time. Never a value."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log = logging.getLogger("handouts.desk")
    log.handlers = [handler]
    log.setLevel(logging.INFO if verbose else logging.WARNING)
    log.propagate = False
