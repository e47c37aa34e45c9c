"""No page is contradicted by itself: every sentence is of the team and the months that are chosen, or says of what it
is; and no page says of an indicator that its target is met and that it is missed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

import pytest
from examples import MANY_VARIABLE
from looking import resolved
from opposed_council import publish_opposed, publish_restated
from places import REPOSITORY
from small_council import Council, month_ends

from improvement_board.access.viewer import Viewer
from improvement_board.declared.home import Home
from improvement_board.figures.formats import format_month
from improvement_board.html import ambition, chart, indicator, plan
from improvement_board.page_models import Address, Board, IndicatorChoice, Look, Run
from improvement_board.page_models.models import KpiOutline

ROLES: Mapping[str, Callable[[str], Viewer]] = {
    "committee": lambda team: Viewer("c", "committee"),
    "member": lambda team: Viewer("m", "member"),
    "manager": lambda team: Viewer("g", "manager", teams=frozenset({team})),
    "analyst": lambda team: Viewer("a", "analyst"),
}
MOST_INDICATORS = 4
STATES = {
    "met": re.compile(r"\bmeeting the target\b|\bTarget met since\b"),
    "missed": re.compile(r"\bmissing the target\b|\bTarget not met\b"),
}


@dataclass(frozen=True)
class SaidPage:
    """A page as it is read: its words, its KPIs as shown, and by KPI every sentence about it."""

    words: str
    outlines: tuple[KpiOutline, ...]
    sentences: tuple[tuple[str, str], ...]
    notices: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, desk_council: Council) -> Mapping[str, tuple[Board, str]]:
    """Each council's board and one of its teams."""
    made = tmp_path_factory.mktemp("said")
    return {
        "opposed": (publish_opposed(Council(made / "opposed")).board, "North"),
        "restated": (publish_restated(Council(made / "restated")).board, "South"),
        "one of each sort": (desk_council.board, "North"),
        "demonstration": (Board(Home(REPOSITORY / "data")), "Assessment North"),
    }


COUNCILS = ("opposed", "restated", "one of each sort", "demonstration")


def addresses(team: str, council: str) -> Sequence[Mapping[str, str]]:
    """What a person may choose; of so large a council as the demonstration each part once a day."""
    earlier = month_ends(7)[0].isoformat()
    each = ({}, {"team": team, "to": earlier}, {"from": "2026-01-31", "to": earlier})
    is_short = council == "demonstration" and not os.environ.get(MANY_VARIABLE)
    return each if is_short else (*each, {"team": team}, {"to": earlier})


def read(html: str) -> str:
    """The words of a page with the texts of its images."""
    marked = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r" \1 ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", marked)).split())


def plan_said(look: Look) -> SaidPage:
    """The plan page."""
    page = look.plan()
    leads = tuple(lead for card in page.cards for lead in card.leads)
    told = tuple((change.kpi, change.sentence) for change in (*page.changes, *page.restated, *page.measured))
    asked = tuple(item.outline for item in (*page.agenda.asked, *page.agenda.better))
    return SaidPage(read(plan.whole(page)), (*page.outlines, *leads, *asked), told)


def pages_said(look: Look) -> Iterator[SaidPage]:
    """The plan, the first ambition, and the pages of its first indicators."""
    yield plan_said(look)
    of_plan = look.desk.store.plan.ambition[0]
    page = look.ambition(of_plan.id)
    heads = "".join(chart.chart_head(outline, None) for outline in page.drawn)
    yield SaidPage(read(heads + ambition.others(page) + ambition.without_team(page)), page.outlines, ())
    for planned in of_plan.kpi[:MOST_INDICATORS]:
        if planned.kpi in look.desk.store.definitions:
            shown = look.indicator(IndicatorChoice(planned.kpi))
            outlines = (shown.outline,) if shown.outline else ()
            heads = "".join(chart.chart_head(outline, None) for outline in outlines)
            yield SaidPage(read(heads + indicator.earlier(shown)), outlines, (), shown.notices)


def looks(homes: Mapping[str, tuple[Board, str]], council: str, role: str) -> Iterator[Look]:
    """A role's looks at a council by each address."""
    board, team = homes[council]
    viewer = ROLES[role](team)
    for asked in addresses(team, council):
        address, notices = resolved(board, viewer, asked)
        assert bool(notices) == (role == "committee" and "team" in asked)
        yield Run(board).look(viewer, address)


