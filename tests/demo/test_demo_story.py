"""What the demonstration council's records show is the story it was made to tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from improvement_board.declared.tables import declared_tables
from improvement_board.demo import EDITIONS, write_demo
from improvement_board.demo.teams import TEAMS

REDESIGN = "date '2021-10-01'"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter of the council: large enough for the story to stand out from chance."""
    out = tmp_path_factory.mktemp("story")
    write_demo(out, scale=0.25)
    return out


def opened(demo: Path, edition: int) -> duckdb.DuckDBPyConnection:
    """An edition's tables, as views of their names."""
    connection = duckdb.connect()
    for table in declared_tables():
        connection.read_parquet(str(demo / EDITIONS[edition].isoformat() / f"{table}.parquet")).create_view(table)
    return connection


@pytest.fixture(scope="module")
def council(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The last edition."""
    connection = opened(demo, -1)
    yield connection
    connection.close()


def figure(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    """The one figure a query gives."""
    ((only_value,),) = connection.sql(sql).fetchall()
    assert only_value is not None, sql
    return float(only_value)


def contacts(council: duckdb.DuckDBPyConnection, first: str, last: str) -> float:
    between = f"cont_contact_date between date '{first}' and date '{last}'"
    return figure(council, f"select count(*) from ssd_contacts where {between}")


def test_contacts_halve_while_schools_are_closed_then_overshoot(council: duckdb.DuckDBPyConnection) -> None:
    before = contacts(council, "2019-04-01", "2019-06-30")
    assert 0.42 < contacts(council, "2020-04-01", "2020-06-30") / before < 0.65
    assert contacts(council, "2020-09-01", "2020-11-30") / before > 1.15


def agency_share(council: duckdb.DuckDBPyConnection, period_end: str) -> float:
    return figure(
        council,
        f"""select 100 * sum(fte) filter (where agency_flag = 'Y') / sum(fte) from workforce
            where social_worker_flag = 'Y' and end_date is null and period_end = date '{period_end}'""",
    )


@pytest.mark.parametrize(
    ("period_end", "low", "high"),
    [
        ("2019-04-30", 9, 19),
        ("2021-12-31", 34, 46),
        ("2022-10-31", 34, 46),
        ("2026-06-30", 18, 24),
        ("2026-09-30", 14, 21.5),
    ],
)
def test_agency_share_climbs_in_2021_holds_and_falls(
    council: duckdb.DuckDBPyConnection, period_end: str, low: float, high: float
) -> None:
    assert low < agency_share(council, period_end) < high


def test_agency_workers_stay_longer_at_the_end(council: duckdb.DuckDBPyConnection) -> None:
    tenure = """select avg((start_date <= period_end - interval 1 year)::int) from workforce
                where agency_flag = 'Y' and end_date is null and period_end = date '{}'"""
    assert figure(council, tenure.format("2026-09-30")) > figure(council, tenure.format("2021-12-31")) + 0.3


def caseloads(council: duckdb.DuckDBPyConnection, measure: str) -> float:
    return figure(
        council,
        f"""select {measure} from (
                select invo_professional_id, count(*) as cases, any_value(fte) as fte
                from ssd_involvements join workforce on invo_professional_id = professional_id
                where period_end = date '2026-09-30' and social_worker_flag = 'Y' and invo_involvement_end_date is null
                group by 1)""",
    )


def test_caseloads_average_under_20_and_spread_widely(council: duckdb.DuckDBPyConnection) -> None:
    assert 14 < caseloads(council, "sum(cases) / sum(fte)") < 20
    assert caseloads(council, "stddev(cases)") > 3
    assert caseloads(council, "max(cases)") > 22


def assessed_on_time(council: duckdb.DuckDBPyConnection, team: str, first: str, last: str) -> float:
    """Share of assessments within 65 calendar days (about 45 working days)."""
    return figure(
        council,
        f"""select avg((cina_assessment_auth_date - cine_referral_date <= 65)::int)
            from ssd_cin_assessments join ssd_cin_episodes on cina_referral_id = cine_referral_id
            where cina_assessment_team {team} and cina_assessment_start_date < cine_referral_date + 10
            and cina_assessment_auth_date between date '{first}' and date '{last}'""",
    )


def test_the_additional_needs_team_lags_recovers_and_slips(council: duckdb.DuckDBPyConnection) -> None:
    for first, last in (("2020-07-01", "2021-12-31"), ("2026-06-01", "2026-09-30")):
        needs = assessed_on_time(council, "= 'T02'", first, last)
        assert needs < assessed_on_time(council, "not in ('T02', 'T22')", first, last) - 0.15
    assert assessed_on_time(council, "= 'T02'", "2023-09-01", "2026-04-30") > 0.65


def test_the_project_team_works_only_in_2022_and_clears_the_backlog(council: duckdb.DuckDBPyConnection) -> None:
    service = "select {}(period_end) = date '{}' from workforce where team = 'T22'"
    assert figure(council, service.format("min", "2022-01-31")) == 1
    assert figure(council, service.format("max", "2022-12-31")) == 1
    assert figure(council, "select avg((agency_flag = 'Y')::int) from workforce where team = 'T22'") == 1
    waiting = """select count(*) from ssd_cin_assessments where cina_assessment_team in ('T02', 'T22')
                 and cina_assessment_start_date < date '{0}' - 70
                 and coalesce(cina_assessment_auth_date, date '2099-01-01') > date '{0}'"""
    assert figure(council, waiting.format("2022-01-01")) > 3 * figure(council, waiting.format("2023-01-01"))


def test_the_redesign_closes_teams_and_opens_others(council: duckdb.DuckDBPyConnection) -> None:
    months = council.sql("select team, min(period_end), max(period_end) from workforce group by team").fetchall()
    there = {int(team[1:]): (first.isoformat(), last.isoformat()) for team, first, last in months}
    assert set(there) == {team.number for team in TEAMS}
    for team in TEAMS:
        if 5 <= team.number <= 11:
            assert there[team.number][1] == "2021-09-30", team.name
        elif team.number > 11 and team.number != 22:
            assert there[team.number] == ("2021-10-31", "2026-09-30"), team.name
    assert figure(council, "select count(*) from ssd_department") == len(TEAMS)
    now = "from ssd_department where dept_team_id in (select team from workforce where period_end = date '2026-09-30')"
    assert council.sql(f"select count(*), count(distinct dept_team_parent_name) {now}").fetchall() == [(15, 4)]
    late = (
        f"from ssd_cin_plans where cinp_cin_plan_team between 'T05' and 'T11' and cinp_cin_plan_end_date > {REDESIGN}"
    )
    assert figure(council, f"select count(*) {late}") == 0


def test_attendance_is_about_85_percent_in_2020_and_august_has_no_school(council: duckdb.DuckDBPyConnection) -> None:
    attended = """select 100 * (1 - sum(sessions_authorised + sessions_unauthorised) / sum(sessions_possible))
                  from attendance where period_end between date '2020-09-01' and date '2020-12-31'"""
    assert 82.5 < figure(council, attended) < 89
    assert figure(council, "select count(*) from attendance where month(period_end) = 8") == 0


def test_audits_grow_in_number_and_grade(council: duckdb.DuckDBPyConnection) -> None:
    good = "select avg((grade in ('good', 'outstanding'))::int) from audits where year(planned_date) = {}"
    assert figure(council, good.format(2026)) > figure(council, good.format(2019)) + 0.25
    count = "select count(*) from audits where planned_date between date '{0}-04-01' and date '{0}-09-30'"
    assert figure(council, count.format(2026)) > 2.5 * figure(council, count.format(2019))


def test_missing_episodes_jump_at_the_end(council: duckdb.DuckDBPyConnection) -> None:
    monthly = """select count(*) / {} from ssd_missing
                 where miss_missing_episode_start_date::date between date '{}' and date '{}'"""
    year = figure(council, monthly.format(12, "2025-08-01", "2026-07-31"))
    assert figure(council, monthly.format(2, "2026-08-01", "2026-09-30")) > 1.35 * year


def test_a_later_edition_adds_what_was_recorded_late_and_changes_nothing_else(demo: Path) -> None:
    both = duckdb.connect()
    for name, edition in (("earlier", -2), ("later", -1)):
        for table in ("ssd_cin_assessments", "ssd_cin_visits", "cin_reviews", "audits"):
            file = demo / EDITIONS[edition].isoformat() / f"{table}.parquet"
            both.read_parquet(str(file)).create_view(f"{name}_{table}")
    assert EDITIONS[-2].isoformat() == "2026-06-30"
    just_before = "between date '2026-05-01' and date '2026-06-30'"
    for table, key, column in (
        ("ssd_cin_assessments", "cina_assessment_id", "cina_assessment_auth_date"),
        ("cin_reviews", "review_id", "review_date"),
        ("audits", "audit_id", "completed_date"),
    ):
        pairs = f"from earlier_{table} as e join later_{table} as l using ({key})"
        if table != "audits":  # too few in a quarter of the council to be sure of a late one
            late = f"select count(*) {pairs} where e.{column} is null and l.{column} {just_before}"
            assert figure(both, late) > 0, table
        assert figure(both, f"select count(*) {pairs} where e.{column} <> l.{column}") == 0, table
        assert figure(both, f"select count(*) from earlier_{table} anti join later_{table} using ({key})") == 0, table
    new = "from later_ssd_cin_visits anti join earlier_ssd_cin_visits using (cinv_cin_visit_id)"
    assert figure(both, f"select count(*) {new} where cinv_cin_visit_date <= date '2026-06-30'") > 0
    both.close()
