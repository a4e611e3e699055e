"""The second half of ``make fuzz``: atheris looks for new ways through the loaders by itself.

Where :mod:`tests.fuzzing` damages sound files blindly, this keeps what reached code that nothing
reached before, and goes on from there. One process for each kind of file, since libFuzzer ends its
own. atheris has wheels for Linux alone; elsewhere this says that it did not look.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

LOADERS = ("words", "clinic", "handout", "ledger", "plan", "csv", "xlsx", "fhir")
FOUND = 1


def main() -> int:
    """Look at each loader for its share of the time; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="guided")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--loader", choices=LOADERS)
    options = parser.parse_args()
    if find_spec("atheris") is None:
        sys.stdout.write("atheris is not installed here: the loaders were NOT looked at by it.\n")
        return 0
    if options.loader:
        _look(options.loader, int(options.seconds))
        return 0
    share = max(1, round(options.seconds / len(LOADERS)))
    ended = {name: _apart(name, share) for name in LOADERS}
    for name, code in ended.items():
        sys.stdout.write(f"{name:8} {'found something' if code else 'nothing found'}\n")
    return FOUND if any(ended.values()) else 0


def _apart(name: str, seconds: int) -> int:
    command = [sys.executable, "-m", "tests.guided", "--loader", name, "--seconds", str(seconds)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode:
        sys.stdout.write(ended.stdout[-4000:] + ended.stderr[-4000:])
    return ended.returncode


def _look(name: str, seconds: int) -> None:
    """Fuzz one loader; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["generator"]):
        from tests.fuzzing import TARGETS, Bench
    folder = Path(tempfile.mkdtemp(prefix="guided-"))
    bench = Bench(folder / "bench")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "sound").write_bytes(bench.sound[name])
    assert name in TARGETS

    def one(data: bytes) -> None:
        bench.read(name, data)

    line = ["guided", f"-max_total_time={seconds}", "-timeout=60", f"-artifact_prefix={folder}/"]
    atheris.Setup([*line, "-max_len=65536", "-verbosity=0", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
