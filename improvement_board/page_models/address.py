"""What an address asks for, checked against an edition: an unknown value falls back to the default and is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from improvement_board.access.roles import Role
from improvement_board.editions.open_edition import Store
from improvement_board.editions.withdrawal import WithdrawnEdition
from improvement_board.figures.formats import format_day
from improvement_board.words import on_one_line
from improvement_board.words.shown import show_asked

CLOSED, SHOWN = "closed", "shown"
ROLE = "as"


@dataclass(frozen=True)
class Address:
    """The shared choices of every page. None is the default: all teams, all months, the latest edition. `with_closed`:
    teams that have closed stand among the others. `role`: in which a person without sign-in looks, where not the usual
    one."""

    team: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    edition: str | None = None
    with_closed: bool = False
    role: Role | None = None

    def parameters(self) -> dict[str, str]:
        """The address parameters that restore these choices."""
        pairs = {
            "team": self.team,
            "from": self.first and self.first.isoformat(),
            "to": self.last and self.last.isoformat(),
            "edition": self.edition,
            CLOSED: SHOWN if self.with_closed else None,
            ROLE: self.role,
        }
        return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True)
class PeriodChoices:
    """The period ends that may be chosen as the first and the last month: whole quarters, and the latest month."""

    firsts: tuple[dt.date, ...]
    lasts: tuple[dt.date, ...]


def period_choices(store: Store) -> PeriodChoices:
    """Which months a page may begin and end with. Yearly editions offer each year."""
    ends = [row["period_end"] for row in store.rows("period_ends")]
    if not ends:
        return PeriodChoices((), ())
    if all(row.month == ends[0].month for row in ends) or _is_yearly(store):
        return PeriodChoices(tuple(ends), tuple(ends))
    firsts = tuple(end for end in ends if end.month in (1, 4, 7, 10))
    lasts = tuple(end for end in ends if end.month in (3, 6, 9, 12) or end == ends[-1])
    return PeriodChoices(firsts, lasts)


def _is_yearly(store: Store) -> bool:
    return all(row["period"] == "year" for row in store.rows("period_grains"))


def resolve_address(
    asked: Mapping[str, str], store: Store, choices: PeriodChoices, editions: Sequence[str]
) -> tuple[Address, tuple[str, ...]]:
    """The address that a page is drawn for, and a notice for each value that could not be kept."""
    notices: list[str] = []
    team = asked.get("team")
    if team and team not in {record.team for record in store.teams}:
        notices.append(f"There is no team “{show_asked(team)}” in the edition of {store.name}: all teams are shown.")
        team = None
    first = _resolve_period(asked.get("from"), choices.firsts, "start", notices)
    last = _resolve_period(asked.get("to"), choices.lasts, "end", notices)
    if first and last and first > last:
        notices.append("The period ended before it began: all months are shown.")
        first = last = None
    edition = asked.get("edition")
    if edition and edition not in editions:
        notices.append(f"There is no edition “{show_asked(edition)}”: the latest one is shown.")
        edition = None
    closed = asked.get(CLOSED)
    if closed and closed != SHOWN:
        notices.append(f"“{show_asked(closed)}” is no choice of closed teams: they are left out.")
    return Address(team or None, first, last, edition or None, closed == SHOWN), tuple(notices)


def withdrawn_notice(asked: WithdrawnEdition) -> str:
    """What an address of a withdrawn edition says: when it was withdrawn, why, and which edition is shown instead."""
    mark = asked.withdrawal
    when = f" on {format_day(mark.day)}" if mark.day else ""
    reason = on_one_line(mark.reason).rstrip(".") or "no reason is given"
    instead = f" The edition of {asked.instead} is shown instead." if asked.instead else ""
    return f"The edition of {asked.name} was withdrawn{when}: {reason}.{instead}"


def _resolve_period(value: str | None, allowed: Sequence[dt.date], which: str, notices: list[str]) -> dt.date | None:
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        day = None
    if day in allowed:
        return day
    notices.append(f"“{show_asked(value)}” is not the {which} of a period that can be chosen: all months are shown.")
    return None
