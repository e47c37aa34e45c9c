"""What each year's children looked after return has of record-level tables, as rows of its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = dict[str, Any]
Year = tuple[date, date]
SEXES = {"M": "1", "F": "2"}


def open_on(start: date | None, end: date | None, day: date) -> bool:
    """Started on or before a day and not ended by it."""
    return start is not None and start <= day and (end is None or end > day)


class Records:
    """The tables that the return is drawn from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str) -> list[Row]:
        """The rows of a table."""
        file = self.folder / f"{name}.parquet"
        return pq.read_table(file).to_pylist() if file.is_file() else []  # type: ignore[no-any-return]

    @cached_property
    def people(self) -> dict[str, Row]:
        """People by id."""
        return {row["pers_person_id"]: row for row in self.table("ssd_person")}

    @cached_property
    def placements(self) -> dict[str, Row]:
        """Placements by id."""
        return {row["clap_cla_placement_id"]: row for row in self.table("ssd_cla_placement")}

    @cached_property
    def statuses(self) -> dict[str, list[Row]]:
        """Legal statuses by person."""
        return _by(self.table("ssd_legal_status"), "lega_person_id")

    @cached_property
    def care(self) -> dict[str, list[Row]]:
        """Episodes by person, in order."""
        rows = self.table("ssd_cla_episodes")
        return _by(sorted(rows, key=lambda row: row["clae_cla_episode_start_date"]), "clae_person_id")

    @cached_property
    def cares(self) -> dict[str, str]:
        """The person of each period of care."""
        return {row["clae_cla_id"]: person for person, rows in self.care.items() for row in rows}

    def files(self, year: Year) -> dict[str, list[Row]]:
        """The rows of each file of a year's return."""
        in_care = {person for person, rows in self.care.items() if any(_touches(row, year) for row in rows)}
        episodes = [row for person in sorted(in_care) for row in self._episodes(person, year)]
        leavers = [row for row in self.table("ssd_care_leavers") if row["as_at"] == year[1] and self._is_grown(row)]
        everyone = sorted(in_care | {row["clea_person_id"] for row in leavers})
        return {
            "header": [self._header(person) for person in everyone],
            "episodes": episodes,
            "reviews": list(self._reviews(year)),
            "missing": list(self._missing(in_care, year)),
            "oc2": list(self._health(in_care, year)),
            "oc3": [self._leaver(row) for row in leavers],
            "sw_episodes": list(self._workers(in_care, year)),
        }

    def _who(self, person: str) -> Row:
        return {"CHILD": person, "DOB": self.people[person]["pers_dob"]}

    def _header(self, person: str) -> Row:
        row = self.people[person]
        return {**self._who(person), "SEX": SEXES.get(row["pers_sex"]), "ETHNIC": row["pers_ethnicity"], "UPN": "UN4"}

    def _status(self, person: str, day: date) -> str | None:
        own = [
            row
            for row in self.statuses.get(person, [])
            if open_on(row["lega_legal_status_start_date"], row["lega_legal_status_end_date"], day)
        ]
        latest = max(own, key=lambda row: row["lega_legal_status_start_date"], default=None)
        return latest["lega_legal_status"] if latest else None

    def _episodes(self, person: str, year: Year) -> Iterator[Row]:
        before: Row | None = None
        for row in self.care[person]:
            if _touches(row, year):
                yield self._episode(person, row, before, year[1])
            before = row

    def _episode(self, person: str, row: Row, before: Row | None, last: date) -> Row:
        start, end = row["clae_cla_episode_start_date"], _known(row["clae_cla_episode_ceased_date"], last)
        placement = self.placements.get(row["clae_cla_placement_id"] or "", {})
        leaves = end is not None and placement.get("clap_cla_placement_end_date") == end
        return {
            "CHILD": person,
            "DECOM": start,
            "RNE": self._reason(person, row, before),
            "LS": self._status(person, start),
            "CIN": row["clae_cla_primary_need_code"],
            "PLACE": placement.get("clap_cla_placement_type"),
            "PLACE_PROVIDER": placement.get("clap_cla_placement_provider"),
            "DEC": end,
            "REC": row["clae_cla_episode_ceased_reason"] if end else None,
            "REASON_PLACE_CHANGE": placement.get("clap_cla_placement_change_reason") if leaves else None,
            "HOME_POST": None,
            "PL_POST": placement.get("clap_cla_placement_postcode"),
            "URN": placement.get("clap_cla_placement_urn"),
        }

    def _reason(self, person: str, row: Row, before: Row | None) -> str:
        if before is None or before["clae_cla_id"] != row["clae_cla_id"]:
            return "S"
        is_moved = before["clae_cla_placement_id"] != row["clae_cla_placement_id"]
        start = row["clae_cla_episode_start_date"]
        is_changed = self._status(person, start) != self._status(person, before["clae_cla_episode_start_date"])
        if not is_moved:
            return "L"
        left = self.placements.get(before["clae_cla_placement_id"] or "", {})
        same_carer = left.get("clap_cla_placement_change_reason") == "PLACE"
        return {(False, False): "P", (False, True): "B", (True, False): "T", (True, True): "U"}[same_carer, is_changed]

    def _reviews(self, year: Year) -> Iterator[Row]:
        for row in self.table("ssd_cla_reviews"):
            day = row["clar_cla_review_date"]
            if day is not None and year[0] <= day <= year[1]:
                who = self._who(self.cares[row["clar_cla_id"]])
                yield {**who, "REVIEW": day, "REVIEW_CODE": row["clar_cla_review_participation"]}

    def _missing(self, in_care: set[str], year: Year) -> Iterator[Row]:
        for row in self.table("ssd_missing"):
            person, start = row["miss_person_id"], row["miss_missing_episode_start_date"].date()
            end = row["miss_missing_episode_end_date"]
            if person not in in_care or start > year[1] or (end and end.date() < year[0]):
                continue
            if self.is_in_care(person, start):
                kind = row["miss_missing_episode_type"][0]
                day = _known(end.date() if end else None, year[1])
                yield {**self._who(person), "MISSING": kind, "MIS_START": start, "MIS_END": day}

    def is_in_care(self, person: str, day: date) -> bool:
        """Whether an episode is open on a day, short breaks aside."""
        return self._status(person, day) not in ("V3", "V4") and any(
            open_on(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], day)
            for row in self.care[person]
        )

    @cached_property
    def checks(self) -> dict[str, list[Row]]:
        """Completed health checks by person."""
        rows = [row for row in self.table("ssd_cla_health") if row["clah_health_check_status"] == "Completed"]
        return _by(rows, "clah_person_id")

    def _health(self, in_care: set[str], year: Year) -> Iterator[Row]:
        day = year[1]
        before = day.replace(year=day.year - 1)
        for person in sorted(in_care):
            if not self._is_in_care_since(person, before, day):
                continue
            held = [row for row in self.checks.get(person, []) if before < row["clah_health_check_date"] <= day]
            assessed = {row["clah_health_check_date"] for row in held if "Health" in row["clah_health_check_type"]}
            born = self.people[person]["pers_dob"]
            wanted = 2 if born > day.replace(year=day.year - 5) else 1
            dental = any("Dental" in row["clah_health_check_type"] for row in held)
            flags = {
                "HEALTH_CHECK": None,
                "TEETH_CHECK": int(dental),
                "HEALTH_ASSESSMENT": int(len(assessed) >= wanted),
            }
            yield {**self._who(person), **flags}

    def _is_in_care_since(self, person: str, since: date, day: date) -> bool:
        days = {since, day}
        for row in self.care[person]:
            ended = row["clae_cla_episode_ceased_date"]
            if ended and since < ended <= day:
                days.add(ended)
        return all(self.is_in_care(person, day) for day in days)

    def _is_grown(self, row: Row) -> bool:
        born, day = self.people[row["clea_person_id"]]["pers_dob"], row["as_at"]
        return 17 <= day.year - born.year - ((day.month, day.day) < (born.month, born.day)) <= 21

    def _leaver(self, row: Row) -> Row:
        home, suitable = row["clea_care_leaver_accommodation"], row["clea_care_leaver_accom_suitable"]
        return {
            **self._who(row["clea_person_id"]),
            "IN_TOUCH": row["clea_care_leaver_in_touch"],
            "ACTIV": row["clea_care_leaver_activity"] or "0",
            "ACCOM": f"{home}{suitable}" if home and suitable else "0",
        }

    def _workers(self, in_care: set[str], year: Year) -> Iterator[Row]:
        for row in self.table("ssd_involvements"):
            start, end = row["invo_involvement_start_date"], row["invo_involvement_end_date"]
            if row["invo_professional_role_id"] != "Allocated Case Worker" or row["invo_person_id"] not in in_care:
                continue
            if start <= year[1] and (end is None or end >= year[0]):
                yield {
                    **self._who(row["invo_person_id"]),
                    "SW_ID": row["invo_professional_id"],
                    "SW_DECOM": start,
                    "SW_DEC": _known(end, year[1]),
                    "SW_REASON": row["invo_worker_change_reason"],
                }


def _by(rows: list[Row], key: str) -> dict[str, list[Row]]:
    rows_by_key: dict[str, list[Row]] = {}
    for row in rows:
        rows_by_key.setdefault(row[key], []).append(row)
    return rows_by_key


def _touches(row: Row, year: Year) -> bool:
    end = row["clae_cla_episode_ceased_date"]
    return row["clae_cla_episode_start_date"] <= year[1] and (end is None or end >= year[0])


def _known(end: date | None, last: date) -> date | None:
    return end if end is not None and end <= last else None
