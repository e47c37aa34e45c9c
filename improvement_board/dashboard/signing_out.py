"""The way out by its address: it ends the sign-in at the server, not in one browser alone."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.access.doors import path_within
from improvement_board.common.streamlit_names import LOGOUT
from improvement_board.dashboard.cookie import cookie_claims
from improvement_board.dashboard.sign_in import end_sign_in


class SigningOut:
    """Ends the sign-in of whoever asks for the way out, however they came to it."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and path_within(scope, self._base) == LOGOUT:
            said = cookie_claims(scope)
            if said is not None:
                await asyncio.to_thread(end_sign_in, said)
        await self._app(scope, receive, send)
