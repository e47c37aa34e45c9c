"""Files of the children looked after return as they come: encodings, separators, headers, XML, damage of any kind."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ssda903_reading import EDITION, EPISODE_COLUMNS, Reading, csv_file, episodes, read, stage

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.ssda903 import SSDA903

YEAR = "2025-26"
BYTES_OF_A_CHILD = 1_000
ROW = "A1,01/05/2025,S,C2,N1,U6,PR1,09/08/2025,X1,CARPL,M1 1AA,M2 2BB,SC1"
XML = """<?xml version="1.0" encoding="utf-8"?>
<EXPSSDA903>
  <CHILD>
    <HEADER>
      <CHILDID>A1</CHILDID><UPN>UN1</UPN><SEX>1</SEX><DOB>01/02/2008</DOB><ETHNIC>WBRI</ETHNIC><UASC/>
      <AREVIEW><REVIEW>20/05/2025</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
      <AREVIEW><REVIEW>20/08/2025</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
      <AMISSING><MISSING>M</MISSING><MIS_START>02/06/2025</MIS_START><MIS_END/></AMISSING>
      <OC2><TEETH_CHECK>1</TEETH_CHECK><HEALTH_ASSESSMENT>1</HEALTH_ASSESSMENT></OC2>
      <IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM>
      <SOCIALWORKER><SW_ID>SW1</SW_ID><SW_DECOM>01/05/2025</SW_DECOM><SW_DEC/></SOCIALWORKER>
    </HEADER>
    <EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><DEC/><REC/></EPISODE>
  </CHILD>
</EXPSSDA903>
"""
HOSTILE_CELLS = (
    "", " ", "0", "-1", "1e9", "NaN", "'", '"', "=1+1", "\x00", "99/99/9999", "31/02/2025", "2025-13-01", "45000",
    "01/05/25", "é", "\u202e", "S", "X1", "A" * 5_000, "1.5E+09", "None", "M", "YES", "1.0",
)  # fmt: skip


def xml_file(folder: Path, text: str = XML, encoding: str = "utf-8") -> Path:
    """An XML file of a year's return."""
    file = folder / f"{YEAR}.xml"
    file.write_bytes(text.encode(encoding))
    return file


def assert_sound(reading: Reading) -> None:
    """What holds whatever was read: unique keys, nothing started after the edition, no end before its start."""
    for name, rows in reading.tables.items():
        keys = [tuple(row[column] for column in declared_tables()[name].key) for row in rows]
        assert len(set(keys)) == len(keys)
        assert None not in {part for key in keys for part in key}
    for row in reading.tables.get("ssd_cla_episodes", []):
        start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
        assert date(EDITION.year - 40, 1, 1) <= start <= EDITION
        assert end is None or end >= start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = episodes(tmp_path / YEAR)
    file.write_bytes(f"{EPISODE_COLUMNS}\r\nÉ1{ROW[2:]}\r\n".encode(encoding))
    assert SSDA903().recognises(file)
    assert read(tmp_path, [file]).column("ssd_cla_episodes", "clae_person_id") == ["É1"]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    file = csv_file(tmp_path / YEAR, "e", EPISODE_COLUMNS.replace(",", separator), ROW.replace(",", separator))
    assert SSDA903().recognises(file)
    assert len(read(tmp_path, [file]).tables["ssd_cla_placement"]) == 1


def test_headers_in_any_writing_order_and_place(tmp_path: Path) -> None:
    columns = "Child ID,extra,dec,Decom,Rne,Ls,Pl,place_provider"
    file = csv_file(
        tmp_path / YEAR, "e", "Children looked after", "", columns, "A1,x,,2025-05-01,S,C2,U6,PR1", "", columns
    )
    reading = read(tmp_path, [file])
    (row,) = reading.tables["ssd_cla_placement"]
    assert (row["clap_cla_placement_type"], row["_row"]) == ("U6", 4)
    assert set(reading.rules()) == {"column-missing", "unknown-column"}


def test_quoted_cells_count_lines_right(tmp_path: Path) -> None:
    long_urn = ROW.replace("SC1", '"SC\n1"')
    file = episodes(tmp_path / YEAR, long_urn, "B2,01/05/2025,S,C2,N1,U6,PR1")
    assert read(tmp_path, [file]).column("ssd_cla_episodes", "_row") == [2, 4]


@pytest.mark.parametrize("column", ["DECOM", "RNE", "LS", "PLACE", "DEC"])
def test_a_column_that_matters_must_be_there(tmp_path: Path, column: str) -> None:
    columns = EPISODE_COLUMNS.replace(f",{column},", ",")
    reading = read(tmp_path, [csv_file(tmp_path / YEAR, "e", columns, ROW)])
    assert not reading.tables.get("ssd_cla_episodes")
    if column != "DECOM":  # without it the file is not known for what it is
        assert (reading.only("column-missing").severity, reading.only("column-missing").problem.column) == (
            "stop",
            column,
        )


