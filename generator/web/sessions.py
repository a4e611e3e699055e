"""Who may use the desk: a signed cookie for each browser, and a token for each of its forms.

Both are made from one secret of this user's on this machine, so that open tabs go on when the
desk is started again. The cookie holds no name and nothing of a patient.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field

LIFETIME = 12 * 3600
"""Seconds after which somebody from another machine has to give the password again."""
LOCAL_LIFETIME = 90 * 24 * 3600
"""The same for this machine, where the key has to be had first."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and reads the cookies; ``password`` is asked for when it is not None."""

    secret: bytes
    password: str | None = None
    _tickets: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """What opens the desk in a browser of this machine; only its user can read it."""
        return self._sign("enter")

    @property
    def lifetime(self) -> int:
        return LOCAL_LIFETIME if self.password is None else LIFETIME

    def ticket(self) -> str:
        """What opens the desk once, for the browser that is started with it: whoever shares the
        machine can read the command line of a program."""
        ticket = secrets.token_hex(32)
        self._tickets.add(ticket)
        return ticket

    def takes(self, ticket: str) -> bool:
        """Whether a ticket is good; it is not any more."""
        good = ticket in self._tickets
        self._tickets.discard(ticket)
        return good

    def opens(self, given: str) -> bool:
        """Whether a key, or the password, is the right one."""
        wanted = self.key if self.password is None else self.password
        return hmac.compare_digest(given.encode(), wanted.encode())

    def new(self) -> str:
        """The cookie of a new session."""
        name = f"{int(time.time())}-{secrets.token_hex(12)}"
        return f"{name}.{self._sign(f'session {name}')}"

    def read(self, cookie: str) -> str | None:
        """The session of a cookie; None when it is not ours, or is over."""
        name, _, signature = cookie.partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(f"session {name}").encode()):
            return None
        begun = name.partition("-")[0]
        alive = begun.isdecimal() and time.time() - int(begun) < self.lifetime
        return name if alive else None

    def token(self, session: str) -> str:
        """What each form of a session carries, and no other site knows."""
        return self._sign(f"form {session}")

    def seal(self, session: str, what: str) -> str:
        """A mark that a person of this session has seen exactly this."""
        return self._sign(f"seen {session} {what}")

    def _sign(self, text: str) -> str:
        told = f"{text} {'local' if self.password is None else self.password}"
        return hmac.new(self.secret, told.encode(), hashlib.sha256).hexdigest()
