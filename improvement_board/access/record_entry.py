"""One entry of the access record: who did what, when, in which role, on which page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, Literal, get_args

from improvement_board.words import on_one_line

EventKind = Literal["page", "download", "refusal", "sign-in", "sign-in-failure", "sign-out"]
EVENTS: tuple[EventKind, ...] = get_args(EventKind)
LONGEST_TEXT = 200
LONGEST_KEY = 40
MOST_FILTERS = 12
CUT = "…"
ALWAYS = frozenset({"when", "who", "role", "event", "page", "filters"})


class UnreadableEntryError(ValueError):
    """A line of the record that is no entry: half written, or changed by hand."""


@dataclass(frozen=True)
class RecordEntry:
    """One thing that a person did. Texts are kept short, on one line and without control characters, whatever they
    were.

    `when` has a time zone. `who` and `role` are the viewer's; `role` is empty where nobody was signed in. `page` is an
    address of the dashboard, such as "indicator". `filters` are the parameters of that address. A download has
    `file`, its name, and `rows`, without the header. `reason` says why somebody was refused.
    """

    when: datetime
    who: str
    role: str
    event: EventKind
    page: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    rows: int | None = None
    reason: str = ""

    def to_line(self) -> bytes:
        """The entry as one line of JSON in UTF-8, with its end. Never more than 20,000 bytes."""
        held: dict[str, Any] = {
            "when": time_text(self.when),
            "who": short(self.who),
            "role": short(self.role),
            "event": self.event,
            "page": short(self.page),
            "filters": _filters(self.filters),
        }
        held |= {"file": short(self.file), "rows": self.rows, "reason": short(self.reason)}
        held = {key: value for key, value in held.items() if key in ALWAYS or value not in ("", None)}
        return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> RecordEntry:
        """The entry of a line. Raises UnreadableEntryError for a line that is none."""
        try:
            held = json.loads(line)
            event, rows, filters = held["event"], held.get("rows"), held["filters"]
            if event not in EVENTS or not (rows is None or type(rows) is int) or not isinstance(filters, dict):
                raise ValueError(f"not an entry: {event!r}")
            when = datetime.fromisoformat(held["when"])
            if when.tzinfo is None:
                raise ValueError("a time without its zone")
            when = when.astimezone(UTC)
            texts = {key: _read(held.get(key, "")) for key in ("who", "role", "page", "file", "reason")}
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise UnreadableEntryError from error
        return cls(when=when, event=event, filters=_filters(filters), rows=rows, **texts)

    def filters_text(self) -> str:
        """The filters as one text: "kpi=agency_rate, team=North"."""
        return ", ".join(f"{key}={value}" for key, value in self.filters.items())


def time_text(when: datetime) -> str:
    """A time in UTC, to the millisecond: 2026-11-22T09:30:00.125Z."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def row_count(table: str) -> int:
    """How many rows a CSV text has, without its header."""
    return max(sum(1 for _ in csv.reader(io.StringIO(table, newline=""))) - 1, 0)


def short(value: object, longest: int = LONGEST_TEXT) -> str:
    """A value as it may stand in the record. Of a very long one only its beginning is looked at."""
    text = on_one_line(str(value)[: 4 * longest])
    return text if len(text) <= longest else text[: longest - len(CUT)] + CUT


@lru_cache(maxsize=8192)
def _short_again(text: str) -> str:
    """A text that is read: the same few stand in thousands of lines."""
    return short(text)


def _read(value: object) -> str:
    return _short_again(value) if isinstance(value, str) and len(value) <= LONGEST_TEXT else short(value)


def _filters(filters: Mapping[Any, Any]) -> dict[str, str]:
    chosen = ((short(key, LONGEST_KEY), _read(value)) for key, value in filters.items() if value not in (None, ""))
    return dict(islice(((key, value) for key, value in chosen if value), MOST_FILTERS))
