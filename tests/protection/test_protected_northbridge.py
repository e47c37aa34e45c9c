"""The proof on the demonstration council: its three editions together give no small count away, nor what one indicator
leaves of another's children.

`IMPROVEMENT_BOARD_ATTACK=2024-04-30 pytest -s tests/protection/test_protected_northbridge.py` attacks every indicator
from that month on, as committee and member download it from the editions that stand in the repository.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections import Counter
from collections.abc import Sequence

import duckdb
import pytest
from attack import Attack, Known
from councils import csv_of
from figures import Score, score, small_figures
from northbridge import Truth, read_truth, small_rests
from places import REPOSITORY

from improvement_board.access.viewer import Viewer
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import load_library
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Grain, Level
from improvement_board.page_models import Address, Board, Run
from improvement_board.protection import CountRow, Protected, children_kpis, protect, read_counts
from improvement_board.sql.queries import query_text

EDITIONS = ("2026-03-31", "2026-06-30", "2026-09-30")
FIRST_ATTACKED = os.environ.get("IMPROVEMENT_BOARD_ATTACK", "")
CARE_LEAVERS = ("care_leavers_eet", "care_leavers_in_touch", "care_leavers_suitable_home", "pathway_plans_on_time")
FAMILIES = [
    (CARE_LEAVERS, "2023-04-30"),
    (("average_caseload", "three_social_workers"), "2025-10-31"),
    (("early_help_started", "school_led_early_help"), "2025-10-31"),
]
PERIODS: tuple[Grain, ...] = ("month", "quarter", "year")


def counts_of(edition: str, kpis: Sequence[str], first: str) -> list[CountRow]:
    connection = duckdb.connect()
    files = [str(REPOSITORY / "data" / "editions" / edition / f"{kpi}.parquet") for kpi in kpis]
    connection.sql(query_text("views/load_extracts"), params={"files": files}).create("extracts")
    measured = children_kpis(load_library(), kpis)
    return [row for row in read_counts(connection, measured) if row.period_end >= dt.date.fromisoformat(first)]


def attack_on(truth: Truth, known: Known, texts: Sequence[str]) -> Score:
    attack = Attack(known, texts)
    attack_score = score(attack, small_figures(truth, known))
    attack_score.add(score(attack, small_rests(truth, known)))
    return attack_score


@pytest.mark.parametrize(
    ("kpis", "first"), FAMILIES, ids=lambda parameter: parameter if isinstance(parameter, str) else parameter[0]
)
def test_three_editions_give_nothing_away(kpis: tuple[str, ...], first: str) -> None:
    library = load_library()
    measured = children_kpis({kpi: library[kpi] for kpi in kpis}, kpis)
    editions: list[Protected] = []
    for day in EDITIONS:
        rows = counts_of(day, kpis, first)
        editions.append(protect(measured, rows, dt.date.fromisoformat(day), tuple(editions)))
    truth, known = read_truth(REPOSITORY / "data" / "editions" / EDITIONS[-1], kpis, first)
    attack_score = attack_on(truth, known, [csv_of(edition.rows) for edition in editions])
    shown = Counter((row.level, not row.is_hidden) for row in editions[-1].rows)
    print(f"{kpis[0]}: {attack_score.small} small, {len(attack_score.known)} given away, rows shown {dict(shown)}")  # noqa: T201
    assert attack_score.small
    assert attack_score.known == []


@pytest.mark.skipif(not FIRST_ATTACKED, reason="slow: IMPROVEMENT_BOARD_ATTACK names the first month to attack")
def test_all_downloads_of_all_editions_give_nothing_away() -> None:
    kpis = [kpi for kpi, definition in load_library().items() if definition.counts != "workers"]
    board = Board(Home(REPOSITORY / "data"))
    texts = []
    for day in EDITIONS:
        asked: list[tuple[str, Level]] = [("committee", "service"), ("member", "service"), ("member", "team")]
        saved = [downloaded(board, day, *role_and_level, period) for role_and_level in asked for period in PERIODS]
        rows = [row for saved_rows in saved for row in saved_rows if row["kpi"] in kpis]
        for level in ("service", "team"):
            shown = [bool(row["numerator"] or row["value_low"]) for row in rows if row["level"] == level]
            print(f"{day} {level}: {sum(shown)} of {len(shown)} rows shown")  # noqa: T201
        texts.append(csv_of(rows))
    truth, known = read_truth(REPOSITORY / "data" / "editions" / EDITIONS[-1], kpis, FIRST_ATTACKED)
    for last in (texts, texts[-1:]):
        attack_score = attack_on(truth, known, last)
        print(  # noqa: T201
            f"{len(last)} editions: {attack_score.small} small, {len(attack_score.known)} given away",
            dict(attack_score.by_kpi),
        )
        assert attack_score.known == []


def downloaded(board: Board, day: str, role: str, level: Level, period: Grain) -> list[dict[str, object]]:
    """The rows of a download by categories, which has the totals too."""
    request = ExportRequest(level=level, by=period, by_category=level == "service")
    text = Run(board).look(Viewer("somebody", role), Address(edition=day)).export(request).text  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
