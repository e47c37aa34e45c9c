"""Files that were made for a download: given to the person for whom they were made, while the sign-in holds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from improvement_board.access.doors import path_within
from improvement_board.access.session import sign_in_key
from improvement_board.common.streamlit_names import MEDIA
from improvement_board.dashboard.cookie import cookie_claims
from improvement_board.dashboard.messages import HANDED
from improvement_board.dashboard.sign_in import holds, how_served
from improvement_board.declared.home import default_home
from improvement_board.errors import InputError

log = logging.getLogger(__name__)


class OwnFiles:
    """Gives a file to whoever was told of it by their own session. Without sign-in there is nobody to tell apart."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        is_file = scope["type"] == "http" and path_within(scope, self._base).startswith(MEDIA)
        if is_file and not await asyncio.to_thread(_is_given, scope):
            await PlainTextResponse("Not available here.\n", 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_given(scope: Scope) -> bool:
    way = how_served(default_home()).way
    if way != "sign-in":
        return way in ("open", "insecure-local")
    said = cookie_claims(scope)
    return said is not None and HANDED.is_for(scope["path"], sign_in_key(said)) and _may_look(said)


def _may_look(said: Mapping[str, Any]) -> bool:
    try:
        return holds(said) is not None
    except (OSError, InputError) as error:
        log.error("A download is refused: %s", getattr(error, "strerror", None) or "access.toml cannot be read")
        return False
