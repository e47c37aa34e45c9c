"""What stands around every page: its style, notices, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from improvement_board.dashboard.plotly_script import plotly_address
from improvement_board.dashboard.run import viewer
from improvement_board.document import assets
from improvement_board.document.drawn_chart import live_script
from improvement_board.document.frame import error_block, notice_block, title_block
from improvement_board.errors import InputError, Problem

TELL_THE_ANALYSTS = "Please tell the council's analysts: signed in, they are shown what is wrong and in which file."


def dress() -> None:
    """Style and scripts, once a run."""
    st.html(assets.style_block())
    st.html(assets.link_script() + live_script(plotly_address()), unsafe_allow_javascript=True)


def say(notices: Sequence[str]) -> None:
    """Notices to the person, each as a message of its own."""
    for notice in notices:
        html(notice_block(notice))


def html(block: str) -> None:
    """A block of HTML that the package built and escaped; nothing where it is empty."""
    if block:
        st.html(block)


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
