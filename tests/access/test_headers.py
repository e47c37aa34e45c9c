"""The security headers are on every answer, and sign-ins that fail are told of."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from improvement_board.access.callback import FailedSignIns
from improvement_board.access.headers import SecurityHeaders, content_security_policy, script_hash

Headers = list[tuple[bytes, bytes]]


class Answering:
    """An app that answers every request with given headers."""

    def __init__(self, headers: Headers) -> None:
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"as it was"})


def answer(app: Any, path: str = "/", query: bytes = b"", *, kind: str = "http", **asked: Any) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "query_string": query, "headers": [], "scheme": "http", **asked}
    asyncio.run(app(scope, receive, send))
    return sent


def headers_of(given: Headers, path: str = "/", **asked: Any) -> dict[bytes, bytes]:
    start, body = answer(SecurityHeaders(Answering(given)), path, **asked)
    assert body["body"] == b"as it was"
    assert len({name for name, _ in start["headers"]}) == len(start["headers"])
    return dict(start["headers"])


def test_every_answer_has_the_headers_and_keeps_its_own() -> None:
    answer_headers = headers_of([(b"content-type", b"text/html"), (b"X-Frame-Options", b"SAMEORIGIN")])
    assert answer_headers[b"content-type"] == b"text/html"
    assert answer_headers[b"x-frame-options"] == b"DENY"
    assert answer_headers[b"x-content-type-options"] == b"nosniff"
    assert b"frame-ancestors 'none'" in answer_headers[b"content-security-policy"]
    assert b"strict-transport-security" not in answer_headers


@pytest.mark.parametrize("asked", [{"scheme": "https"}, {"headers": [(b"x-forwarded-proto", b"HTTPS")]}])
def test_over_tls_the_browser_is_told_to_stay_there(asked: dict[str, Any]) -> None:
    answer_headers = headers_of([(b"set-cookie", b"a=b; Path=/")], **asked)
    assert answer_headers[b"strict-transport-security"] == b"max-age=31536000"
    assert answer_headers[b"set-cookie"] == b"a=b; Path=/; Secure"
    assert headers_of([(b"set-cookie", b"a=b; secure")], **asked)[b"set-cookie"] == b"a=b; secure"
    assert headers_of([(b"set-cookie", b"a=b")])[b"set-cookie"] == b"a=b"


def test_only_the_scripts_given_may_stand_in_a_page() -> None:
    policy = dict(rule.split(" ", 1) for rule in content_security_policy(["go()"]).split("; "))
    assert policy["script-src"] == f"'self' {script_hash('go()')}"
    assert script_hash("go()") != script_hash("go() ")
    assert not any(
        "unsafe" in value or "http" in value or "*" in value for name, value in policy.items() if name != "style-src"
    )


def test_what_is_no_request_passes() -> None:
    sent = answer(SecurityHeaders(Answering([])), kind="websocket")
    assert sent[0]["headers"] == []


@pytest.mark.parametrize(
    ("path", "query", "cookies", "told"),
    [
        ("/oauth2callback", b"state=x&error=access_denied", [], 1),
        ("/oauth2callback", b"error=access_denied", [], 1),
        ("/board/oauth2callback", b"code=x&state=y", [b'_streamlit_user=""; Max-Age=0'], 1),
        ("/oauth2callback", b"code=x&state=y", [b"_streamlit_user_tokens=abc"], 1),
        ("/oauth2callback", b"code=x&state=y", [b"_streamlit_user_tokens=a", b"_streamlit_user=abc; Path=/"], 0),
        ("/oauth2callback", b"", [], 0),
        ("/team", b"state=x", [], 0),
    ],
)
def test_failed_sign_ins_are_told_of(path: str, query: bytes, cookies: list[bytes], told: int) -> None:
    calls: list[None] = []
    app = FailedSignIns(Answering([(b"set-cookie", cookie) for cookie in cookies]), lambda: calls.append(None))
    assert len(answer(app, path, query)) == 2
    assert len(calls) == told
