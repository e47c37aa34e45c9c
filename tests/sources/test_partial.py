"""A part of a table is not the table: what is left out because of it, what is computed, and what is said."""

from __future__ import annotations

from improvement_board.declared.kpis import load_library
from improvement_board.declared.tables import declared_tables
from improvement_board.sources.partial import caveats_of_parts, partial_tables, still_needed
from improvement_board.sources.registry import adapters

LIBRARY = load_library()


def test_every_declaration_names_what_exists() -> None:
    formats = {adapter.name for adapter in adapters()}
    for (name, table), part in partial_tables().items():
        assert name in formats
        assert table in declared_tables()
        for kpi in (*part.enough_for, *part.caveats):
            assert table in LIBRARY[kpi].sources, (name, table, kpi)
        assert set(part.caveats) <= set(part.enough_for)


def test_what_no_source_has_is_needed() -> None:
    assert still_needed(LIBRARY["agency_rate"], {}) == ("workforce",)
    assert still_needed(LIBRARY["agency_rate"], {"workforce": ["csww_census"]}) == ()


def test_missing_children_need_more_than_those_of_the_return() -> None:
    (needed,) = still_needed(LIBRARY["missing_children"], {"ssd_missing": ["ssda903"]})
    assert needed == "ssd_missing in full (what was supplied holds children looked after only)"
    assert still_needed(LIBRARY["missing_children"], {"ssd_missing": ["ssda903", "ssd"]}) == ()


def test_the_latest_visit_is_enough_to_see_whether_it_was_in_time_but_not_how_many_were_seen_alone() -> None:
    visits = {table: ["annex_a"] for table in ("ssd_cin_visits", "ssd_cp_visits", "ssd_cla_visits")}
    formats = {**visits, **{table: ["annex_a"] for table in ("ssd_person", "ssd_cp_plans", "ssd_involvements")}}
    assert still_needed(LIBRARY["cp_visits_on_time"], formats) == ()
    assert len(still_needed(LIBRARY["seen_alone"], formats)) == 3


def test_a_figure_that_the_format_makes_doubtful_says_so_unless_another_source_mends_it() -> None:
    kpi = LIBRARY["assessments_45_days"]
    (doubt,) = caveats_of_parts(kpi, {key: ["annex_a"] for key in kpi.sources})
    assert "does not say which referral" in doubt
    assert caveats_of_parts(kpi, {key: ["annex_a", "ssd"] for key in kpi.sources}) == ()
    assert caveats_of_parts(LIBRARY["agency_rate"], {"workforce": ["csww_census"]}) == ()
