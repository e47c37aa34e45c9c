"""Every KPI, computed twice: by its query and in plain Python, over councils that are random."""

from __future__ import annotations

import math
import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pytest
import recompute
from random_council import FIRST_DAY, LAST_DAY, open_random
from recompute.common import Result, month_ends

from improvement_board.kpis import load_library
from improvement_board.records import Records

SEEDS = (1, 2, 3)
TWICE = sorted(
    name
    for name in (module.name for module in pkgutil.iter_modules(recompute.__path__))
    if hasattr(import_module(f"recompute.{name}"), "recompute")
)


@pytest.fixture(scope="session", params=SEEDS)
def random_records(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mapping[str, list[dict[str, Any]]], Records]:
    return open_random(request.param, tmp_path_factory.mktemp("random"))


def computed(records: Records, kpi: str) -> Result:
    found: Result = {}
    relation = records.compute(load_library()[kpi])
    for row in (dict(zip(relation.columns, values, strict=True)) for values in relation.fetchall()):
        key = (row["period_end"], row["team"], row["worker"], row["category"])
        assert key not in found, f"{key} is there twice"
        found[key] = (row["numerator"], row["denominator"])
    return found


def assert_same(found: Result, expected: Result) -> None:
    assert found.keys() == expected.keys()
    for key, (numerator, denominator) in expected.items():
        assert math.isclose(found[key][0], numerator, abs_tol=1e-9), key
        if denominator is None:
            assert found[key][1] is None, key
        else:
            assert math.isclose(found[key][1] or 0.0, denominator, abs_tol=1e-9), key


@pytest.mark.parametrize("kpi", TWICE)
def test_query_and_recomputation_agree_on_random_rows(
    random_records: tuple[Mapping[str, list[dict[str, Any]]], Records], kpi: str
) -> None:
    tables, records = random_records
    months = month_ends(FIRST_DAY, LAST_DAY)
    expected = import_module(f"recompute.{kpi}").recompute(
        tables, months, FIRST_DAY, LAST_DAY, **load_library()[kpi].parameters
    )
    assert len(expected) > 5, "the council is too small to compare anything"
    assert_same(computed(records, kpi), expected)