def changes_of_the_service(look: Look) -> list[str]:
    """Every sentence about the whole service that the plan page tells where nothing is chosen."""
    page = Run(look.board).look(look.viewer, Address()).plan()
    told = (*page.changes, *page.restated, *page.measured)
    return [change.sentence for change in told if change.kind != "caveat"]


def is_narrowed(look: Look) -> bool:
    """Whether a team, or an earlier end than the edition's, is chosen."""
    last = look.address.last
    return look.address.team is not None or (last is not None and last < look.desk.store.name.day)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("council", COUNCILS)
def test_every_figure_is_of_the_team_and_the_months_chosen(
    homes: Mapping[str, tuple[Board, str]], council: str, role: str
) -> None:
    for look in looks(homes, council, role):
        first, last = look.address.first or date.min, look.address.last or look.desk.store.name.day
        for page in pages_said(look):
            whole_is_said = any("the whole service is shown" in notice for notice in page.notices)
            for outline in page.outlines:
                assert outline.series.team == look.address.team or whole_is_said, outline.headline
                assert all(first <= end <= last for end in outline.series.period_ends), outline.headline
                assert outline.standing is None or outline.standing.period_end <= last


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("council", COUNCILS)
def test_what_changed_in_the_whole_service_is_never_told_of_a_team_or_of_earlier_months(
    homes: Mapping[str, tuple[Board, str]], council: str, role: str
) -> None:
    for look in looks(homes, council, role):
        page = plan_said(look)
        told = [sentence for sentence in changes_of_the_service(look) if sentence in page.words]
        assert told == ([] if is_narrowed(look) else changes_of_the_service(look))
        if "What changed since" in page.words:
            month = format_month(look.desk.store.name.day)
            assert re.search(rf"What changed since the edition of [^:]*: whole service, up to {month} ", page.words)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("council", COUNCILS)
def test_the_counts_of_indicators_say_what_they_are_of(
    homes: Mapping[str, tuple[Board, str]], council: str, role: str
) -> None:
    for look in looks(homes, council, role):
        said, last = plan_said(look).words, look.address.last or look.desk.store.name.day
        counts = f"{look.address.team or 'Whole service'}, up to {format_month(last)}: of "
        assert said.startswith(counts) or re.match(rf"Of \d+ ambitions?, [^.]*\. {re.escape(counts)}", said)
        caption = "how often it met its target in the last year (columns)"
        of = f"{look.address.team or 'whole service'}, up to {format_month(last)}"
        assert said.count(caption) == said.count(f"{caption}: {of}")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("council", COUNCILS)
def test_no_page_says_that_a_target_is_met_and_missed(
    homes: Mapping[str, tuple[Board, str]], council: str, role: str
) -> None:
    for look in looks(homes, council, role):
        for page in pages_said(look):
            states: dict[str, set[str]] = {}
            of_outlines = [
                (outline.series.definition.id, f"{outline.headline}. {outline.target_kept}")
                for outline in page.outlines
            ]
            for kpi, sentence in (*page.sentences, *of_outlines):
                states.setdefault(kpi, set()).update(state for state, said in STATES.items() if said.search(sentence))
            assert [kpi for kpi, of_kpi in states.items() if len(of_kpi) > 1] == []


def test_the_councils_have_what_could_contradict(homes: Mapping[str, tuple[Board, str]]) -> None:
    """Changes of many kinds, and a team whose target is met where the service's is missed."""
    kinds = set()
    for board, _ in homes.values():
        kinds |= {told.change.kind for told in Run(board).look(ROLES["analyst"]("")).changes().told}
    assert kinds >= {"lost", "worse", "missed", "restated", "better", "met", "moved", "new"}
    board, team = homes["opposed"]
    service, of_team = (
        {outline.series.definition.id: outline.headline for outline in plan_said(look).outlines}
        for look in (Run(board).look(ROLES["analyst"](team), Address(team=chosen)) for chosen in (None, team))
    )
    assert "missing the target" in service["seen"]
    assert "meeting the target" in of_team["seen"]
