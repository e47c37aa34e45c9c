"""Statistical process control: XmR charts with the NHS "Making Data Count" rules, in two layers.

`judge` and `judge_many` reproduce the peer NHSRplotthedots 0.2.2 on any series, its oddities included; `judge_files` is
the same from CSV to CSV. `present` and `present_many` are what pages and exports use: `judge`, made sensible for short,
constant and nearly constant series.
"""

from improvement_board.spc.files import judge_files
from improvement_board.spc.judging import judge, judge_many
from improvement_board.spc.presenting import Presented, PresentInput, present, present_many
from improvement_board.spc.section import MINIMUM_POINTS
from improvement_board.spc.series import Group, Judged, SeriesInput
from improvement_board.spc.wording import assurance_words, icon_name, variation_words

__all__ = [
    "MINIMUM_POINTS",
    "Group",
    "Judged",
    "PresentInput",
    "Presented",
    "SeriesInput",
    "assurance_words",
    "icon_name",
    "judge",
    "judge_files",
    "judge_many",
    "present",
    "present_many",
    "variation_words",
]
