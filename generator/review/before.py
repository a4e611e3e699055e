"""What a handout is compared with: as it was signed, or as it was in a revision of git."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ContentError, UnknownHandout, UnknownLanguage, UsageError
from generator.library import Library, kept, load_library
from generator.model import Handout, Invalid, SignOff
from generator.private import scratch_folder
from generator.signoff import SignedWords, unsealed

LAST_SIGNOFF = "last-signoff"
SHOWN_PROBLEMS = 5
_NO_HISTORY = (
    "this library stands on the shipped one, and no version control knows how that was then. "
    "Compare with the last sign-off: leave it out."
)
_PATIENCE = 120
"""Seconds that git may take."""


class NothingSigned(UsageError):
    """There is nothing to compare with: nobody has signed this handout yet.

    Cure: name a revision of your version control with --since.
    """

    def __init__(self, handout: str, language: str) -> None:
        super().__init__(
            f"{handout} ({language}) was never signed, so there are no signed words to compare "
            f"with. Name a revision of your version control instead: "
            f"handouts diff {handout} --since HEAD"
        )


class SignedUnreadable(UsageError):
    """The words were signed with another version of the program, or their file is damaged.

    Cure: name a revision of your version control with --since.
    """

    def __init__(self, handout: str, who: str, why: str) -> None:
        super().__init__(
            f"{handout}: this version of the program cannot read the words that {who} signed: "
            f"{why}. Name a revision instead, with --since."
        )


class RevisionError(UsageError):
    """A revision of the library that cannot be compared with.

    Cure: name a commit or a tag that git knows in the folder of the library.
    """

    def __init__(self, revision: str, why: str) -> None:
        super().__init__(f"--since {revision}: {why}")


@dataclass(frozen=True, slots=True)
class Before:
    """A handout as it was. ``entry`` is the approval, if its words are those that were signed."""

    handout: Handout
    since: str
    entry: SignOff | None = None


@contextmanager
def before(library: Library, handout: Handout, since: str | None) -> Iterator[Before]:
    """The handout as it was; its pictures are there until the end of the ``with``.

    ``since`` is a revision of git, ``last-signoff``, or None for that. Raises
    :class:`NothingSigned`, :class:`SignedUnreadable` or :class:`RevisionError`.
    """
    with scratch_folder() as folder:
        if since is None or since == LAST_SIGNOFF:
            yield _signed(library, handout, folder)
        else:
            yield Before(_committed(library, handout, since, folder), since)


def _signed(library: Library, handout: Handout, folder: Path) -> Before:
    """The words of the last approval in the handout's language."""
    for entry in reversed(handout.signoffs):
        if (entry.language, entry.action) != (handout.language, "approve"):
            continue
        try:
            words = SignedWords(*kept(library.folder / "handouts" / handout.id, entry.digest))
            signed = unsealed(words, folder, handout, entry.version)
        except ValueError as error:
            raise SignedUnreadable(handout.id, entry.by, str(error)) from None
        except (Invalid, KeyError, TypeError) as error:
            raise SignedUnreadable(handout.id, entry.by, str(error)) from None
        return Before(signed, LAST_SIGNOFF, entry)
    raise NothingSigned(handout.id, handout.language)


def _committed(library: Library, handout: Handout, revision: str, folder: Path) -> Handout:
    """The handout as the library's own git has it at a revision."""
    if library.layers.beneath:
        raise RevisionError(revision, _NO_HISTORY)
    _unpack(_archive(library.folder, revision), revision, folder)
    try:
        return load_library(folder).handout(handout.id, handout.language)
    except ContentError as error:
        problems = [str(problem).replace(f"{folder}/", "") for problem in error.problems]
        listed = "\n  ".join(problems[:SHOWN_PROBLEMS])
        why = (
            "this version of the program cannot read the library as it was then; "
            f"name a later one:\n  {listed}"
        )
        raise RevisionError(revision, why) from None
    except (UnknownHandout, UnknownLanguage) as error:
        raise RevisionError(revision, f"at that time, {error}") from None


def _archive(folder: Path, revision: str) -> bytes:
    if revision.startswith("-"):
        raise RevisionError(revision, "this is an option and no revision; name a commit or a tag.")
    if _git(folder, "rev-parse", "--is-inside-work-tree") is None:
        why = f"{folder} is in no checkout of git. Compare with the last sign-off: leave it out."
        raise RevisionError(revision, why)
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", "--")
    if commit is None:
        raise RevisionError(
            revision, "git knows no such revision; 'git log' and 'git tag' list them."
        )
    name = commit.decode().split()[0]
    packed = _git(folder, "archive", "--format=tar", name, "--", "content", "handouts")
    if packed is None:
        raise RevisionError(
            revision, "there was no library in this folder then; name a later revision."
        )
    return packed


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None when it refuses."""
    program = shutil.which("git")
    if program is None:
        why = "git is not on this machine. Install it, or compare with the last sign-off."
        raise RevisionError(arguments[-1], why)
    try:
        ended = subprocess.run(  # noqa: S603  # no shell; a revision that is an option is refused
            [program, "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise RevisionError(
            arguments[-1], f"git took more than {_PATIENCE} seconds. Try it again."
        ) from None
    return ended.stdout if ended.returncode == 0 else None


def _unpack(packed: bytes, revision: str, folder: Path) -> None:
    """Write the plain files of git's archive; a link or a way out of the folder is left out."""
    try:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            for member in archive:
                file, content = folder / member.name, archive.extractfile(member)
                if member.isfile() and content and file.resolve().is_relative_to(folder.resolve()):
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content.read())
    except (tarfile.TarError, OSError, KeyError) as error:
        raise RevisionError(
            revision, f"it could not be unpacked: {error}. Name another revision."
        ) from None
