"""No page is contradicted by itself, by another page of the same edition and address, by another role's, or by what the
edition before said: `contradictions` lists the pairs that may never stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import contradictions as pairs
import pytest
from contradictions import Pair
from examples import every_night, is_nightly
from looking import resolved
from made_once import made_once
from made_up_council import publish_made_up
from opposed_council import publish_opposed, publish_restated
from places import REPOSITORY, first_vintage
from published_files import ENGLAND, NORTH_WEST, NUMBERS, authority, lait, neighbours, row, workforce, workforce_values
from said_pages import AMBITION, ASK, BETTER, CHANGE, HEAD, MATRIX, MATRIX_ROW, YEARLY, SaidPage, Visit
from small_council import Council, month_ends
from small_desk import publish_desk

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.benchmarks import load_published
from improvement_board.benchmarks.own_figures import fill_own_figures
from improvement_board.building.published_home import make_published_home, publish_home
from improvement_board.declared.home import Home
from improvement_board.page_models import Board, Run
from improvement_board.page_models.models import IndicatorPage, KpiOutline

ROLES: Mapping[str, Callable[[str], Viewer]] = {
    "analyst": lambda team: EVERYONE,
    "committee": lambda team: Viewer("c", "committee"),
    "member": lambda team: Viewer("m", "member"),
    "manager": lambda team: Viewer("g", "manager", teams=frozenset({team})),
}
SMALL: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "opposed": (lambda folder: publish_opposed(Council(folder)), "North"),
    "restated": (lambda folder: publish_restated(Council(folder)), "South"),
    "one of each sort": (publish_desk, "North"),
}
MADE_UP = tuple(f"made up {seed}" for seed in range(20))
PUBLISHED = ("Tameside", "Birmingham", "Rutland")
OF_A_DAY = ("opposed", "restated", MADE_UP[0], "demonstration", "published")
SEEN = {"opposed": ("analyst", "member"), "restated": ("analyst",), "published": ("analyst",)}
FEW_INDICATORS = 4


@dataclass(frozen=True)
class Told:
    """What a council's pages tell: how many pages, how many pairs were tried, and those that contradict."""

    pages: int
    tried: Mapping[str, int]
    contradictions: Sequence[str]


def home_of(council: str, factory: pytest.TempPathFactory, reference: Path | None = None) -> tuple[Home, str]:
    """A council's data home, and one of its teams."""
    if council == "demonstration":
        return Home(REPOSITORY / "data"), "Assessment North"
    if council == "published":
        return Home(made_once(factory, "said-published", publish_years) / "home"), ""
    if council in PUBLISHED and reference:
        return Home(made_once(factory, "said-authorities", partial(publish_authorities, reference)) / council), ""
    make, team = SMALL.get(council) or (
        lambda folder: publish_made_up(folder, int(council.rpartition(" ")[2])),
        "North",
    )
    return Council(made_once(factory, f"said-{council.replace(' ', '-')}", make)).home, team  # type: ignore[arg-type]


def publish_authorities(reference: Path, folder: Path) -> None:
    """A home of each authority from the published files as they are."""
    with load_published(first_vintage(reference)) as published:
        fill_own_figures(published)
        for name in PUBLISHED:
            publish_home(published, published.authority(name), folder / name)


def publish_years(folder: Path) -> None:
    """A home from small published files, of two years."""
    places = [authority(number) for number in NUMBERS]
    rows = [
        row(year, place, *workforce_values(caseload_fte=16 + index % 5, agency_rate_fte=rate, agency_fte=rate))
        for year, rate in (("2023", 12), ("2024", 9))
        for index, place in enumerate([*places, ENGLAND, NORTH_WEST])
    ]
    shares = [
        ("Continue_Assess_Comp", year, "Town 301", share, "301") for year, share in (("2023", "80"), ("2024", "85"))
    ]
    make_published_home([workforce(folder, rows), lait(folder, shares), neighbours(folder)], "301", folder / "home")


def opened(council: str, factory: pytest.TempPathFactory, reference: Path | None = None) -> tuple[Board, str]:
    """A council's board, and one of its teams."""
    home, team = home_of(council, factory, reference)
    return Board(home), team


def addresses(team: str, day: date, council: str) -> Sequence[Mapping[str, str]]:
    """What a person may choose: nothing, a team, an earlier month, a later start, and two of them at once."""
    if not team:
        return ({},)
    before = month_ends(4, day)[0].isoformat()
    start = month_ends(3, day)[0].isoformat()
    each: Sequence[Mapping[str, str]] = ({}, {"team": team, "to": before})
    if council not in SMALL and not is_nightly():
        return each
    return (*each, {"from": start}, *(({"team": team}, {"to": before}) if is_nightly() else ()))


