"""What is wrong with a home's own plan, beside the copies that its editions keep."""

from __future__ import annotations

from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.page_models import Board, Run
from improvement_board.page_models.home_plan import plan_problems


def test_a_plan_that_can_be_read_has_no_problems(council: Council) -> None:
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3)})
    assert plan_problems(council.home, {"seen": council.definition("seen")}) == ()


def test_a_kpi_that_neither_library_nor_edition_knows_is_named(council: Council) -> None:
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3)})
    (problem,) = plan_problems(council.home, {})
    assert "kpi = 'seen': is not a KPI of the library" in str(problem)


def test_a_home_without_a_plan_has_no_problems(council: Council) -> None:
    assert plan_problems(council.home, {}) == ()


def test_the_board_reads_a_changed_plan_again(council: Council) -> None:
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3)})
    board = Board(council.home)
    whole = council.home.plan.read_text(encoding="utf-8")
    assert Run(board).look(EVERYONE).plan_problems() == ()
    council.home.plan.write_text("nonsense = 1\n" + whole, encoding="utf-8")
    assert [problem.column for problem in Run(board).look(EVERYONE).plan_problems()] == ["nonsense"]
    council.home.plan.write_text(whole, encoding="utf-8")
    assert Run(board).look(EVERYONE).plan_problems() == ()


def test_a_plan_that_is_no_text_is_said(council: Council) -> None:
    council.home.folder.mkdir(parents=True)
    council.home.plan.write_bytes(b"\xff\xfe")
    (problem,) = plan_problems(council.home, {})
    assert "is not UTF-8 text" in str(problem)
