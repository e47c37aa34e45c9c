"""Censuses with anything in them: never a traceback, the same rows every time, no id twice."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import date
from pathlib import Path

from census_reading import case, child, cin, csww, read, worker
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.adapter import Adapter
from improvement_board.sources.cin_census import CinCensus
from improvement_board.sources.csww_census import CswwCensus

CASE = case(
    "<CINclosureDate>2024-02-27</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure><ReferralNFA>0</ReferralNFA>"
    "<Assessments><AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>"
    "<AssessmentFactors>3A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>"
    "<CINPlanDates><CINPlanStartDate>2023-06-01</CINPlanStartDate></CINPlanDates>"
    "<Section47><S47ActualStartDate>2023-06-02</S47ActualStartDate><DateOfInitialCPC>2023-06-17</DateOfInitialCPC>"
    "</Section47><ChildProtectionPlans><CPPstartDate>2023-06-17</CPPstartDate><NumberOfPreviousCPP>1"
    "</NumberOfPreviousCPP><Reviews><CPPreviewDate>2023-09-15</CPPreviewDate></Reviews></ChildProtectionPlans>"
)
CENSUSES: tuple[tuple[Adapter, str], ...] = (
    (CinCensus(), cin(child(CASE) + child(CASE * 2, "C2"))),
    (
        CswwCensus(),
        csww(
            "<LALevelVacancies><NumberOfVacancies>3.5</NumberOfVacancies></LALevelVacancies>"
            + worker(OrgRole="5")
            + worker("SW2", RoleEndDate="2024-02-14", FTE30="0.6")
        ),
    ),
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            " ",
            "0",
            "-1",
            "1e999",
            "99999999999",
            "NaN",
            "true",
            "2024-02-30",
            "30/09/2024",
            "9999-12-31",
            "RC8",
            "A|B",
        ]
    ),
    st.dates().map(str),
    st.floats().map(str),
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "utf-7"])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def check(adapter: Adapter, raw: bytes) -> None:
    """Whatever the file holds, it is read the same twice, ids are given once, and a refusal is a finding."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "census.xml"
        file.write_bytes(raw)
        assert adapter.recognises(file) in (True, False)
        first = read(adapter, [file], Path(folder) / "first")
        again = read(adapter, [file], Path(folder) / "again")
    assert first.tables == again.tables
    assert first.kept_findings == again.kept_findings
    assert all(str(finding.problem) for finding in first.kept_findings)
    for table, rows in first.tables.items():
        keys = [tuple(row.get(column) for column in declared_tables()[table].key) for row in rows]
        assert len(keys) == len(set(keys))
    for row in first.tables.get("ssd_assessment_factors", []):
        assert json.loads(row["cinf_assessment_factors_json"])
    for row in first.tables.get("workforce", []):
        assert row["period_end"] <= date(9999, 12, 31)
        assert row.get("fte", 0) >= 0


@settings(max_examples=tried(15), deadline=None)
@given(st.sampled_from(CENSUSES), st.data())
def test_any_cell_may_hold_anything(census: tuple[Adapter, str], data: st.DataObject) -> None:
    adapter, text = census
    cells = list(re.finditer(r">([^<>\s][^<>]*)<", text))
    for cell in sorted(
        data.draw(st.lists(st.sampled_from(cells), max_size=4)), key=lambda cell_match: -cell_match.start()
    ):
        text = text[: cell.start(1)] + escaped(data.draw(CELLS)) + text[cell.end(1) :]
    check(adapter, text.encode(data.draw(ENCODINGS), "replace"))


@settings(max_examples=tried(15), deadline=None)
@given(st.sampled_from(CENSUSES), st.data())
def test_any_tag_may_be_another_or_missing(census: tuple[Adapter, str], data: st.DataObject) -> None:
    adapter, text = census
    names = sorted(set(re.findall(r"</(\w+)>", text)))
    for _ in range(data.draw(st.integers(1, 3))):
        name, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from([*names, "New", "a:b", "child"]))
        text = re.sub(rf"(</?){name}>", rf"\g<1>{other}>", text, count=data.draw(st.integers(0, 3)))
    check(adapter, text.encode())


@settings(max_examples=tried(15), deadline=None)
@given(st.sampled_from(CENSUSES), st.data())
def test_any_bytes_may_be_lost_or_changed(census: tuple[Adapter, str], data: st.DataObject) -> None:
    adapter, text = census
    raw = text.encode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(raw)))
        raw = raw[:start] + data.draw(st.binary(max_size=8)) + raw[start + data.draw(st.integers(0, 12)) :]
    check(adapter, raw)
