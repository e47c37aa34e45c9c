"""A definition that cannot be used is refused by file and key; the library's own say what the sector means by them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from improvement_board.declared.kpis import Definition, load_library, parse_definition
from improvement_board.declared.tables import declared_tables
from improvement_board.errors import InputError, Problem

GOOD = {
    "title": '"Children seen"',
    "question": '"Are children seen?"',
    "unit": '"percent"',
    "better": '"higher"',
    "timing": '"snapshot"',
    "counts": '"children"',
    "numerator": '"Children seen"',
    "denominator": '"Children"',
    "definition": '"Working Together"',
    "sources": '["ssd_cin_visits"]',
}
FILE = Path("children_seen.sql")


def header(*more: str, sql: str = "select 1", **changes: str | None) -> str:
    lines = [f"{key} = {value}" for key, value in (GOOD | changes).items() if value is not None]
    return "\n".join(["/*---", *lines, *more, "---*/", sql])


def problem_of(text: str, file: Path = FILE) -> Problem:
    with pytest.raises(InputError) as error:
        parse_definition(text, file)
    assert len(error.value.problems) == 1
    return error.value.problems[0]


def test_a_definition_is_read_whole() -> None:
    text = header("[parameters]", "limit_days = 20", 'clock = "referral"', sql="\nselect $limit_days\n")
    definition = parse_definition(text, FILE)
    assert definition.id == "children_seen"
    assert definition.title == "Children seen"
    assert definition.sources == ("ssd_cin_visits",)
    assert dict(definition.parameters) == {"limit_days": 20, "clock": "referral"}
    assert definition.sql == "select $limit_days"
    assert definition.control_chart
    assert definition.has_query
    assert definition.is_ratio


def test_a_definition_may_stand_without_a_query() -> None:
    definition = parse_definition(header(sources="[]", sql=""), FILE)
    assert not definition.has_query


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("select 1", None, "has no definition"),
        ("-- first\n" + header(), None, "has no definition"),
        (header().replace("---*/", "*/"), None, "has no definition"),
        (header(title="Children seen"), None, "not valid TOML"),
        (header(title=None), "title", "Field required"),
        (header(title='""'), "title", "at least 1 character"),
        (header(title=f'"{"x" * 121}"'), "title", "at most 120 characters"),
        (header(question=None), "question", "Field required"),
        (header(unit='"percentage"'), "unit", "'percent', 'count', 'average', 'rate_per_10000' or 'days'"),
        (header(better='"up"'), "better", "'higher', 'lower' or 'neither'"),
        (header(timing='"monthly"'), "timing", "'flow' or 'snapshot'"),
        (header(counts='"families"'), "counts", "'children', 'workers', 'cases' or 'events'"),
        (header(numerator="3"), "numerator", "valid string"),
        (header(sources='"ssd_cin_visits"'), "sources", "valid tuple"),
        (header(sources="[]"), "sources", "must name its source tables"),
        (header(denominator=None), "denominator", "only a count has no denominator"),
        (header(control_chart='"sometimes"'), "control_chart", "valid boolean"),
        (header('colour = "red"'), "colour", "is not a known key"),
        (header('id = "another"'), "id", "may not set this key"),
        (header('sql = "select 2"'), "sql", "may not set this key"),
        (header('file = "/etc/passwd"'), "file", "may not set this key"),
        (header("parameters = 3"), "parameters", "valid dict"),
    ],
)
def test_a_bad_definition_is_refused_by_file_and_key(text: str, column: str | None, message: str) -> None:
    problem = problem_of(text)
    assert problem.file == "children_seen.sql"
    assert problem.column == column
    assert message in problem.message


def test_a_parameter_is_one_value() -> None:
    with pytest.raises(InputError) as error:
        parse_definition(header("[parameters]", "limits = [1, 2]"), FILE)
    assert all(str(problem.column).startswith("parameters.limits") for problem in error.value.problems)


@pytest.mark.parametrize("name", ["Children.sql", "2_children.sql", "children-seen.sql", "x" * 64 + ".sql", "é.sql"])
def test_a_file_name_is_a_kpi_id(name: str) -> None:
    assert "is not a KPI id" in problem_of(header(), Path(name)).message


@pytest.mark.parametrize("name", ["benchmarks", "changes", "teams"])
def test_a_kpi_may_not_take_the_place_of_another_file_of_an_edition(name: str) -> None:
    assert "another file of an edition" in problem_of(header(), Path(f"{name}.sql")).message


def test_the_hash_is_of_what_is_defined_and_not_of_where_it_stands() -> None:
    as_written = parse_definition(header(), FILE)
    assert parse_definition(header(), Path("elsewhere") / FILE).hash == as_written.hash
    for other in (header(sql="select 2"), header(title='"Seen"'), header("[parameters]", "days = 1")):
        assert parse_definition(other, FILE).hash != as_written.hash


def test_every_bad_file_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.sql").write_text("\ufeff" + header(), encoding="utf-8")
    assert list(load_library(tmp_path)) == ["good"]
    other = tmp_path / "more"
    other.mkdir()
    (other / "good.sql").write_text(header(), encoding="utf-8")
    (other / "latin.sql").write_bytes(header(title='"caf\xe9"').encode("latin-1"))
    (other / "none.sql").write_text("select 1", encoding="utf-8")
    (other / "unit.sql").write_text(header(unit='"share"', better='"up"'), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_library(other)
    assert [problem.file for problem in error.value.problems] == ["latin.sql", "none.sql", "unit.sql", "unit.sql"]


LIBRARY = load_library()
CORE = {
    "average_caseload": ("average", "lower", "snapshot"),
    "caseload_over_limit": ("percent", "lower", "snapshot"),
    "agency_rate": ("percent", "lower", "snapshot"),
    "vacancy_rate": ("percent", "lower", "snapshot"),
    "turnover": ("percent", "lower", "snapshot"),
    "supervision_on_time": ("percent", "higher", "snapshot"),
    "contacts": ("count", "neither", "flow"),
    "referrals": ("count", "neither", "flow"),
    "re_referrals": ("percent", "lower", "flow"),
    "assessments_45_days": ("percent", "higher", "flow"),
    "cin_visits_on_time": ("percent", "higher", "snapshot"),
    "cp_visits_on_time": ("percent", "higher", "snapshot"),
    "cin_reviews_on_time": ("percent", "higher", "flow"),
    "audits_completed": ("percent", "higher", "flow"),
    "audits_good": ("percent", "higher", "flow"),
    "audit_actions_on_time": ("percent", "higher", "flow"),
    "children_in_care": ("count", "neither", "snapshot"),
    "placements_three_or_more": ("percent", "lower", "snapshot"),
    "care_leavers_in_touch": ("percent", "higher", "snapshot"),
    "cp_neglect": ("percent", "neither", "snapshot"),
    "second_plan": ("percent", "lower", "flow"),
    "domestic_abuse_factor": ("percent", "neither", "flow"),
    "missing_episodes": ("count", "neither", "flow"),
    "return_interviews_offered": ("percent", "higher", "flow"),
    "attendance_social_worker": ("percent", "higher", "flow"),
    "persistent_absence_social_worker": ("percent", "lower", "snapshot"),
}


@pytest.mark.parametrize("kpi", CORE)
def test_the_core_kpis_are_there_and_mean_what_the_sector_means(kpi: str) -> None:
    definition = LIBRARY[kpi]
    assert (definition.unit, definition.better, definition.timing) == CORE[kpi]
    assert definition.has_query


@pytest.mark.parametrize("definition", LIBRARY.values(), ids=list(LIBRARY))
def test_every_definition_reads_known_tables_and_binds_its_parameters(definition: Definition) -> None:
    assert set(definition.sources) <= set(declared_tables())
    assert set(re.findall(r"\$(\w+)", definition.sql)) == set(definition.parameters)
    assert definition.title == definition.title.strip()
    assert definition.question.endswith("?")


def test_no_two_kpis_have_one_title() -> None:
    titles = [definition.title for definition in LIBRARY.values()]
    assert len(titles) == len(set(titles))


def test_a_control_chart_is_not_drawn_where_neighbouring_points_share_data() -> None:
    rolling = {"turnover", "placements_three_or_more", "persistent_absence_social_worker"}
    assert {kpi for kpi in CORE if not LIBRARY[kpi].control_chart} == rolling