def test_a_column_that_is_there_twice_stops(tmp_path: Path) -> None:
    reading = read(tmp_path, [csv_file(tmp_path / YEAR, "e", f"{EPISODE_COLUMNS},LS", f"{ROW},C1")])
    assert (reading.only("column-twice").severity, reading.only("column-twice").problem.column) == ("stop", "LS")


def test_a_row_with_too_many_cells_is_kept_out(tmp_path: Path) -> None:
    reading = read(tmp_path, [episodes(tmp_path / YEAR, f"{ROW},more", ROW.replace("A1", "B2") + ",,")])
    assert reading.column("ssd_cla_episodes", "clae_person_id") == ["B2"]
    assert (reading.only("too-many-cells").severity, reading.only("too-many-cells").problem.row) == ("error", 2)


def test_an_identifier_that_excel_cut_is_kept_out(tmp_path: Path) -> None:
    reading = read(tmp_path, [episodes(tmp_path / YEAR, ROW.replace("A1", "1.23457E+11"))])
    assert (reading.only("identifier-cut").severity, reading.tables["ssd_cla_episodes"]) == ("error", [])


def test_a_quote_that_never_ends_stops(tmp_path: Path) -> None:
    file = csv_file(tmp_path / YEAR, "e", EPISODE_COLUMNS, 'A1,"01/05/2025' + ROW * 4000)
    assert [(finding.rule, finding.severity) for finding in read(tmp_path, [file]).findings][:1] == [
        ("unreadable-file", "stop")
    ]


def test_a_file_that_is_not_there_stops(tmp_path: Path) -> None:
    assert not SSDA903().recognises(tmp_path / "none.csv")
    assert read(tmp_path, [tmp_path / "none.csv"]).only("unreadable-file").severity == "stop"


def test_a_file_of_something_else_stops(tmp_path: Path) -> None:
    file = csv_file(tmp_path, "other", "a,b", "1,2")
    assert not SSDA903().recognises(file)
    assert read(tmp_path, [file]).only("unreadable-file").severity == "stop"


def test_one_endless_line_is_not_recognised(tmp_path: Path) -> None:
    file = csv_file(tmp_path, "long", "x" * 200_000, "1")
    assert not SSDA903().recognises(file)
    assert read(tmp_path, [file]).only("unreadable-file").severity == "stop"


def test_one_child_with_more_rows_than_a_child_has_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("improvement_board.sources.ssda903.shelf.MOST_ROWS_OF_A_CHILD", 2)
    rows = [ROW.replace("01/05", f"0{day}/05") for day in range(1, 6)]
    reading = read(tmp_path, [episodes(tmp_path / YEAR, *rows)])
    assert reading.only("too-many-rows-of-a-child").severity == "stop"
    assert len(reading.tables["ssd_cla_episodes"]) == 2


def test_the_xml_form(tmp_path: Path) -> None:
    file = xml_file(tmp_path)
    assert SSDA903().recognises(file)
    reading = read(tmp_path, [file])
    assert {name: len(rows) for name, rows in reading.tables.items()} == {
        "ssd_person": 1,
        "ssd_cla_episodes": 1,
        "ssd_cla_placement": 1,
        "ssd_legal_status": 1,
        "ssd_cla_reviews": 2,
        "ssd_missing": 1,
        "ssd_cla_health": 2,
        "ssd_care_leavers": 1,
        "ssd_involvements": 1,
    }
    assert reading.column("ssd_cla_placement", "clap_cla_placement_type") == ["U6"]
    assert reading.column("ssd_cla_episodes", "_row") == [13]
    assert set(reading.column("ssd_cla_reviews", "clar_cla_id")) == {"A1|2025-05-01"}
    assert reading.findings == []


