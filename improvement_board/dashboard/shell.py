"""What stands around every page: its style, the shared controls, its title, notices, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from improvement_board.dashboard.run import board, viewer
from improvement_board.dashboard.streamlit_private import chart_bundle
from improvement_board.editions.withdrawal import WithdrawnEdition
from improvement_board.errors import InputError, Problem
from improvement_board.html import assets
from improvement_board.html.frame import error_block, frame_line, not_supplied_block, notice_block, title_block
from improvement_board.page_models import Address
from improvement_board.page_models.address import withdrawn_notice
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import Frame, NotSupplied

TELL_THE_ANALYSTS = "Please tell the council's analysts: signed in, they are shown what is wrong and in which file."


def dress() -> None:
    """Style and scripts, once a run."""
    st.html(assets.style_block())
    st.html(assets.link_script(), unsafe_allow_javascript=True)


def shared_controls(desk: Desk, editions: Sequence[str], said: Sequence[str]) -> Address:
    """Team, period and edition: drawn and bound to the address before the page runs, so that every page keeps them.

    What the choices make one notice is said, but for what was `said` of the address already.
    """
    names = [record.team for record in desk.store.teams]
    firsts, lasts = desk.periods.firsts, desk.periods.lasts
    with st.sidebar:
        team = (
            st.selectbox("Team", names, index=None, placeholder="All teams", key="team", bind="query-params")
            if names
            else None
        )
        first = st.selectbox(
            "From (month end)",
            [day.isoformat() for day in firsts],
            index=None,
            placeholder="The beginning",
            key="from",
            bind="query-params",
        )
        last = st.selectbox(
            "To (month end)",
            [day.isoformat() for day in reversed(lasts)],
            index=None,
            placeholder="The latest",
            key="to",
            bind="query-params",
        )
        edition = st.selectbox(
            "Edition", editions, index=None, placeholder=f"Latest ({editions[0]})", key="edition", bind="query-params"
        )
    chosen = {"team": team, "from": first, "to": last, "edition": edition}
    found, notices = board().address(viewer(), {key: value for key, value in chosen.items() if value})
    say([notice for notice in notices if notice not in said])
    return found


def leave_withdrawn(asked: WithdrawnEdition | None) -> None:
    """Lead the address away from a withdrawn edition, to the one that is shown instead.

    A control that is drawn already is set. A new one takes its value from the address that its run began with: so the
    address is changed and the run begins again, with the notice waiting for it.
    """
    if asked is None:
        return
    instead = None if asked.instead in board().editions()[:1] else asked.instead
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


def say(notices: Sequence[str]) -> None:
    """Notices to the person, each as a message of its own."""
    for notice in notices:
        html(notice_block(notice))


def head(title: str, frame: Frame, lede: str = "") -> None:
    """The page's title, in the window's title too, and whose figures it shows."""
    st.set_page_config(page_title=f"{title} – {frame.council} Improvement Board")
    html(title_block(title) + frame_line(frame, lede))


def html(block: str) -> None:
    """A block of HTML that the package built and escaped; nothing where it is empty."""
    if block:
        st.html(block)


def not_supplied(absent: Sequence[NotSupplied]) -> None:
    """The KPIs of the plan that have no figures yet, and what they need."""
    if absent:
        html(not_supplied_block(absent))


def preload_charts() -> None:
    """Fetch the chart bundle once the page is drawn and idle."""
    bundle = chart_bundle()
    if bundle:
        st.html(assets.preload_script(bundle), unsafe_allow_javascript=True)


def error_page(error: InputError) -> None:
    """What is wrong, in place of every page: in which file and what to do, for those who may see everything."""
    html(title_block("The dashboard cannot open its data") + _what_is_wrong(error.problems))


def passed_over(problems: Sequence[Problem], edition: str) -> None:
    """Said where a newer or chosen edition could not be opened and another is shown."""
    if problems:
        st.error(f"An edition could not be opened; the edition of {edition} is shown instead.")
        html(_what_is_wrong(problems))


def plan_refused(problems: Sequence[Problem], edition: str) -> None:
    """Said where the council's plan cannot be read: the edition shown keeps the plan that it was published with."""
    if problems:
        st.error(f"The plan cannot be read. The edition of {edition} is shown as it was published, with its own plan.")
        html(_what_is_wrong(problems))


def _what_is_wrong(problems: Sequence[Problem]) -> str:
    """The problems, which can name files and values, for those who may see everything; for others whom to tell."""
    return error_block(problems) if viewer().sees_quality else notice_block(TELL_THE_ANALYSTS)
