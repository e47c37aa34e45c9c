"""A day that is written with a time zone is that day in England, whatever adapter reads it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import annex_a_reading
import census_reading
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import ssda903_reading
from hypothesis import given
from hypothesis import strategies as st
from tabular_reading import book, read, saved

from improvement_board.sources.cin_census import CinCensus
from improvement_board.sources.values import UnfitValueError, date_of, moment_of
from improvement_board.sources.zones import ENGLAND

APRIL = dt.date(2024, 4, 1)
MIDNIGHT_OF_APRIL = (
    "2024-03-31T23:00:00Z",
    "2024-03-31T23:00:00.000Z",
    "2024-03-31 23:00:00.0000000 +00:00",
    "2024-03-31 23:00 UTC",
    "2024-04-01T00:00:00+01:00",
    "2024-04-01 00:00:00+0100",
    "2024-04-01 00:00:00+01",
    "31/03/2024 23:00:00 GMT",
    "01/04/2024 00:00 BST",
    "31 March 2024 19:00-04:00",
)


@pytest.mark.parametrize("text", MIDNIGHT_OF_APRIL)
def test_midnight_in_england_is_its_day_however_it_is_written(text: str, tmp_path: Path) -> None:
    assert date_of(text) == APRIL
    rows = "pers_person_id,pers_dob\n1," + text + "\n"
    assert read(saved(tmp_path, rows)).column("ssd_person", "pers_dob") == [APRIL]
    sheet = {"ssd_person": [["pers_person_id", "pers_dob"], ["1", text]]}
    assert read(book(tmp_path / "ssd_person.xlsx", sheet)).column("ssd_person", "pers_dob") == [APRIL]


@pytest.mark.parametrize("text", ["2024-04-01Z", "2024-04-01+01:00", "2024-04-01", "01-04-2024", "2024-04-01 00:00:00"])
def test_a_day_without_a_clock_or_without_a_zone_is_as_it_is_written(text: str) -> None:
    assert date_of(text) == APRIL


@pytest.mark.parametrize("text", ["2024-04-01T00:00:00+99:00", "2024-04-01T00:00:00 CET", "2024-04-01T00:00:00+1"])
def test_a_zone_that_is_none_is_told(text: str) -> None:
    with pytest.raises(UnfitValueError, match="is not a date"):
        date_of(text)


@given(
    st.datetimes(dt.datetime.fromisoformat("2000-01-02"), dt.datetime.fromisoformat("2030-12-30")),
    st.integers(-12 * 4, 14 * 4),
    st.sampled_from(["T", " "]),
)
def test_every_zone_gives_the_same_day(moment: dt.datetime, quarters: int, between: str) -> None:
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    written = moment.astimezone(dt.timezone(dt.timedelta(minutes=15 * quarters))).isoformat(between)
    assert moment_of(written) == moment.astimezone(ENGLAND).replace(tzinfo=None)
    assert date_of(written) == date_of(moment)


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York", "+02:00"])
@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_parquet_with_a_zone(tmp_path: Path, zone: str, unit: str) -> None:
    moments = [dt.datetime.fromisoformat("2024-03-31T23:00:00+00:00"), None]
    columns: dict[str, Any] = {"pers_person_id": ["1", "2"], "pers_dob": pa.array(moments, pa.timestamp(unit, zone))}
    pq.write_table(pa.table(columns), tmp_path / "ssd_person.parquet")
    assert read(tmp_path / "ssd_person.parquet").column("ssd_person", "pers_dob") == [APRIL, None]


def test_returns_and_workbooks(tmp_path: Path) -> None:
    text = "2024-03-31T23:00:00Z"
    census = census_reading.saved(tmp_path, census_reading.cin(census_reading.child(census_reading.case(day=text))))
    census_read = census_reading.read(CinCensus(), [census], tmp_path)
    assert [row["cine_referral_date"] for row in census_read.tables["ssd_cin_episodes"]] == [APRIL]
    file = ssda903_reading.episodes(tmp_path / "2024-25", f"C1,{text},S,C2,N1,U5,,,,,,")
    started = ssda903_reading.read(tmp_path, [file]).column("ssd_cla_episodes", "clae_cla_episode_start_date")
    assert started == [APRIL]
    contact = {"Child Unique ID": "C1", "Date of Contact": text}
    sheets = {"List 1": annex_a_reading.rows_of(annex_a_reading.CONTACTS, contact)}
    workbook = annex_a_reading.book(tmp_path / "Annex A 2024-04-30.xlsx", sheets)
    contacts = annex_a_reading.read(workbook).tables["ssd_contacts"]
    assert [row["cont_contact_date"] for row in contacts] == [APRIL]
