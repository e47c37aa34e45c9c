"""The proof on what people can obtain: every download of two editions, at every grain, gives no small count away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import product

import pytest
from councils import breaches, hard_council
from examples import every_night
from small_council import Council as Home
from test_protected_editions import FIRST, LAST, publish

from improvement_board.access.viewer import Viewer
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Grain, Level
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.downloads import ambition_download

MEMBER, COMMITTEE = Viewer("m", "member"), Viewer("c", "committee")
PERIODS: tuple[Grain | None, ...] = (None, "month", "quarter", "year")
LEVELS: tuple[Level, ...] = ("service", "team")


def downloads(board: Board, viewer: Viewer, edition: str) -> Iterator[str]:
    """Every text that a role can save of an edition: all levels, categories, periods and teams, and the ambition's."""
    look = Run(board).look(viewer, Address(edition=edition))
    teams = [None, *(team.team for team in look.desk.store.teams)]
    levels = LEVELS if viewer.scope.sees_teams else LEVELS[:1]
    for level, by, by_category, team in product(levels, PERIODS, (False, True), teams):
        request = ExportRequest(team=team, level=level, by=by, by_category=by_category)
        yield look.export(request).text
    for first in (None, *look.desk.periods.firsts[-2:]):
        yield ambition_download(
            Run(board).look(viewer, Address(first=first, edition=edition)).ambition("practice")
        ).text


HARD = (("tiny teams", 5), ("one-team service", 4), ("one large", 5))


@pytest.mark.parametrize(("kind", "seed"), every_night(HARD, HARD[:2], several=True))
def test_every_download_of_two_editions_gives_no_small_count_away(council: Home, kind: str, seed: int) -> None:
    """In the first two, a year's total in the second edition would not be safe beside bands that the first gave."""
    hard = hard_council(kind, seed)
    for kpi in hard.kpis:
        council.define(kpi.id, unit=kpi.unit, timing=kpi.timing, category="Made up" if kpi.id == "first" else None)
    for day in (FIRST, LAST):
        publish(council, hard, day)
    board = Board(council.home)
    texts = [
        text for viewer in (MEMBER, COMMITTEE) for day in (FIRST, LAST) for text in downloads(board, viewer, str(day))
    ]
    rows = [row for text in texts for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]
    of_teams = [row for row in rows if row["level"] == "team"]
    assert of_teams
    assert all(not (row["numerator"] or row["denominator"] or row["value"] or row["mean"]) for row in of_teams)
    assert {row["symbol"] for row in rows if not (row["numerator"] or row["value_low"])} <= {"c"}
    given, small = breaches(hard, texts)
    assert small
    assert given == []


def test_an_analysts_download_gives_them_all_away(council: Home) -> None:
    """The attack reads downloads: what is exact is found."""
    hard = hard_council("tiny teams", 5)
    for kpi in hard.kpis:
        council.define(kpi.id, unit=kpi.unit, timing=kpi.timing, category="Made up" if kpi.id == "first" else None)
    publish(council, hard, LAST)
    text = Run(Board(council.home)).look(Viewer("a", "analyst")).export(ExportRequest(level="team")).text
    given, small = breaches(hard, [text])
    assert len(given) > small / 2
