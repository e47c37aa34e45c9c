"""The first view: the server's first answer holds the page that was asked for, which can be read before the app starts.

It is shown to whoever a run of the app would show the page, by the same rules, and is what the run would draw: the same
document. Whatever is unusual (nobody signed in, a role that may not see the page, data with something wrong, a page
that takes long to make) is left to the app, which begins as it would without.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from improvement_board.access.compressed import takes_gzip
from improvement_board.access.doors import path_within
from improvement_board.common.streamlit_names import BODY, WINDOW_TITLE
from improvement_board.dashboard.asked_pages import AskedPage, asked_page
from improvement_board.dashboard.documents import bar_for, document_for
from improvement_board.dashboard.noting import note_first_view
from improvement_board.dashboard.plotly_script import plotly_address
from improvement_board.document.drawn_chart import chart_width, drawn_chart, live_script
from improvement_board.document.first_view import first_view
from improvement_board.document.frame import notice_block
from improvement_board.document.pages import html_parts
from improvement_board.document.sign_in import insecure_notice, person_block

log = logging.getLogger(__name__)
PATIENCE = 8  # seconds that a page may take to make: the run of an app that began without it would wait for it too
LEVEL = 5
NOT_PASSED_ON = (b"accept-encoding", b"if-none-match", b"if-modified-since")  # the app's page is wanted whole


@dataclass(frozen=True)
class Shown:
    """A page ready to be sent: the window's title, the HTML, and what notes that it was looked at."""

    title: str
    html: str
    note: Callable[[], None]


class FirstView:
    """Puts the page into the answer to a browser that opens an address of the app. `base` is the path that it is served
    under."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        shown = await _in_time(scope, path_within(scope, self._base)) if _opens_a_page(scope) else None
        if shown is None:
            await self._app(scope, receive, send)
            return
        await asyncio.to_thread(shown.note)
        plain = [(name, value) for name, value in scope["headers"] if name not in NOT_PASSED_ON]
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self._app({**scope, "headers": plain}, receive, keep)
        for message in _with_view(sent, shown, packed=takes_gzip(scope)):
            await send(message)


def _opens_a_page(scope: Scope) -> bool:
    accepts = b",".join(value for name, value in scope.get("headers", []) if name == b"accept")
    return scope["type"] == "http" and scope["method"] == "GET" and b"text/html" in accepts


async def _in_time(scope: Scope, page: str) -> Shown | None:
    """The page, or None where it takes longer than a browser should wait for a first answer."""
    try:
        return await asyncio.wait_for(asyncio.shield(asyncio.to_thread(_shown, scope, page)), PATIENCE)
    except TimeoutError:
        return None
    except Exception:
        log.exception("A first view could not be made; the app begins without it")
        return None


def _shown(scope: Scope, page: str) -> Shown | None:
    """The page that an address asks for, for whoever asks; None where the app is to say what there is to say."""
    asked = asked_page(scope, page)
    if asked is None or asked.look.passed_over or asked.look.plan_problems():
        return None
    connection = HTTPConnection(scope)
    width = chart_width(connection.cookies, connection.headers.get("user-agent", ""))
    title, parts = asked.kept("first view", lambda: _page_parts(asked, width), width)

    def note() -> None:
        asked.note_sign_in()
        note_first_view(asked.who, page, asked.look.address, asked.asked, asked.run.shelf)

    return Shown(title, first_view([*_above(asked), *parts], live_script(plotly_address())), note)


def _page_parts(asked: AskedPage, width: int) -> tuple[str, tuple[Markup, ...]]:
    """The title and the parts of a page."""
    document = document_for(asked.look, asked.own)
    return document.window_title, html_parts(document, width, drawn_chart)


def _above(asked: AskedPage) -> list[Markup]:
    """What stands above the title: that there is no sign-in where there should be, the frame, who is signed in,
    notices."""
    viewer = asked.look.viewer
    bar = bar_for(asked.look, asked.own, with_role=asked.may_choose_role, is_refused=False)
    person = [] if asked.may_choose_role else [person_block(viewer.name, viewer.role, is_auditor=viewer.is_auditor)]
    insecure = [notice_block(insecure_notice())] if asked.way == "insecure-local" else []
    return [*insecure, bar, *person, *map(notice_block, asked.look.notices)]


def _with_view(sent: list[Message], shown: Shown, *, packed: bool) -> list[Message]:
    """The app's answer with the page in it; as it was where it is no page."""
    start, body = sent[0], b"".join(message.get("body", b"") for message in sent[1:])
    if start["status"] != 200 or body.count(BODY) != 1:
        return sent
    title = WINDOW_TITLE.replace(b"Streamlit", escape(shown.title).encode())
    whole = body.replace(WINDOW_TITLE, title).replace(BODY, BODY + shown.html.encode())
    if packed:
        whole = gzip.compress(whole, LEVEL, mtime=0)
    own = (b"content-length", b"content-encoding", b"cache-control", b"vary", b"etag", b"last-modified")
    headers = [(name, value) for name, value in start["headers"] if name.lower() not in own]
    headers += [
        (b"content-length", str(len(whole)).encode()),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept-Encoding, Cookie"),
        *([(b"content-encoding", b"gzip")] if packed else []),
    ]
    return [{**start, "headers": headers}, {"type": "http.response.body", "body": whole}]
