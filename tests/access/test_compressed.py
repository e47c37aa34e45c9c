"""Scripts and styles are sent compressed to browsers that take it, and everything else is left alone."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from improvement_board.access.compressed import CompressedFiles

SCRIPT = b"const charts = 1;\n" * 500
GZIP = [(b"Accept-Encoding", b"gzip, deflate, br")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files as Streamlit has them, and one beside them."""
    made = tmp_path / "static"
    (made / "js").mkdir(parents=True)
    (made / "js" / "index.a1b2.js").write_bytes(SCRIPT)
    (made / "js" / "tiny.js").write_bytes(b"1")
    (made / "style.css").write_bytes(b"a { color: red }\n" * 100)
    (made / "font.woff2").write_bytes(b"font" * 1000)
    (tmp_path / "secrets.js").write_bytes(b"secret" * 1000)
    return made


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind."""
    await send({"type": "http.response.start", "status": 299, "headers": []})


def asked(folder: Path, *paths: str, headers: Any = GZIP, method: str = "GET", kind: str = "http") -> list[Message]:
    """What is sent for requests that come at once."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def all_of_them() -> None:
        files = CompressedFiles(app, folder, {"static/more.min.js": folder.parent / "secrets.js"}, "/board")
        scopes = [{"type": kind, "path": path, "method": method, "headers": list(headers)} for path in paths]
        await asyncio.gather(*(files(scope, receive, send) for scope in scopes))

    asyncio.run(all_of_them())
    return sent


@pytest.mark.parametrize(
    ("path", "kind"), [("/static/js/index.a1b2.js", b"text/javascript"), ("/static/style.css", b"text/css")]
)
def test_a_file_is_sent_whole_and_smaller(folder: Path, path: str, kind: bytes) -> None:
    start, body = asked(folder, path)
    headers = dict(start["headers"])
    assert start["status"] == 200
    assert gzip.decompress(body["body"]) == (folder / path.removeprefix("/static/")).read_bytes()
    assert int(headers[b"content-length"]) == len(body["body"]) < len(SCRIPT) / 5
    assert headers[b"content-type"].startswith(kind)
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"vary"] == b"Accept-Encoding"
    assert b"immutable" in headers[b"cache-control"]


def test_a_request_for_the_head_alone_gets_it(folder: Path) -> None:
    start, body = asked(folder, "/static/js/index.a1b2.js", method="HEAD")
    assert (int(dict(start["headers"])[b"content-length"]) > 0, body["body"]) == (True, b"")


def test_it_is_compressed_once_for_all_who_ask_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[Path] = []
    monkeypatch.setattr(
        "improvement_board.access.compressed._pack", lambda file: packed.append(file) or file.read_bytes()
    )
    assert len(asked(folder, *["/static/js/index.a1b2.js"] * 5)) == 10
    assert packed == [folder / "js" / "index.a1b2.js"]


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("/static/js/tiny.js", {}),
        ("/static/font.woff2", {}),
        ("/static/js/other.js", {}),
        ("/static/../secrets.js", {}),
        ("/static/js/../../secrets.js", {}),
        ("/secrets.js", {}),
        ("/", {}),
        ("/static/js/index.a1b2.js", {"headers": []}),
        ("/static/js/index.a1b2.js", {"headers": [(b"accept-encoding", b"gzip;q=0, br")]}),
        ("/static/js/index.a1b2.js", {"headers": [*GZIP, (b"range", b"bytes=0-9")]}),
        ("/static/js/index.a1b2.js", {"method": "POST"}),
        ("/static/js/index.a1b2.js", {"kind": "websocket"}),
    ],
)
def test_all_else_is_left_to_the_app(folder: Path, path: str, changes: dict[str, Any]) -> None:
    (start,) = asked(folder, path, **changes)
    assert start["status"] == 299


@pytest.mark.parametrize("path", ["/static/more.min.js", "/board/static/more.min.js"])
def test_a_file_that_the_app_does_not_have_is_sent_to_any_browser(folder: Path, path: str) -> None:
    start, body = asked(folder, path)
    assert gzip.decompress(body["body"]) == b"secret" * 1000
    start, body = asked(folder, path, headers=[])
    assert body["body"] == b"secret" * 1000
    assert b"content-encoding" not in dict(start["headers"])
    start, body = asked(folder, path, headers=[], method="HEAD")
    assert (int(dict(start["headers"])[b"content-length"]), body["body"]) == (6000, b"")
    (start,) = asked(folder, path, method="POST")
    assert start["status"] == 299


def test_a_file_that_the_app_does_not_have_is_compressed_when_the_server_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[Path] = []
    monkeypatch.setattr("improvement_board.access.compressed._pack", packed.append)
    asked(folder, "", kind="lifespan")
    assert packed == [folder.parent / "secrets.js"]


def test_files_are_found_under_the_path_that_the_dashboard_is_served_under(folder: Path) -> None:
    start, _ = asked(folder, "/board/static/style.css")
    assert dict(start["headers"])[b"content-encoding"] == b"gzip"
