"""What the recomputations share about children: who holds each one's case on a day, and what plan they are on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from recompute.common import Row, Tables, by, is_open, month_end, team_names

ALLOCATED_ROLES = ("Allocated Case Worker",)


class Allocations:
    """Who holds each child's case on a day."""

    def __init__(self, tables: Tables, roles: Sequence[str] = ALLOCATED_ROLES) -> None:
        rows = (row for row in tables.get("ssd_involvements", ()) if row.get("invo_professional_role_id") in roles)
        self._name = team_names(tables)
        self._rows = by(rows, "invo_person_id")

    def at(self, person: str | None, day: date) -> tuple[str | None, str | None]:
        """The child's team and worker on a day; nothing where nobody holds the case."""
        rows = [
            row
            for row in self._rows.get(person, ())
            if is_open(row.get("invo_involvement_start_date"), row.get("invo_involvement_end_date"), day)
        ]
        if not rows:
            return None, None
        latest = max(row["invo_involvement_start_date"] for row in rows)
        rows = [row for row in rows if row["invo_involvement_start_date"] == latest]
        chosen = min(rows, key=lambda row: row["invo_involvements_id"])
        return self._name(chosen.get("invo_professional_team")), chosen.get("invo_professional_id")

    def own_or_allocated(
        self, team: str | None, worker: str | None, person: str | None, day: date
    ) -> tuple[str | None, str | None]:
        """Team name and worker of an event: what it records, else who held the child's case that day."""
        allocated_team, allocated_worker = self.at(person, day)
        return (
            allocated_team if team is None else self._name(team),
            allocated_worker if worker is None else worker,
        )

    def held(self, day: date) -> dict[str | None, list[str]]:
        """The children each worker holds on a day."""
        children_by_worker: dict[str | None, list[str]] = defaultdict(list)
        for person, rows in self._rows.items():
            spans = ((row.get("invo_involvement_start_date"), row.get("invo_involvement_end_date")) for row in rows)
            if any(is_open(start, end, day) for start, end in spans):
                children_by_worker[self.at(person, day)[1]].append(person)
        return children_by_worker


class Plans:
    """What each child has open on a day."""

    def __init__(self, tables: Tables, last_day: date) -> None:
        self._last_day = last_day
        self._care = by(tables.get("ssd_cla_episodes", ()), "clae_person_id")
        self._legal = by(tables.get("ssd_legal_status", ()), "lega_person_id")
        self._protection = by(tables.get("ssd_cp_plans", ()), "cppl_person_id")
        self._in_need = by(tables.get("ssd_cin_plans", ()), "cinp_person_id")
        self._leavers = by(tables.get("ssd_care_leavers", ()), "clea_person_id")
        self._assessments = by(tables.get("ssd_cin_assessments", ()), "cina_person_id")

    def in_care(self, person: str, day: date) -> bool:
        """Looked after, short breaks left out."""
        return _any_open(self._care, person, day, "clae_cla_episode_start_date", "clae_cla_episode_ceased_date") and (
            not any(
                row.get("lega_legal_status") in ("V3", "V4")
                and is_open(row.get("lega_legal_status_start_date"), row.get("lega_legal_status_end_date"), day)
                for row in self._legal.get(person, ())
            )
        )

    def protection(self, person: str, day: date) -> Row | None:
        """The open protection plan of this council that started last."""
        return _latest(
            [row for row in self._protection.get(person, ()) if row.get("cppl_cp_plan_ola") != "Y"],
            day,
            ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "cppl_cp_plan_id"),
        )

    def in_need(self, person: str, day: date) -> Row | None:
        """The open in-need plan that started last."""
        names = ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date", "cinp_cin_plan_id")
        return _latest(self._in_need.get(person, ()), day, names)

    def in_need_since(self, person: str, day: date) -> date | None:
        """Since when a child on an in-need plan has been on one; a new plan by the day after another ended goes on."""
        plan = self.in_need(person, day)
        since: date | None = plan and plan["cinp_cin_plan_start_date"]
        spans = [
            (row["cinp_cin_plan_start_date"], row.get("cinp_cin_plan_end_date") or date(9999, 12, 30))
            for row in self._in_need.get(person, ())
            if row.get("cinp_cin_plan_start_date") is not None
        ]
        while since and (earlier := [s for s, e in spans if s < since and s < e and e + timedelta(days=1) >= since]):
            since = min(earlier)
        return since

    def is_care_leaver(self, person: str, day: date) -> bool:
        """Relevant or Former Relevant in that month."""
        return any(
            (row.get("as_at") or month_end(self._last_day)) == day
            and row.get("clea_care_leaver_eligibility") in ("Relevant", "Former Relevant")
            for row in self._leavers.get(person, ())
        )

    def plan_type(self, person: str, day: date) -> str:
        """The one plan type of a child, by what is open."""
        if self.in_care(person, day):
            return "in care"
        if self.protection(person, day):
            return "protection"
        if self.in_need(person, day):
            return "in need"
        if self.is_care_leaver(person, day):
            return "care leaver"
        started, authorised = "cina_assessment_start_date", "cina_assessment_auth_date"
        return "assessment" if _any_open(self._assessments, person, day, started, authorised) else "other"

    def people_in_need(self) -> list[str]:
        """Every child who ever had an in-need plan."""
        return sorted(self._in_need)

    def people_protected(self) -> list[str]:
        """Every child who ever had a protection plan."""
        return sorted(self._protection)


def _any_open(rows: Mapping[str, Sequence[Row]], person: str, day: date, start: str, end: str) -> bool:
    return any(is_open(row.get(start), row.get(end), day) for row in rows.get(person, ()))


def _latest(rows: Sequence[Row], day: date, names: tuple[str, str, str]) -> Row | None:
    start, end, identifier = names
    open_rows = [row for row in rows if is_open(row.get(start), row.get(end), day)]
    if not open_rows:
        return None
    latest = max(row[start] for row in open_rows)
    return min((row for row in open_rows if row[start] == latest), key=lambda row: row[identifier])
