"""Data checks: each a query of `queries/checks` whose rows are the failures."""

from improvement_board.checks.library import Check, load_checks
from improvement_board.checks.running import CheckOutcome, CheckResult, run_checks

__all__ = ["Check", "CheckOutcome", "CheckResult", "load_checks", "run_checks"]
