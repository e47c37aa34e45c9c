"""Who asks, by the sign-in cookie of a request itself: for what is asked for outside the run of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import Scope

from improvement_board.common.streamlit_names import USER_COOKIE
from improvement_board.dashboard.streamlit_private import read_signed_cookie


def cookie_claims(scope: Scope) -> Mapping[str, Any] | None:
    """What the identity provider said of the person whose cookie a request has, as `st.user` tells it within a run;
    None without a cookie that this server signed."""
    said = read_signed_cookie(HTTPConnection(scope).cookies, USER_COOKIE)
    if said.get("is_logged_in") is not True:
        return None
    return {name: value for name, value in said.items() if name != "origin"}
