"""Who asks, by the sign-in cookie of a request itself: for what is asked for outside the run of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def cookie_claims(scope: Scope) -> Mapping[str, Any] | None:
    """What the identity provider said of the person whose cookie a request has, as `st.user` tells it within a run;
    None without a cookie that this server signed."""
    said = signed_in_cookies(HTTPConnection(scope).cookies, USER_COOKIE_NAME)
    if said.get("is_logged_in") is not True:
        return None
    return {name: value for name, value in said.items() if name != "origin"}


def signed_in_cookies(cookies: Mapping[str, str], name: str) -> Mapping[str, Any]:
    """What a cookie that this server signed holds, which may be spread over several; nothing in any other."""
    secret = get_cookie_secret()

    def signed(part: str) -> bytes | None:
        value = cookies.get(part)
        return decode_signed_value(secret, part, value.encode("latin-1", "replace")) if value else None

    try:
        held = json.loads(get_cookie_with_chunks(signed, name) or b"null")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
