"""Another authority's return among the sources stops the edition, whichever return it is."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from examples import every_night

from improvement_board.building.supply import Supply, supply
from improvement_board.common.authorities import authority_number, number_in
from improvement_board.declared.plan import Council
from improvement_board.errors import InputError
from improvement_board.sources.whose import RULE

TRAFFORD, MADE_UP = "E08000009", "E08999901"
CIN = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31"
    "</ReferenceDate></CollectionDetails><Source><LEA>{la}</LEA></Source></Header><Children/></Message>"
)
CSWW = CIN.replace("CIN", "CSWW").replace("2026-03-31", "2025-09-30").replace("2026", "2025")
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN,LA,YEAR\n"
    "1,01/05/2025,S,C2,N1,U1,PR1,,,,,,,{la},2026\n"
)
XML_903 = (
    "<EXPSSDA903><{name}>{la}</{name}><CHILD><HEADER><CHILDID>1</CHILDID><SEX>1</SEX><DOB>01/01/2015</DOB></HEADER>"
    "<EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U1</PL></EPISODE></CHILD></EXPSSDA903>"
)


def read(folder: Path, name: str, text: str, **council: object) -> Supply:
    source = folder / "2026-03-31"
    source.mkdir()
    (source / name).write_text(text, encoding="utf-8")
    own = Council.model_validate({"name": "Council", "synthetic": False, **council})
    return supply(source, folder / "work", council=own)


def others(supplied: Supply) -> list[object]:
    return [
        finding.problem.value for finding in supplied.findings if finding.rule == RULE and finding.severity == "stop"
    ]


RETURNS = {
    "children in need": ("cin.xml", CIN),
    "workforce": ("csww.xml", CSWW),
    "SSDA903 as CSV": ("episodes.csv", EPISODES),
    "SSDA903 as XML": ("903.xml", XML_903.replace("{name}", "LEA")),
    "SSDA903 as XML, another name": ("903.xml", XML_903.replace("{name}", "LA_Code")),
}
OF_A_DAY = {*product(RETURNS, ("301",)), ("workforce", "358"), ("SSDA903 as CSV", "358")}


@pytest.mark.parametrize(("given", "la"), every_night(product(RETURNS, ("301", "358")), OF_A_DAY, several=True))
def test_another_authoritys_return_stops(tmp_path: Path, given: str, la: str) -> None:
    name, text = RETURNS[given]
    supplied = read(tmp_path, name, text.replace("{la}", la), code=TRAFFORD)
    assert others(supplied) == ([la] if la == "301" else [])
    assert bool([stop for stop in supplied.stops if "is a return of" in stop.message]) is (la == "301")


@pytest.mark.parametrize(("la", "code"), [("301", MADE_UP), ("999", TRAFFORD)])
def test_a_made_up_councils_return_and_anothers_are_none_of_one_another(tmp_path: Path, la: str, code: str) -> None:
    assert others(read(tmp_path, "csww.xml", CSWW.replace("{la}", la), code=code)) == [la]


@pytest.mark.parametrize(
    ("la", "numbers", "is_another"),
    [("999", (), False), ("998", ("999",), True), ("999", ("999",), False), ("301", ("999", "301"), False)],
)
def test_a_council_without_a_number_may_say_its_own(
    tmp_path: Path, la: str, numbers: tuple[str, ...], is_another: bool
) -> None:
    supplied = read(tmp_path, "csww.xml", CSWW.replace("{la}", la), code=MADE_UP, la_numbers=numbers)
    assert others(supplied) == ([la] if is_another else [])


def test_numbers_codes_and_names_mean_the_same_authority() -> None:
    assert {number_in(said) for said in ("301", " Barking  and dagenham ", "E09000002")} == {"301"}
    assert (number_in("999"), number_in("somewhere"), number_in("")) == ("999", None, None)
    assert {authority_number(code) for code in ("E06000066", "E10000027")} == {"933"}  # Somerset, before and after 2023
    assert authority_number(MADE_UP) is None


@pytest.mark.parametrize("day", ["9999-12-31", "2999-01-31", "0001-01-31", "1999-12-31"])
def test_the_edition_is_of_days_that_are_over(tmp_path: Path, day: str) -> None:
    for where in ("asked", "folder", "sources.toml"):
        source = tmp_path / where / (day if where == "folder" else "records")
        source.mkdir(parents=True)
        (source / "cin.xml").write_text(CIN.replace("{la}", "999"), encoding="utf-8")
        if where == "sources.toml":
            (source / "sources.toml").write_text(f"edition = {day}\n", encoding="utf-8")
        asked = date.fromisoformat(day) if where == "asked" else None
        with pytest.raises(InputError, match=r"days that are over|so long ago"):
            supply(source, tmp_path / "work" / where, asked)


@pytest.mark.parametrize(
    "settings",
    [
        "first_day = 9999-12-31",
        "first_day = 2026-04-01",
        '[[source]]\nformat = "cin_census"\nfiles = ["cin.xml"]\nsettings = { as_at = 9999-12-31 }',
    ],
)
def test_days_of_the_settings_are_days_that_can_be(tmp_path: Path, settings: str) -> None:
    source = tmp_path / "2026-03-31"
    source.mkdir()
    (source / "cin.xml").write_text(CIN.replace("{la}", "999"), encoding="utf-8")
    (source / "sources.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be"):
        supply(source, tmp_path / "work")
