"""The head of every page: where one can go, whose figures of which meeting are shown, the form that changes it, and
the files that the page gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from improvement_board.document.environment import render
from improvement_board.document.frame import choices_in_words, meeting_words, paper_style
from improvement_board.document.meanings import meanings
from improvement_board.document.parts import INDICATOR, INDICATORS, TEAM, Links
from improvement_board.document.saves import Save
from improvement_board.page_models import Look
from improvement_board.page_models.controls import Control, offered_teams, page_controls, page_places

FIRST_PLACES = 2  # before the ambitions: the plan, and what changed


def page_bar(look: Look, own: Mapping[str, str], *, with_role: bool, saves: Sequence[Save] = ()) -> Markup:
    """The head of a page of figures. `own`: parameters of the page's own, which stay when another is changed;
    `with_role`: nobody is signed in, so the role can be chosen; `saves`: the files that the page gives."""
    frame = look.desk.frame(look.address)
    places = [place for place in page_places(look) if place.is_shown and place.is_listed]
    others = [place for place in places if not place.is_ambition]
    head = render(
        "bar",
        "page_bar",
        frame=frame,
        current=INDICATORS if look.page == INDICATOR else look.page,
        links=Links(frame.address.parameters()),
        first=others[:FIRST_PLACES],
        ambitions=[place for place in places if place.is_ambition],
        others=others[FIRST_PLACES:],
        meeting=meeting_words(frame),
        chosen=choices_in_words(frame),
        controls=page_controls(look, with_role=with_role),
        own=own,
        search=INDICATORS,
        saves=saves,
        meanings=meanings(),
        findable=_list_findable(look, Links(frame.address.parameters())),
    )
    return head + paper_style(frame)


def _list_findable(look: Look, links: Links) -> list[tuple[str, str]]:
    """What the search leads to: the plan's indicators and ambitions, the teams that the viewer may choose, the pages;
    each with its address."""
    store = look.desk.store
    kpis = [kpi for kpi in store.plan.kpis if kpi in store.definitions]
    teams = offered_teams(look) if look.viewer.scope.sees_teams else []
    places = [place for place in page_places(look) if place.is_shown and place.is_listed]
    return [
        *((store.definitions[kpi].title, links.address(INDICATOR, {"kpi": kpi})) for kpi in kpis),
        *((team, links.address(TEAM, {"team": team})) for team in teams),
        *((place.title, links.address(place.address)) for place in places),
    ]


def plain_bar(controls: Sequence[Control]) -> Markup:
    """The head of a page without figures: the controls alone."""
    return render("bar", "plain_bar", controls=controls)
