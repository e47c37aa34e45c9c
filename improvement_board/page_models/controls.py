"""The shared controls of every page: team, period, meeting, closed teams and, where nobody signs in, the role.

Each is one parameter of the address. A page has no other state: what its controls say is what its address says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from improvement_board.access.roles import ROLE_NAMES, ROLES, USUAL_ROLE
from improvement_board.figures.formats import format_day, format_month
from improvement_board.page_models.address import CLOSED, ROLE, SHOWN
from improvement_board.page_models.look import Look
from improvement_board.page_models.quality_page import has_quality_page

RECORD_PAGE = "access-record"


@dataclass(frozen=True)
class Choice:
    """What a control offers: its value in an address, empty for what holds where none is chosen, and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Place:
    """A page that an edition has: its title and address, whether it is an ambition's, whether the viewer's role may see
    it, and whether the head lists it: a page that others lead to is not."""

    title: str
    address: str
    is_ambition: bool = False
    is_shown: bool = True
    is_listed: bool = True


@dataclass(frozen=True)
class Control:
    """A control: its parameter in an address, its label, what it offers, and which of them holds."""

    parameter: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str

    @property
    def is_on(self) -> bool:
        """Whether something else than the usual is chosen."""
        return self.chosen != self.choices[0].value


def page_places(look: Look) -> tuple[Place, ...]:
    """The pages: the plan, what changed, one for each ambition, a KPI, a team where any is recorded, data quality of a
    council's own figures, about, the access record."""
    desk, who = look.desk, look.viewer
    has_teams = bool(desk.store.teams) or not desk.scope.sees_teams
    return (
        Place("Plan on a page", ""),
        Place("What changed", "what-changed"),
        *(Place(ambition.title, ambition.id, is_ambition=True) for ambition in desk.store.plan.ambition),
        Place("Indicators", "indicators"),
        Place("Indicator", "indicator", is_listed=False),
        *([Place("Team", "team", is_shown=who.scope.sees_teams)] if has_teams else []),
        *([Place("Data quality", "data-quality", is_shown=who.sees_quality)] if has_quality_page(desk) else []),
        Place("About these figures", "about"),
        Place("Access record", RECORD_PAGE, is_shown=who.sees_record),
    )


def page_controls(look: Look, *, with_role: bool) -> tuple[Control, ...]:
    """The controls that a page has something to choose with; `with_role`: nobody is signed in, so the role can be."""
    teams, periods, address = offered_teams(look), look.desk.periods, look.address
    controls = [
        _control("team", "Team", "All teams", [Choice(name, name) for name in teams], address.team),
        _control("from", "From", "The beginning", _months(periods.firsts), _iso(address.first)),
        _control("to", "To", "The latest month", _months(reversed(periods.lasts)), _iso(address.last)),
        _meetings(look),
        _closed_teams(look),
        role_control(address.role) if with_role else None,
    ]
    return tuple(control for control in controls if control is not None)


def role_control(chosen: str | None) -> Control:
    """In which role to look, for a person without sign-in."""
    usual = Choice("", ROLE_NAMES[USUAL_ROLE])
    others = [Choice(role, ROLE_NAMES[role]) for role in ROLES if role != USUAL_ROLE]
    return Control(ROLE, "View as", (usual, *others), chosen or "")


def _control(parameter: str, label: str, usual: str, offered: Sequence[Choice], chosen: str | None) -> Control | None:
    return Control(parameter, label, (Choice("", usual), *offered), chosen or "") if offered else None


def _months(days: Iterable[dt.date]) -> list[Choice]:
    return [Choice(day.isoformat(), format_month(day)) for day in days]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def offered_teams(look: Look) -> list[str]:
    """The teams at work; those that have closed only where they are asked for, and the one that is chosen."""
    store = look.desk.store
    closed = frozenset() if look.address.with_closed else store.closed_teams(store.name.day) - {look.address.team}
    return [record.team for record in store.teams if record.team not in closed]


def _meetings(look: Look) -> Control | None:
    """The editions, each by the meeting that read it; nothing where there is one and no other is asked for."""
    served = look.shelf.served
    if len(served) < 2:
        return None
    named = [Choice(name, _meeting_words(look, name)) for name in served]
    latest = Choice("", f"Latest, {named[0].label}")
    chosen = look.address.edition if look.address.edition != served[0] else None
    return Control("edition", "Meeting", (latest, *named[1:]), chosen or "")


def _meeting_words(look: Look, edition: str) -> str:
    day, _, revision = edition.partition(".")
    end = dt.date.fromisoformat(day)
    meeting = look.desk.store.plan.next_meeting(end)
    said = (
        f"{format_day(meeting.date)}, figures to {format_month(end)}" if meeting else f"figures to {format_month(end)}"
    )
    return f"{said} (revision {revision})" if revision else said


def _closed_teams(look: Look) -> Control | None:
    store = look.desk.store
    if not store.closed_teams(store.name.day):
        return None
    chosen = SHOWN if look.address.with_closed else ""
    return Control(CLOSED, "Closed teams", (Choice("", "Left out"), Choice(SHOWN, "Shown")), chosen)
