"""A roster's run in a process of its own, so that the desk goes on meanwhile.

What is to be run comes as one line of JSON on standard input, what becomes of it goes as lines of
JSON to standard output. When the input ends the desk is gone, and the run stops as by Ctrl-C.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.batches import RunOrder, batch
from generator.errors import HandoutsError, ProblemsError
from generator.intake import Hands
from generator.library import load_library
from generator.pipeline import Order
from generator.private import no_core_dumps

STOPPED = 130


def main() -> int:
    """Run what standard input says."""
    no_core_dumps()
    asked: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_stop_with_the_desk, daemon=True).start()
    try:
        _run(asked)
    except ProblemsError as error:
        _tell(error="", problems=[asdict(problem) for problem in error.problems])
    except HandoutsError as error:
        _tell(error=str(error), problems=[])
    except KeyboardInterrupt:
        return STOPPED
    except Exception as bug:  # its text may be a patient's
        _tell(error=f"this is a bug in the handout press: {type(bug).__name__}", problems=[])
    return 0


def _run(asked: dict[str, Any]) -> None:
    folder = Path(asked["folder"])
    library = load_library(Path(asked["library"]), asked["fallback"])
    now = datetime.fromisoformat(asked["now"])
    order = Order(folder, now.astimezone(_zone(library)), duplex=asked["duplex"])
    run = RunOrder(
        jobs=os.cpu_count() or 1,
        resume=asked["resume"],
        allow_unreviewed=asked["allow_unreviewed"],
        print_run=asked["print_run"],
        separators=asked["separators"] and asked["print_run"],
        sort=asked["sort"],
        hands=Hands(**asked["hands"]),
    )
    batch(library, folder / asked["roster"], order, run, _report)


def _zone(library: Any) -> Any:
    from generator.model.fields import zone

    return zone(library.clinic.time_zone)


def _report(done: int, failed: int, total: int) -> None:
    _tell(done=done, failed=failed, total=total)


def _tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _stop_with_the_desk() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
