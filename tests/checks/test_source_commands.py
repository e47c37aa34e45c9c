"""The command `check`: reads as build does, publishes nothing, and its exit code says whether build could."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_text import blocks, codes, first_codes, read, section, tables
from small_council import everything_in

from improvement_board.checks.kinds import KINDS
from improvement_board.checks.library import CheckHeader, read_checks
from improvement_board.cli.main import main

CONTACTS = """cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code
C1,P1,2026-06-01,1A
C2,P2,2026-06-02,1A
C2,P2,2026-06-02,1A
C3,P2,,1A
"""


PLAN = """[council]
name = "A council"
code = "E08999901"
synthetic = false

[[ambition]]
id = "all"
title = "All"
statement = "All."
[[ambition.kpi]]
kpi = "contacts"
"""


def check(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["check", *(str(argument) for argument in arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "2026-06-30"
    folder.mkdir()
    (folder / "ssd_contacts.csv").write_text(CONTACTS, encoding="utf-8")
    return folder


def test_a_folder_that_could_be_published(source: Path, tmp_path: Path) -> None:
    before = everything_in(source)
    home, out = tmp_path / "home", tmp_path / "report"
    result = check(source, "--data", home, "--out", out)
    assert result.exit_code == 0
    assert result.stdout.startswith("This can be published: ")
    assert "  ssd_contacts.csv → ssd_contacts: 4 = 2 + 0 + 2" in result.stdout.splitlines()
    assert "  referrals (needs ssd_cin_episodes)" in result.stdout.splitlines()
    assert sorted(file.name for file in out.iterdir()) == ["findings.csv", "rejects.csv", "report.html"]
    with (out / "rejects.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert {row["row"] for row in csv.DictReader(opened)} == {"4", "5"}
    assert everything_in(source) == before
    assert not home.exists()


def test_without_a_folder_to_write_to_nothing_is_written(source: Path, tmp_path: Path) -> None:
    before = everything_in(tmp_path)
    assert check(source, "--data", tmp_path / "home").exit_code == 0
    assert everything_in(tmp_path) == before


def test_a_stop_is_told_and_exits_with_1(source: Path, tmp_path: Path) -> None:
    (source / "ssd_person.csv").write_text("pers_sex,pers_dob\nF,2010-01-01\n", encoding="utf-8")
    (source / "ssd_contacts.csv").write_text(CONTACTS.replace("cont_contact_id,", "number,"), encoding="utf-8")
    result = check(source, "--data", tmp_path / "home", "--out", tmp_path / "report")
    assert result.exit_code == 1
    assert result.stdout.startswith("This can't be published: ")
    assert "Traceback" not in result.output
    assert (tmp_path / "report" / "report.html").is_file()


def test_a_councils_own_check_runs(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "home" / "checks"
    own.mkdir(parents=True)
    (own / "no_contacts.sql").write_text(
        '/*---\ntitle = "Contacts at all"\nseverity = "stop"\ntable = "ssd_contacts"\nmessage = "is a contact"\n'
        'allowed = "none"\nadvice = "Have none."\n---*/\nselect _id, cont_contact_id as value from ssd_contacts\n',
        encoding="utf-8",
    )
    result = check(source, "--data", tmp_path / "home")
    assert result.exit_code == 1
    assert "  4 × Contacts at all [no_contacts]" in result.stdout.splitlines()
    (own / "no_contacts.sql").write_text("select 1", encoding="utf-8")
    broken = check(source, "--data", tmp_path / "home")
    assert broken.exit_code == 1
    assert "no_contacts.sql: has no check" in broken.stderr


def test_what_cannot_be_checked_is_said(tmp_path: Path) -> None:
    result = check(tmp_path / "nothing")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is not a folder" in result.stderr


def test_every_key_of_a_check_is_documented_and_no_other() -> None:
    rows = tables(section("CONTRIBUTING.md", "A data check"))[0]
    assert set(first_codes(rows, "key")) == CheckHeader.model_fields.keys()
    for row in rows:
        assert row["needed"].startswith("yes") == (
            CheckHeader.model_fields[codes(row["key"])[0]].is_required() or "table" in row["key"]
        )


def test_the_example_of_a_check_works(tmp_path: Path) -> None:
    code = next(
        sql_block for sql_block in blocks(read("CONTRIBUTING.md"), "sql") if "Protection visits on which" in sql_block
    )
    file = tmp_path / "seen_alone_only.sql"
    file.write_text(code, encoding="utf-8")
    (made,) = read_checks(file)
    assert made.reads == {"ssd_cp_visits"}
    assert {"key", "date", "code", "reference", "period", "order", "overlap", "volume"} <= KINDS.keys()


def build(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["build", *(str(argument) for argument in arguments)])


def test_build_says_the_worst_it_kept_out_published_or_not(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "plan.toml").write_text(PLAN, encoding="utf-8")
    told = build(source, "--data", home)
    assert told.exit_code == 0, told.output
    assert "  Rows kept out: 1 × " in told.stdout
    assert "[" not in told.stdout.partition("Rows kept out")[2].partition("\n")[0]
    many = CONTACTS + "".join(f"D{row},P1,some day,1A\n" for row in range(30))
    (source / "ssd_contacts.csv").write_text(many, encoding="utf-8")
    refused = build(source, "--data", home)
    assert refused.exit_code == 1
    assert "Rows kept out: 30 × " in refused.stderr
    assert "line 6, cont_contact_date = 'some day'" in refused.stderr
    assert "rows of ssd_contacts were kept out by errors" in refused.stderr


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1 as _id, content as value from read_text('{secret}')", "the query failed: Permission Error"),
        ("copy (select 1 as _id, '' as value) to '{secret}'", "is not one statement that only reads"),
        ("select 1 as _id, '' as value; drop table failures", "is not one statement that only reads"),
    ],
)
def test_a_councils_own_check_reaches_nothing_but_the_tables(source: Path, tmp_path: Path, sql: str, said: str) -> None:
    own, secret = tmp_path / "home" / "checks", tmp_path / "secret.txt"
    own.mkdir(parents=True)
    secret.write_text("hush", encoding="utf-8")
    (own / "reaching.sql").write_text(
        '/*---\ntitle = "Reaching"\nseverity = "warning"\ntable = "ssd_contacts"\nmessage = "is"\nallowed = "none"\n'
        f'advice = "Have none."\n---*/\n{sql.format(secret=secret)}\n',
        encoding="utf-8",
    )
    result = check(source, "--data", tmp_path / "home")
    assert result.exit_code == 1
    assert f"reaching.sql: {said}" in result.stderr
    assert "hush" not in result.output
    assert secret.read_text(encoding="utf-8") == "hush"
