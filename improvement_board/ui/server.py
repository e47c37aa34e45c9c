"""What stands between the browser and every page: the security headers, an eye on sign-ins that fail, and scripts and
styles sent compressed."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from improvement_board.access.callback import FailedSignIns
from improvement_board.access.compressed import CompressedFiles
from improvement_board.access.headers import SecurityHeaders
from improvement_board.html import assets
from improvement_board.ui.noting import record_failed_sign_in

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def pages_are_declared() -> None:
    """Tell Streamlit before the first visit that app.py declares the pages.

    It would take pages/ for all the pages there are until app.py has run once, and run a page's file without it.
    """
    PagesManager.uses_pages_directory = False


def middleware() -> list[Middleware]:
    """What every request of the app passes through."""
    return [
        Middleware(SecurityHeaders, scripts=page_scripts()),
        Middleware(FailedSignIns, tell=record_failed_sign_in),
        Middleware(CompressedFiles, folder=Path(st.__file__).parent / "static" / "static"),
    ]


def page_scripts() -> tuple[str, ...]:
    """The scripts that stand in pages themselves: Streamlit's own and the dashboard's."""
    streamlit = Path(st.__file__).parent
    bundle = assets.chart_bundle(streamlit)
    blocks = [
        (streamlit / "static" / "index.html").read_text(encoding="utf-8"),
        assets.link_script(),
        *([assets.preload_script(bundle)] if bundle else []),
    ]
    return tuple(script for block in blocks for script in INLINE.findall(block))
