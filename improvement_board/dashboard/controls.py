"""The shared controls, in the sidebar and bound to the address: the role, team, period, edition and closed teams.

The edition is chosen first, for the others offer what it has; in the sidebar it stands below most of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from improvement_board.access.roles import ROLES, Role
from improvement_board.editions.open_edition import Store
from improvement_board.page_models import Look, Run
from improvement_board.page_models.address import CLOSED, SHOWN, withdrawn_notice

Place = Any  # what st.empty and st.container give: Streamlit has no public name for it


@dataclass(frozen=True)
class Controls:
    """Where the controls stand: a place for each, from the top; `chosen_edition` is what that of the edition says."""

    role: Place
    choices: Place
    edition: Place
    closed: Place
    chosen_edition: str | None

    def clear(self) -> None:
        """Take the controls away, from a page that they are not for."""
        self.edition.empty()


def edition_control(run: Run) -> Controls:
    """Draw the control of the edition, with room above it for the others; nothing to choose where there is none."""
    with st.sidebar:
        role, choices, edition, closed = st.empty(), st.container(), st.empty(), st.empty()
    asked, editions = st.query_params.get("edition"), run.shelf.served
    chosen = (
        edition.selectbox(
            "Edition", editions, index=None, placeholder=f"Latest ({editions[0]})", key="edition", bind="query-params"
        )
        if editions
        else None
    )
    return Controls(role, choices, edition, closed, chosen or _not_offered(asked, editions))


def role_control(controls: Controls) -> Role:
    """The role that a person without sign-in looks in."""
    chosen: Role = controls.role.selectbox(
        "View as", ROLES, index=ROLES.index("analyst"), key="as", bind="query-params"
    )
    return chosen


def shared_controls(controls: Controls, look: Look, asked: Mapping[str, str]) -> Look:
    """Draw team and period as the edition that is looked at has them; gives the look by what they say.

    `asked` is the address that the run began with: what none of the controls offers of it falls back, with a notice.
    """
    store = look.desk.store
    allowed = [SHOWN] if store.closed_teams(store.name.day) else []
    with controls.closed:
        closed = _control("What has closed", allowed, "Left out", CLOSED) if allowed else None
    closed = closed or _not_offered(asked.get(CLOSED), allowed)
    names = _offered_teams(store, asked, with_closed=closed == SHOWN)
    firsts = [day.isoformat() for day in look.desk.periods.firsts]
    lasts = [day.isoformat() for day in reversed(look.desk.periods.lasts)]
    with controls.choices:
        team = _control("Team", names, "All teams", "team") if names else None
        first = _control("From (month end)", firsts, "The beginning", "from")
        last = _control("To (month end)", lasts, "The latest", "to")
    chosen = {
        "team": team or _not_offered(asked.get("team"), names),
        "from": first or _not_offered(asked.get("from"), firsts),
        "to": last or _not_offered(asked.get("to"), lasts),
        "edition": controls.chosen_edition,
        CLOSED: closed,
    }
    return look.choose({key: value for key, value in chosen.items() if value})


def _offered_teams(store: Store, asked: Mapping[str, str], *, with_closed: bool) -> list[str]:
    """The teams at work; those that have closed only where they are asked for, and the one that is chosen."""
    chosen = {asked.get("team"), st.session_state.get("team")}
    closed = frozenset() if with_closed else store.closed_teams(store.name.day) - chosen
    return [record.team for record in store.teams if record.team not in closed]


def _control(label: str, offered: Sequence[str], nothing: str, key: str) -> str | None:
    return st.selectbox(label, offered, index=None, placeholder=nothing, key=key, bind="query-params")


def _not_offered(asked: str | None, offered: Sequence[str]) -> str | None:
    """What an address asks for and a control does not have; what it has is the control's to say."""
    return None if asked in offered else asked


def leave_withdrawn(run: Run) -> None:
    """Lead the address away from a withdrawn edition, to the one that is shown instead.

    A control that is drawn already is set. A new one takes its value from the address that its run began with: so the
    address is changed and the run begins again, with the notice waiting for it.
    """
    asked = run.shelf.withdrawn(st.query_params.get("edition"))
    if asked is None:
        return
    instead = None if asked.instead in run.shelf.served[:1] else asked.instead
    if "edition" in st.session_state:
        st.session_state["edition"] = instead
        return
    st.session_state["withdrawn"] = withdrawn_notice(asked)
    if instead is None:
        del st.query_params["edition"]
    else:
        st.query_params["edition"] = instead
    st.rerun()


def said_of_withdrawn() -> tuple[str, ...]:
    """What the run before this one left to say of a withdrawn edition, once."""
    waiting = st.session_state.pop("withdrawn", None)
    return (waiting,) if waiting else ()
