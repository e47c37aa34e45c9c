"""What passes over the websocket: the messages that the dashboard needs, and nothing more of the program than it must.

A browser sends few kinds of messages to the dashboard. Streamlit takes others too, from anybody: some empty its caches,
some write files beside the program. They are passed over here. What Streamlit tells every browser of the machine is
left out of its answers.
"""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from improvement_board.access.throttle import Throttle
from improvement_board.dashboard.streamlit_private import bare_answer, read_asked

log = logging.getLogger(__name__)
NEEDED = ("rerun_script", "stop_script")
LARGEST_ASKED = 250_000  # bytes: the choices of a page and its address take a few thousand
LARGEST_LOOKED_INTO = 4 * LARGEST_ASKED  # bytes: answers that are changed are small, but repeat what was asked
TOO_LARGE, NOT_A_MESSAGE, NO_TEXT = 1009, 1002, 1003
SAID = Throttle(10, 60)


class Messages:
    """Lets the messages pass that the dashboard needs; closes a websocket over which others come than Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def received() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                code = _closing_code(message)
                if code is not None:
                    await send({"type": "websocket.close", "code": code})
                    return {"type": "websocket.disconnect", "code": code}
                if _is_needed(message["bytes"]):
                    return message

        async def sent(message: Message) -> None:
            told = message.get("bytes") if message["type"] == "websocket.send" else None
            if told and len(told) <= LARGEST_LOOKED_INTO:
                message = {**message, "bytes": bare_answer(told)}
            await send(message)

        await self._app(scope, received, sent)


def _closing_code(message: Message) -> int | None:
    """Why a websocket is closed over a message; None for one that Streamlit can read."""
    asked = message.get("bytes")
    if asked is None:
        return NO_TEXT
    if len(asked) > LARGEST_ASKED:
        return TOO_LARGE
    return NOT_A_MESSAGE if read_asked(asked) is None else None


def _is_needed(asked: bytes) -> bool:
    message = read_asked(asked)
    if message is None:
        return False
    if message.kind in NEEDED:
        return True
    passed_over = SAID.admit(time.monotonic())
    if passed_over is not None:
        log.warning(
            "A message that the dashboard does not need is refused: %s (%d more before)", message.kind, passed_over
        )
    return False
