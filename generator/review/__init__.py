"""What a reviewer does: sees where everything stands, sees what changed, signs, withdraws."""

from generator.review.approval import (
    Proposal,
    Signer,
    Terms,
    Withdrawal,
    last_approval,
    propose,
    sign,
    withdraw,
    withdrawals,
)
from generator.review.board import Row, board, standings
from generator.review.since import changed_since_signed

__all__ = [
    "Proposal",
    "Row",
    "Signer",
    "Terms",
    "Withdrawal",
    "board",
    "changed_since_signed",
    "last_approval",
    "propose",
    "sign",
    "standings",
    "withdraw",
    "withdrawals",
]
