"""CUPS and its queues. All of it is optional: pages are files, and any viewer prints them."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator

from generator.doctor.finding import Finding
from generator.doctor.installing import as_root, install, mac
from generator.run.spool import held, is_running, queues

_CLIENT = {"apt-get": "cups-client", "dnf": "cups-client", "apk": "cups-client", "brew": "cups"}
_ADD = "lpadmin -p NAME -E -v ipp://ADDRESS/ipp/print -m everything"


def printers() -> Iterator[Finding]:
    """CUPS, then each of its queues."""
    if not shutil.which("lp"):
        yield Finding("printing with CUPS", "lp is not here", install(_CLIENT), optional=True)
    elif not is_running():
        start = "launchctl kickstart system/org.cups.cupsd" if mac() else "systemctl start cups"
        found = "CUPS is not running"
        yield Finding("printing with CUPS", found, as_root(start), optional=True)
    else:
        yield from _queues()


def _queues() -> Iterator[Finding]:
    known, stopped = queues(), held()
    if not known.names:
        found = "there is no printer"
        yield Finding("printing with CUPS", found, f"add one: {as_root(_ADD)}", optional=True)
        return
    usual = f"{known.usual} is the usual one" if known.usual else "none is the usual one"
    yield Finding("printing with CUPS", usual, optional=True)
    for name in known.names:
        quoted = shlex.quote(name)
        why, command = stopped.get(name, ("takes jobs", None))
        cure = as_root(f"{command} {quoted}") if command else None
        yield Finding(f"printer {name}", why, cure, optional=True)
