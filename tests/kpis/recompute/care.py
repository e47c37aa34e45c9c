"""Since when children have been in care, and the homes they lived in, for KPIs about lasting care."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from recompute.children import Plans
from recompute.common import Row, Tables, add_months, by, is_open

TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
SAME_CARER = {"A3", "A5"}
Home = list[Row]


class Care:
    """Periods of care without a break."""

    def __init__(self, tables: Tables, last_day: date) -> None:
        self._plans = Plans(tables, last_day)
        self._episodes = by(tables.get("ssd_cla_episodes", ()), "clae_person_id")
        self._statuses = by(tables.get("ssd_legal_status", ()), "lega_person_id")

    def people(self) -> list[str]:
        """Every child who was ever in care."""
        return sorted(self._episodes)

    def since(self, person: str, day: date) -> date | None:
        """The first day of the period of care a child is in on a day; None for a child not in care."""
        if not self._plans.in_care(person, day):
            return None
        spans = [
            (row.get("clae_cla_episode_start_date"), row.get("clae_cla_episode_ceased_date"))
            for row in self._episodes[person]
        ]
        lasting = [(start, end) for start, end in spans if start and (end is None or end > start)]
        since = day
        while earlier := [start for start, end in lasting if start < since and (end is None or end >= since)]:
            since = min(earlier)
        breaks = [
            row["lega_legal_status_end_date"]
            for row in self._statuses.get(person, ())
            if row.get("lega_legal_status") in ("V3", "V4")
            and row.get("lega_legal_status_start_date")
            and row.get("lega_legal_status_end_date")
            and row["lega_legal_status_start_date"] < row["lega_legal_status_end_date"] <= day
        ]
        return max([since, *breaks])

    def lasts(self, person: str, day: date, months: int) -> bool:
        """Whether a child is in care on a day, and has been for so many months."""
        since = self.since(person, day)
        return since is not None and since <= add_months(day, -months)


def placement_order(row: Row) -> tuple[date, date, str]:
    """Placements of a child in order."""
    end = row.get("clap_cla_placement_end_date") or date.max
    return row["clap_cla_placement_start_date"], end, row["clap_cla_placement_id"]


def lasting(rows: Sequence[Row]) -> list[Row]:
    """A child's placements of a day or more, in order."""
    return sorted(
        (
            row
            for row in rows
            if row.get("clap_cla_placement_start_date") is not None
            and (row.get("clap_cla_placement_end_date") or date.max) > row["clap_cla_placement_start_date"]
        ),
        key=placement_order,
    )


def homes(rows: Sequence[Row]) -> list[Home]:
    """A child's placements in order, those that are one home together; temporary ones left out."""
    every = lasting(rows)
    kept = [row for row in every if row.get("clap_cla_placement_type") not in TEMPORARY]
    from_away = [row for before, row in pairwise(every) if before.get("clap_cla_placement_type") in TEMPORARY]
    homes_in_order: list[Home] = [[row] for row in kept[:1]]
    for before, row in pairwise(kept):
        stays = before.get("clap_cla_placement_change_reason") == "PLACE"
        returns = any(row is row_after_away for row_after_away in from_away) and same_place(before, row)
        if stays or returns or row.get("clap_cla_placement_type") in SAME_CARER:
            homes_in_order[-1].append(row)
        else:
            homes_in_order.append([row])
    return homes_in_order


def same_place(first: Row, other: Row) -> bool:
    """Whether two placements are of one type, and of one postcode and URN as far as both have them."""
    types = {row.get("clap_cla_placement_type") for row in (first, other)}
    if None in types or len(types) > 1:
        return False
    for name in ("clap_cla_placement_postcode", "clap_cla_placement_urn"):
        there = [row[name].upper() for row in (first, other) if row.get(name)]
        if len({written.replace(" ", "") if "postcode" in name else written for written in there}) > 1:
            return False
    return True


def placement_at(rows: Sequence[Row], day: date) -> Row | None:
    """Where a child lives on a day: of the placements open then, the one that started last, then the lowest id."""
    open_placements = [
        row
        for row in lasting(rows)
        if is_open(row["clap_cla_placement_start_date"], row.get("clap_cla_placement_end_date"), day)
    ]
    if not open_placements:
        return None
    latest = max(row["clap_cla_placement_start_date"] for row in open_placements)
    same = [row for row in open_placements if row["clap_cla_placement_start_date"] == latest]
    return min(same, key=lambda row: row["clap_cla_placement_id"])
