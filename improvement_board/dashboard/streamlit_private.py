"""All that leans on Streamlit's private parts, which a new version may change without a word.

Names alone stand in `common/streamlit_names.py`. `tests/test_streamlit_private.py` has a test for each, which fails
when Streamlit changes: look here first after an update.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks, set_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME

from improvement_board.common.streamlit_names import PAGE_FILE, PROGRAM_FOLDER

TOKENS_COOKIE = str(TOKENS_COOKIE_NAME)  # signed: the tokens that open the provider's services
PACKAGE = Path(st.__file__).parent


@dataclass(frozen=True)
class Asked:
    """A message of a browser, by its kind."""

    kind: str | None


def declare_pages() -> None:
    """Tell Streamlit before the first visit that app.py declares the pages.

    It would take pages/ for all the pages there are until app.py has run once, and run a page's file without it.
    """
    PagesManager.uses_pages_directory = False


def is_set_by_hand(option: str) -> bool:
    """Whether an option has another value than Streamlit's own because somebody set it."""
    return bool(config.is_manually_set(option))


def add_secrets_file(file: Path) -> list[str]:
    """Let Streamlit look for secrets in a file too, after where it looks by itself. Gives all that it looks in."""
    files = [*config.get_option("secrets.files"), str(file)]
    config.set_option("secrets.files", files)
    return files


def read_signed_cookie(cookies: Mapping[str, str], name: str) -> Mapping[str, Any]:
    """What a cookie that this server signed holds, which may be spread over several; nothing in any other."""
    secret = get_cookie_secret()

    def signed(part: str) -> bytes | None:
        value = cookies.get(part)
        return decode_signed_value(secret, part, value.encode("latin-1", "replace")) if value else None

    try:
        held = json.loads(get_cookie_with_chunks(signed, name) or b"null")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def sign_cookie(name: str, held: Mapping[str, object], attribute_size: int) -> list[tuple[str, bytes]]:
    """The names and signed values of a cookie, spread over several where it is long.

    `attribute_size`: how many characters a browser is told of each besides.
    """
    secret = get_cookie_secret()
    parts: list[tuple[str, bytes]] = []

    def signed(part: str, value: str) -> bytes:
        return create_signed_value(secret, part, value)

    def sets(part: str, value: str) -> None:
        parts.append((part, signed(part, value)))

    set_cookie_with_chunks(sets, signed, name, dict(held), cookie_attr_size=attribute_size)
    return parts


def read_asked(message: bytes) -> Asked | None:
    """A message of a browser to the server; None for what is none."""
    try:
        asked = BackMsg.FromString(message)
    except DecodeError:
        return None
    return Asked(asked.WhichOneof("type"))


def bare_answer(answer: bytes) -> bytes:
    """An answer of the server to a browser, without what it tells of program and machine."""
    message = ForwardMsg.FromString(answer)
    if message.WhichOneof("type") != "new_session":
        return answer
    begun = message.new_session.initialize
    message.new_session.ClearField("main_script_path")
    for field in ("recommend_skills_install", "skills_nudge_suppressed_reason"):
        begun.ClearField(field)
    for told in (begun.environment_info, begun.user_info):
        told.Clear()
        told.SetInParent()  # the browser reads what is in it, and finds nothing
    return bytes(message.SerializeToString())


def page_text() -> str:
    """The page that every visit begins with, with the scripts that stand in it."""
    return (PACKAGE / PAGE_FILE).read_text(encoding="utf-8")


def program_folder() -> Path:
    """The folder of the scripts and styles that browsers are sent."""
    return PACKAGE / PROGRAM_FOLDER
