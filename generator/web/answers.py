"""What every answer of the desk carries, and the answers to what is refused."""

from __future__ import annotations

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
LASTING = "private, max-age=31536000, immutable"
"""For what is named by its digest and holds no patient: pictures of handouts, fonts, styles."""


class Refusal(Exception):
    """A request that is not answered, and why."""

    __match_args__ = ("status", "why")

    def __init__(self, status: int, why: str) -> None:
        super().__init__(status, why)
        self.status, self.why = status, why
