"""A row is told from another by where it is in its file, not by its line: a whole return may stand on one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from census_reading import case, child, cin, csww, saved, worker
from ssda903_reading import read as read_return

from improvement_board.building.supply import source_records, supply
from improvement_board.common.progress import report_nothing
from improvement_board.sources.adapter import Adapter, ReadingOptions
from improvement_board.sources.cin_census import CinCensus
from improvement_board.sources.csww_census import CswwCensus
from improvement_board.sources.findings import Findings
from improvement_board.sources.ssda903 import SSDA903
from improvement_board.sources.staging import Staging

ASSESSMENT = "<Assessments><AssessmentActualStartDate>{day}</AssessmentActualStartDate></Assessments>"
TWO_ASSESSMENTS = ASSESSMENT.format(day="32/05/2023") + ASSESSMENT.format(day="never")
REVIEWS = "<CPPreviewDate>later</CPPreviewDate><CPPreviewDate>soon</CPPreviewDate>"
PLAN = f"<ChildProtectionPlans><CPPstartDate>2023-05-04</CPPstartDate>{REVIEWS}</ChildProtectionPlans>"
CASES = "".join(child(case(TWO_ASSESSMENTS + PLAN) + case(day="never") * 2, name=f"C{number}") for number in range(3))
POSTS = "".join(worker(f"SW{number}", FTE="much", AgencyWorker="perhaps") for number in range(3))
EPISODES = "".join(
    f"""<CHILD><HEADER><CHILDID>A{number}</CHILDID><SEX>1</SEX><DOB>01/02/2008</DOB></HEADER>
    <EPISODE><DECOM>soon</DECOM><RNE>?</RNE></EPISODE>
    <EPISODE><DECOM>32/01/2024</DECOM><RNE>P</RNE></EPISODE>
    <EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><LS>C2</LS><PLACE>U6</PLACE></EPISODE></CHILD>"""
    for number in range(3)
)


def rejected(adapter: Adapter, text: str, folder: Path) -> dict[str, int]:
    """How many rows of each table were kept out, each once."""
    folder.mkdir()
    findings = Findings()
    findings.source = adapter.name
    with Staging(folder / "staged", adapter.name) as staging:
        adapter.read(
            [saved(folder, text, "2023-24.xml")], staging, findings, ReadingOptions(date(2026, 9, 30)), report_nothing
        )
    return {table: len(rows) for (_, table), rows in findings.rejected.items()}


@pytest.mark.parametrize(
    ("adapter", "text", "expected"),
    [
        (CinCensus, cin(CASES), {"ssd_cin_episodes": 6, "ssd_cin_assessments": 6, "ssd_cp_reviews": 6}),
        (CswwCensus, csww(POSTS), {"workforce": 3}),
        (SSDA903, f"<EXPSSDA903>{EPISODES}</EXPSSDA903>", {"ssd_cla_episodes": 6}),
    ],
)
def test_each_row_kept_out_counts_with_and_without_line_breaks(
    tmp_path: Path, adapter: Callable[[], Adapter], text: str, expected: dict[str, int]
) -> None:
    assert rejected(adapter(), text, tmp_path / "lines") == expected
    assert rejected(adapter(), re.sub(r"\s*\n\s*", "", text), tmp_path / "line") == expected


def test_where_the_rows_of_one_line_went_adds_up_and_too_many_unfit_stop(tmp_path: Path) -> None:
    bad = "".join(child(case(day="2023-13-45"), name=f"B{number}") for number in range(60))
    good = "".join(child(case(), name=f"C{number}") for number in range(40))
    folder = tmp_path / "2024-03-31"
    folder.mkdir()
    saved(folder, cin(bad + good).replace("\n", ""))
    supplied = supply(folder, tmp_path / "work")
    (referrals,) = [
        source_record for source_record in source_records(supplied) if source_record.table == "ssd_cin_episodes"
    ]
    assert (referrals.rows, referrals.lost, referrals.rejected) == (40, 0, 60)
    assert any("60 of its 100 rows of ssd_cin_episodes" in str(problem) for problem in supplied.stops)


def test_rows_of_one_child_that_disagree_on_one_line_are_each_kept_out(tmp_path: Path) -> None:
    review = "<AREVIEW><REVIEW>01/06/2023</REVIEW><REVIEW_CODE>PN{code}</REVIEW_CODE></AREVIEW>"
    reviews = "".join(review.format(code=code) for code in (1, 2, 3))
    text = (
        f"<EXPSSDA903><CHILD><HEADER><CHILDID>A1</CHILDID><DOB>01/02/2008</DOB>{reviews}</HEADER></CHILD></EXPSSDA903>"
    )
    assert rejected(SSDA903(), text, tmp_path / "line") == {"ssd_cla_reviews": 2}
    assert len(read_return(tmp_path, [tmp_path / "line" / "2023-24.xml"]).tables["ssd_cla_reviews"]) == 1
