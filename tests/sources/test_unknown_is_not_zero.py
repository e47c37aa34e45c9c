"""Whatever stands in the cells of a source, a figure is right, absent or caveated: values mutated into placeholders,
other words, other locales, hidden and moved cells, in every adapter."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import census_reading
import duckdb
import pytest
import xlsxwriter
from annex_a_reading import ASSESSMENTS, CHILD, book, rows_of
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judged import Judged, judge

from improvement_board.sources.gather import gather
from improvement_board.sources.registry import adapters

EDITION = date(2026, 3, 31)
FEW = settings(max_examples=tried(2), deadline=None, suppress_health_check=list(HealthCheck))
PLACEHOLDERS = ("#N/A", "#REF!", "Not known", "unknown", "TBC", "-1", "9999", "99999")
WORDS_OF_YES, WORDS_OF_NO = ("Y", "y", "Yes", "YES", "true", "1", "a) Yes"), ("N", "n", "No", "FALSE", "0", "b) No")
OTHER_WORDS = ("Agency", "Perm", "maybe", "X", "2", "Yes?")
WORKFORCE = (
    *("professional_id", "period_end", "team", "social_worker_flag", "agency_flag", "fte", "start_date", "end_date"),
    *("working_days_lost", "role"),
)
Rows = list[list[Any]]


def workers() -> Rows:
    """Ten social workers of one month, two of them from an agency: the agency rate is 20%."""
    agency = ["Y", "Y", *["N"] * 8]
    return [
        [f"W{at}", EDITION.isoformat(), f"Team {at % 2}", "Y", flag, "1", "2020-01-06", "", "0", "worker"]
        for at, flag in enumerate(agency)
    ]


def write_csv(file: Path, header: Sequence[str], rows: Rows, separator: str = ",") -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=separator).writerows([header, *rows])


def judged(write: Callable[[Path], object], kpi: str, edition: date = EDITION) -> Judged:
    """What a folder with what `write` writes would show."""
    with TemporaryDirectory() as folder:
        write(Path(folder))
        return judge(Path(folder), kpi, edition)


def of_workers(rows: Rows, header: Sequence[str] = WORKFORCE, separator: str = ",") -> Judged:
    return judged(lambda folder: write_csv(folder / "workforce.csv", header, rows, separator), "agency_rate")


def test_the_oracle_itself() -> None:
    assert of_workers(workers()) == Judged(20.0, (), frozenset(), ())


@FEW
@given(
    st.sampled_from(["social_worker_flag", "agency_flag", "fte"]),
    st.sets(st.integers(0, 9), min_size=1),
    st.sampled_from([*PLACEHOLDERS, *OTHER_WORDS, "", "80 percent", "1,00O"]),
)
def test_local_tables_hold(column: str, which: set[int], cell: str) -> None:
    rows = workers()
    for at in which:
        rows[at][WORKFORCE.index(column)] = cell
    judgement = of_workers(rows)
    if cell:  # a flag left blank is not recorded, which the definition says counts as employed
        assert judgement.is_fair(20.0), judgement
    if cell in PLACEHOLDERS and judgement.value is not None:
        assert judgement.caveats, "a placeholder decided nothing and nothing was said"
        assert "placeholder" in judgement.rules


@FEW
@given(st.data())
def test_words_and_locales_that_say_the_same_give_the_same(data: st.DataObject) -> None:
    rows = workers()
    for row in rows:
        row[3] = data.draw(st.sampled_from(WORDS_OF_YES))
        row[4] = data.draw(st.sampled_from(WORDS_OF_YES if row[4] == "Y" else WORDS_OF_NO))
        row[5] = data.draw(st.sampled_from(["1", "1.0", "1,0", "100%", " 1 ", "1,00"]))
        row[2] = data.draw(st.sampled_from([row[2], row[2].upper(), f" {row[2]}", row[2].replace(" ", "\u00a0")]))
    judgement = of_workers(rows, separator=";")
    assert (judgement.value, judgement.caveats) == (20.0, ())


@pytest.mark.parametrize("column", ["social_worker_flag", "agency_flag", "fte"])
def test_a_column_that_is_missing_or_empty_leaves_the_figure_out(column: str) -> None:
    at = WORKFORCE.index(column)
    without = [[*row[:at], *row[at + 1 :]] for row in workers()]
    missing = of_workers(without, [*WORKFORCE[:at], *WORKFORCE[at + 1 :]])
    empty = of_workers([[*row[:at], "", *row[at + 1 :]] for row in workers()])
    assert missing.needs == (f"{column} of workforce (the column is missing)",)
    assert empty.needs == (f"{column} of workforce (it is empty in every row)",)


def test_a_column_that_the_newest_file_lacks_leaves_the_figure_out(tmp_path: Path) -> None:
    at = WORKFORCE.index("agency_flag")
    older = [[row[0], "2026-02-28", *row[2:]] for row in workers()]
    write_csv(tmp_path / "workforce 2025.csv", WORKFORCE, older)
    newer = [[*row[:at], *row[at + 1 :]] for row in workers()]
    write_csv(tmp_path / "workforce 2026.csv", [*WORKFORCE[:at], *WORKFORCE[at + 1 :]], newer)
    needs = judge(tmp_path, "agency_rate", EDITION).needs
    assert needs == ("agency_flag of workforce (the column is missing in workforce 2026.csv)",)


def test_a_latest_month_that_cannot_be_read_leaves_the_figure_out(tmp_path: Path) -> None:
    months = ["2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28"]
    rows = [[row[0], month, *row[2:]] for month in months for row in workers()]
    rows += [[*row[:4], "Agency" if row[4] == "Y" else "Perm", *row[5:]] for row in workers()]
    write_csv(tmp_path / "workforce.csv", WORKFORCE, rows)
    (need,) = judge(tmp_path, "agency_rate", EDITION).needs
    assert need == "agency_flag of workforce (most values of the latest month could not be read)"


@FEW
@given(st.sets(st.integers(0, 9), min_size=1, max_size=3), st.sampled_from(["sheet", "rows", "draft", "total"]))
def test_hidden_moved_and_added_rows_do_not_count(which: set[int], kind: str) -> None:
    """Agency workers who stand on a hidden sheet, in hidden rows, on a draft's sheet, or as a total below the table."""

    def write(folder: Path) -> None:
        more = [[f"X{at}", *row[1:4], "Y", *row[5:]] for at, row in enumerate(workers()) if at in which]
        with xlsxwriter.Workbook(str(folder / "workforce.xlsx")) as out:
            first = out.add_worksheet("workforce")
            rows: Rows = [list(WORKFORCE), *workers()]
            if kind in ("rows", "total"):
                rows += more if kind == "rows" else [["Total", *row[1:]] for row in more]
            for line, row in enumerate(rows):
                first.write_row(line, 0, row)
                if kind == "rows" and line > len(workers()):
                    first.set_row(line, None, None, {"hidden": True})
            if kind in ("sheet", "draft"):
                second = out.add_worksheet("workforce old")
                for line, row in enumerate([list(WORKFORCE), *more]):
                    second.write_row(line, 0, row)
                if kind == "sheet":
                    second.very_hidden()

    judgement = judged(write, "agency_rate")
    rule = {"sheet": "hidden-sheet", "rows": "hidden-rows", "draft": "draft-copy", "total": "total-row"}[kind]
    assert (judgement.value, rule in judgement.rules) == (20.0, True)


