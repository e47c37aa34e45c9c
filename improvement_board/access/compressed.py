"""Scripts and styles, sent compressed: Streamlit's own, which it sends as they are, and Plotly's.

Each is compressed when first asked for and kept; its name holds a hash of what it is, or its version, so that a browser
may keep it too.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.access.doors import READING, path_within
from improvement_board.common.streamlit_names import PROGRAM

TYPES = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
LEVEL = 6  # the next ones take twice as long for a hundredth
LEAST_BYTES = 1_000


class CompressedFiles:
    """Answers for the scripts and styles in a folder, where the browser takes gzip, and leaves all else to the app.

    `more` are files that the app does not have, by their addresses: they are compressed when the server starts, and
    sent to any browser. `base` is the path that the dashboard is served under.
    """

    def __init__(self, app: ASGIApp, folder: Path, more: Mapping[str, Path] | None = None, base: str = "") -> None:
        self._app, self._more, self._base = app, more or {}, base
        self._files = {
            f"{PROGRAM}{file.relative_to(folder).as_posix()}": file
            for file in sorted(folder.rglob("*"))
            if file.suffix in TYPES and file.is_file() and file.stat().st_size >= LEAST_BYTES
        } | dict(self._more)
        self._packed: dict[str, asyncio.Future[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "lifespan":  # the server starts
            for path in self._more:
                self._pack_once(path)
        path = path_within(scope, self._base) if scope["type"] == "http" else ""
        packed = path in self._files and takes_gzip(scope)
        if not packed and (path not in self._more or scope["method"] not in READING):
            await self._app(scope, receive, send)
            return
        body = await self._compressed(path) if packed else await asyncio.to_thread(self._more[path].read_bytes)
        headers = [
            (b"content-type", TYPES[PurePosixPath(path).suffix]),
            *([(b"content-encoding", b"gzip")] if packed else []),
            (b"content-length", str(len(body)).encode()),
            (b"vary", b"Accept-Encoding"),
            (b"cache-control", b"public, immutable, max-age=31536000"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})

    async def _compressed(self, path: str) -> bytes:
        """The file, compressed once, however many ask for it at a time."""
        try:
            return await asyncio.shield(self._pack_once(path))
        except OSError:
            del self._packed[path]
            raise

    def _pack_once(self, path: str) -> asyncio.Future[bytes]:
        if path not in self._packed:
            self._packed[path] = asyncio.ensure_future(asyncio.to_thread(_pack, self._files[path]))
        return self._packed[path]


def _pack(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), LEVEL, mtime=0)


def takes_gzip(scope: Scope) -> bool:
    """Whether a request is for a whole file that may come as gzip."""
    asked = {name.lower(): value.decode("latin-1").lower() for name, value in scope["headers"]}
    offers = (offer.replace(" ", "").split(";") for offer in asked.get(b"accept-encoding", "").split(","))
    takes = any(offer[0] == "gzip" and "q=0" not in offer[1:] for offer in offers)
    return takes and scope["method"] in READING and b"range" not in asked
