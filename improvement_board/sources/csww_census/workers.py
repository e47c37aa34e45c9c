"""The workers of one census: their posts put together to one row a worker and month of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lxml import etree

from improvement_board.common.months import month_end
from improvement_board.sources.census_files import year_before
from improvement_board.sources.identities import Writings
from improvement_board.sources.placeholders import is_placeholder
from improvement_board.sources.values import text_of
from improvement_board.sources.xml_files import line_of
from improvement_board.sources.xml_parts import Notes, Part, Trouble, parts_of, read_row

MOST_WORKERS = 200_000
TABLE = "workforce"
ROLES = MappingProxyType(
    {
        "1": "Senior manager",
        "2": "Middle manager",
        "3": "First line manager",
        "4": "Senior practitioner",
        "5": "Case holder",
        "6": "Qualified without cases",
    }
)
PARTS = (
    Part("AgencyWorker", "agency_flag", "flag", needed=True),
    Part("OrgRole", "role", "code", ROLES),
    Part("FTE", "fte", "number", matters=True, lowest=0, highest=1),
    Part("RoleStartDate", "start_date", "date", matters=True),
    Part("RoleEndDate", "end_date", "date", matters=True),
    Part("FTE30", "fte_a_year_before", "number", lowest=0, highest=1),
)
NOT_READ = frozenset(
    {
        *("sweno", "personbirthdate", "gendercurrent", "sex", "ethnicity", "qualinst", "quallevel", "stepupgrad"),
        *("startorigin", "leaverdestination", "reasonleave", "cases30", "workingdayslost", "contractweeks"),
        *("frontlinegrad", "absat30sept", "reasonabsence", "cfkssstatus"),
        *("basesalary", "rrpayments", "otherpayments"),
    }
)
KNOWN = NOT_READ | {part.element.lower() for part in PARTS}


@dataclass
class Post:
    """A worker's row of a month, and the line and number of its element."""

    row: dict[str, Any]
    line: int | None
    row_number: int | None = None

    @property
    def fte(self) -> float:
        """The full-time equivalent, 0 where it is not recorded."""
        return float(self.row["fte"] or 0)


@dataclass
class Workers:
    """The workers of a census of a day (30 September), gathered while it is read."""

    day: dt.date
    notes: Notes
    workers: Writings
    posts: dict[tuple[str, dt.date], Post] = field(default_factory=dict)
    unnamed: int = 0

    def add(self, element: etree._Element) -> None:
        """Read a worker's element."""
        parts, line, row_number = parts_of(element), line_of(element), self.notes.next_row()
        for name in parts.keys() - KNOWN:
            self.notes.unknown_part(parts[name][0], "CSWWWorker")
        read = read_row(parts, PARTS, line)
        worker = self._id(next((text_of(part.text) for part in parts.get("sweno", ())), None), read.values, line)
        row = {"professional_id": worker, "social_worker_flag": "Y", **read.values}
        before = row.pop("fte_a_year_before")
        is_fit = read.is_fit
        for trouble in (*read.troubles, *self._odd_dates(row, line)):
            self.notes.tell(trouble, TABLE, f"{worker}|{self.day}", row_number)
            is_fit = is_fit and trouble.severity != "error"
        if not is_fit:
            return
        if row["end_date"]:
            row["fte"] = row["fte"] or before
        row["period_end"] = month_end(row["end_date"]) if row["end_date"] else self.day
        self._put(Post(row, line, row_number))

    def _id(self, registration: str | None, values: Mapping[str, Any], line: int | None) -> str:
        if registration and not is_placeholder(registration, "name"):
            return self.workers.take(registration.upper(), str(self.notes.file))
        self.unnamed += 1
        started = values["start_date"] or "?"
        self.notes.tell(Trouble("missing-value", "warning", "is missing", line, "SWENo"), TABLE)
        return f"unnamed|{self.day}|{started}|{self.unnamed}"

    def _odd_dates(self, row: dict[str, Any], line: int | None) -> Iterator[Trouble]:
        """Dates that no one in the census can have. An end after the census is not known yet: it is left out."""
        start, end = row["start_date"], row["end_date"]
        rule = "outside-census-year"
        if start and start > self.day:
            yield Trouble(rule, "error", f"is after {self.day}", line, "RoleStartDate", str(start))
        if end and end > self.day:
            row["end_date"] = None
            yield Trouble(rule, "warning", f"is after {self.day}: in post on that day", line, "RoleEndDate", str(end))
        elif end and end <= year_before(self.day):
            message = f"is before the year to {self.day}"
            yield Trouble(rule, "error", message, line, "RoleEndDate", str(end))
        elif start and end and end < start:
            yield Trouble(
                "end-before-start", "error", f"is before RoleStartDate ({start})", line, "RoleEndDate", str(end)
            )

    def _put(self, post: Post) -> None:
        """A worker's posts of a month are one row: full-time equivalents added up, the rest as in the larger post.

        A month in which a worker left one post and holds another has the one held. The same post a second time, with
        more than one full-time equivalent together, is a mistake.
        """
        key = (post.row["professional_id"], post.row["period_end"])
        other = self.posts.get(key)
        if other is None:
            self.posts[key] = post
        elif post.row == other.row and post.fte + other.fte > 1:
            self._leave_out(post, "duplicate-row", "is the same post a second time")
        elif any(other.row[name] != post.row[name] for name in ("end_date", "agency_flag")):
            kept, left_out = (post, other) if _rank(post) > _rank(other) else (other, post)
            self._leave_out(left_out, "second-post", "is of a worker with another post in that month, which counts")
            self.posts[key] = kept
        else:
            self.posts[key] = _together(other, post)

    def _leave_out(self, post: Post, rule: str, message: str) -> None:
        key = f"{post.row['professional_id']}|{post.row['period_end']}"
        trouble = Trouble(rule, "error", message, post.line, "SWENo", post.row["professional_id"])
        self.notes.tell(trouble, TABLE, key, post.row_number)


def _together(first: Post, other: Post) -> Post:
    larger = other if other.fte > first.fte else first
    starts = [post.row["start_date"] for post in (first, other) if post.row["start_date"]]
    is_recorded = any(post.row["fte"] is not None for post in (first, other))
    fte = first.fte + other.fte if is_recorded else None
    return Post({**larger.row, "fte": fte, "start_date": min(starts, default=None)}, larger.line, larger.row_number)


def _rank(post: Post) -> tuple[bool, dt.date, float]:
    """Which of two posts in a month counts: the one still held, else the one held longer, else the larger."""
    end = post.row["end_date"]
    return end is None, end or dt.date.min, post.fte