LEAVERS = ("clea_table_id", "clea_person_id", "clea_care_leaver_eligibility", "clea_care_leaver_activity", "as_at")


@FEW
@given(st.sets(st.integers(0, 9), min_size=1), st.sampled_from([*PLACEHOLDERS, "F9", "EET", "f2", " P1 "]))
def test_tables_of_the_dataset_hold(which: set[int], cell: str) -> None:
    """Ten care leavers, five of them learning: those that were, written otherwise, still are, or it is said."""

    def write(folder: Path) -> None:
        rows = [[f"L{at}", f"C{at}", "former relevant", "F2" if at < 5 else "G4", EDITION] for at in range(10)]
        for at in which:
            rows[at][3] = cell
        write_csv(folder / "ssd_care_leavers.csv", LEAVERS, rows)
        people = [[f"C{at}", "2006-05-04"] for at in range(10)]
        write_csv(folder / "ssd_person.csv", ("pers_person_id", "pers_dob"), people)

    right = 10.0 * len([at for at in range(10) if (cell.strip() in ("f2", "P1") if at in which else at < 5)])
    assert judged(write, "care_leavers_eet").is_fair(right)


@FEW
@given(st.sets(st.integers(0, 9), min_size=1), st.sampled_from([*PLACEHOLDERS, "Perhaps", "a) Yes", "b) No", "Total"]))
def test_annex_a_holds(which: set[int], cell: str) -> None:
    """Ten assessments, four of them without further action."""

    def write(folder: Path) -> None:
        rows = []
        for at in range(10):
            needs_support = cell if at in which else ("b) No" if at < 4 else "a) Yes")
            cells = dict(zip(CHILD, (f"C{at}", "b) Female", "a) WBRI", date(2015, 5, 4)), strict=True))
            cells |= {
                ASSESSMENTS[4]: date(2026, 3, 2),
                ASSESSMENTS[6]: date(2026, 3, 20),
                ASSESSMENTS[7]: needs_support,
            }
            rows.append(cells)
        book(folder / "annex a 2026-03-31.xlsx", {"List 4": rows_of(ASSESSMENTS, *rows)})

    right = 10.0 * len([at for at in range(10) if (cell == "b) No" if at in which else at < 4)])
    assert judged(write, "assessments_not_in_need").is_fair(right)


