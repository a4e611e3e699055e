"""A browser for the tests: the machine's own Chromium, without a window, that calls nobody."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
LATE = 60_000
"""Milliseconds after which a test no longer waits; a busy machine is slow, not wrong."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser named by ``CHROMIUM``, or the first that is on the path."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "Chromium is missing; install it with: make test-libraries"
    expect.set_options(timeout=LATE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression is true on the page.

    Playwright's ``wait_for_function`` asks again by ``eval``, which the desk's
    Content-Security-Policy forbids; this one asks again from outside.
    """
    end = time.monotonic() + LATE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"Never true: {expression}"
        page.wait_for_timeout(20)
