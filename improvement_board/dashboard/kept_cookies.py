"""The cookies of a sign-in as a browser keeps them: to a day after its expiry, with the token that sign-out needs.

Streamlit lets a browser keep them for 30 days, and puts the token into them that opens the provider's services to
whoever has it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from improvement_board.access.doors import path_within
from improvement_board.access.providers import CALLBACK
from improvement_board.access.session import is_live
from improvement_board.dashboard.cookie import signed_in_cookies

SETTING = b"set-cookie"
NEEDED_TOKENS = ("id_token",)  # by which the provider knows, at sign-out, whom to sign out
KEPT_LONGER = 86_400  # seconds in which a new visit says that the sign-in has ended
OURS = re.compile(rf"({USER_COOKIE_NAME}|{TOKENS_COOKIE_NAME})(_\d+)?=[^;\"]")
MAX_AGE = re.compile(r"max-age=\d+", re.IGNORECASE)
Header = tuple[bytes, bytes]


class KeptCookies:
    """Sends a browser that signs in the cookies that are needed, to be kept for as long as they are of use."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or path_within(scope, self._base) != CALLBACK.strip("/"):
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(_kept(message.get("headers", []), time.time()))}
            await send(message)

        await self._app(scope, receive, sent)


def _kept(headers: Iterable[Header], now: float) -> Iterator[Header]:
    """The headers of an answer, those of a sign-in's cookies anew."""
    set_now: dict[str, str] = {}
    kind = ""
    for name, value in headers:
        cookie = value.decode("latin-1")
        if name.lower() != SETTING or not OURS.match(cookie):
            yield name, value
            continue
        held, _, kind = cookie.partition(";")
        part, _, signed = held.partition("=")
        set_now[part] = signed
    if not set_now:
        return
    said = signed_in_cookies(set_now, USER_COOKIE_NAME)
    seconds = int(said["exp"] - now) + KEPT_LONGER if is_live(said, now) else 0
    kind = MAX_AGE.sub(f"Max-Age={seconds}", kind)
    tokens = signed_in_cookies(set_now, TOKENS_COOKIE_NAME)
    needed = {name: tokens[name] for name in NEEDED_TOKENS if name in tokens}
    yield from _setting(USER_COOKIE_NAME, said, kind)
    yield from _setting(TOKENS_COOKIE_NAME, needed, kind)


def _setting(name: str, held: Mapping[str, object], kind: str) -> list[Header]:
    """The headers that set a signed cookie, spread over several where it is long; none for one that holds nothing."""
    secret = get_cookie_secret()
    headers: list[Header] = []

    def signed(part: str, value: str) -> bytes:
        return create_signed_value(secret, part, value)

    def sets(part: str, value: str) -> None:
        headers.append((SETTING, part.encode() + b"=" + signed(part, value) + b";" + kind.encode("latin-1")))

    if held:
        set_cookie_with_chunks(sets, signed, name, dict(held), cookie_attr_size=len(kind))
    return headers