@FEW
@given(st.sets(st.integers(0, 9), min_size=1), st.sampled_from([*PLACEHOLDERS, "F9", "p3", "F3", "Z"]))
def test_ssda903_holds(which: set[int], cell: str) -> None:
    """Ten care leavers of the return, five of them in employment."""

    def write(folder: Path) -> None:
        rows = [[f"{1000 + at}", "04/05/2006", "YES", "F2" if at < 5 else "G4", "B1"] for at in range(10)]
        for at in which:
            rows[at][3] = cell
        write_csv(folder / "oc3 2025-26.csv", ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"), rows)
        people = [[f"{1000 + at}", "1", "04/05/2006", "WBRI", "", "", ""] for at in range(10)]
        write_csv(folder / "header 2025-26.csv", ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"), people)

    right = 10.0 * len([at for at in range(10) if (cell in ("p3", "F3") if at in which else at < 5)])
    assert judged(write, "care_leavers_eet").is_fair(right)


@FEW
@given(st.sets(st.integers(0, 9), min_size=1), st.sampled_from([*PLACEHOLDERS, "NEGLECT", "neg", "XXX", "Neglect?"]))
def test_the_children_in_need_census_holds(which: set[int], cell: str) -> None:
    """Ten plans at 31 March, four of them for neglect."""

    def write(folder: Path) -> None:
        children = ""
        for at in range(10):
            category = cell if at in which else ("NEG" if at < 4 else "EMO")
            plan = f"<CPPstartDate>2025-11-03</CPPstartDate><LatestCategoryOfAbuse>{category}</LatestCategoryOfAbuse>"
            plan += "<InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>"
            details = f"<ChildProtectionPlans>{plan}</ChildProtectionPlans>"
            children += census_reading.child(census_reading.case(details, day="2025-10-01"), f"C{at}")
        text = census_reading.cin(children, year="2026", day="2026-03-31")
        (folder / "cin.xml").write_text(text, encoding="utf-8")

    right = 10.0 * len([at for at in range(10) if (cell in ("NEGLECT", "neg") if at in which else at < 4)])
    assert judged(write, "cp_neglect").is_fair(right)


@FEW
@given(
    st.sets(st.integers(0, 9), min_size=1),
    st.sampled_from(["AgencyWorker", "FTE"]),
    st.sampled_from([*PLACEHOLDERS, "true", "1", "1,0", "80%", "Agency"]),
)
def test_the_workforce_census_holds(which: set[int], element: str, cell: str) -> None:
    """Ten social workers, two of them from an agency."""
    day = date(2025, 9, 30)

    def write(folder: Path) -> None:
        posts = ""
        for at in range(10):
            given_ = {"AgencyWorker": "1" if at < 2 else "0", "FTE": "1"}
            if at in which:
                given_[element] = cell
            posts += census_reading.worker(f"SW{at}", **given_)
        text = census_reading.csww(posts, year="2025", day=day.isoformat())
        (folder / "csww.xml").write_text(text, encoding="utf-8")

    agency = set(range(2)) - which if element == "AgencyWorker" else {0, 1}
    agency |= which if element == "AgencyWorker" and cell in ("true", "1") else set()
    assert judged(write, "agency_rate", day).is_fair(10.0 * len(agency))


DAYS = st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%y", "%d %B %Y", "%Y-%m-%dT00:00:00Z"])
SEPARATORS = st.sampled_from([",", ";", "\t", "|"])


def in_order(order: Sequence[int], *rows: Sequence[Any]) -> Rows:
    """Rows with their columns in another order."""
    return [[row[at] for at in order] for row in rows]


@FEW
@given(st.permutations(range(5)), DAYS, st.sampled_from(["sheet", "rows", "total"]))
def test_tables_of_the_dataset_in_other_orders_and_locales_are_the_same(order: list[int], day: str, kind: str) -> None:
    """Ten care leavers, five of them learning, and more whose rows do not count."""

    def write(folder: Path) -> None:
        rows: Rows = [
            [f"L{at}", f"c{at}", "Former Relevant", "f2" if at < 5 else "G4", EDITION.strftime(day)] for at in range(10)
        ]
        more: Rows = [[f"X{at}", f"X{at}", "former relevant", "F2", EDITION.strftime(day)] for at in range(5)]
        with xlsxwriter.Workbook(str(folder / "ssd_care_leavers.xlsx")) as out:
            sheet, other = out.add_worksheet("ssd_care_leavers"), out.add_worksheet("ssd_care_leavers more")
            if kind == "total":
                more = [["Total", *row[1:]] for row in more[:1]]
            for line, row in enumerate(in_order(order, LEAVERS, *rows, *(more if kind != "sheet" else ()))):
                sheet.write_row(line, 0, row)
                if kind == "rows" and line > len(rows):
                    sheet.set_row(line, None, None, {"hidden": True})
            for line, row in enumerate(in_order(order, LEAVERS, *more)):
                other.write_row(line, 0, row)
            other.hide()
        people = [[f"C{at}", "2006-05-04"] for at in range(10)]
        write_csv(folder / "ssd_person.csv", ("pers_person_id", "pers_dob"), people)

    judgement = judged(write, "care_leavers_eet")
    assert (judgement.value, judgement.caveats) == (50.0, ())
    rules = {"rows": "hidden-rows", "total": "total-row"}
    assert {"hidden-sheet", rules.get(kind, "hidden-sheet"), "ids-written-differently"} <= judgement.rules


@FEW
@given(st.permutations(ASSESSMENTS), DAYS, st.booleans(), st.sampled_from(["b) No", "B) NO", "No", "n", "No "]))
def test_annex_a_in_other_orders_and_locales_is_the_same(headers: list[str], day: str, hides: bool, no: str) -> None:
    """Ten assessments, four of them without further action, and more on a hidden sheet or below as a total."""

    def cells(name: str, needs_support: str) -> dict[str, Any]:
        about = dict(zip(CHILD, (name, "b) Female", "a) WBRI", date(2015, 5, 4).strftime(day)), strict=True))
        begun, done = date(2026, 3, 2).strftime(day), date(2026, 3, 20).strftime(day)
        return about | {ASSESSMENTS[4]: begun, ASSESSMENTS[6]: done, ASSESSMENTS[7]: needs_support}

    def write(folder: Path) -> None:
        shown = rows_of(headers, *(cells(f"C{at}", no if at < 4 else "a) Yes") for at in range(10)))
        more = rows_of(headers, *(cells(f"X{at}", no) for at in range(5)))
        sheets = {"List 4": [["Assessments"], [], *shown]} | ({"List 4 old": more} if hides else {})
        if not hides:
            sheets["List 4"].append(["Total", 10])
        book(folder / "annex a 2026-03-31.xlsx", sheets, hidden=["List 4 old"])

    judgement = judged(write, "assessments_not_in_need")
    assert (judgement.value, judgement.caveats) == (40.0, ())
    assert ("hidden-sheet" if hides else "total-row") in judgement.rules


@FEW
@given(st.permutations(range(5)), DAYS, SEPARATORS, st.sampled_from(["utf-8", "utf-16", "cp1252"]), st.booleans())
def test_ssda903_in_other_orders_and_locales_is_the_same(
    order: list[int], day: str, separator: str, encoding: str, has_total: bool
) -> None:
    """Ten care leavers of the return, five of them in employment."""
    born = date(2006, 5, 4).strftime(day)

    def text(*rows: Sequence[str]) -> bytes:
        return "\r\n".join(separator.join(row) for row in rows).encode(encoding)

    def write(folder: Path) -> None:
        rows: Rows = [["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"]]
        rows += [[f"00{1000 + at}", born, "yes", "p3" if at < 5 else "G4", "B1"] for at in range(10)]
        rows += [["Total", "", "", "10", ""]] if has_total else []
        (folder / "oc3 2025-26.csv").write_bytes(text(*in_order(order, *rows)))
        people = [[f"{1000 + at}", "1", born, "WBRI", "", "", ""] for at in range(10)]
        header = ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
        (folder / "header 2025-26.csv").write_bytes(text(header, *people))

    judgement = judged(write, "care_leavers_eet")
    assert (judgement.value, judgement.caveats) == (50.0, ())
    assert {"ids-written-differently", *(["total-row"] if has_total else [])} <= judgement.rules


@FEW
@given(st.permutations(range(3)), DAYS, st.sampled_from(["utf-8", "utf-16"]), st.booleans())
def test_the_children_in_need_census_in_other_orders_and_locales_is_the_same(
    order: list[int], day: str, encoding: str, is_one_line: bool
) -> None:
    """Ten plans at 31 March, four of them for neglect."""

    def write(folder: Path) -> None:
        children = ""
        for at in range(10):
            parts = [
                f"<CPPstartDate>{date(2025, 11, 3).strftime(day)}</CPPstartDate>",
                f"<LatestCategoryOfAbuse>{'neg' if at < 4 else 'EMO'}</LatestCategoryOfAbuse>",
                "<InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>",
            ]
            plan = "".join(parts[column_name] for column_name in order)
            details = f"<ChildProtectionPlans>{plan}</ChildProtectionPlans>"
            case = census_reading.case(details, day=date(2025, 10, 1).strftime(day))
            children += census_reading.child(case, f"C{at}")
        text = census_reading.cin(children, year="2026", day="2026-03-31")
        text = text.replace("\n", "") if is_one_line else text
        (folder / "cin.xml").write_bytes(text.encode(encoding))

    assert judged(write, "cp_neglect").value == 40.0


@FEW
@given(DAYS, st.permutations(["AgencyWorker", "SWENo", "FTE", "RoleStartDate"]), st.sampled_from(["1", "1,0", "1.00"]))
def test_the_workforce_census_in_other_orders_and_locales_is_the_same(day: str, order: list[str], fte: str) -> None:
    """Ten social workers, two of them from an agency, in two years' censuses."""

    def write(folder: Path) -> None:
        for year, letters in (("2024", "sw"), ("2025", "SW")):
            posts = ""
            for at in range(10):
                cells = {"AgencyWorker": "true" if at < 2 else "0", "SWENo": f"{letters}{at}", "FTE": fte}
                cells["RoleStartDate"] = date(2020, 1, 6).strftime(day)
                posts += (
                    "<CSWWWorker>"
                    + "".join(f"<{column_name}>{cells[column_name]}</{column_name}>" for column_name in order)
                    + "</CSWWWorker>"
                )
            text = census_reading.csww(posts, year=year, day=f"{year}-09-30")
            (folder / f"csww {year}.xml").write_text(text, encoding="utf-8")

    judgement = judged(write, "agency_rate", date(2025, 9, 30))
    assert (judgement.value, judgement.caveats) == (20.0, ())


EXTRACT = ("authority", "period_end", "team", "worker", "category", "numerator", "denominator")


@settings(max_examples=tried(5), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 1),
    st.sampled_from([5, 6]),
    st.sampled_from([*PLACEHOLDERS, "c", "x", "<5", "80%", "", "2,0", " 2 ", "2.0", "n/a", "1.234,5"]),
    st.sampled_from(["North", " north ", "NORTH", "Total", "#N/A", "-1", ""]),
    DAYS,
    SEPARATORS,
)
def test_ready_extracts_hold(which: int, column: int, cell: str, team: str, day: str, separator: str) -> None:
    """Two teams, a number of one written otherwise: what is published is what was meant, or the edition stops."""
    rows: Rows = [["E08999901", EDITION.strftime(day), name, "", "", "2", "10"] for name in ("South", team)]
    rows[which][column] = cell
    meant = {"2,0": 2.0, " 2 ": 2.0, "2.0": 2.0, "1.234,5": 1234.5}.get(cell)
    with TemporaryDirectory() as folder:
        write_csv(Path(folder) / "agency_rate.csv", EXTRACT, rows, separator)
        staged = Path(folder) / "staged"
        gathered = gather(Path(folder), staged, adapters(), EDITION)
        stops = [finding.rule for finding in gathered.findings.kept if finding.severity == "stop"]
        published = [] if stops else duckdb.read_parquet(str(gathered.extracts["agency_rate"])).fetchall()
    if meant is None or team in ("Total", "#N/A", "-1"):
        assert stops
    else:
        assert {row[3] for row in published} == {"South", " ".join(team.split()) or None}
        assert sorted(row[6 if column == 5 else 7] for row in published) == sorted(
            [meant, 2.0 if column == 5 else 10.0]
        )
