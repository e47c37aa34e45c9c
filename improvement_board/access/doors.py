"""What of the server is open: the addresses that the dashboard needs, to be read, by its own names, from its own pages.

Everything else that Streamlit would answer (uploads, metrics, components, an interface for agents) is closed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.access.addresses import Addresses
from improvement_board.access.throttle import Throttle
from improvement_board.common.streamlit_names import (
    APP_STATIC,
    COMPONENT,
    HEALTH,
    HOST_CONFIG,
    INNER,
    LOGIN,
    LOGOUT,
    MEDIA,
    PROGRAM,
    STREAM,
)

log = logging.getLogger(__name__)
READING = ("GET", "HEAD")
OPEN_INNER = {"http": (HEALTH, HOST_CONFIG), "websocket": (STREAM,)}
CLOSED = (COMPONENT, APP_STATIC, MEDIA)
NOT_TO_BE_LED_TO = tuple(address.partition("/")[0] for address in (LOGIN, LOGOUT, PROGRAM, INNER))
FROM_ELSEWHERE = (b"cross-site", b"same-site")
CLOSING_CODE = 1008
SAID = Throttle(10, 60)


class Doors:
    """Refuses what the dashboard does not need, before anything else sees it. `base` is the path that it is served
    under; `addresses` are asked anew each time, as a home may come to be served another way."""

    def __init__(self, app: ASGIApp, addresses: Callable[[], Addresses], base: str = "") -> None:
        self._app, self._addresses, self._base = app, addresses, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a websocket."""
        if scope["type"] == "http":
            status = self._refusal(scope)
            if status is not None:
                await _refuse(status, scope["method"], send)
                return
        elif scope["type"] == "websocket":
            if not self._admits(scope):
                await send({"type": "websocket.close", "code": CLOSING_CODE})
                return
            scope = _as_of_one_origin(scope)
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> int | None:
        """The status to refuse a request with; None where it is answered."""
        path = path_within(scope, self._base)
        if not _is_open(path, "http"):
            return 404
        if scope["method"] not in READING:
            return 405
        if path.startswith(PROGRAM):
            return None
        addresses, host = self._addresses(), _header(scope, b"host")
        is_monitor = path == HEALTH and bool(addresses.names)  # which may ask by any name whether the server lives
        if not addresses.answers(host) and not is_monitor:
            _say("A request by a name that is not the dashboard's is refused", host)
            return 421
        origin = _header(scope, b"origin")
        if origin is not None and not addresses.is_own(origin, host):
            _say("A request of a page elsewhere is refused", origin)
            return 403
        return 403 if _is_led_here(scope, path) else None

    def _admits(self, scope: Scope) -> bool:
        origin, host = _header(scope, b"origin"), _header(scope, b"host")
        if not _is_open(path_within(scope, self._base), "websocket"):
            return False
        addresses = self._addresses()
        if addresses.is_own(origin, host) or (origin is None and addresses.answers(host)):
            return True  # a browser always says which page asks; Streamlit takes no cookie from what says none
        _say("A websocket of a page elsewhere, or by another name, is refused", f"{origin} at {host}")
        return False


def path_within(scope: Scope, base: str) -> str:
    """The path of a request within the dashboard that is served under the path `base`, without slashes around."""
    path: str = scope["path"].strip("/")
    base = base.strip("/")
    return path[len(base) :].strip("/") if base and f"{path}/".startswith(f"{base}/") else path


def is_led_from_elsewhere(scope: Scope) -> bool:
    """Whether a browser says that a page elsewhere makes it ask."""
    return (_header(scope, b"sec-fetch-site") or "").encode("latin-1") in FROM_ELSEWHERE


def _is_open(path: str, kind: str) -> bool:
    if INNER in path.split("/"):
        return path in OPEN_INNER[kind]
    return kind == "http" and not any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED)


def _is_led_here(scope: Scope, path: str) -> bool:
    """Whether a page elsewhere asks for something other than a page to look at: a link leads people to pages alone."""
    if not is_led_from_elsewhere(scope):
        return False
    is_link = _header(scope, b"sec-fetch-mode") == "navigate" and _header(scope, b"sec-fetch-dest") == "document"
    return not is_link or path.split("/", maxsplit=1)[0] in NOT_TO_BE_LED_TO


def _as_of_one_origin(scope: Scope) -> Scope:
    """A websocket that was found to be of the dashboard's own page, with the name that the page was asked by.

    Where a proxy asks by another name, Streamlit would ask hosts on the internet for this server's own address.
    """
    origin = _header(scope, b"origin")
    if origin is None:
        return scope
    host = origin.partition("://")[2].encode("latin-1")
    headers = [(name, host if name == b"host" else value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


def _header(scope: Scope, asked: bytes) -> str | None:
    """A header that may be there once; one that is there twice is none that can be trusted, and reads as empty."""
    values = [value for name, value in scope["headers"] if name == asked]
    if not values:
        return None
    return str(values[0].decode("latin-1")) if len(values) == 1 else ""


async def _refuse(status: int, method: str, send: Send) -> None:
    body = b"Not available here.\n" if method != "HEAD" else b""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _say(what: str, asked: str | None) -> None:
    """Say in the log what was refused; anybody can cause it, so no more than ten times a minute."""
    passed_over = SAID.admit(time.monotonic())
    if passed_over is not None:
        log.warning("%s: %.100r (%d more before)", what, asked, passed_over)
