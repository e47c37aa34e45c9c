"""The live figure of a chart, asked for by itself once somebody points at its drawing.

A request for a page's own address that names one of its charts is answered with the figure that the chart was drawn
from, to whoever a run of the app would show that page, and noted as a look at it. Anything else is not found, whatever
the reason.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import logging

from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.access.compressed import takes_gzip
from improvement_board.access.doors import path_within
from improvement_board.charts.live import live_figure
from improvement_board.dashboard.asked_pages import AskedPage, asked_page
from improvement_board.dashboard.documents import document_for
from improvement_board.dashboard.noting import note_figure
from improvement_board.document.drawn_chart import CHART_HEADER, Chart
from improvement_board.document.pages import charts_of

log = logging.getLogger(__name__)
LEVEL = 5


class LiveFigures:
    """Answers requests that name a chart. `base` is the path that the dashboard is served under."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        names = _chart_names(scope) if scope["type"] == "http" and scope["method"] == "GET" else []
        if not names:
            await self._app(scope, receive, send)
            return
        body = await asyncio.to_thread(_figure, scope, path_within(scope, self._base), names)
        headers = [(b"cache-control", b"no-store"), (b"vary", b"Accept-Encoding, Cookie, " + CHART_HEADER.encode())]
        if body and takes_gzip(scope):
            body = gzip.compress(body, LEVEL, mtime=0)
            headers.append((b"content-encoding", b"gzip"))
        headers += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200 if body else 404, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _chart_names(scope: Scope) -> list[str]:
    """The charts that a request names: one, of a browser."""
    return [value.decode("latin-1") for name, value in scope["headers"] if name == CHART_HEADER.lower().encode()]


def _figure(scope: Scope, page: str, names: list[str]) -> bytes:
    """The figure of the one chart that is named, as JSON; nothing where there is none for whoever asks."""
    try:
        asked = asked_page(scope, page)
        chart = _find_chart(asked, names[0]) if asked is not None and len(names) == 1 else None
        if asked is None or chart is None:
            return b""
        asked.note_sign_in()
        note_figure(asked.who, page, asked.look.address, asked.asked, asked.run.shelf)
        return json.dumps(live_figure(chart.figure), separators=(",", ":")).encode()
    except Exception:
        log.exception("A live figure could not be made; its drawing stands")
        return b""


def _find_chart(asked: AskedPage, name: str) -> Chart | None:
    """The chart of a page that is asked for by a name."""
    return next((chart for chart in charts_of(document_for(asked.look, asked.own)) if chart.name == name), None)
