"""Plotly's script for browsers, which its Python package brings along: its file, and the address it is sent by."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from improvement_board.common.streamlit_names import PROGRAM


def plotly_file() -> Path:
    """The script, as it was installed."""
    return Path(str(distribution("plotly").locate_file("plotly/package_data/plotly.min.js")))


def plotly_address() -> str:
    """The address of the script, relative to the app's root. It names the version, so that a browser may keep it."""
    return f"{PROGRAM}js/plotly-{distribution('plotly').version}.min.js"
