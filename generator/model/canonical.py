"""One way to write data down, so that the same data always has the same digest."""

from __future__ import annotations

import hashlib
import json


def canonical(data: object) -> bytes:
    """Plain data as JSON with sorted keys and no white space, in UTF-8."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(content).hexdigest()
