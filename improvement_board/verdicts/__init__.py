"""Verdicts: whether an indicator is better or worse of late than in its recent past, and how sure that is.

The control charts of `spc` say of each point whether chance explains it, over all that is known. A board asks about the
present: the last quarter against the two years before. `docs/explanation/verdicts.md` says how a verdict comes about,
and `bench/judgement.py` how often it errs.
"""

from improvement_board.verdicts.judging import RECENT, judge_present
from improvement_board.verdicts.model import Baseline, Judgeable, Verdict, VerdictRule, VerdictWord

__all__ = ["RECENT", "Baseline", "Judgeable", "Verdict", "VerdictRule", "VerdictWord", "judge_present"]
