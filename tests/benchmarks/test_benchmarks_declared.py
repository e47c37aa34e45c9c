"""The [benchmarks] section of a definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from improvement_board.benchmarks.aliases import load_aliases
from improvement_board.benchmarks.declared import Comparators, SeriesReference, all_comparators, read_comparators
from improvement_board.declared.kpis import load_library, parse_definition
from improvement_board.errors import InputError

HEADER = """/*---
title = "Title"
question = "Question?"
unit = "{unit}"
better = "lower"
timing = "snapshot"
counts = "children"
numerator = "n"
denominator = "d"
definition = "d"
sources = []
[benchmarks]
{benchmarks}
---*/
"""


def read(benchmarks: str, unit: str = "percent") -> Comparators:
    definition = parse_definition(HEADER.format(unit=unit, benchmarks=benchmarks), Path("some_kpi.sql"))
    return read_comparators(definition, load_aliases())


def test_a_plain_reference_is_of_the_whole_kpi() -> None:
    comparators = read('file = "workforce:agency_rate"\nlait = "Work_Force_Agecy_Rate"\nnote = "differs"')
    assert comparators.file == (SeriesReference(None, "workforce", "agency_rate"),)
    assert comparators.lait == (SeriesReference(None, "lait", "Work_Force_Agecy_Rate"),)
    assert (comparators.unit, comparators.note, comparators.headline) == ("percent", "differs", None)


def test_a_table_is_by_category_each_with_its_transform() -> None:
    comparators = read(
        'lait = {"in need" = {code = "CINTotalAb_3Term", transform = "100 - x"}, "in care" = "LAC_Over_Abs"}'
    )
    assert comparators.lait == (
        SeriesReference("in need", "lait", "CINTotalAb_3Term", "100 - x"),
        SeriesReference("in care", "lait", "LAC_Over_Abs", "x"),
    )


def test_a_count_is_compared_by_its_rate_and_keeps_its_own_count() -> None:
    block = 'file = "referrals:referrals_rate"\nunit = "rate_per_10000"\nown = {file = "referrals:referrals"}'
    comparators = read(block, unit="count")
    assert comparators.unit == "rate_per_10000"
    assert comparators.own_file == (SeriesReference(None, "referrals", "referrals"),)


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ('files = "workforce:agency_rate"', "benchmarks.files"),
        ('file = "workforce:agency"', "agency_rate, vacancy_rate"),
        ('file = "nothing:at_all"', "workforce, referrals"),
        ('lait = {code = "X", transform = "x * 2"}', "x or 100 - x"),
        ('lait = {code = "X", transform = "100 - x", also = 1}', "is not a reference"),
        ("lait = 3", "is not a reference"),
        ('lait = {"in need" = 3}', "benchmarks.lait.in need"),
        ("lait = {}", "names no category"),
        ('file = "workforce:caseload"', "is in another unit (average)"),
        ('unit = "furlongs"', "is not a unit"),
        ('own = {lait = "LACnum"}', "goes with a unit of its own"),
        ("note = 3", "is not a text"),
        ("differs = 3", "is not a text"),
        ('only_with = {clock = ["referral"]}', "benchmarks.only_with"),
        ('only_with = "referral"', "benchmarks.only_with"),
    ],
)
def test_a_mistake_is_named(block: str, named: str) -> None:
    with pytest.raises(InputError, match=r"some_kpi\.sql") as caught:
        read(block)
    assert named in str(caught.value)


def test_every_definition_of_the_library_is_sound() -> None:
    comparators_by_kpi = all_comparators(load_library(), load_aliases())
    assert comparators_by_kpi["cp_over_2_years"].file == (SeriesReference(None, "plan_duration", "two_years"),)
    assert {reference.category for reference in comparators_by_kpi["severe_absence_social_worker"].file} == {
        "in need",
        "protection",
        "in care",
    }


def test_a_kpi_without_a_comparator_is_not_among_them() -> None:
    assert not read('note = "No comparator"').has_any
