"""The cookies of a sign-in as a browser keeps them: to a day after its expiry, with the token that sign-out needs.

Streamlit lets a browser keep them for 30 days, and puts the token into them that opens the provider's services to
whoever has it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from improvement_board.access.doors import path_within
from improvement_board.access.session import is_live
from improvement_board.common.streamlit_names import CALLBACK, USER_COOKIE
from improvement_board.dashboard.streamlit_private import TOKENS_COOKIE, read_signed_cookie, sign_cookie

SETTING = b"set-cookie"
NEEDED_TOKENS = ("id_token",)  # by which the provider knows, at sign-out, whom to sign out
KEPT_LONGER = 86_400  # seconds in which a new visit says that the sign-in has ended
OURS = re.compile(rf"({USER_COOKIE}|{TOKENS_COOKIE})(_\d+)?=[^;\"]")
MAX_AGE = re.compile(r"max-age=\d+", re.IGNORECASE)
HttpHeader = tuple[bytes, bytes]


class KeptCookies:
    """Sends a browser that signs in the cookies that are needed, to be kept for as long as they are of use."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or path_within(scope, self._base) != CALLBACK:
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(_kept(message.get("headers", []), time.time()))}
            await send(message)

        await self._app(scope, receive, sent)


def _kept(headers: Iterable[HttpHeader], now: float) -> Iterator[HttpHeader]:
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
    said = read_signed_cookie(set_now, USER_COOKIE)
    seconds = int(said["exp"] - now) + KEPT_LONGER if is_live(said, now) else 0
    kind = MAX_AGE.sub(f"Max-Age={seconds}", kind)
    tokens = read_signed_cookie(set_now, TOKENS_COOKIE)
    needed = {name: tokens[name] for name in NEEDED_TOKENS if name in tokens}
    yield from _setting(USER_COOKIE, said, kind)
    yield from _setting(TOKENS_COOKIE, needed, kind)


def _setting(name: str, held: Mapping[str, object], kind: str) -> list[HttpHeader]:
    """The headers that set a signed cookie, spread over several where it is long; none for one that holds nothing."""
    if not held:
        return []
    parts = sign_cookie(name, held, attribute_size=len(kind))
    return [(SETTING, part.encode() + b"=" + value + b";" + kind.encode("latin-1")) for part, value in parts]
