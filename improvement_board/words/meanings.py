"""What the words mean that stand beside marks, lines and tags, each in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from improvement_board.figures.formats import HIDDEN_WORDS
from improvement_board.protection.rows import HIDDEN

DECIDING = "The months that decide the verdict. Without such marks there is none to ask about."
OF_OTHERS = "Their latest published figure, with the year that it ends in."
VERDICT_MEANINGS: Mapping[str, str] = {
    "worse": "The last three months are worse than the two years before.",
    "better": "The last three months are better than the two years before.",
    "no real change": "It moved by chance alone, or by too little to matter.",
    "higher": "The last three months are higher than the two years before, where neither direction is better.",
    "lower": "The last three months are lower than the two years before, where neither direction is better.",
    "moved": "Higher or lower than the two years before, where neither direction is better.",
    "too few to say": "Fewer than ten children, workers or events, or too few months to compare with.",
    "not shown": "A figure that is kept back could make it another.",
    "nothing is said": "No verdict is given: too few to say, kept back, or an indicator that is not judged.",
}
DRAWN_MEANINGS: Mapping[str, str] = {
    "each figure": "Each period’s own figure; the latest stands in bold at its end.",
    "average of the months before": "What the present is held against.",
    "usual range of single months": "Where single months usually lie: one inside it is nothing to ask about.",
    "target": "The target that was in force, a step where it changed.",
    "england": OF_OTHERS,
    "statistical neighbours": f"The mean of the ten councils most like this one. {OF_OTHERS}",
    f"{HIDDEN}: {HIDDEN_WORDS}": "Too few children to be given, or to be worked out from what is given.",
}
CHANGE_MEANINGS: Mapping[str, str] = {
    "new": "It was not so at the meeting before.",
    "new indicator": "The meeting before was not given it.",
    "data caveat": "What is known against its data: the figure may be of the records, not of the service.",
    "restated": "An earlier month’s figure is another now than the board was shown: records came late or were mended.",
    "target met": "The latest figure meets a target that the one at the meeting before missed.",
    "target missed": "The latest figure misses a target that the one at the meeting before met.",
    "target moved": "The target is another now, not the figure.",
    "redefined": "It is counted by another definition now: figures before and after are not alike.",
    "counted otherwise": "The same is counted by other rules now.",
    "no longer given": "It had a figure at the meeting before, and has none now.",
    "as before again": "What was better or worse at the meeting before is neither now.",
}
MEANINGS: Mapping[str, str] = {**VERDICT_MEANINGS, **DRAWN_MEANINGS, **CHANGE_MEANINGS}


def meaning_of(word: str) -> str:
    """What a word means, in small letters or capitals; empty for one that explains itself."""
    return MEANINGS.get(word.lower(), "")