def visits(board: Board, team: str, council: str) -> Iterator[Visit]:
    """Every role's visits by each address, beside the analyst's to the same and its own to the edition before: to each
    edition by night, to the latest by day."""
    latest, is_short = Run(board).shelf.served[0], council == "demonstration" and not is_nightly()
    of_before: dict[str, Visit] = {}
    for name in reversed(Run(board).shelf.served):
        of_edition: dict[str, Visit] = {}
        for asked in addresses(team, date.fromisoformat(name[:10]), council):
            exact: Visit | None = None
            for role, viewer_of in ROLES.items():
                if role == "committee" and ("team" in asked or (council not in SMALL and not is_nightly())):
                    continue
                address, notices = resolved(board, viewer_of(team), {**asked, "edition": name})
                assert not notices
                look = Run(board).look(viewer_of(team), address)
                kpis = look.desk.store.plan.kpis[:FEW_INDICATORS] if is_short else None
                ambitions = [look.desk.store.plan.ambition[0].id] if is_short else None
                visit = Visit(look, exact, of_edition.get(role), of_before.get(role), ambitions, kpis)
                exact = exact or visit
                of_edition.setdefault(role, visit)
                if is_nightly() or name == latest:
                    yield visit
        of_before = of_edition


def tell(board: Board, team: str, council: str) -> Told:
    """Try every pair on every visit."""
    tried, contradictions, pages = dict.fromkeys((pair.__name__ for pair in pairs.PAIRS), 0), [], 0
    for visit in visits(board, team, council):
        pages += len(visit.pages)
        for pair in pairs.PAIRS:
            for beside in pair(visit):
                tried[pair.__name__] += 1
                if beside.contradicts:
                    where = f"{visit.look.viewer.role} {visit.look.address.parameters()}"
                    contradictions.append(f"{where}, {pair.__name__}: {beside.says} | {beside.beside}")
    return Told(pages, tried, contradictions)


@pytest.mark.parametrize("council", every_night((*SMALL, *MADE_UP, "demonstration", "published"), OF_A_DAY))
def test_nothing_contradicts(
    council: str, tmp_path_factory: pytest.TempPathFactory, record_property: Callable[[str, object], None]
) -> None:
    told = tell(*opened(council, tmp_path_factory), council)
    record_property("pages", told.pages)
    record_property("pairs", sum(told.tried.values()))
    assert not told.contradictions, f"{len(told.contradictions)} of {sum(told.tried.values())} pairs"


@pytest.mark.nightly
@pytest.mark.parametrize("council", PUBLISHED)
def test_nothing_contradicts_in_published_figures(
    council: str, tmp_path_factory: pytest.TempPathFactory, reference: Path
) -> None:
    assert not tell(*opened(council, tmp_path_factory, reference), council).contradictions


def reworded(visit: Visit, was: str, now: str, *parts: str) -> Visit:
    """A visit with other words: in some parts of its pages, or in all of them and the pages' texts."""

    def reword(page: SaidPage) -> SaidPage:
        said = tuple(
            replace(each, words=re.sub(was, now, each.words), under=re.sub(was, now, each.under))
            if not parts or each.part in parts
            else each
            for each in page.said
        )
        return replace(page, said=said, text=page.text if parts else re.sub(was, now, page.text))

    return with_pages(visit, reword)


def with_pages(visit: Visit, change: Callable[[SaidPage], SaidPage]) -> Visit:
    """A visit of which each page is changed."""
    changed = replace(visit)
    several = {name: tuple(map(change, getattr(visit, name))) for name in ("of_ambitions", "of_indicators", "team")}
    changed.__dict__.update({"plan": change(visit.plan), "changes": change(visit.changes), **several})
    return changed


def doubled(visit: Visit) -> Visit:
    """A visit of whose plan every figure is twice what it is."""

    def double(outline: KpiOutline) -> KpiOutline:
        return replace(
            outline,
            series=replace(outline.series, values=tuple(value and 2 * value for value in outline.series.values)),
        )

    shown = visit.look.plan()
    page = replace(visit.plan, shown=replace(shown, outlines=tuple(map(double, shown.outlines))))
    return with_pages(visit, lambda each: page if each is visit.plan else each)


def of_another_edition(visit: Visit) -> Visit:
    """A visit whose address asks for another edition than is shown."""
    return replace(visit, look=replace(visit.look, address=replace(visit.look.address, edition="2020-01-31")))


def with_all_changes(visit: Visit) -> Visit:
    """A visit whose plan tells every change of the whole service."""
    page = replace(visit.plan, said=(*visit.plan.said, *visit.changes.said))
    return with_pages(visit, lambda each: page if each is visit.plan else each)


