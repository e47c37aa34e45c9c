"""The factors identified at the end of an assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from improvement_board.sources.cin_census.codes import FACTORS
from improvement_board.sources.values import text_of
from improvement_board.sources.xml_files import line_of
from improvement_board.sources.xml_parts import ElementParts, Notes, Trouble, parts_of

GROUP, FACTOR = "factorsidentifiedatassessment", "assessmentfactors"
FORM = re.compile(r"\d{1,2}[A-Z]?")


def factors_of(parts: ElementParts, notes: Notes) -> tuple[str, ...]:
    """The factor codes of an assessment, each once, in their order.

    They stand in their group, or straight in the assessment as some systems write them, one an element or several with
    commas between. A code of the right form that is new here is kept and told; anything else is left out and told.
    """
    codes: dict[str, None] = {}
    for element in _elements(parts, notes):
        for code in re.split(r"[\s,;|]+", (text_of(element.text) or "").upper()):
            if code and code not in FACTORS:
                _tell(code, element, notes)
            if FORM.fullmatch(code):
                codes[code] = None
    return tuple(codes)


def _elements(parts: ElementParts, notes: Notes) -> Iterator[etree._Element]:
    yield from parts.get(FACTOR, ())
    for group in parts.get(GROUP, ()):
        inside = parts_of(group)
        yield from inside.get(FACTOR, ())
        for name in inside.keys() - {FACTOR}:
            notes.unknown_part(inside[name][0], "FactorsIdentifiedAtAssessment")


def _tell(code: str, element: etree._Element, notes: Notes) -> None:
    is_form = FORM.fullmatch(code) is not None
    message = "is not a factor that is known here; it is kept" if is_form else "is not a factor"
    allowed = "a code of the census such as 3A"
    trouble = Trouble(
        "unknown-code", "warning", message, line_of(element), "AssessmentFactors", code, None if is_form else allowed
    )
    notes.tell(trouble, "ssd_assessment_factors")
