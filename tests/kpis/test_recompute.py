"""Every KPI, computed twice: by its query and in plain Python, over random councils and small demonstration ones."""

from __future__ import annotations

import math
import pkgutil
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import recompute
from examples import every_night
from random_council import AUTHORITY, open_random
from recompute.common import Result
from recompute.every import recomputed
from record_folders import read_source_folder

from improvement_board.building.records import Records, open_records
from improvement_board.declared.kpis import load_library
from improvement_board.declared.tables import declared_tables
from improvement_board.demo import write_demo

Council = tuple[Mapping[str, list[dict[str, Any]]], Records]
EVERY_DAY = (("random", 1), ("demonstration", 1))
COUNCILS = (*EVERY_DAY, ("random", 2), ("random", 3), ("demonstration", 2))
DEMONSTRATION = (date(2023, 7, 1), date(2025, 3, 31))
OTHER_LIMITS: Mapping[str, Mapping[str, Any]] = {
    "assessments_45_days": {"clock": "assessment start", "limit_days": 30},
    "assessments_open_over_45_days": {"clock": "assessment start", "limit_days": 30},
    "caseload_over_limit": {"limit_cases": 1},
    "cin_visits_on_time": {"limit_working_days": 9},
    "cla_visits_on_time": {"limit_days": 20},
    "cp_visits_on_time": {"limit_working_days": 25},
    "custody_visits_on_time": {"limit_days": 75},
    "homeless_16_17_joint": {"limit_working_days": 3},
    "management_oversight": {"limit_days": 31},
    "peps_on_time": {"first_year_group": -1, "last_year_group": 13},
    "seen_alone": {"minimum_age": 9},
    "step_down_reviewed": {"days_before": 20, "days_after": 40, "limit_working_days": 12},
    "supervision_on_time": {"limit_days": 61},
}
OLDER_RECORDS = {"long_term_stability"}  # looks back further than these councils' records: see its own test
RARE = {"custody_visits_on_time", "homeless_16_17_joint", "stability_meetings"}  # hardly any in so small a council
TWICE = sorted(
    name
    for name in (module.name for module in pkgutil.iter_modules(recompute.__path__))
    if hasattr(import_module(f"recompute.{name}"), "recompute") and name not in OLDER_RECORDS
)


@pytest.fixture(
    scope="session", params=every_night(COUNCILS, EVERY_DAY), ids=lambda council: f"{council[0]}-{council[1]}"
)
def council(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Council:
    kind, seed = request.param
    folder = tmp_path_factory.mktemp(kind)
    return open_random(seed, folder) if kind == "random" else open_demonstration(seed, folder)


SEVERAL_A_CHILD = {"attendance_social_worker"}  # counts half days, so names a child once for many


def open_demonstration(seed: int, folder: Path) -> Council:
    first_month, edition = DEMONSTRATION
    write_demo(folder, seed=seed, editions=(edition,), scale=0.02, first_month=first_month)
    source = read_source_folder(folder / edition.isoformat())
    records = open_records(source, AUTHORITY, edition)
    tables = {}
    for name in declared_tables().keys() & source.files.keys():
        relation = records.table(name)
        tables[name] = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    return tables, records


def computed(records: Records, kpi: str, parameters: Mapping[str, Any]) -> Result:
    """What the query says; fails where a group is there twice."""
    kpi_figures: Result = {}
    relation = records.compute(load_library()[kpi], parameters)
    for row in (dict(zip(relation.columns, values, strict=True)) for values in relation.fetchall()):
        key = (row["period_end"], row["team"], row["worker"], row["category"])
        assert key not in kpi_figures, f"{key} is there twice"
        kpi_figures[key] = (row["numerator"], row["denominator"])
        if "children" in row and kpi not in SEVERAL_A_CHILD:
            assert len(row["children"] or ()) == row["numerator"], f"{key} names other children than it counts"
            others = len(row.get("other_children") or ())
            assert row["denominator"] in (None, row["numerator"] + others), f"{key} names other children than it counts"
    return kpi_figures


def assert_same(kpi_figures: Result, expected: Result) -> None:
    """The same groups with the same figures, to 1e-9."""
    assert kpi_figures.keys() == expected.keys()
    for key, (numerator, denominator) in expected.items():
        assert math.isclose(kpi_figures[key][0], numerator, abs_tol=1e-9), key
        if denominator is None:
            assert kpi_figures[key][1] is None, key
        else:
            assert math.isclose(kpi_figures[key][1] or 0.0, denominator, abs_tol=1e-9), key


def assert_agree(council: Council, kpi: str, parameters: Mapping[str, Any]) -> None:
    tables, records = council
    expected = recomputed(kpi, tables, records.first_day, records.last_day, parameters)
    may_be_few = kpi in RARE and records.last_day == DEMONSTRATION[1]
    assert len(expected) > 5 or may_be_few, "the council is too small to compare anything"
    assert_same(computed(records, kpi, parameters), expected)


@pytest.mark.parametrize("kpi", TWICE)
def test_query_and_recomputation_agree(council: Council, kpi: str) -> None:
    assert_agree(council, kpi, load_library()[kpi].parameters)


@pytest.mark.parametrize("kpi", sorted(OTHER_LIMITS))
def test_they_agree_on_other_limits(council: Council, kpi: str) -> None:
    assert_agree(council, kpi, {**load_library()[kpi].parameters, **OTHER_LIMITS[kpi]})
