"""What passes over the websocket: the messages that the dashboard needs, and nothing more of the program than it must.

A browser sends few kinds of messages to the dashboard. Streamlit takes others too, from anybody: some empty its caches,
some write files beside the program. They are passed over here. What Streamlit tells every browser of the machine is
left out of its answers.
"""

from __future__ import annotations

import logging
import time
from contextvars import ContextVar

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from improvement_board.access.handed import Handed
from improvement_board.access.session import sign_in_key
from improvement_board.access.throttle import Throttle
from improvement_board.dashboard.cookie import cookie_claims

log = logging.getLogger(__name__)
NEEDED = ("rerun_script", "stop_script", "deferred_file")
LARGEST_ASKED = 250_000  # bytes: the choices of a page and its address take a few thousand
LARGEST_LOOKED_INTO = 4 * LARGEST_ASKED  # bytes: answers that are changed or noted are small, but repeat what was asked
TOO_LARGE, NOT_A_MESSAGE, NO_TEXT = 1009, 1002, 1003
SAID, HANDED = Throttle(10, 60), Handed(10_000)
ASKING: ContextVar[str | None] = ContextVar("the session that asks for a download", default=None)


class Messages:
    """Lets the messages pass that the dashboard needs; closes a websocket over which others come than Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        said = cookie_claims(scope)
        key = sign_in_key(said) if said else None

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
                message = {**message, "bytes": _told(told, key)}
            await send(message)

        await self._app(scope, received, sent)


def this_session() -> str | None:
    """The session whose page is drawn now; None outside the run of a page."""
    context = get_script_run_ctx()
    return context.session_id if context else None


def asking_session() -> str | None:
    """The session that asks for the download which is made now, as Streamlit has checked it."""
    return ASKING.get()


def _closing_code(message: Message) -> int | None:
    """Why a websocket is closed over a message; None for one that Streamlit can read."""
    asked = message.get("bytes")
    if asked is None:
        return NO_TEXT
    if len(asked) > LARGEST_ASKED:
        return TOO_LARGE
    try:
        BackMsg.FromString(asked)
    except DecodeError:
        return NOT_A_MESSAGE
    return None


def _is_needed(asked: bytes) -> bool:
    message = BackMsg.FromString(asked)
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        kind = message.backend_operation_request.WhichOneof("payload")
        ASKING.set(message.backend_operation_request.session_id)
    if kind in NEEDED:
        return True
    passed_over = SAID.admit(time.monotonic())
    if passed_over is not None:
        log.warning("A message that the dashboard does not need is refused: %s (%d more before)", kind, passed_over)
    return False


def _told(answer: bytes, key: str | None) -> bytes:
    """An answer of the server to a browser, without what is nobody's business; of a file that was made for the person
    of a sign-in it is noted for whom."""
    message = ForwardMsg.FromString(answer)
    kind = message.WhichOneof("type")
    if kind == "backend_operation_response" and key is not None:
        HANDED.note(message.backend_operation_response.deferred_file.url, key)
    if kind != "new_session":
        return answer
    begun = message.new_session.initialize
    message.new_session.ClearField("main_script_path")
    for field in ("recommend_skills_install", "skills_nudge_suppressed_reason"):
        begun.ClearField(field)
    for told in (begun.environment_info, begun.user_info):
        told.Clear()
        told.SetInParent()  # the browser reads what is in it, and finds nothing
    return bytes(message.SerializeToString())
