"""One run of a page: the board it asks, who is looking, and what its address chooses."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from improvement_board.access.viewer import Viewer
from improvement_board.common.shipped import PAGES
from improvement_board.declared.home import Home, default_home
from improvement_board.page_models import Address, Board, IndicatorChoice


@st.cache_resource(show_spinner=False)
def board_of(folder: str) -> Board:
    """The board of a data home, one for the whole server."""
    gc.collect()
    gc.freeze()  # what is loaded by now lives for good: Streamlit's collection after every run need not look at it
    return Board(Home(Path(folder)))


def board() -> Board:
    """The board that the app serves."""
    return board_of(str(default_home().folder))


def viewer() -> Viewer:
    """Who is looking at this run, as app.py found out. Without app.py nobody is: no page is drawn."""
    found: Viewer = _of_this_run("viewer")
    return found


@contextmanager
def run_of(page: str, chosen: Address) -> Iterator[None]:
    """One run of a page through app.py: its address and the shared choices, for the page to ask for."""
    st.session_state["page"], st.session_state["address"] = page, chosen
    try:
        yield
    finally:
        for key in ("page", "address"):
            st.session_state.pop(key, None)


def address() -> Address:
    """The shared choices of this run, as app.py read them."""
    found: Address = _of_this_run("address")
    return found


def current_page() -> str:
    """The address of the page that is drawn: an ambition's id."""
    found: str = _of_this_run("page")
    return found


def _of_this_run(key: str) -> Any:
    """What app.py noted before it ran the page.

    Where a page of pages/ is the first thing that a new server is asked for, Streamlit takes the folder for an app of
    its older kind and runs the page's file without app.py. Declaring pages ends that, and the run starts again.
    """
    if key not in st.session_state:
        st.navigation([st.Page(file) for file in sorted(PAGES.glob("*.py"))], position="hidden")
        st.rerun()
    return st.session_state[key]


def indicator_choice() -> IndicatorChoice:
    """Which KPI, worker and category the address asks for, with a list to choose another KPI."""
    asked = st.query_params.to_dict()
    return IndicatorChoice(asked.get("kpi"), asked.get("worker"), asked.get("category"))


def charts_choice() -> str | None:
    """How many of an ambition's KPIs the address asks to draw: "all", or nothing."""
    return st.query_params.get("charts")
