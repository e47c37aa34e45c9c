"""The ledger: what a board keeps between its meetings, from findings and actions to questions and voices.

Nothing in it is overwritten: each change is a further version, with who made it and when.
"""

from improvement_board.ledger.kinds import KINDS, Kept, KindName
from improvement_board.ledger.ledger import Ledger, StaleVersionError, Version, Writer
from improvement_board.ledger.opening import LedgerError, ledger_of, open_ledger

__all__ = [
    "KINDS",
    "Kept",
    "KindName",
    "Ledger",
    "LedgerError",
    "StaleVersionError",
    "Version",
    "Writer",
    "ledger_of",
    "open_ledger",
]
