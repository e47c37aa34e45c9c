"""A plan is used whole or refused, each thing wrong named by file, key and what is allowed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REPOSITORY

from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan import RESERVED_ADDRESSES, Plan, PlannedKpi
from improvement_board.declared.plan_file import read_plan
from improvement_board.errors import InputError, Problem

LIBRARY = load_library()
COUNCIL = '[council]\nname = "Northbridge"\ncode = "E08999901"\nsynthetic = true\n'
AMBITION = '[[ambition]]\nid = "practice"\ntitle = "Good practice"\nstatement = "Children are seen."\n'
KPI = '[[ambition.kpi]]\nkpi = "contacts"\n'
GOOD = f"{COUNCIL}\n{AMBITION}\n{KPI}"


def read(folder: Path, text: str | bytes) -> Plan:
    file = folder / "plan.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_plan(file, LIBRARY)


def problems_of(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        read(folder, text)
    assert all(problem.file == folder / "plan.toml" for problem in error.value.problems)
    return error.value.problems


def test_the_smallest_plan_is_read(tmp_path: Path) -> None:
    plan = read(tmp_path, "\ufeff" + GOOD)
    assert plan.kpis == ("contacts",)
    assert plan.council.region is None
    assert plan.population_at(date(2026, 1, 1)) is None
    assert plan.next_meeting(date(2026, 9, 30)) is None


def test_the_demonstration_plan_holds_every_kpi_once_under_eight_ambitions() -> None:
    plan = read_plan(REPOSITORY / "data" / "plan.toml", LIBRARY)
    assert len(plan.ambition) == 8
    assert sorted(plan.kpis) == sorted(LIBRARY)
    assert plan.council.synthetic
    assert all(ambition.sponsor and ambition.leads for ambition in plan.ambition)
    meeting = plan.next_meeting(date(2026, 9, 30))
    assert meeting is not None
    assert meeting.date == date(2026, 10, 28)


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ("synthetic = true", "", "council.synthetic", "Field required"),
        ("synthetic = true", 'synthetic = "yes"', "council.synthetic", "valid boolean"),
        ("synthetic = true", "synthetic = 1", "council.synthetic", "valid boolean"),
        ('"E08999901"', '"E0899990"', "council.code", "a letter and eight digits"),
        ('"E08999901"', '"00BK"', "council.code", "a letter and eight digits"),
        ('"Northbridge"', '""', "council.name", "at least 1 character"),
        ("[council]", "colour = 1\n[council]", "colour", "is not a known key"),
        ("[council]", "[council]\ncolour = 1", "council.colour", "is not a known key"),
        ('"practice"', '"Practice"', "ambition.1.id", "starting with a letter"),
        ('"practice"', '"../etc"', "ambition.1.id", "starting with a letter"),
        ('"practice"', '"2nd"', "ambition.1.id", "starting with a letter"),
        ('"Good practice"', f'"{"x" * 81}"', "ambition.1.title", "at most 80"),
        ('kpi = "contacts"', "", "ambition.1.kpi.1.kpi", "Field required"),
        ('kpi = "contacts"', 'kpi = "contacts"\ntarget = 3', "ambition.1.kpi.1.target", "is not a known key"),
        ('kpi = "contacts"', 'kpi = "contacts"\ntolerance = -1', "ambition.1.kpi.1.tolerance", "greater than or equal"),
        ('kpi = "contacts"', 'kpi = "contacts"\ntolerance = inf', "ambition.1.kpi.1.tolerance", "finite number"),
        ('kpi = "contacts"', 'kpi = "contacts"\nlead = "no"', "ambition.1.kpi.1.lead", "valid boolean"),
    ],
)
def test_what_cannot_be_used_is_named_by_key(tmp_path: Path, old: str, new: str, column: str, message: str) -> None:
    assert old in GOOD
    (problem,) = problems_of(tmp_path, GOOD.replace(old, new))
    assert problem.column == column
    assert message in problem.message


RULING = 'verdict = "worse"\nverdict_reason = "A ward closed."\nverdict_until = 2026-10-28\n'


def ruled(old: str = "", new: str = "") -> str:
    """A plan that says how its ambition stands."""
    assert old in RULING
    return GOOD.replace(AMBITION, AMBITION + RULING.replace(old, new))


def test_a_plan_may_say_how_an_ambition_stands(tmp_path: Path) -> None:
    (ambition,) = read(tmp_path, ruled()).ambition
    assert (ambition.verdict, ambition.verdict_reason, ambition.verdict_until) == (
        "worse", "A ward closed.", date(2026, 10, 28),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"worse"',
            '"bad"',
            "ambition.1.verdict = 'bad': Input should be 'worse', 'better', 'mixed' or 'no real change'",
        ),
        ("2026-10-28", '"soon"', "ambition.1.verdict_until = 'soon': Input should be a valid date"),
        ('"A ward closed."', '" "', "verdict_reason: is missing beside verdict (allowed: why, in words)"),
        ('verdict_reason = "A ward closed."', "", "verdict_reason: is missing beside verdict (allowed: why, in words)"),
        ("verdict_until = 2026-10-28", "", "verdict_until: is missing beside verdict (allowed: a day"),
        ('"A ward closed."', f'"{"x" * 301}"', "at most 300 characters"),
    ],
)
def test_a_verdict_of_the_plan_needs_a_word_a_reason_and_an_end(tmp_path: Path, old: str, new: str, said: str) -> None:
    (problem,) = problems_of(tmp_path, ruled(old, new))
    assert said in str(problem)


def test_a_reason_and_an_end_without_a_verdict_are_told(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, ruled('verdict = "worse"'))
    assert [problem.column for problem in problems] == [
        "ambition practice, verdict_reason", "ambition practice, verdict_until",
    ]  # fmt: skip
    assert all("stands without verdict (allowed: nothing here)" in str(problem) for problem in problems)


@pytest.mark.parametrize("name", sorted(RESERVED_ADDRESSES))
def test_an_ambition_may_not_take_another_pages_address(tmp_path: Path, name: str) -> None:
    (problem,) = problems_of(tmp_path, GOOD.replace("practice", name, 1))
    assert problem.column == "ambition.1.id"
    assert "is the address of another page" in problem.message


def test_every_page_of_the_app_is_reserved() -> None:
    pages = {file.stem for file in (REPOSITORY / "pages").glob("*.py")} - {"ambition", "plan_on_a_page"}
    assert pages <= RESERVED_ADDRESSES


@pytest.mark.parametrize(
    ("targets", "key_path", "message"),
    [
        ("{ from = 2026-04-01 }", ".targets.1.value", "Field required"),
        ("{ value = 3 }", ".targets.1.from", "Field required"),
        ('{ from = "April 2026", value = 3 }', ".targets.1.from", "valid date"),
        ("{ from = 2026-04-01, value = nan }", ".targets.1.value", "finite number"),
        ('{ from = 2026-04-01, value = "20%" }', ".targets.1.value", "valid number"),
        ("{ from = 2026-04-01, value = true }", ".targets.1.value", "valid number"),
        ("{ from = 2026-04-01, value = 3, to = 4 }", ".targets.1.to", "is not a known key"),
        ("{ from = 2026-04-01, value = 3 }, { from = 2025-04-01, value = 4 }", "", "in the order of their `from`"),
        ("{ from = 2026-04-01, value = 3 }, { from = 2026-04-01, value = 4 }", "", "each day once"),
    ],
)
def test_a_target_has_a_day_and_a_number_in_order(tmp_path: Path, targets: str, key_path: str, message: str) -> None:
    (problem,) = problems_of(tmp_path, f"{GOOD}targets = [{targets}]\n")
    assert problem.column == f"ambition.1.kpi.1{key_path}"
    assert message in problem.message


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (AMBITION + KPI, "ambition practice is there twice"),
        (KPI, "names the KPI contacts twice"),
        ("[population]\nlast = 64000\n", "population is by year"),
        ("[population]\n20256 = 64000\n", "population is by year"),
        ("[population]\n2025 = 0\n", "greater than 0"),
        ("[population]\n2025 = 64000.5\n", "valid integer"),
        ("[population]\n2025 = true\n", "valid integer"),
        ("[[meeting]]\ndate = 2026-10-28\n", "Field required"),
        ("[protection]\nthreshold = 0\n", "greater than or equal to 1"),
        ("[protection]\nthreshold = 5.5\n", "valid integer"),
        ("[protection]\nthreshold = 10\n", "least_denominator must be above the threshold"),
        ("[protection]\nbands = 5\n", "is not a known key"),
        ('[protection]\nsame_children = [["contacts"]]\n', "at least 2 items"),
        ('[protection]\nsame_children = [["contacts", "nothing"]]\n', "is not a KPI of the library"),
    ],
)
def test_what_contradicts_itself_is_told(tmp_path: Path, more: str, message: str) -> None:
    (problem,) = problems_of(tmp_path, f"{GOOD}\n{more}")
    assert message in problem.message


def test_an_ambition_without_a_kpi_and_a_plan_without_an_ambition_are_refused(tmp_path: Path) -> None:
    (without_kpi,) = problems_of(tmp_path, COUNCIL + AMBITION)
    assert without_kpi.column == "ambition.1.kpi"
    (empty,) = problems_of(tmp_path, f"{COUNCIL}{AMBITION}kpi = []\n")
    assert (empty.column, empty.message) == ("ambition.1.kpi", "there must be at least one")
    (without_ambition,) = problems_of(tmp_path, COUNCIL)
    assert without_ambition.column == "ambition"


def test_every_unknown_kpi_is_named_with_those_there_are(tmp_path: Path) -> None:
    other = KPI.replace("contacts", "wellbeing")
    problems = problems_of(tmp_path, f"{GOOD}{other}{other.replace('wellbeing', 'joy')}")
    assert [problem.value for problem in problems] == ["wellbeing", "joy"]
    assert problems[0].column == "ambition practice, kpi"
    assert problems[0].allowed == ", ".join(LIBRARY)


@pytest.mark.parametrize(
    ("parameters", "column", "allowed"),
    [
        ("[parameters.wellbeing]\nlimit = 1", "parameters", None),
        ("[parameters.contacts]\nlimit = 1", "parameters.contacts.limit", "none"),
        ("[parameters.caseload_over_limit]\nlimit = 1", "parameters.caseload_over_limit.limit", "limit_cases"),
        (
            '[parameters.caseload_over_limit]\nlimit_cases = "many"',
            "parameters.caseload_over_limit.limit_cases",
            "a number",
        ),
        (
            "[parameters.caseload_over_limit]\nlimit_cases = true",
            "parameters.caseload_over_limit.limit_cases",
            "a number",
        ),
        ("[parameters.allocations]\nroles = 1", "parameters", None),
    ],
)
def test_a_parameter_is_one_of_its_kpi_and_of_its_type(
    tmp_path: Path, parameters: str, column: str, allowed: str | None
) -> None:
    (problem,) = problems_of(tmp_path, f"{GOOD}\n{parameters}\n")
    assert problem.column == column
    assert problem.allowed == allowed


def test_parameters_of_kpis_and_of_shared_queries_are_taken(tmp_path: Path) -> None:
    text = (
        '[parameters.caseload_over_limit]\nlimit_cases = 18\n[parameters.allocations]\nallocated_roles = ["Key Worker"]'
    )
    plan = read(tmp_path, f"{GOOD}\n{text}\n")
    assert plan.parameters["caseload_over_limit"] == {"limit_cases": 18}
    assert plan.parameters["allocations"] == {"allocated_roles": ["Key Worker"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xff\xfe[council]", "is not UTF-8 text"),
        ("[council\n", "not valid TOML"),
        (GOOD + '[council]\nname = "Again"\n', "not valid TOML"),
    ],
)
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    (problem,) = problems_of(tmp_path, text)
    assert message in problem.message


@pytest.mark.parametrize("name", ["plan.toml", "."])
def test_a_missing_plan_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="is missing"):
        read_plan(tmp_path / name, LIBRARY)


STEPS = PlannedKpi.model_validate(
    {"kpi": "x", "targets": [{"from": date(2024, 4, 1), "value": 25.0}, {"from": date(2026, 4, 1), "value": 20.0}]}
)


@pytest.mark.parametrize(
    ("day", "target"),
    [
        (date(2024, 3, 31), None),
        (date(2024, 4, 1), 25.0),
        (date(2026, 3, 31), 25.0),
        (date(2026, 4, 1), 20.0),
        (date(2031, 1, 1), 20.0),
    ],
)
def test_the_target_in_force_is_the_last_that_began(day: date, target: float | None) -> None:
    assert STEPS.target_at(day) == target


@given(st.sets(st.integers(0, 3000), max_size=6), st.integers(-10, 3010))
def test_a_target_holds_from_its_day_until_the_next(begins: set[int], asked: int) -> None:
    start = date(2019, 1, 1)
    targets = [{"from": start + timedelta(begin), "value": float(begin)} for begin in sorted(begins)]
    planned = PlannedKpi.model_validate({"kpi": "x", "targets": targets})
    begun = [float(begin) for begin in begins if begin <= asked]
    assert planned.target_at(start + timedelta(asked)) == max(begun, default=None)


@pytest.mark.parametrize(
    ("day", "population"),
    [(date(2018, 12, 31), None), (date(2019, 1, 1), 100), (date(2021, 6, 1), 100), (date(2030, 1, 1), 300)],
)
def test_the_population_of_a_year_holds_until_the_next_that_is_given(
    tmp_path: Path, day: date, population: int | None
) -> None:
    plan = read(tmp_path, f"{GOOD}\n[population]\n2022 = 300\n2019 = 100\n")
    assert plan.population_at(day) == population


def test_leads_are_those_marked_or_else_the_first_three(tmp_path: Path) -> None:
    ids = ["contacts", "referrals", "turnover", "agency_rate"]
    entries = [f'[[ambition.kpi]]\nkpi = "{kpi}"\n' for kpi in ids]
    unmarked = read(tmp_path, COUNCIL + AMBITION + "".join(entries))
    assert [lead.kpi for lead in unmarked.ambition[0].leads] == ids[:3]
    marked = read(tmp_path, COUNCIL + AMBITION + "".join(entries) + "lead = true\n")
    assert [lead.kpi for lead in marked.ambition[0].leads] == ["agency_rate"]


def test_a_kpi_of_two_ambitions_stands_once_with_the_first_ones_target(tmp_path: Path) -> None:
    second = AMBITION.replace("practice", "leadership") + KPI
    targets = "targets = [{{ from = 2020-01-01, value = {} }}]\n"
    plan = read(tmp_path, GOOD + targets.format(1.0) + second + targets.format(2.0))
    assert plan.kpis == ("contacts",)
    planned, ambition = plan.planned("contacts"), plan.ambition_of("contacts")
    assert planned is not None
    assert planned.target_at(date(2026, 1, 1)) == 1.0
    assert ambition is not None
    assert ambition.id == "practice"
    assert plan.planned("turnover") is None
    assert plan.ambition_of("turnover") is None
