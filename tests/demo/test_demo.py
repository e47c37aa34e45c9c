"""The demonstration council: the same every time, whole, in order, and telling its story."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from record_folders import read_source_folder

from improvement_board.declared.tables import declared_tables
from improvement_board.demo import EDITIONS, write_demo

SMALL = 0.02
LAST = EDITIONS[-1]


def folders_equal(first: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    return all((first / file).read_bytes() == (other / file).read_bytes() for file in files)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tenth of the council, three editions."""
    out = tmp_path_factory.mktemp("demo")
    write_demo(out, scale=0.1)
    return out


def opened(demo: Path, edition: date) -> duckdb.DuckDBPyConnection:
    """An edition's tables, as views of their names."""
    connection = duckdb.connect()
    for table in declared_tables():
        connection.read_parquet(str(demo / edition.isoformat() / f"{table}.parquet")).create_view(table)
    return connection


@pytest.fixture(scope="module")
def latest(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The last edition."""
    connection = opened(demo, LAST)
    yield connection
    connection.close()


def figure(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    """The one figure a query gives."""
    ((only_value,),) = connection.sql(sql).fetchall()
    assert only_value is not None, sql
    return float(only_value)


def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    editions = (date(2019, 9, 30), date(2019, 12, 31))
    write_demo(tmp_path / "here", scale=SMALL, editions=editions)
    program = (
        "import sys; from datetime import date; from pathlib import Path; "
        "from improvement_board.demo import write_demo; "
        "write_demo(Path(sys.argv[1]), scale=0.02, editions=(date(2019, 9, 30), date(2019, 12, 31)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "there")], check=True, env=environment)
    assert folders_equal(tmp_path / "here", tmp_path / "there")


def test_another_seed_gives_another_council(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_demo(tmp_path / str(seed), scale=SMALL, seed=seed, editions=(date(2019, 6, 30),))
    assert not folders_equal(tmp_path / "1", tmp_path / "2")


def test_a_later_first_month_shortens_the_records(tmp_path: Path) -> None:
    write_demo(tmp_path, scale=SMALL, first_month=date(2026, 1, 1), editions=(date(2026, 3, 31),))
    folder = tmp_path / "2026-03-31"
    source = read_source_folder(folder)
    assert (source.edition, source.first_day) == (date(2026, 3, 31), date(2026, 1, 1))
    workforce = duckdb.read_parquet(str(folder / "workforce.parquet"))
    months = workforce.project("period_end").distinct().order("1").fetchall()
    assert [month for (month,) in months] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


@pytest.mark.parametrize(
    "wrong",
    [{"scale": 0.004}, {"editions": ()}, {"editions": (date(2019, 3, 31),)}, {"editions": (date(2026, 9, 29),)}],
    ids=["too small", "no editions", "before the first month", "not a month's end"],
)
def test_impossible_wishes_are_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="demonstration"):
        write_demo(tmp_path / "out", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_every_declared_table_is_there_with_its_columns_and_types(demo: Path, edition: date) -> None:
    source = read_source_folder(demo / edition.isoformat())
    assert set(source.files) == set(declared_tables())
    for table in declared_tables().values():
        written_table = duckdb.read_parquet(str(source.files[table.name]))
        assert written_table.columns == [column.name for column in table.columns], table.name
        assert [str(kind) for kind in written_table.types] == [column.duckdb_type for column in table.columns], (
            table.name
        )
        assert len(written_table) > 0, table.name


def test_a_source_folder_says_that_it_is_made_up(demo: Path) -> None:
    source = read_source_folder(demo / LAST.isoformat())
    assert (source.edition, source.first_day) == (LAST, date(2019, 4, 1))
    assert "synthetic = true" in (demo / LAST.isoformat() / "source.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_nothing_is_dated_later_than_the_edition(demo: Path, edition: date) -> None:
    connection = opened(demo, edition)
    late = [
        (table.name, column.name)
        for table in declared_tables().values()
        for column in table.columns
        if column.type in ("date", "time")
        and figure(connection, f"select count(*) from {table.name} where {column.name}::date > date '{edition}'")
    ]
    connection.close()
    assert late == []


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_keys_are_unique_and_files_sorted_by_them(demo: Path, edition: date) -> None:
    connection = opened(demo, edition)
    for table in declared_tables().values():
        key = f"({', '.join(table.key)})"
        rows, keys = connection.sql(f"select count(*), count(distinct {key}) from {table.name}").fetchall()[0]
        assert rows == keys, table.name
        ordered = f"select bool_and(is_next) from (select {key} >= lag({key}) over () as is_next from {table.name})"
        assert connection.sql(ordered).fetchall()[0][0] is not False, table.name
    connection.close()


LINKS = """
ssd_cin_episodes.cine_person_id ssd_person.pers_person_id | ssd_contacts.cont_person_id ssd_person.pers_person_id
ssd_cin_assessments.cina_referral_id ssd_cin_episodes.cine_referral_id
ssd_cin_assessments.cina_assessment_worker_id ssd_professionals.prof_professional_id
ssd_cin_assessments.cina_assessment_team ssd_department.dept_team_id
ssd_assessment_factors.cinf_assessment_id ssd_cin_assessments.cina_assessment_id
ssd_s47_enquiry.s47e_referral_id ssd_cin_episodes.cine_referral_id
ssd_initial_cp_conference.icpc_s47_enquiry_id ssd_s47_enquiry.s47e_s47_enquiry_id
ssd_initial_cp_conference.icpc_cp_plan_id ssd_cp_plans.cppl_cp_plan_id
ssd_cp_plans.cppl_icpc_id ssd_initial_cp_conference.icpc_icpc_id
ssd_cp_plans.cppl_referral_id ssd_cin_episodes.cine_referral_id
ssd_cp_visits.cppv_cp_plan_id ssd_cp_plans.cppl_cp_plan_id | ssd_cp_reviews.cppr_cp_plan_id ssd_cp_plans.cppl_cp_plan_id
ssd_cin_plans.cinp_referral_id ssd_cin_episodes.cine_referral_id
ssd_cin_plans.cinp_cin_plan_worker_id ssd_professionals.prof_professional_id
cin_reviews.cin_plan_id ssd_cin_plans.cinp_cin_plan_id | ssd_cin_visits.cinv_person_id ssd_cin_plans.cinp_person_id
ssd_cla_episodes.clae_cla_placement_id ssd_cla_placement.clap_cla_placement_id
ssd_cla_placement.clap_cla_id ssd_cla_episodes.clae_cla_id | ssd_cla_visits.clav_cla_id ssd_cla_episodes.clae_cla_id
ssd_cla_reviews.clar_cla_id ssd_cla_episodes.clae_cla_id | ssd_legal_status.lega_person_id ssd_person.pers_person_id
ssd_cla_health.clah_person_id ssd_person.pers_person_id | ssd_care_leavers.clea_person_id ssd_person.pers_person_id
ssd_involvements.invo_person_id ssd_person.pers_person_id
ssd_involvements.invo_professional_id ssd_professionals.prof_professional_id
ssd_involvements.invo_professional_team ssd_department.dept_team_id
ssd_involvements.invo_referral_id ssd_cin_episodes.cine_referral_id
ssd_missing.miss_person_id ssd_person.pers_person_id
workforce.professional_id ssd_professionals.prof_professional_id | workforce.team ssd_department.dept_team_id
vacancies.team ssd_department.dept_team_id | supervision.professional_id workforce.professional_id
training.professional_id workforce.professional_id | contact_decisions.contact_id ssd_contacts.cont_contact_id
management_decisions.referral_id ssd_cin_episodes.cine_referral_id | audits.person_id ssd_person.pers_person_id
audits.professional_id ssd_professionals.prof_professional_id | audit_standards.audit_id audits.audit_id
audit_actions.audit_id audits.audit_id | feedback.person_id ssd_person.pers_person_id
stability_meetings.placement_id ssd_cla_placement.clap_cla_placement_id | custody_visits.custody_id custody.custody_id
assessment_tools.assessment_id ssd_cin_assessments.cina_assessment_id | life_story.person_id ssd_person.pers_person_id
return_interviews.missing_id ssd_missing.miss_table_id | attendance.person_id ssd_person.pers_person_id
conference_attendance.conference_id ssd_initial_cp_conference.icpc_icpc_id | peps.person_id ssd_person.pers_person_id
ssd_early_help_episodes.earl_episode_organisation organisations.organisation
"""


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_every_row_refers_to_rows_that_are_there(demo: Path, edition: date) -> None:
    connection = opened(demo, edition)
    for link in LINKS.replace("|", "\n").strip().splitlines():
        (table, column), (other, key) = (end.split(".") for end in link.split())
        stray = figure(connection, f"select count(*) from {table} where {column} not in (select {key} from {other})")
        assert stray == 0, link
        assert figure(connection, f"select count({column}) from {table}") > 0, link
    connection.close()


OUT_OF_ORDER = (
    "ssd_cin_assessments join ssd_cin_episodes on cina_referral_id = cine_referral_id "
    "where cina_assessment_start_date < cine_referral_date or cina_assessment_auth_date < cina_assessment_start_date",
    "ssd_initial_cp_conference join ssd_s47_enquiry on icpc_s47_enquiry_id = s47e_s47_enquiry_id "
    "where icpc_icpc_date <= s47e_s47_start_date",
    "ssd_cp_plans join ssd_initial_cp_conference on cppl_icpc_id = icpc_icpc_id "
    "where cppl_cp_plan_start_date <> icpc_icpc_date",
    "ssd_cin_plans where cinp_cin_plan_end_date <= cinp_cin_plan_start_date",
    "ssd_cla_placement where clap_cla_placement_end_date < clap_cla_placement_start_date",
    "ssd_cla_episodes where clae_cla_episode_ceased_date <= clae_cla_episode_start_date",
    "ssd_involvements where invo_involvement_end_date <= invo_involvement_start_date",
    "ssd_cin_episodes join ssd_person on cine_person_id = pers_person_id where cine_referral_date < pers_dob",
    "ssd_cin_episodes as earlier join ssd_cin_episodes as later on earlier.cine_person_id = later.cine_person_id "
    "where earlier.cine_referral_id < later.cine_referral_id and later.cine_referral_date < earlier.cine_close_date",
    "attendance where sessions_authorised + sessions_unauthorised > sessions_possible",
    "audits where completed_date < planned_date or moderated_date < completed_date",
    "ssd_missing where miss_missing_episode_end_date < miss_missing_episode_start_date",
    "workforce where start_date > period_end or end_date > period_end or end_date < start_date",
)


@pytest.mark.parametrize("rows", OUT_OF_ORDER)
def test_dates_come_in_a_possible_order(latest: duckdb.DuckDBPyConnection, rows: str) -> None:
    assert figure(latest, f"select count(*) from {rows}") == 0


def test_a_temporary_placement_has_no_reason_on_it_or_before_it_and_leads_back(
    latest: duckdb.DuckDBPyConnection,
) -> None:
    """Rules 226 and 383 of the children looked after return."""
    around = """select clap_cla_placement_type as kind, clap_cla_placement_change_reason as reason,
        lag(reason) over stay as reason_before, lag(kind) over stay as kind_before, lead(kind) over stay as kind_after
        from ssd_cla_placement window stay as (partition by clap_cla_id order by clap_cla_placement_start_date)"""
    temporary = f"from ({around}) where kind[1] = 'T'"
    assert figure(latest, f"select count(*) {temporary}") > 0
    broken = "reason is not null or reason_before is not null or kind_before is null or kind_after <> kind_before"
    assert figure(latest, f"select count(*) {temporary} and ({broken})") == 0


def test_no_review_of_a_protection_plan_is_due_later_than_the_law_has_it(latest: duckdb.DuckDBPyConnection) -> None:
    late = """from (select cppr_cp_review_due as due, cppl_cp_plan_start_date as start,
        lag(cppr_cp_review_date) over (partition by cppr_cp_plan_id order by due) as held_before
        from ssd_cp_reviews inner join ssd_cp_plans on cppr_cp_plan_id = cppl_cp_plan_id)"""
    assert figure(latest, f"select count(held_before) {late}") > 0
    assert figure(latest, f"select count(*) {late} where due > held_before + interval 6 month") == 0


def test_nobody_has_a_name(latest: duckdb.DuckDBPyConnection) -> None:
    assert figure(latest, "select count(pers_forename) + count(pers_surname) from ssd_person") == 0
    assert figure(latest, "select count(prof_professional_name) from ssd_professionals") == 0


def test_some_teams_and_workers_are_not_recorded(latest: duckdb.DuckDBPyConnection) -> None:
    share = "select avg((cina_assessment_{0} is null)::int) from ssd_cin_assessments"
    assert 0 < figure(latest, share.format("team")) < 0.06
    assert 0 < figure(latest, share.format("worker_id")) < 0.06


def test_cases_are_held_by_workers_in_service(latest: duckdb.DuckDBPyConnection) -> None:
    held = (
        "from ssd_involvements left join workforce on invo_professional_id = professional_id and period_end = date "
        f"'{LAST}' and end_date is null where invo_involvement_end_date is null"
    )
    assert figure(latest, f"select avg((professional_id is not null)::int) {held}") > 0.97
    assert figure(latest, f"select avg((team = invo_professional_team)::int) {held}") > 0.97
