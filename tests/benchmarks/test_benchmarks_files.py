"""Which publication a file is: by its columns and breakdown values, in vintages seen and unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import first_vintage
from published_files import ENGLAND, WORKFORCE, authority, neighbours, row, workforce, write_csv

from improvement_board.benchmarks.aliases import load_aliases, packaged_aliases
from improvement_board.benchmarks.catalogue import attribution, publication_table
from improvement_board.benchmarks.files import recognise, recognise_files
from improvement_board.errors import InputError

ALIASES = load_aliases()


def test_a_file_is_known_by_its_columns_whatever_its_name(tmp_path: Path) -> None:
    recognised_file = recognise(workforce(tmp_path, name="c1_children_in_need.csv"), ALIASES)
    assert (recognised_file.kind, recognised_file.id) == ("publication", "workforce")


def test_names_of_columns_are_compared_without_case_and_punctuation(tmp_path: Path) -> None:
    file = workforce(tmp_path, rename={"caseload_fte": "Caseload FTE", "agency_fte": "AGENCY-FTE"})
    assert recognise(file, ALIASES).id == "workforce"


def test_a_renamed_column_is_named_with_what_is_known_and_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        recognise(workforce(tmp_path, rename={"caseload_fte": "cases_per_worker"}), ALIASES)
    message = str(caught.value)
    assert message.startswith("some_download.csv")
    assert "no column for caseload (caseload_fte)" in message
    assert "cases_per_worker" in message
    assert "Children's social work workforce" in message


def test_a_renamed_place_column_is_named(tmp_path: Path) -> None:
    file = workforce(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("new_la_code", "gss", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"no column for la_code \(new_la_code"):
        recognise(file, ALIASES)


def test_an_alias_of_the_home_makes_a_new_vintage_load(tmp_path: Path) -> None:
    own = tmp_path / "aliases.toml"
    text = packaged_aliases().read_text(encoding="utf-8")
    own.write_text(text.replace('["caseload_fte"]', '["caseload_fte", "cases_per_worker"]'), encoding="utf-8")
    file = workforce(tmp_path, rename={"caseload_fte": "cases_per_worker"})
    assert recognise(file, load_aliases(tmp_path)).id == "workforce"


def accommodation(folder: Path, columns: tuple[str, str, str, str], texts: tuple[str, str]) -> Path:
    rows = [
        row("2025", ENGLAND, age, text, 10, 50)
        for age in ("17 to 18 years", "19 to 21 years")
        for text in (*texts, "No information")
    ]
    return write_csv(folder / "care_leavers.csv", columns, rows, bom=True)


OLD_COLUMNS = ("age", "accommodation_suitability", "number", "percentage")
NEW_COLUMNS = ("care_leaver_age", "breakdown", "care_leaver_count", "care_leaver_percent")


@pytest.mark.parametrize("columns", [OLD_COLUMNS, NEW_COLUMNS])
@pytest.mark.parametrize("total", ["Suitability total", "Total"])
def test_both_vintages_of_care_leavers_accommodation_are_read(
    tmp_path: Path, columns: tuple[str, str, str, str], total: str
) -> None:
    file = accommodation(tmp_path, columns, ("Accommodation considered suitable", total))
    assert recognise(file, ALIASES).id == "care_leavers_accommodation"


def test_two_publications_with_the_same_columns_are_told_apart_by_their_values(tmp_path: Path) -> None:
    file = accommodation(tmp_path, NEW_COLUMNS, ("Total in education, employment or training", "Total"))
    assert recognise(file, ALIASES).id == "care_leavers_activity"


NEXT_VINTAGE = {
    "children_looked_after": (
        ["population_type", "population_estimate", "children_count", "rate_per_10000"],
        [("Children looked after on 31 March each year", 12183016, 81770, 67)],
    ),
    "placement_stability": (
        ["cla_group", "placement_stability", "children_count", "children_percent"],
        [
            ("CLA on 31 March", "With 3 or more placements during the year", 8500, 10),
            ("CLA on 31 March", "Total children", 81770, 100),
            (
                "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years",
                "Living with the same carer for at least 2 years",
                19680,
                69,
            ),
        ],
    ),
    "referrals": (["referral_count", "rereferral_count", "rereferral_percent"], [(632830, 142900, 22.6)]),
}


@pytest.mark.parametrize("publication", NEXT_VINTAGE)
def test_the_vintage_of_2025_is_read_by_its_own_names(tmp_path: Path, publication: str) -> None:
    columns, figures = NEXT_VINTAGE[publication]
    file = write_csv(tmp_path / "next.csv", columns, [row("2025", ENGLAND, *each) for each in figures])
    assert recognise(file, ALIASES).id == publication


def test_values_that_nobody_declared_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    file = accommodation(tmp_path, NEW_COLUMNS, ("A nice flat", "All"))
    with pytest.raises(InputError) as caught:
        recognise(file, ALIASES)
    assert "no value means suitable, total (suitable: Accommodation considered suitable" in str(caught.value)
    assert "A nice flat" in str(caught.value)


def test_a_table_that_is_nothing_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shopping.csv").write_text("item,price\nmilk,1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"shopping\.csv.*none of the known publications.*item, price"):
        recognise(tmp_path / "shopping.csv", ALIASES)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "none of the known"), (b"caf\xe9,x\n", "not UTF-8"), (b'a,"b\n', "cannot be read|none of the known")],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    with pytest.raises(InputError, match=message):
        recognise(tmp_path / "odd.csv", ALIASES)


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
def test_a_spreadsheet_or_parquet_file_that_is_none_is_refused(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"odd{suffix}"
    file.write_bytes(b"this is text")
    with pytest.raises(InputError, match="cannot be read"):
        recognise(file, ALIASES)


def test_all_mistakes_are_told_at_once_and_other_files_are_noted(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("notes", encoding="utf-8")
    (tmp_path / "one.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        recognise_files([tmp_path, tmp_path / "two.csv"], ALIASES)
    assert {Path(str(problem.file)).name for problem in caught.value.problems} == {"one.csv", "two.csv"}
    recognised, notes = recognise_files([neighbours(tmp_path), tmp_path / "readme.md"], ALIASES)
    assert [item.kind for item in recognised] == ["neighbours"]
    assert notes == ["readme.md: left out, not a table (.csv, .parquet, .xlsx)"]


def test_a_folder_gives_what_is_known_in_it_and_in_its_folders_and_lists_the_rest(tmp_path: Path) -> None:
    inside = tmp_path / "download" / "data"
    inside.mkdir(parents=True)
    known = neighbours(inside)
    (tmp_path / "copy.csv").write_bytes(known.read_bytes())
    (inside / "letter.csv").write_text("item,price\nmilk,1\n", encoding="utf-8")
    (tmp_path / "all.zip").write_bytes(b"PK")
    (tmp_path / ".hidden.csv").write_text("a\n", encoding="utf-8")
    elsewhere = tmp_path.with_name(f"{tmp_path.name} elsewhere")
    elsewhere.mkdir()
    (elsewhere / "far.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(elsewhere)
    recognised, notes = recognise_files([tmp_path], ALIASES)
    assert [item.kind for item in recognised] == ["neighbours"]
    assert notes[0].startswith(
        "NOT READ: letter.csv: is none of the known publications. It has the columns: item, price"
    )
    assert any(note.startswith("all.zip: left out") and note.endswith("unpack it first") for note in notes)
    assert any("the same file is there twice" in note for note in notes)
    assert not any("far" in note or "hidden" in note for note in notes)


def test_a_known_file_without_use_is_left_out_with_its_reason(tmp_path: Path) -> None:
    authority_cells = authority("301")
    file = write_csv(tmp_path / "b1.csv", ["Anypoint_episodes", "At31_episodes"], [row("2024", authority_cells, 1, 2)])
    recognised, notes = recognise_files([file], ALIASES)
    assert recognised[0].kind == "unused"
    assert notes == ["b1.csv: left out, no indicator of the library is compared with it"]


def test_every_published_file_of_the_reference_is_recognised(reference: Path) -> None:
    recognised, _ = recognise_files(first_vintage(reference), ALIASES)
    kinds = {item.file.name: item.id for item in recognised}
    assert kinds["csww_indicators_2017_to_2024.csv"] == "workforce"
    assert kinds["la_care_leavers_activity.csv"] == "care_leavers_activity"
    assert kinds["la_care_leavers_accommodation_suitability.csv"] == "care_leavers_accommodation"
    assert kinds["sn_may_2025.xlsx"] == "neighbours"
    assert kinds["la_code_list.xlsx"] == "authority_list"
    assert kinds["lait_bds_long_2025-10-27.parquet"] == "lait"
    assert {item.id for item in recognised if item.kind == "publication"} == set(ALIASES.publication)


@pytest.mark.parametrize(
    ("file", "column", "meaning"),
    [
        ("csww_indicators_2017_to_2024.csv", "agency_rate_fte", "agency_rate"),
        ("c1_children_in_need_referrals_and_rereferrals_2013_to_2024.csv", "Re_referrals_percent", "re_referrals"),
        ("la_cla_placement_stability.csv", "percentage", "percentage"),
        ("absence_six_half_terms_la.csv", "social_care_group", "group"),
    ],
)
def test_a_real_file_with_a_new_name_fails_naming_the_meaning(
    reference: Path, tmp_path: Path, file: str, column: str, meaning: str
) -> None:
    copy = Path(shutil.copy(reference / "published" / file, tmp_path))
    text = copy.read_text(encoding="utf-8-sig")
    copy.chmod(0o600)
    copy.write_text(text.replace(column, "brand_new_name", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        recognise(copy, ALIASES)
    message = str(caught.value)
    assert file in message
    assert meaning in message
    assert "brand_new_name" in message


def test_every_publication_says_where_it_comes_from() -> None:
    table = publication_table()
    assert {each.id for each in table} >= {"workforce", "referrals", "lait", "neighbours", "authority_list"}
    assert all(each.download and each.title and "Licence" in each.licence for each in table)
    assert "Department for Education" in attribution()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("decimals = 1\ncolumns.in_post", "decimals = 1\nextra = 2\ncolumns.in_post", "extra"),
        ('value = "caseload"', 'value = "no_such_column"', "no columns for no_such_column"),
        ('group = "in need", school', 'group = "in doubt", school', "has no value 'in doubt'"),
        ("one_year = '(?P<last>", "one_year = '(?P<other>", "no group named last"),
        ("one_year = '(?P<last>", "one_year = '((?P<last>", "not a regular expression"),
        ('year = "september"', 'year = "fortnight"', "no such type of year: fortnight"),
        ("[licence]", "[licence", "not valid TOML"),
    ],
)
def test_a_mistake_in_the_aliases_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = packaged_aliases().read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "aliases.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_aliases(tmp_path)


def test_the_workforce_columns_of_the_tests_are_those_of_the_publication() -> None:
    known = {name for names in ALIASES.publication["workforce"].columns.values() for name in names}
    assert set(WORKFORCE) == known