def with_other_figures_now(visit: Visit) -> Visit:
    """A visit whose indicators say other figures of earlier editions' months."""

    def change(page: SaidPage) -> SaidPage:
        if not isinstance(page.shown, IndicatorPage):
            return page
        return replace(page, shown=replace(page.shown, earlier=tuple(replace(e, now=1.0) for e in page.shown.earlier)))

    return with_pages(visit, change)


def words_in_place(was: str, now: str, *parts: str) -> Callable[[Visit], Visit]:
    return lambda visit: reworded(visit, was, now, *parts)


ASKED, CHART_FIGURE = r"Ask: .*", r"(rose to|fell to|stood at) [\d.]+"
ALTERED: Mapping[Pair, Callable[[Visit], Visit]] = {
    pairs.better_beside_three_worse_months: words_in_place(": better", ": worse"),
    pairs.met_beside_not_met: words_in_place("meeting the target", "missing the target", HEAD),
    pairs.record_beside_its_months: words_in_place(r"arget met in \d+ of", "arget met in 1 of"),
    pairs.target_met_cell_beside_the_page: words_in_place("meeting the target", "missing the target"),
    pairs.two_latest_figures: words_in_place(CHART_FIGURE, r"\1 12.3"),
    pairs.a_count_that_is_not_the_percentage: words_in_place(r"\(\d+ of", "(7 of"),
    pairs.movement_against_its_figures: words_in_place("rose to", "fell to"),
    pairs.item_in_the_wrong_list: words_in_place(": worse", ": better", ASK),
    pairs.nothing_is_worse_beside_one_that_is: words_in_place(
        "Ask about these", "No indicator of which a verdict is shown is worse"
    ),
    pairs.another_word_for_one_indicator: words_in_place("Worse", "Better", MATRIX),
    pairs.another_word_in_the_download: words_in_place("Worse", "Better", HEAD),
    pairs.another_word_in_another_role: words_in_place("Worse", "Better", MATRIX),
    pairs.another_figure_in_another_role: doubled,
    pairs.ambition_beside_its_indicators: words_in_place("Worse", "Better", AMBITION),
    pairs.first_sentence_beside_the_ambitions: words_in_place(r"Of (\d+) ambitions?, \d+", r"Of \1 ambitions, 7"),
    pairs.counts_of_another: words_in_place(r"\d+", "99", MATRIX_ROW),
    pairs.another_month_than_chosen: words_in_place("September 2026", "October 2026"),
    pairs.another_team_than_chosen: words_in_place("North: ", "South: "),
    pairs.another_edition_than_chosen: of_another_edition,
    pairs.changes_of_the_service_on_a_narrowed_page: with_all_changes,
    pairs.number_of_changes_beside_their_list: words_in_place(r"All \d+ changes", "All 99 changes"),
    pairs.earlier_figure_of_no_edition: words_in_place(r"[\d.]+% in June 2026", "1.0% in June 2026"),
    pairs.since_a_month_that_it_is_not: words_in_place(r"since \w+ \d{4}", "since January 2024"),
    pairs.average_that_its_months_are_not: words_in_place(r"last three months is [\d.]+", "last three months is 1.0"),
    pairs.team_that_does_not_stand_out: words_in_place(ASKED, "Ask: No single team explains it"),
    pairs.team_figure_without_its_period: words_in_place(ASKED, "Ask: What is different in South (99.9%)?"),
    pairs.target_long_met_that_was_not: words_in_place(ASKED, "The target was met for 30 months until September 2026"),
    pairs.new_though_it_was_said_before: words_in_place("New ", "", ASK, BETTER),
    pairs.restated_from_what_was_not_said: words_in_place(r" from [\d.]+", " from 1.0", CHANGE),
    pairs.earlier_edition_beside_the_figures: with_other_figures_now,
    pairs.side_of_england_beside_the_figures: words_in_place("better than England", "worse than England"),
    pairs.year_before_beside_the_figures: words_in_place("^−", "+", YEARLY),
}


def test_each_pair_finds_what_it_looks_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of the same visits with other words: none of the pairs is blind."""
    assert set(ALTERED) == set(pairs.PAIRS)
    seen = [
        visit
        for council, roles in SEEN.items()
        for visit in visits(*opened(council, tmp_path_factory), council)
        if visit.look.viewer.role in roles
    ]
    blind = [
        pair.__name__
        for pair, alter in ALTERED.items()
        if not any(beside.contradicts for visit in seen for beside in pair(alter(visit)))
    ]
    assert blind == []
