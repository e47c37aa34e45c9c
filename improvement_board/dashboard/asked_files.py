"""A file that a page gives to save, asked for at the page's own address by the parameter `save`.

It is given to whoever a run of the app would show that page, made of what the page shows, and noted as a download.
Whoever may not see the page gets what the app says there, or, of a chart's picture, nothing.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import PurePath
from urllib.parse import parse_qs, quote

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.access.doors import is_led_from_elsewhere, path_within
from improvement_board.access.record_filters import resolve_filters
from improvement_board.access.record_page import record_days, record_export
from improvement_board.dashboard.asked_pages import MOST_PARAMETERS, Asker, asked_page, record_reader
from improvement_board.dashboard.documents import document_for
from improvement_board.dashboard.noting import note_download, record
from improvement_board.document.saves import SAVE
from improvement_board.figures.download import CSV_SUFFIX, SVG_SUFFIX, Download
from improvement_board.page_models import Address
from improvement_board.page_models.controls import RECORD_PAGE

log = logging.getLogger(__name__)
NOT_THERE = "This page does not give that file. Go back, load the page anew and choose from what it gives.\n"
KINDS = {CSV_SUFFIX: "text/csv", SVG_SUFFIX: "image/svg+xml"}
NO_FILE = Download("", lambda: NOT_THERE)


class AskedFiles:
    """Answers requests for a page's files. `base` is the path that the dashboard is served under."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        key = _asked_key(scope)
        answer = await asyncio.to_thread(_answer, scope, path_within(scope, self._base), key) if key else None
        await (answer or self._app)(scope, receive, send)


def _asked_key(scope: Scope) -> str:
    """Which file a request asks for; empty where it asks for none. A link on a page elsewhere leads to the page."""
    if scope["type"] != "http" or scope["method"] != "GET" or is_led_from_elsewhere(scope):
        return ""
    try:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=MOST_PARAMETERS)
    except ValueError:  # more parameters than any page has
        return ""
    return str(asked.get(SAVE, [""])[0])


def _answer(scope: Scope, page: str, key: str) -> Response | None:
    """The file, or that there is none such on the page; None where the app is to say what there is to say."""
    try:
        given = _record_file(scope) if page == RECORD_PAGE else _page_file(scope, page, key)
    except Exception:
        log.exception("A file could not be made")
        return PlainTextResponse("The file could not be made. Please tell the council's analysts.\n", 500)
    if given is None and key.endswith(SVG_SUFFIX):  # of a link that saves whatever it is answered
        given = NO_FILE
    if given is None:
        return None
    if given is NO_FILE:
        return PlainTextResponse(given.text, 404)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(given.file_name, safe='')}",
        "Cache-Control": "no-store",
        "Vary": "Cookie",
    }
    return Response(given.text, media_type=KINDS[PurePath(given.file_name).suffix], headers=headers)


def _page_file(scope: Scope, page: str, key: str) -> Download | None:
    """A file of a page of figures; None for who may not see the page."""
    asked = asked_page(scope, page)
    if asked is None:
        return None
    document = document_for(asked.look, asked.own)
    for save in (*document.saves, *document.pictures.values()):
        if save.key == key:
            return _noted(save.download, asked, page, asked.look.address)
    return NO_FILE


def _record_file(scope: Scope) -> Download | None:
    """The entries of the access record that the address keeps; None for who may not read it."""
    asker = record_reader(scope)
    if asker is None:
        return None
    kept = record(asker.run.shelf)
    filters, _ = resolve_filters(asker.asked, record_days(asker.who, kept))
    return _noted(record_export(asker.who, kept, filters), asker, RECORD_PAGE, None)


def _noted(download: Download, asker: Asker, page: str, chosen: Address | None) -> Download:
    """A download that has been written, once it is noted who has it."""
    text = download.text
    asker.note_sign_in()
    note_download(asker.who, page, chosen, asker.asked, asker.run.shelf, download.file_name, text)
    return Download(download.file_name, lambda: text)