def test_xml_blocks_and_elements_that_are_not_known_are_told_once_with_what_they_might_feed(tmp_path: Path) -> None:
    file = xml_file(tmp_path)
    text = file.read_text(encoding="utf-8")
    for new in ("<SHOES><SIZE>3</SIZE></SHOES></EPISODE>", "<HAT>1</HAT></EPISODE>"):
        text = text.replace("</EPISODE>", new)
    file.write_text(text.replace("<EXPSSDA903>", "<EXPSSDA903><TOTALS><N>1</N></TOTALS>"), encoding="utf-8")
    reading = read(tmp_path, [file])
    finding = reading.only("unknown-element")
    assert finding.problem.column == "HAT, SHOES, TOTALS"
    assert "children_in_care" in finding.problem.message
    assert len(reading.tables["ssd_cla_episodes"]) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<EXPSSDA903>", '<EXPSSDA903 xmlns="urn:x">'),
        ("EXPSSDA903>", "OSDXML>"),
        ("CHILD>", "Child>"),
        ("CHILD>", "LookedAfterChild>"),
        ("EPISODE>", "Episode>"),
        ("SW_DECOM>", "SwDecom>"),
    ],
)
def test_the_xml_form_in_other_words(tmp_path: Path, old: str, new: str) -> None:
    first, others = read(tmp_path, [xml_file(tmp_path)]), read(tmp_path, [xml_file(tmp_path, XML.replace(old, new))])
    assert others.tables == first.tables


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_an_xml_file_in_another_encoding_than_it_says(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, [xml_file(tmp_path, XML.replace("SW1", "É"), encoding)])
    assert reading.column("ssd_involvements", "invo_professional_id") == ["É"]


def test_xml_cut_off_stops_and_says_where(tmp_path: Path) -> None:
    reading = read(tmp_path, [xml_file(tmp_path, XML[: XML.index("</CHILD>")])])
    finding = reading.only("unreadable-file")
    assert finding.severity == "stop"
    assert finding.problem.row is not None


def test_entities_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    document = f'<!DOCTYPE EXPSSDA903 [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n<EXPSSDA903>'
    text = XML.replace("<EXPSSDA903>", document).replace("SW1", "&x;")
    reading = read(tmp_path, [xml_file(tmp_path, text)])
    assert reading.only("unreadable-file").severity == "stop"
    assert "secret" not in str(reading.tables)


def test_xml_without_a_childs_id_is_told(tmp_path: Path) -> None:
    second = "<CHILD><HEADER><UPN>UN1</UPN></HEADER></CHILD></EXPSSDA903>"
    reading = read(tmp_path, [xml_file(tmp_path, XML.replace("</EXPSSDA903>", second))])
    assert (reading.only("missing-value").severity, reading.only("missing-value").problem.column) == ("error", "CHILD")


@settings(max_examples=tried(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cell_place=st.tuples(st.integers(0, 5), st.integers(0, 12)),
    cell=st.one_of(st.sampled_from(HOSTILE_CELLS), st.text(max_size=30)),
)
def test_any_cell_is_read_or_told(cell_place: tuple[int, int], cell: str) -> None:
    rows = [
        ROW.replace("A1", f"A{number // 2}").replace("/05/", f"/0{5 + number % 2}/").split(",") for number in range(6)
    ]
    rows[cell_place[0]][cell_place[1]] = cell
    with tempfile.TemporaryDirectory() as folder:
        file = episodes(Path(folder) / YEAR)
        text = "\n".join([EPISODE_COLUMNS, *(",".join(row) for row in rows)])
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        SSDA903().recognises(file)
        assert_sound(read(Path(folder), [file]))


@settings(max_examples=tried(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), is_xml=st.booleans(), changes=st.integers(1, 12))
def test_any_bytes_are_read_or_told(seed: int, is_xml: bool, changes: int) -> None:
    dice = random.Random(seed)
    content = bytearray((XML if is_xml else "\n".join([EPISODE_COLUMNS, ROW, ROW.replace("A1", "B2")])).encode())
    for _ in range(changes):
        byte_offset = dice.randrange(len(content))
        if dice.random() < 0.5:
            content[byte_offset] = dice.randrange(256)
        else:
            del content[byte_offset : byte_offset + dice.randrange(1, 30)]
        content = content or bytearray(b",")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{YEAR}{'.xml' if is_xml else '.csv'}"
        file.write_bytes(bytes(content))
        SSDA903().recognises(file)
        assert_sound(read(Path(folder), [file]))


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the ids: what every child is called is kept, to know who is one."""
    monkeypatch.setattr("improvement_board.sources.staging.CHUNK_ROWS", 200)
    monkeypatch.setattr("improvement_board.sources.ssda903.shelf.BATCH_ROWS", 200)
    stage(tmp_path, [episodes(tmp_path / "first", ROW)])

    def peak(name: str, children: int, episodes_each: int) -> int:
        rows = (
            ROW.replace("A1", f"A{child}").replace("01/05/", f"{at:02}/05/").replace("09/08/", f"{at + 1:02}/05/")
            for child in range(children)
            for at in range(1, episodes_each + 1)
        )
        file = episodes(tmp_path / name, *rows)
        tracemalloc.start()
        stage(tmp_path, [file])
        peak_memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak_memory

    few = peak("few", 500, 1)
    assert peak("more episodes", 500, 6) < 1.5 * few
    assert peak("more children", 3_000, 1) < 1.5 * few + 2_500 * BYTES_OF_A_CHILD
