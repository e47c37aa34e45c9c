"""Authorities: their codes over time, joint reports, and finding one by what people write."""

from __future__ import annotations

from datetime import date

import pytest

from improvement_board.benchmarks.aliases import load_aliases
from improvement_board.benchmarks.areas import AreaRow, authorities_of, find_authority, published_areas, with_names
from improvement_board.errors import InputError


def area(number: str, code: str, name: str, region: str = "E12000009", year: int = 2024) -> AreaRow:
    end = date(year, 3, 31)
    return AreaRow("Local authority", region, "Some region", number, code, name, "referrals", 7, end)


ROWS = [
    area("933", "E10000027", "Somerset", year=2022),
    area("933", "E06000066", "Somerset", year=2024),
    area("801", "E06000023", "Bristol, City of"),
    area("342", "E08000013", "St. Helens", "E12000002"),
    area("894", "E06000020", "Telford and Wrekin", "E12000005"),
    area("201", "E09000001", "City of London", "E13000001"),
    area("840", "E06000047", "County Durham", "E12000001"),
    area("831", "E06000015", "Derby", "E12000004"),
    area("830", "E10000007", "Derbyshire", "E12000004"),
    area("835", "E10000009", "Dorset", year=2019),
    area("838", "E06000059", "Dorset"),
    area("314 / 318", "E09000021 / E09000027", "Kingston upon Thames / Richmond upon Thames", "E13000002"),
]
CURRENT = ["933", "801", "342", "894", "201", "840", "831", "830", "838", "314", "318"]
AUTHORITIES = authorities_of(ROWS, CURRENT, load_aliases())


def test_an_authority_keeps_its_number_when_its_code_changes() -> None:
    somerset = AUTHORITIES["933"]
    assert (somerset.code, somerset.other_codes) == ("E06000066", frozenset({"E10000027"}))


def test_an_authority_under_a_part_of_london_stands_in_london() -> None:
    assert AUTHORITIES["201"].region_code == "E12000007"


def test_two_that_report_together_are_two_authorities_in_one_row() -> None:
    assert AUTHORITIES["318"].name == "Richmond upon Thames"
    together = [
        published_area
        for published_area in published_areas(ROWS, AUTHORITIES, load_aliases())
        if published_area.reported_with
    ]
    assert [(published_area.area_code, published_area.reported_with) for published_area in together] == [
        ("E09000021", "Richmond upon Thames"),
        ("E09000027", "Kingston upon Thames"),
    ]


def test_inner_london_is_none_of_the_nine_regions() -> None:
    end = date(2024, 3, 31)
    rows = [
        AreaRow("Regional", "E13000001", "Inner London", "", "", "", "referrals", 2, end),
        AreaRow("Regional", "E12000007", "London", "", "", "", "referrals", 3, end),
        AreaRow("National", "", "", "", "", "", "referrals", 4, end),
        AreaRow("School", "E12000007", "London", "", "", "", "referrals", 5, end),
    ]
    places = published_areas(rows, {}, load_aliases())
    assert [(published_area.area_type, published_area.area_code) for published_area in places] == [
        ("Region", "E12000007"),
        ("England", "E92000001"),
    ]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("Bristol", "801"),
        ("city of bristol", "801"),
        ("ST HELENS", "342"),
        ("Saint Helens", "342"),
        ("telford & wrekin", "894"),
        ("Durham", "840"),
        ("durham county council", "840"),
        ("Derby", "831"),
        ("derbyshire", "830"),
        ("e10000027", "933"),
        ("933", "933"),
        (" Dorset ", "838"),
        ("City of London", "201"),
        ("Richmond upon Thames", "318"),
        ("Durham (Old Name)", "840"),
    ],
)
def test_an_authority_is_found_by_what_people_write(wanted: str, number: str) -> None:
    known = with_names(AUTHORITIES, [("840", "Durham (Old Name)"), ("999", "Nowhere")])
    assert find_authority(wanted, known.values()).number == number


@pytest.mark.parametrize(("wanted", "close"), [("Darby", "Derby"), ("Somersett", "Somerset"), ("Helens", "St. Helens")])
def test_an_unknown_authority_is_answered_with_the_closest(wanted: str, close: str) -> None:
    with pytest.raises(InputError, match=close):
        find_authority(wanted, AUTHORITIES.values())


@pytest.mark.parametrize("wanted", ["", "   ", "&", "%", "E99999999"])
def test_nothing_is_no_authority(wanted: str) -> None:
    with pytest.raises(InputError, match="no such authority"):
        find_authority(wanted, AUTHORITIES.values())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (area("12", "E06000001", "Town"), "not an authority's number"),
        (area("301", "E0600000", "Town"), "not a GSS code"),
        (area("301 / 302", "E06000001", "Town / City"), "do not match"),
    ],
)
def test_an_area_that_cannot_be_one_is_named_with_its_line(row: AreaRow, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        authorities_of([row], [], load_aliases())
    assert "line 7" in str(caught.value)
