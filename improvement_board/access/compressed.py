"""Streamlit's own scripts and styles, sent compressed: 7.6 MB of them stand between a visitor and the first chart.

Streamlit sends them as they are. Each is compressed when first asked for and kept; its name holds a hash of what it is,
so that a browser may keep it too.
"""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path, PurePosixPath

from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.common.streamlit_names import PROGRAM

TYPES = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
LEVEL = 6  # the next ones take twice as long for a hundredth
LEAST_BYTES = 1_000


class CompressedFiles:
    """Answers for the scripts and styles in a folder, where the browser takes gzip; leaves all else to the app."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._files = {
            f"/{PROGRAM}{file.relative_to(folder).as_posix()}": file
            for file in sorted(folder.rglob("*"))
            if file.suffix in TYPES and file.is_file() and file.stat().st_size >= LEAST_BYTES
        }
        self._packed: dict[str, asyncio.Future[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in self._files or not takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        body = await self._compressed(path)
        headers = [
            (b"content-type", TYPES[PurePosixPath(path).suffix]),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            (b"vary", b"Accept-Encoding"),
            (b"cache-control", b"public, immutable, max-age=31536000"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})

    async def _compressed(self, path: str) -> bytes:
        """The file, compressed once, however many ask for it at a time."""
        if path not in self._packed:
            self._packed[path] = asyncio.ensure_future(asyncio.to_thread(_pack, self._files[path]))
        try:
            return await asyncio.shield(self._packed[path])
        except OSError:
            del self._packed[path]
            raise


def _pack(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), LEVEL, mtime=0)


def takes_gzip(scope: Scope) -> bool:
    """Whether a request is for a whole file that may come as gzip."""
    asked = {name.lower(): value.decode("latin-1").lower() for name, value in scope["headers"]}
    offers = (offer.replace(" ", "").split(";") for offer in asked.get(b"accept-encoding", "").split(","))
    takes = any(offer[0] == "gzip" and "q=0" not in offer[1:] for offer in offers)
    return takes and scope["method"] in ("GET", "HEAD") and b"range" not in asked
