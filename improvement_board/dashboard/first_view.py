"""The first view: the server's first answer holds the page that was asked for, which can be read before the app starts.

It is shown to whoever a run of the app would show the page, by the same rules, and is what the run would draw: the same
document. Whatever is unusual (nobody signed in, a role that may not see the page, data with something wrong, a page
that takes long to make) is left to the app, which begins as it would without.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from improvement_board.access.compressed import takes_gzip
from improvement_board.access.doors import path_within
from improvement_board.access.session import sign_in_key
from improvement_board.access.viewer import Viewer
from improvement_board.common.streamlit_names import BODY, WINDOW_TITLE
from improvement_board.dashboard.controls import look_of, own_parameters
from improvement_board.dashboard.cookie import cookie_claims
from improvement_board.dashboard.noting import note_first_view, record_sign_in
from improvement_board.dashboard.run import board_of
from improvement_board.dashboard.sign_in import holds, how_served
from improvement_board.declared.home import default_home
from improvement_board.document.bar import page_bar
from improvement_board.document.first_view import PHONE_WIDTH, USUAL_WIDTH, drawn_parts, first_view
from improvement_board.document.frame import notice_block
from improvement_board.document.pages import document_of
from improvement_board.document.sign_in import person_block
from improvement_board.errors import InputError
from improvement_board.page_models import Look, NoEditionError, Run
from improvement_board.page_models.controls import RECORD_PAGE, page_places

log = logging.getLogger(__name__)
PATIENCE = 8  # seconds that a page may take to make: the run of an app that began without it would wait for it too
WIDTH_COOKIE, WIDTHS = "ib-width", range(240, 3841)  # pixels
LEVEL, MOST_PARAMETERS = 5, 50
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
    home = default_home()
    run = Run(board_of(str(home.folder)))
    way = how_served(home, lambda: run.shelf).way
    said = cookie_claims(scope) if way == "sign-in" else None
    try:
        viewer = _viewer(said, way)
        if viewer is None or not viewer.sees_figures:
            return None
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=MOST_PARAMETERS))
        who, look = look_of(run, viewer, asked, with_role=way == "open")
    except (InputError, NoEditionError, OSError, ValueError):  # ValueError: more parameters than any page has
        return None
    if look is None or look.passed_over or look.plan_problems():
        return None
    look = look.on(page)
    if page not in {place.address for place in page_places(look) if place.is_shown and place.address != RECORD_PAGE}:
        return None
    title, parts = _page_parts(look, own_parameters(asked), chart_width(scope))
    html = first_view([*_above(look, asked, with_role=way == "open"), *parts])

    def note() -> None:
        if said is not None:
            record_sign_in(who, sign_in_key(said), run.shelf)
        note_first_view(who, page, look.address, asked, run.shelf)

    return Shown(title, html, note)


def _page_parts(look: Look, own: Mapping[str, str], width: int) -> tuple[str, tuple[Markup, ...]]:
    """The title and the parts of a page, made once for all who may see the same."""

    def make() -> tuple[str, tuple[Markup, ...]]:
        document = document_of(look, own)
        return f"{document.title} – {document.frame.council} Improvement Board", drawn_parts(document, width)

    if look.page == "indicator" and look.viewer.scope.sees_workers:  # whose names are read anew each time
        return make()
    return look.kept("first view", (look.page, look.address, tuple(sorted(own.items())), width), make)


def _viewer(said: Mapping[str, Any] | None, way: str) -> Viewer | None:
    """Who asks, as a run of the app would find out; nobody where a home is served in any other way."""
    if way == "open":
        return Viewer()
    return holds(said) if said is not None else None


def _above(look: Look, asked: Mapping[str, str], *, with_role: bool) -> list[Markup]:
    """What stands above the title: the frame, who is signed in, notices."""
    viewer = look.viewer
    person = [] if with_role else [person_block(viewer.name, viewer.role, is_auditor=viewer.is_auditor)]
    bar = page_bar(look, own_parameters(asked), with_role=with_role)
    return [bar, *person, *map(notice_block, look.notices)]


def chart_width(scope: Scope) -> int:
    """How wide a chart is on the screen of whoever asks: as the dashboard noted at their last visit, else a guess."""
    connection = HTTPConnection(scope)
    noted = connection.cookies.get(WIDTH_COOKIE, "")
    if noted.isascii() and noted.isdigit() and len(noted) < 5 and int(noted) in WIDTHS:
        return int(noted)
    return PHONE_WIDTH if "Mobile" in connection.headers.get("user-agent", "") else USUAL_WIDTH


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
