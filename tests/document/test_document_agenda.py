"""The agenda as HTML: what to ask about and what got better, with nothing of a title becoming markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from series_maker import judged, series

from improvement_board.document.agenda import NOTHING_BETTER, NOTHING_WORSE, agenda
from improvement_board.document.parts import Links
from improvement_board.figures.series import Series
from improvement_board.page_models.models import Agenda, AgendaItem
from improvement_board.page_models.outline import outline

WORSE = judged([21.0, 32.0, 33.0, 31.0], target=20.0)
BETTER = judged([22.5, 12.0, 12.5, 11.5])
MOVED = judged([21.0, 32.0, 33.0, 31.0], of={"better": "neither"}, target=20.0)


def item(made: Series, **changes: Any) -> AgendaItem:
    fields: dict[str, Any] = {"outline": outline(made), "earlier": "", "is_new": False, "question": ""}
    return AgendaItem(**fields | changes)


def drawn(*asked: AgendaItem, better: tuple[AgendaItem, ...] = ()) -> str:
    return agenda(Agenda(asked, better), Links({"team": "North"}))


def read(html: str) -> str:
    """What is read, without markup."""
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def halves(html: str) -> list[str]:
    return re.findall("<section>(.*?)</section>", html)


def test_an_item_has_its_claim_its_facts_and_its_question() -> None:
    html = drawn(item(WORSE, earlier="30.0% in June 2026", question="What changed in June?"))
    said = read(halves(html)[0])
    assert said == (
        "Ask about these Agency rate rose to 31.0% from an average of 21.7% in the 24 months to March 2026: worse "
        "since July 2026, missing the target of 20.0% 30.0% in June 2026. Target not met in the last 12 months. "
        "Ask: What changed in June?"
    )
    assert "Agency rate</a> rose to" in html
    assert 'href="indicator?team=North&amp;kpi=agency_rate"' in html
    assert "ib-item-worse" in html
    assert 'alt="Trend of Agency rate: Agency rate rose to' in html


@pytest.mark.parametrize(
    ("is_new", "said"), [(True, "Ask about these New Agency rate"), (False, "Ask about these Agency")]
)
def test_what_the_edition_before_did_not_say_is_new(is_new: bool, said: str) -> None:
    assert read(drawn(item(WORSE, is_new=is_new))).startswith(said)


def test_without_a_question_a_target_or_earlier_figures_none_is_said() -> None:
    html = drawn(better=(item(BETTER),))
    assert "Ask:" not in html
    assert "ib-facts" not in html
    assert "ib-question" not in html


def test_where_neither_direction_is_better_no_target_is_told() -> None:
    html = drawn(item(MOVED, earlier="30.0% in June 2026"))
    assert read(re.findall('<p class="ib-facts">(.*?)</p>', html)[0]) == "30.0% in June 2026."
    assert "ib-item-moved" in html
    assert "higher since July 2026" in html


def test_each_list_has_its_own_items_in_their_order_and_says_where_it_is_empty() -> None:
    other = judged([21.0, 32.0, 33.0, 31.0], of={"title": "Turnover", "id": "turnover"})
    asked, better = halves(drawn(item(other), item(WORSE), better=(item(BETTER),)))
    assert re.findall(r"kpi=(\w+)", asked) == ["turnover", "agency_rate"]
    assert re.findall(r"kpi=(\w+)", better) == ["agency_rate"]
    assert "ib-item-better" in better
    assert "ib-empty" not in asked + better
    asked, better = halves(drawn())
    assert read(asked) == f"Ask about these {NOTHING_WORSE}"
    assert read(better) == f"Getting better {NOTHING_BETTER}"
    assert "<ol" not in asked + better


def test_no_text_becomes_markup() -> None:
    hostile = '<img src=x onerror="alert(1)">'
    made = judged([21.0, 32.0, 33.0, 31.0], level="team", team=hostile, of={"title": f"A {hostile} & B"})
    html = drawn(item(made, earlier=hostile, question=hostile))
    assert not re.search(r"<img (?!class)", html)
    assert 'onerror="' not in html
    assert "&lt;img" in html
    assert "A &lt;img src=x onerror=&#34;alert(1)&#34;&gt; &amp; B</a> rose to" in html


def test_a_title_within_the_sentence_is_taken_off_its_beginning_only() -> None:
    made = judged([21.0, 32.0, 33.0, 31.0], of={"title": "rose to"})
    assert read(halves(drawn(item(made)))[0]).startswith("Ask about these rose to rose to 31.0% from")


def test_a_series_without_a_verdict_has_its_headline() -> None:
    assert "Agency rate</a> rose to 2.0%" in drawn(item(series([1.0, 2.0], control_chart=False)))
