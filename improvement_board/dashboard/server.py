"""What stands between the browser and every page: the security headers, the doors that are open, an eye on sign-ins
that fail or end, pages' files and figures, and scripts and styles sent compressed."""

from __future__ import annotations

import re

import streamlit as st
from starlette.middleware import Middleware

from improvement_board.access.addresses import Addresses, own_addresses
from improvement_board.access.callback import FailedSignIns
from improvement_board.access.compressed import CompressedFiles
from improvement_board.access.doors import Doors
from improvement_board.access.headers import SecurityHeaders
from improvement_board.access.provider_errors import ProviderErrors, say_provider_errors_in_words
from improvement_board.dashboard.asked_files import AskedFiles
from improvement_board.dashboard.first_view import FirstView
from improvement_board.dashboard.kept_cookies import KeptCookies
from improvement_board.dashboard.live_figures import LiveFigures
from improvement_board.dashboard.messages import Messages
from improvement_board.dashboard.noting import record_failed_sign_in
from improvement_board.dashboard.plotly_script import plotly_address, plotly_file
from improvement_board.dashboard.sign_in import auth_section, how_served
from improvement_board.dashboard.signing_out import SigningOut
from improvement_board.dashboard.streamlit_private import is_set_by_hand, page_text, program_folder
from improvement_board.declared.home import default_home
from improvement_board.document import assets
from improvement_board.document.drawn_chart import live_script
from improvement_board.document.first_view import leaving_script

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def middleware() -> list[Middleware]:
    """What every request of the app passes through."""
    say_provider_errors_in_words()
    base = st.get_option("server.baseUrlPath") or ""
    return [
        Middleware(SecurityHeaders, scripts=page_scripts(), base=base),
        Middleware(Doors, addresses=addresses, base=base),
        Middleware(FailedSignIns, tell=record_failed_sign_in),
        Middleware(KeptCookies, base=base),
        Middleware(ProviderErrors),
        Middleware(SigningOut, base=base),
        Middleware(Messages),
        Middleware(AskedFiles, base=base),
        Middleware(LiveFigures, base=base),
        Middleware(FirstView, base=base),
        Middleware(CompressedFiles, folder=program_folder(), more={plotly_address(): plotly_file()}, base=base),
    ]


def addresses() -> Addresses:
    """By which names this server is reached, and from which pages."""
    alias = st.get_option("browser.serverAddress") if is_set_by_hand("browser.serverAddress") else None
    way = how_served(default_home()).way
    return own_addresses(way, auth_section(), alias, st.get_option("server.corsAllowedOrigins"))


def page_scripts() -> tuple[str, ...]:
    """The scripts that stand in pages themselves: Streamlit's own and the dashboard's."""
    blocks = [page_text(), assets.link_script(), live_script(plotly_address()), leaving_script()]
    return tuple(script for block in blocks for script in INLINE.findall(block))
