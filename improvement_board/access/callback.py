"""Sign-ins that failed: the way back from the identity provider that ended without anybody being signed in."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from improvement_board.common.streamlit_names import CALLBACK, USER_COOKIE

NAMES_A_PERSON = f"{USER_COOKIE}=".encode()
OF_A_SIGN_IN = (b"state=", b"error=")


class FailedSignIns:
    """Tells of every way back from the identity provider after which nobody is signed in.

    The way back from a sign-out has neither `state` nor `error` and is no sign-in.
    """

    def __init__(self, app: ASGIApp, tell: Callable[[], None]) -> None:
        self._app, self._tell = app, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or not _ends_a_sign_in(scope):
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and not _signs_in(message):
                self._tell()
            await send(message)

        await self._app(scope, receive, sent)


def _ends_a_sign_in(scope: Scope) -> bool:
    return scope["path"].endswith(f"/{CALLBACK}") and any(
        parameter in scope["query_string"] for parameter in OF_A_SIGN_IN
    )


def _signs_in(message: Message) -> bool:
    """Whether an answer gives the browser a cookie that names a person."""
    cookies = [value for name, value in message.get("headers", []) if name.lower() == b"set-cookie"]
    named = [value[len(NAMES_A_PERSON) :] for value in cookies if value.startswith(NAMES_A_PERSON)]
    return any(value and not value.startswith((b'""', b";")) for value in named)
