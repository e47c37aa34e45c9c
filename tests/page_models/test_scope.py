"""Who may see what: every view that the desk asks, for every role, row by row, against the files of the edition."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
from examples import is_nightly
from looking import resolved
from places import REPOSITORY
from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import Viewer
from improvement_board.building import publish
from improvement_board.common.shipped import QUERIES
from improvement_board.declared.home import Home
from improvement_board.editions.open_edition import Store
from improvement_board.errors import InputError, NotForRoleError
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, IndicatorChoice, Run

OWN = "Assessment North"
VIEWERS = {
    "committee": Viewer("c", "committee"),
    "committee told to be exact": Viewer("c", "committee", sees_exact=True),
    "member": Viewer("m", "member"),
    "member under agreement": Viewer("m", "member", sees_exact=True),
    "manager": Viewer("g", "manager", teams=frozenset({OWN})),
    "manager of nothing": Viewer("g", "manager"),
    "analyst": Viewer("a", "analyst"),
}
PUBLISHING = {"zero_months",
    "create_benchmarks", "create_changes", "create_managed", "create_protected", "drop_changes_managed",
    "extract_problems", "extract_rows", "load_benchmarks", "load_extracts", "load_figures", "load_managed",
    "load_protected_managed", "load_scope", "load_teams", "team_months",
}  # fmt: skip
OF_NO_COUNTS = {"comparators", "standings", "period_ends", "period_grains"}
BY, LEVELS = (None, "month", "quarter", "year"), ("service", "team", "worker")
ASKED = {"changes", "data_quality", "export_series", "indicator_series", "overview_series"}
Key = tuple[Any, ...]


@pytest.fixture(scope="module")
def board() -> Board:
    """The demonstration council."""
    return Board(Home(REPOSITORY / "data"))


@cache
def files() -> tuple[dict[str, list[Any]], dict[Key, tuple[Any, ...]], frozenset[str]]:
    """The latest edition, read without the desk: exact rows by KPI, protected rows by what they are of, and the KPIs
    that children stand behind."""
    folder = sorted((REPOSITORY / "data" / "editions").iterdir())[-1]
    exact: dict[str, list[Any]] = defaultdict(list)
    children = set()
    for definition in (folder / "definitions").glob("*.sql"):
        columns = "period_end, team, worker, category, numerator, denominator"
        exact[definition.stem] = duckdb.sql(f"select {columns} from '{folder / definition.stem}.parquet'").fetchall()
        if 'counts = "workers"' not in definition.read_text(encoding="utf-8"):
            children.add(definition.stem)
    protected = {
        row[:6]: row[6:]
        for row in duckdb.sql(
            f"""select kpi, level, team, category, period, period_end, numerator, denominator, value_low, value_high,
            symbol from '{folder / "protected.parquet"}'"""
        ).fetchall()
    }
    return exact, protected, frozenset(children)


@cache
def added(kpi: str, by: tuple[int, ...]) -> dict[Key, tuple[float, float]]:
    """Exact sums of a KPI by period end and the columns asked for (1 team, 2 worker, 3 category)."""
    sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in files()[0][kpi]:
        key = (row[0], *(row[column] for column in by))
        sums[key][0] += row[4] or 0.0
        sums[key][1] += row[5] or 0.0
    return {key: (pair[0], pair[1]) for key, pair in sums.items()}


def asked_rows(store: Store) -> Iterator[dict[str, Any]]:
    """Every row of every view that reads extracts, with the KPI and level it is of."""
    kpis, last = list(store.definitions), store.name.day
    teams = [None, OWN, "Assessment South"]
    for team in [*teams, "North", ""]:
        for row in store.rows("overview_series", kpis=kpis, team=team, last=last):
            yield {"worker": None, **row}
    some = [*kpis[:: 5 if is_nightly() else 12], "average_caseload", "re_referrals"]
    for team, level, by_category, by in product(teams[:2], LEVELS, (False, True), BY):
        asked = {"team": team, "level": level, "by_category": by_category, "by": by}
        for row in store.rows("export_series", kpis=some if level == "service" else some[::3], last=last, **asked):
            yield {"level": "category" if by_category and level == "service" else level, **row}
    for kpi, team in product(some, teams[:2]):
        of = {"kpis": [kpi], "team": team, "level": "worker", "by_category": False, "by": None}
        workers = (row["worker"] for row in store.rows("export_series", last=last, **of))
        asked = {"team": team, "worker": next(filter(None, workers), "nobody"), "with_workers": True}
        for row in store.rows("indicator_series", kpi=kpi, last=last, **asked):
            level = row["level"].removesuffix("_series")
            yield {**row, "kpi": kpi, "level": level, "team": row["team"] or (team if level != "service" else None)}


def check(row: dict[str, Any], viewer: Viewer) -> None:
    """That a row is one that the viewer may see, with the figures that they may see."""
    _, protected, children = files()
    is_exact = viewer.role == "analyst" or (viewer.sees_exact and viewer.role != "committee")
    is_own = viewer.role == "manager" and row["team"] == OWN and OWN in viewer.teams
    if row["worker"] is not None and viewer.role != "analyst":
        assert viewer.role == "manager"
        sums = added(row["kpi"], (1, 2))[row["period_end"], *(next(iter(viewer.teams)), row["worker"])]
        assert row["numerator"] is None or row["numerator"] <= sums[0] + 1e-9, row  # of the own team's part alone
        return
    if row["team"] is not None:
        assert viewer.role != "committee", row
    if row["kpi"] not in children or is_exact or is_own:
        assert (row["value_low"], row["value_high"]) == (None, None)
        return
    level = "team" if row["team"] is not None or row["level"] in ("team", "worker") else "service"
    row_key = (row["kpi"], level, row["team"], row["category"], row["period"], row["period_end"])
    if level == "team":
        assert (row["numerator"], row["denominator"], row["value"]) == (None, None, None), row
        assert row["team"] is not None
        assert row["category"] is None
    given = protected[row_key]
    if viewer.role == "manager" and viewer.teams and row["symbol"] == "c":  # what members see, or a gap
        given = (None, None, None, None, "c")
    assert (row["numerator"], row["denominator"], row["value_low"], row["value_high"], row["symbol"]) == given, row


def test_every_view_is_looked_at() -> None:
    there = {file.stem for file in (QUERIES / "views").glob("*.sql")}
    assert there == PUBLISHING | OF_NO_COUNTS | ASKED


@pytest.mark.parametrize("name", sorted(VIEWERS.keys() - {"analyst"}))
def test_every_row_of_every_view_is_for_the_role(board: Board, name: str) -> None:
    viewer = VIEWERS[name]
    desk = Run(board).look(viewer).desk
    seen = defaultdict(int)
    for row in asked_rows(desk.store):
        check(row, viewer)
        seen[row["level"]] += 1
    assert seen["service"] > 1000
    assert bool(seen["team"]) == (viewer.role != "committee")


@pytest.mark.parametrize("name", VIEWERS)
def test_the_connection_holds_no_more_than_that(board: Board, name: str) -> None:
    viewer = VIEWERS[name]
    connection = Run(board).look(viewer).desk.store.connection.cursor()
    tables = {row[0] for row in connection.execute("select table_name from information_schema.tables").fetchall()}
    assert tables == {"benchmarks", "changes", "extracts", "figures", "headlines", "teams"} | (
        {"published_changes"} if "published_changes" in tables else set()
    )
    own = OWN if viewer.role == "manager" else ""
    if viewer.role != "analyst":
        query = "select count(*) from extracts where worker is not null and team is distinct from $own"
        assert connection.execute(query, {"own": own}).fetchone() == (0,)
    if viewer.role == "committee":
        assert connection.execute("select count(*) from extracts where team is not null").fetchone() == (0,)
        assert connection.execute("select count(*) from teams").fetchone() == (0,)


def test_what_is_not_protected_is_exact(board: Board) -> None:
    for viewer in VIEWERS.values():
        store = Run(board).look(viewer).desk.store
        kpis = sorted(store.definitions.keys() - store.protected)
        rows = store.rows("overview_series", kpis=kpis, team=OWN, last=SEPTEMBER)
        assert {row["kpi"] for row in rows} == set(kpis)
        for row in rows:
            if row["level"] == "service" and row["numerator"] is not None:
                sums = added(row["kpi"], ())[row["period_end"],]
                assert (row["numerator"], row["denominator"] or 0.0) == pytest.approx(sums)
            if row["level"] == "team" and row["numerator"] is not None:
                sums = added(row["kpi"], (1,))[row["period_end"], OWN]
                assert (row["numerator"], row["denominator"] or 0.0) == pytest.approx(sums)


def test_a_managers_own_team_is_exact_with_its_workers(board: Board) -> None:
    store = Run(board).look(VIEWERS["manager"]).desk.store
    kpi = "assessments_45_days"
    asked = {"kpis": [kpi], "last": SEPTEMBER, "by_category": False, "by": None}
    of_team = store.rows("export_series", **asked, team=OWN, level="team")
    assert {(row["period_end"], OWN): (row["numerator"], row["denominator"]) for row in of_team} == {
        key: sums for key, sums in added(kpi, (1,)).items() if key[1] == OWN
    }
    workers = {row["worker"] for row in store.rows("export_series", **asked, team=OWN, level="worker")}
    assert workers == {row[2] for row in files()[0][kpi] if row[1] == OWN}


@pytest.mark.parametrize("name", ["committee", "member", "manager"])
def test_what_changed_is_said_of_what_they_see(board: Board, name: str) -> None:
    desk = Run(board).look(VIEWERS[name]).desk
    _, protected, children = files()
    for change in desk.store.rows("changes"):
        if change["kpi"] in children and change["unit"] == desk.store.definitions[change["kpi"]].unit == "count":
            row_key = (change["kpi"], "service", None, change["category"], change["grain"], change["period_end"])
            assert change["now"] == protected[row_key][0]
    if name == "manager":
        told = desk.store.rows("changes")
        assert {row["kpi"] for row in told} <= {
            row["kpi"] for row in Run(board).look(VIEWERS["member"]).desk.store.rows("changes")
        }


def test_a_team_that_is_not_theirs_is_refused_like_one_that_is_not_there(board: Board) -> None:
    with pytest.raises(InputError) as refused:
        Run(board).look(VIEWERS["committee"]).export(ExportRequest(team=OWN))
    assert OWN not in str(refused.value.problems[0].allowed)
    address, notices = resolved(board, VIEWERS["committee"], {"team": OWN})
    assert address == Address()
    assert len(notices) == 1
    for level in ("team", "worker"):
        with pytest.raises(InputError, match="not for this role"):
            Run(board).look(VIEWERS["committee"]).export(ExportRequest(level=level))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not for this role"):
        Run(board).look(VIEWERS["member"]).export(ExportRequest(level="worker"))


def test_pages_that_are_not_for_the_role_are_refused(board: Board) -> None:
    with pytest.raises(NotForRoleError):
        Run(board).look(Viewer("x", "auditor"))
    for name in ("committee", "member", "manager"):
        with pytest.raises(NotForRoleError):
            Run(board).look(VIEWERS[name]).quality()


def test_a_member_who_asks_for_a_worker_is_told_there_is_none(board: Board) -> None:
    worker = next(row[2] for row in files()[0]["average_caseload"] if row[1] == OWN)
    choice = IndicatorChoice("average_caseload", worker=worker)
    page = Run(board).look(VIEWERS["member"], Address(team=OWN)).indicator(choice)
    assert (page.worker, page.workers, page.distribution, page.worker_names) == (None, (), None, {})
    assert any("There is no worker" in notice for notice in page.notices)
    assert Run(board).look(VIEWERS["manager"], Address(team=OWN)).indicator(choice).worker is not None


def digits(text: str) -> str:
    """A CSV without the last digits of its figures, which depend on the order in which parts were added up."""
    return re.sub(r"\d+\.\d+", lambda cells: f"{float(cells[0]):.9g}", text)


def test_sessions_at_once_get_what_is_theirs(board: Board) -> None:
    request = ExportRequest(tuple(sorted(files()[0]))[::6])
    expected = {name: Run(board).look(viewer).export(request).text for name, viewer in VIEWERS.items()}
    fresh, digits_by_role = Board(board.home), defaultdict(set)

    def ask(name: str) -> None:
        digits_by_role[name].add(digits(Run(fresh).look(VIEWERS[name]).export(request).text))

    threads = [threading.Thread(target=ask, args=(name,)) for name in (*VIEWERS, *reversed(VIEWERS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert digits_by_role == {name: {digits(text)} for name, text in expected.items()}
    assert expected["committee"] == expected["committee told to be exact"]
    assert digits(expected["member under agreement"]) == digits(expected["analyst"]) != digits(expected["member"])


@pytest.mark.parametrize("made_from", ["published", "records", "demonstration"])
def test_published_figures_are_public_and_no_others_whatever_the_plan_says(tmp_path: Path, made_from: str) -> None:
    council = Council(tmp_path)
    plan = council.plan([council.define("seen")])
    text = council.home.plan.read_text(encoding="utf-8")
    council.home.plan.write_text(
        text.replace("synthetic = true", "synthetic = false\npublished = true"), encoding="utf-8"
    )
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 6, team="North")}, plan, made_from=made_from)
    desk = Run(Board(council.home)).look(VIEWERS["committee"]).desk
    rows = desk.store.rows("overview_series", kpis=["seen"], team=None, last=SEPTEMBER)
    is_public = made_from == "published"
    assert ({row["numerator"] for row in rows} == {1.0}, desk.store.protected == frozenset()) == (is_public, is_public)
    labels = {"published": "Published figures", "demonstration": "Synthetic data", "records": ""}
    assert desk.frame(Address()).label == labels[made_from]


def test_an_edition_that_was_never_protected_gives_the_protected_roles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_protect", lambda *_: None)
    council = Council(tmp_path)
    council.define("seen")
    council.define("staff", counts="workers")
    rows = monthly([(90.0, 100.0)] * 24, team="North")
    council.publish(SEPTEMBER, {"seen": rows, "staff": rows})
    for viewer, kpis in ((VIEWERS["member"], {"staff"}), (VIEWERS["analyst"], {"staff", "seen"})):
        store = Run(Board(council.home)).look(viewer).desk.store
        series_rows = store.rows("overview_series", kpis=["seen", "staff"], team="North", last=SEPTEMBER)
        assert {row["kpi"] for row in series_rows} == kpis
