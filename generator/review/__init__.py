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

__all__ = [
    "Proposal",
    "Row",
    "Signer",
    "Terms",
    "Withdrawal",
    "board",
    "last_approval",
    "propose",
    "sign",
    "standings",
    "withdraw",
    "withdrawals",
]
