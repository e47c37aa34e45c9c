"""A plan may say how an ambition stands: the page tells so, why, up to when, and what the rule would say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.declared.plan_file import read_plan
from improvement_board.document.plan import whole
from improvement_board.page_models import Address, Run
from improvement_board.page_models.models import PlanPage, PlanRuling

REASON = "The inspection of July found children waiting."
RULING = f'verdict = "worse"\nverdict_reason = "{REASON}"\nverdict_until = 2026-09-30\n'
STEADY = [(50.0 + at % 3, 100.0) for at in range(30)]
FEW = [(at % 3 + 1.0, 4.0) for at in range(30)]
MEMBER = Viewer("m", "member")


def publish(council: Council, ruling: str, day: date = SEPTEMBER, parts: list[tuple[float, float]] = STEADY) -> Council:
    definitions = [council.define("seen")]
    council.plan(definitions)
    opening = 'statement = "Children are seen."\n'
    text = council.home.plan.read_text(encoding="utf-8").replace(opening, opening + ruling)
    council.home.plan.write_text(text, encoding="utf-8")
    plan = read_plan(council.home.plan, {each.id: each for each in definitions})
    council.publish(day, {"seen": monthly(parts, day, team="North", worker="w1")}, plan)
    return council


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return publish(Council(tmp_path_factory.mktemp("ruled")), RULING)


def page_of(council: Council, viewer: Viewer = EVERYONE, **address: object) -> PlanPage:
    return Run(council.board).look(viewer, Address(**address)).plan()  # type: ignore[arg-type]


def test_the_plans_word_stands_on_the_card_and_in_the_pages_first_sentence(ruled: Council) -> None:
    page = page_of(ruled)
    (card,) = page.cards
    assert card.verdict.word == "worse"
    assert card.verdict.ruling == PlanRuling("no real change", REASON, SEPTEMBER)
    html = whole(page)
    assert "Of 1 ambition, 1 is worse." in html
    assert f"The council’s plan says so, for editions up to 30 September 2026: {REASON}" in html
    assert "By the rule it would be without real change." in html


@pytest.mark.parametrize("address", [{"team": "North"}, {"last": JUNE}])
def test_of_a_team_or_of_earlier_months_the_plan_says_nothing(ruled: Council, address: dict[str, object]) -> None:
    page = page_of(ruled, **address)
    assert [(card.verdict.word, card.verdict.ruling) for card in page.cards] == [("no real change", None)]
    assert REASON not in whole(page)


def test_it_ends_with_its_day(council: Council) -> None:
    publish(council, RULING.replace("2026-09-30", "2026-09-29"))
    (card,) = page_of(council).cards
    assert (card.verdict.word, card.verdict.ruling) == ("no real change", None)


def test_a_role_reads_the_plans_word_with_the_rules_of_what_it_is_shown(tmp_path: Path) -> None:
    council = publish(Council(tmp_path), RULING, parts=FEW)
    exact, theirs = (page_of(council, viewer).cards[0].verdict for viewer in (EVERYONE, MEMBER))
    assert (exact.word, theirs.word) == ("worse", "worse")
    assert exact.ruling is not None
    assert theirs.ruling is not None
    assert (exact.ruling.by_rule, theirs.ruling.by_rule) == ("no real change", "not shown")
    html = whole(page_of(council, MEMBER))
    assert REASON in html
    assert "By the rule it is not shown." in html
