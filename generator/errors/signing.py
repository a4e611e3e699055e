"""The errors of sign-offs: words that do not stand, and signatures that are not taken."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors.base import HandoutsError
from generator.errors.exit_code import ExitCode


class SignOffError(HandoutsError):
    """Words that do not stand may not go to a patient.

    Nobody has signed them, they changed since, or their review is due.

    Cure: have a clinician sign them: handouts review approve. handouts review status shows
    what is needed. --allow-unreviewed prints them all the same, marked on every page.
    """

    exit_code = ExitCode.SIGN_OFF

    def __init__(self, unsigned: Iterable[tuple[str, str]]) -> None:
        self.unsigned = tuple(unsigned)
        listed = "\n".join(f"  {handout}: {state}" for handout, state in self.unsigned)
        super().__init__(
            f"not printed: these words may not go to a patient yet.\n{listed}\n"
            "A clinician has to sign them off first. To print them all the same, "
            "marked on every page, add --allow-unreviewed."
        )


class OldWords(HandoutsError):
    """Pages that were made when their words stood, and those do not stand any more.

    The pages bear no mark, since they needed none when they were made.

    Cure: make them anew: handouts build, plan, or batch --resume. handouts recall lists who
    has such pages already.
    """

    exit_code = ExitCode.SIGN_OFF

    def __init__(self, called: str, old: Iterable[tuple[str, str]]) -> None:
        listed = "\n".join(f"  {words}: {why}" for words, why in old)
        super().__init__(
            f"not printed: the words in {called} stood when it was made, and do not today.\n"
            f"{listed}\nMake it anew ('build', 'plan', or 'batch' with --resume). "
            "'handouts recall' lists who has these words already."
        )


class OldPackets(HandoutsError):
    """A packet that a newer one has replaced, or whose operation is over, is not printed again.

    The register knows what was printed for a record, for which side and day, and when.

    Cure: print the newer packet. If this one is right after all, make it anew: it is the newest
    then.
    """

    exit_code = ExitCode.SIGN_OFF

    def __init__(self, called: str, replaced: Iterable[tuple[str, str]]) -> None:
        listed = "\n".join(f"  {record}: {why}" for record, why in replaced)
        super().__init__(
            f"not printed: in {called} are pages that are not to be given out any more.\n{listed}\n"
            "Print the newer packet, where there is one. If this one is right, make it anew "
            "('plan', or 'batch' with --resume); if its row is wrong, mend that first."
        )


class ReviewRefused(HandoutsError):
    """A sign-off or a withdrawal that is not taken.

    It would say what is not so: a day to come, a role that does not sign, an old version.

    Cure: do what the message says, and sign again. Nothing was written.
    """

    exit_code = ExitCode.SIGN_OFF


class LedgerMoved(ReviewRefused):
    """Two people signed at the same time, and the other was first.

    Cure: look at the ledger, and run the command again.
    """

    def __init__(self, handout: str) -> None:
        super().__init__(
            f"{handout}: somebody signed or withdrew while you were reading, so nothing was "
            f"written. Look at 'handouts review log {handout}', and run the command again."
        )


class LedgerBusy(ReviewRefused):
    """Another command is writing in the ledger of this handout.

    Cure: wait a moment, and run the command again.
    """

    def __init__(self, handout: str) -> None:
        super().__init__(
            f"{handout}: somebody is writing in its ledger at this moment. Run the command again."
        )
