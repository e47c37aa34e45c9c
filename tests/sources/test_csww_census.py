"""The social work workforce census: posts as rows of a month, leavers, vacancies, dirty values, the sample."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from census_reading import Reading, case, child, cin, csww, read, saved, worker

from improvement_board.sources import csww_census
from improvement_board.sources.csww_census import CARRIES, CswwCensus

NEWER_SAMPLE = "csww_2025_made_from_specification.xml"
SEPTEMBER = date(2024, 9, 30)
VACANT = (
    "<LALevelVacancies><NumberOfVacancies>{}</NumberOfVacancies><NoAgencyFTE>4.5</NoAgencyFTE></LALevelVacancies>\n"
)


def read_text(folder: Path, text: str) -> Reading:
    return read(CswwCensus(), [saved(folder, text)], folder)


def test_a_worker_in_post_is_a_row_of_the_thirtieth_of_september(tmp_path: Path) -> None:
    reading = read_text(tmp_path, csww(VACANT.format("79.68") + worker("ab12", FTE="0.521371", OrgRole="4")))
    assert reading.kept_findings == []
    assert reading.tables["workforce"] == [
        {
            "professional_id": "AB12",
            "period_end": SEPTEMBER,
            "role": "Senior practitioner",
            "social_worker_flag": "Y",
            "agency_flag": "N",
            "fte": 0.521371,
            "start_date": date(2020, 1, 6),
        }
    ]
    assert reading.tables["vacancies"] == [{"period_end": SEPTEMBER, "vacant_fte": 79.68}]
    assert reading.lines == {"workforce": [4], "vacancies": [3]}


def test_a_leaver_is_a_row_of_the_month_they_left_with_the_hours_of_the_year_before(tmp_path: Path) -> None:
    reading = read_text(tmp_path, csww(worker(FTE="0", FTE30="0.6", RoleEndDate="2024-02-14")))
    columns = ("period_end", "end_date", "fte")
    assert reading.rows("workforce", *columns) == [(date(2024, 2, 29), date(2024, 2, 14), 0.6)]


def test_it_says_which_columns_it_carries(tmp_path: Path) -> None:
    text = csww(VACANT.format("1") + worker(OrgRole="5") + worker("SW2", FTE30="1", RoleEndDate="2024-02-14"))
    reading = read_text(tmp_path, text)
    filled = {table: {column for row in rows for column in row} for table, rows in reading.tables.items()}
    assert filled == {table: set(columns) for table, columns in CARRIES.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (worker(FTE="0.5") + worker(FTE="0.4", OrgRole="3", RoleStartDate="2019-01-07"), [(SEPTEMBER, 0.9)]),
        (worker(FTE="0.5") * 2, [(SEPTEMBER, 1.0)]),
        (worker() * 2, [(SEPTEMBER, 1.0)]),
        (worker(RoleEndDate="2024-02-14", FTE="0", FTE30="1") + worker(), [(date(2024, 2, 29), 1.0), (SEPTEMBER, 1.0)]),
        (worker(RoleEndDate="2024-09-02", FTE="0", FTE30="0.7") + worker(), [(SEPTEMBER, 1.0)]),
        (worker() + worker(RoleEndDate="2024-09-02", FTE="0", FTE30="0.7"), [(SEPTEMBER, 1.0)]),
    ],
)
def test_posts_of_a_worker_in_a_month_are_one_row(
    tmp_path: Path, text: str, expected: list[tuple[date, float]]
) -> None:
    reading = read_text(tmp_path, csww(text))
    assert sorted(reading.rows("workforce", "period_end", "fte")) == [
        (day, pytest.approx(fte)) for day, fte in expected
    ]


def test_of_two_posts_the_larger_gives_the_role_and_the_first_the_start(tmp_path: Path) -> None:
    text = worker(FTE="0.4", OrgRole="3", RoleStartDate="2019-01-07") + worker(FTE="0.5", OrgRole="5")
    reading = read_text(tmp_path, csww(text))
    assert reading.rows("workforce", "role", "start_date") == [("Case holder", date(2019, 1, 7))]


@pytest.mark.parametrize(
    ("rule", "severity", "column", "parts", "rows"),
    [
        ("missing-value", "error", "AgencyWorker", {"AgencyWorker": None}, 0),
        ("neither-yes-nor-no", "error", "AgencyWorker", {"AgencyWorker": "perhaps"}, 0),
        ("not-a-number", "error", "FTE", {"FTE": "full"}, 0),
        ("not-a-number", "error", "FTE", {"FTE": "37"}, 0),
        ("not-a-number", "error", "FTE", {"FTE": "-0.5"}, 0),
        ("not-a-date", "error", "RoleStartDate", {"RoleStartDate": "2020"}, 0),
        ("not-a-date", "error", "RoleEndDate", {"RoleEndDate": "soon"}, 0),
        ("outside-census-year", "error", "RoleStartDate", {"RoleStartDate": "2024-10-01"}, 0),
        ("outside-census-year", "error", "RoleEndDate", {"RoleEndDate": "2023-09-30"}, 0),
        ("outside-census-year", "warning", "RoleEndDate", {"RoleEndDate": "2024-10-01"}, 1),
        ("end-before-start", "error", "RoleEndDate", {"RoleStartDate": "2024-03-01", "RoleEndDate": "2024-02-01"}, 0),
        ("unknown-code", "warning", "OrgRole", {"OrgRole": "17"}, 1),
        ("not-a-number", "warning", "FTE30", {"FTE30": "x"}, 1),
        ("missing-value", "warning", "SWENo", {"SWENo": None}, 1),
        ("unknown-element", "warning", "CSWWWorker/ContractedHours", {"ContractedHours": "37"}, 1),
    ],
)
def test_what_does_not_fit_is_told(
    tmp_path: Path, rule: str, severity: str, column: str, parts: dict[str, str | None], rows: int
) -> None:
    reading = read_text(tmp_path, csww(worker(**parts)))
    assert reading.brief() == [(rule, severity, column, 3)]
    assert len(reading.tables["workforce"]) == rows


def test_an_end_after_the_census_is_not_known_yet(tmp_path: Path) -> None:
    reading = read_text(tmp_path, csww(worker(RoleEndDate="2024-10-01")))
    assert reading.rows("workforce", "period_end", "end_date") == [(SEPTEMBER, None)]


def test_workers_without_a_number_are_each_their_own(tmp_path: Path) -> None:
    reading = read_text(tmp_path, csww(worker(None) + worker(None)))
    assert len({name for (name,) in reading.rows("workforce", "professional_id")}) == 2


@pytest.mark.parametrize("vacant", ["", "many", "-1"])
def test_vacancies_that_cannot_be_read_are_told(tmp_path: Path, vacant: str) -> None:
    reading = read_text(tmp_path, csww(VACANT.format(vacant) + worker()))
    assert [(finding.severity, finding.table, finding.problem.row) for finding in reading.kept_findings] == [
        ("error", "vacancies", 3)
    ]
    assert reading.tables["vacancies"] == []


@pytest.mark.parametrize(
    ("day", "year", "read_as"),
    [
        ("2024-09-30", "2024", "2024-09-30"),
        ("2024", "2024", "2024-09-30"),
        ("2025-03-28", "2024", "2024-09-30"),
        ("2025-03-28", "", "2024-09-30"),
        ("2024-10-31", "", "2024-09-30"),
    ],
)
def test_a_census_is_of_a_thirtieth_of_september(tmp_path: Path, day: str, year: str, read_as: str) -> None:
    file = saved(tmp_path, csww(worker(), day=day, year=year))
    reading = read(CswwCensus(), [file], tmp_path)
    assert reading.rows("workforce", "period_end") == [(date.fromisoformat(read_as),)]
    assert [finding.rule for finding in reading.kept_findings] == (
        ["odd-reference-date"] if day[5:] not in ("", "09-30") else []
    )
    assert CswwCensus().first_days([file]) == {"workforce": date(2023, 9, 1), "vacancies": date(2024, 9, 1)}


def test_a_census_of_no_year_stops_the_edition(tmp_path: Path) -> None:
    reading = read_text(tmp_path, csww(worker(), day="soon", year=""))
    assert reading.tables["workforce"] == []
    assert ("no-reference-date", "stop") in {(finding.rule, finding.severity) for finding in reading.kept_findings}


def test_of_two_files_of_one_day_the_one_made_later_is_read(tmp_path: Path) -> None:
    draft = saved(tmp_path, csww(worker("SW1") + worker("SW2"), made="2024-10-01T09:00:00"), "b.xml")
    final = saved(tmp_path, csww(worker("SW1", FTE="0.5"), made="2024-10-20T09:00:00"), "a.xml")
    reading = read(CswwCensus(), [draft, final], tmp_path)
    assert reading.rows("workforce", "professional_id", "fte") == [("SW1", 0.5)]
    assert [(finding.rule, finding.severity) for finding in reading.kept_findings] == [
        ("same-reference-date", "warning")
    ]


def test_years_stand_beside_each_other(tmp_path: Path) -> None:
    files = [
        saved(tmp_path, csww(VACANT.format("2") + worker(), day=f"{year}-09-30", year=str(year)), f"{year}.xml")
        for year in (2022, 2023, 2024)
    ]
    reading = read(CswwCensus(), files, tmp_path)
    assert sorted(reading.rows("workforce", "period_end")) == [(date(year, 9, 30),) for year in (2022, 2023, 2024)]
    assert len(reading.tables["vacancies"]) == 3
    assert CswwCensus().first_days(files)["workforce"] == date(2021, 9, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (csww(worker())[:-20], "not well-formed"),
        (f"<!DOCTYPE a>{csww(worker())}", "DOCTYPE"),
        (csww(""), "has no CSWWWorker"),
        ("<a/>", "root element is not Message"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_edition(tmp_path: Path, text: str, said: str) -> None:
    reading = read_text(tmp_path, text)
    assert [(finding.rule, finding.severity) for finding in reading.kept_findings] == [("unreadable-file", "stop")]
    assert said in reading.kept_findings[0].problem.message


def test_more_workers_than_any_authority_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csww_census, "MOST_WORKERS", 3)
    reading = read_text(tmp_path, csww("".join(worker(f"SW{number}") for number in range(5))))
    assert [finding.severity for finding in reading.kept_findings] == ["stop"]


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (csww(worker()), True),
        (csww(worker()).replace(">CSWW<", ">CSWWW<"), True),
        (f"<Message>{worker()}</Message>", True),
        (cin(child(case())), False),
        ("", False),
    ],
)
def test_a_file_is_known_by_its_beginning(tmp_path: Path, text: str, is_known: bool) -> None:
    assert CswwCensus().recognises(saved(tmp_path, text, "data.bin")) is is_known


def test_the_sample_loads(tmp_path: Path, reference: Path) -> None:
    folder = reference / "samples"
    known = [file for file in sorted(folder.rglob("*")) if CswwCensus().recognises(file)]
    assert {file.name for file in known} == {"social_work_workforce_2022.xml", NEWER_SAMPLE}
    reading = read(CswwCensus(), [file for file in known if file.name != NEWER_SAMPLE], tmp_path)
    # Of its 30 workers 7 start after the census, and 2 left years before it: dates there are random.
    assert {table: len(rows) for table, rows in reading.tables.items()} == {"workforce": 30 - 7 - 2, "vacancies": 1}
    assert sum(finding.severity == "error" for finding in reading.kept_findings) == 7 + 2
    assert sum(finding.severity == "warning" for finding in reading.kept_findings) == 11
    assert reading.tables["vacancies"][0]["vacant_fte"] == 79.68


@pytest.mark.parametrize("block", ["LALevelVacancies", "LALevel", "LALevelData"])
@pytest.mark.parametrize("block_place", ["before", "after", "after a group", "with a namespace"])
def test_vacancies_are_read_whatever_their_block_is_called_and_wherever_it_stands(
    tmp_path: Path, block: str, block_place: str
) -> None:
    inside = (
        "<NumberOfVacancies>7.5</NumberOfVacancies><RetentionBonus>2</RetentionBonus><CarAllowance>1</CarAllowance>"
    )
    vacancies, post = f"<{block}>{inside}</{block}>\n", worker(BaseSalary="41000", RRPayments="0", OtherPayments="0")
    text = {
        "before": vacancies + post,
        "after": post + vacancies,
        "after a group": f"<CSWWWorkers>{post}</CSWWWorkers>\n{vacancies}",
        "with a namespace": f'<a:{block} xmlns:a="urn:a">{inside}</a:{block}>{post}',
    }[block_place]
    reading = read_text(tmp_path, csww(text))
    assert reading.kept_findings == []
    assert reading.tables["vacancies"] == [{"period_end": SEPTEMBER, "vacant_fte": 7.5}]
    assert reading.rows("workforce", "professional_id") == [("SW1",)]


def test_the_sample_of_2025_gives_its_vacancies(tmp_path: Path, reference: Path) -> None:
    reading = read(CswwCensus(), [reference / "samples" / "newer" / "csww_census" / NEWER_SAMPLE], tmp_path)
    assert reading.tables["vacancies"] == [{"period_end": date(2025, 9, 30), "vacant_fte": 79.68}]
    assert "unknown-element" not in {finding.rule for finding in reading.kept_findings}


def test_an_unknown_block_is_told_once_with_the_kpis_it_might_feed(tmp_path: Path) -> None:
    text = csww("<AgencyTotals><FTE>4</FTE></AgencyTotals>" + worker() + "<Pay/>" + worker("SW2") + "<Pay/>")
    problems = [finding.problem for finding in read_text(tmp_path, text).kept_findings]
    assert [problem.column for problem in problems] == ["Message/AgencyTotals", "Message/Pay"]
    assert all("vacancy_rate" in problem.message and "agency_rate" in problem.message for problem in problems)


def test_a_census_without_vacancies_or_with_two_is_told(tmp_path: Path) -> None:
    text = csww(worker()).replace("<LALevel><NumberOfVacancies>0</NumberOfVacancies></LALevel>", "")
    missing = read_text(tmp_path, text)
    assert [(finding.rule, finding.table) for finding in missing.kept_findings] == [("vacancies-not-once", "vacancies")]
    assert missing.kept_findings[0].problem.message == "is missing; it might feed vacancy_rate"
    (tmp_path / "two").mkdir()
    twice = read_text(tmp_path / "two", csww(worker() + VACANT.format(3) + VACANT.format(4)))
    assert [finding.rule for finding in twice.kept_findings] == ["vacancies-not-once"]
    assert twice.rows("vacancies", "vacant_fte") == [(3.0,)]
