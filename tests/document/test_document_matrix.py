"""The matrix of indicators as HTML: which KPIs it names at once, and that none is lost."""

from __future__ import annotations

import re

import pytest

from improvement_board.document.matrix import FEW, MOST_NAMED, matrix, named
from improvement_board.document.parts import Links
from improvement_board.page_models.models import Matrix

ROWS, COLUMNS = ("Worse", "No real change"), ("Target met at times", "No target")


def entries(count: int) -> list[tuple[str, str]]:
    return [(f"Title {number}", f"kpi{number}") for number in range(1, count + 1)]


def of(cell_entries: list[tuple[str, str]]) -> list[str]:
    return [kpi for _, kpi in cell_entries]


def test_a_few_are_all_named_and_one_alone_is_never_left() -> None:
    for count in range(FEW + 2):
        assert named("Better", entries(count), (), ()) == entries(count)
    assert of(named("Better", entries(FEW + 2), (), ())) == ["kpi1", "kpi2", "kpi3"]


def test_leads_come_before_doubtful_ones_and_stand_in_the_order_of_the_plan() -> None:
    many = entries(20)
    assert of(named("Better", many, {"kpi9"}, {"kpi7"})) == ["kpi1", "kpi7", "kpi9"]
    assert of(named("Better", many, {"kpi9", "kpi8", "kpi12"}, {"kpi7", "kpi2"})) == [
        "kpi2", "kpi7", "kpi8", "kpi9", "kpi12",
    ]  # fmt: skip
    leads = {f"kpi{number}" for number in range(11, 21)}
    assert len(named("Better", many, leads, {"kpi1"})) == MOST_NAMED
    assert set(of(named("Better", many, leads, {"kpi1"}))) <= leads


def test_all_that_are_worse_are_named() -> None:
    assert named("Worse", entries(40), (), ()) == entries(40)
    html = matrix(Matrix(ROWS, COLUMNS, {("Worse", "No target"): tuple(entries(40))}), Links({}), "whole service")
    assert "<details" not in html
    assert "ib-row-worse" in html


def test_those_that_nothing_is_said_of_open_on_request() -> None:
    rows = (*ROWS, "Too few to say")
    for count, summary in ((1, "1 indicator"), (3, "3 indicators")):
        cells = {("Too few to say", "No target"): tuple(entries(count))}
        html = matrix(Matrix(rows, COLUMNS, cells), Links({}), "whole service")
        assert f"<summary>{summary}<" in html
        assert html.count("<li>") == count
        assert "<ul></ul>" not in html


@pytest.mark.parametrize("count", [1, 4, 5, 17])
def test_every_kpi_is_linked_once_and_the_rest_said_in_number(count: int) -> None:
    matrix_of_many = Matrix(ROWS, COLUMNS, {("No real change", "Target met at times"): tuple(entries(count))})
    html = matrix(matrix_of_many, Links({"team": "North"}), "North, up to June 2026", {"kpi4"}, {"kpi5"})
    assert sorted(re.findall(r"kpi=(kpi\d+)", html)) == sorted(of(entries(count)))
    assert html.count("team=North") == count
    assert html.count("data caveat") == (1 if count >= 5 else 0)
    inside = "".join(re.findall(r"<details.*?</details>", html))
    said = re.findall(r"and (\d+) more", inside)
    assert [int(number) for number in said] == ([inside.count("<li>")] if inside else [])
    assert bool(inside) == (count > FEW + 1)
    assert f"{count} indicator{'' if count == 1 else 's'}<" in html
    assert "0 indicators<" in html
    assert "North, up to June 2026</caption>" in html


def test_the_summary_says_to_a_screen_reader_of_which_cell_it_is() -> None:
    html = matrix(
        Matrix(ROWS, COLUMNS, {("No real change", "No target"): tuple(entries(9))}), Links({}), "whole service"
    )
    assert '>and 6 more<span class="ib-hidden">: No real change, no target</span></summary>' in html


def test_no_title_becomes_markup() -> None:
    hostile = tuple((f"<img src=x onerror=alert({number})>", f"k{number}") for number in range(9))
    html = matrix(Matrix(ROWS, COLUMNS, {("No real change", "No target"): hostile}), Links({}), "<img src=x>")
    assert "<img" not in html
