"""One run of the app: the board it asks, how that is served, who is looking, at what, and on which page."""

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
from improvement_board.page_models import Board, Look, Run

OF_A_RUN = ("run", "viewer", "look")


@st.cache_resource(show_spinner=False)
def board_of(folder: str) -> Board:
    """The board of a data home, one for the whole server."""
    gc.collect()
    gc.freeze()  # what is loaded by now lives for good: Streamlit's collection after every run need not look at it
    return Board(Home(Path(folder)))


@contextmanager
def begin_run() -> Iterator[Run]:
    """A run of the app, which pages and their parts can ask for while it lasts."""
    run = Run(board_of(str(default_home().folder)))
    for key in OF_A_RUN:
        st.session_state.pop(key, None)
    st.session_state["run"] = run
    try:
        yield run
    finally:
        for key in OF_A_RUN:
            st.session_state.pop(key, None)


def this_run() -> Run:
    """The run that app.py began, with the editions as it found them."""
    run: Run = _of_this_run("run")
    return run


def looks_as(viewer: Viewer) -> None:
    """Note who is looking at this run."""
    st.session_state["viewer"] = viewer


def viewer() -> Viewer:
    """Who is looking at this run, as app.py found out. Without app.py nobody is: no page is drawn."""
    who: Viewer = _of_this_run("viewer")
    return who


def looks_at(look: Look) -> None:
    """Note what this run looks at, for the page to ask for."""
    st.session_state["look"] = look


def look() -> Look:
    """Who looks at what on which page, as app.py found out."""
    look: Look = _of_this_run("look")
    return look


def _of_this_run(key: str) -> Any:
    """What app.py noted before it ran the page.

    Where a page of pages/ is the first thing that a new server is asked for, Streamlit takes the folder for an app of
    its older kind and runs the page's file without app.py. Declaring pages ends that, and the run starts again.
    """
    if key not in st.session_state:
        st.navigation([st.Page(file) for file in sorted(PAGES.glob("*.py"))], position="hidden")
        st.rerun()
    return st.session_state[key]
