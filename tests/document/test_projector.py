"""One indicator at a time: which is shown, where the steps lead, and that nothing that must be said is left out."""

from __future__ import annotations

import re

import pytest
from small_council import Council

from improvement_board.access.viewer import EVERYONE
from improvement_board.document import projector
from improvement_board.document.pages import ambition_document, charts_of
from improvement_board.page_models import Look, Run


@pytest.fixture(scope="module")
def look(desk_council: Council) -> Look:
    return Run(desk_council.board).look(EVERYONE).on("practice")


def test_the_steps_lead_through_all_indicators_and_back(look: Look) -> None:
    page = look.ambition("practice")
    ids = [outline.series.definition.id for outline in page.outlines]
    assert len(ids) > 2
    for place, outline in enumerate(page.outlines):
        trail = projector.trail(page, outline)
        assert f"{place + 1} of {len(ids)}" in trail
        assert re.findall(r'href="[^"]*show=([a-z_]+)"', trail) == [
            *ids[max(place - 1, 0) : place],
            *ids[place + 1 : place + 2],
        ]


def test_one_chart_is_shown_with_its_sentence_and_caveats(look: Look) -> None:
    for outline in look.ambition("practice").outlines:
        definition = outline.series.definition
        document = ambition_document(look, {"show": definition.id})
        assert document.title == definition.title
        assert len(list(charts_of(document))) == (outline.series.latest is not None)
        shown = "".join(map(str, projector.projected(look.ambition("practice"), outline).cells[0]))
        assert outline.headline in shown
        assert ("<table" in shown) == (outline.series.latest is not None)


@pytest.mark.parametrize("asked", ["nothing", "<script>", "x" * 1000])
def test_an_indicator_that_there_is_not_is_said_and_all_are_shown(look: Look, asked: str) -> None:
    document = ambition_document(look, {"show": asked})
    assert document.title == "Good practice"
    text = "".join(str(part) for part in document.parts)
    assert "is no indicator here: all of them are shown." in text
    assert "<script>" not in text
    assert len(list(charts_of(document))) > 1
