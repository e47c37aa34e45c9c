"""What the dashboard leans on of Streamlit's private parts is still as it was: each test is of one name or part."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.starlette import (
    starlette_auth_routes,
    starlette_routes,
    starlette_server_config,
    starlette_websocket,
)

from improvement_board.common import streamlit_names as names
from improvement_board.dashboard import messages, streamlit_private
from improvement_board.document import assets
from improvement_board.document.drawn_chart import live_script
from improvement_board.document.first_view import leaving_script

PACKAGE = Path(st.__file__).parent
REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def program() -> str:
    """All scripts that a browser is sent."""
    files = sorted(streamlit_private.program_folder().rglob("*.js"))
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


def test_the_cookies_have_their_names() -> None:
    assert names.USER_COOKIE == starlette_server_config.USER_COOKIE_NAME
    assert streamlit_private.TOKENS_COOKIE == starlette_server_config.TOKENS_COOKIE_NAME


def test_sign_in_and_sign_out_have_their_addresses() -> None:
    routes = {route.path for route in starlette_auth_routes.create_auth_routes("")}
    assert routes == {f"/{names.LOGIN}", f"/{names.LOGOUT}", f"/{names.CALLBACK}"}


def test_what_is_open_and_closed_has_its_address() -> None:
    assert starlette_routes.BASE_ROUTE_CORE == names.INNER
    assert starlette_routes.ROUTE_HEALTH == names.HEALTH
    assert starlette_routes.ROUTE_HOST_CONFIG == names.HOST_CONFIG
    assert starlette_websocket._ROUTE_WEBSOCKET_STREAM == names.STREAM
    assert starlette_routes.BASE_ROUTE_COMPONENT == names.COMPONENT
    assert starlette_routes.BASE_ROUTE_APP_STATIC == names.APP_STATIC
    assert starlette_routes.BASE_ROUTE_MEDIA == names.MEDIA
    assert f"{starlette_routes.BASE_ROUTE_STATIC}/" == names.PROGRAM


def test_a_failed_sign_in_is_told_to_its_logger() -> None:
    assert starlette_auth_routes._LOGGER.name == names.SIGN_IN_LOGGER


def test_a_signed_cookie_is_read_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit_private, "get_cookie_secret", lambda: "only for a test" * 4)
    held = {"sub": random.Random(1).randbytes(9_000).hex(), "is_logged_in": True}
    parts = {name: value.decode() for name, value in streamlit_private.sign_cookie(names.USER_COOKIE, held, 80)}
    assert len(parts) > 1
    assert all(re.fullmatch(rf"{names.USER_COOKIE}(_\d+)?", name) for name in parts)
    assert streamlit_private.read_signed_cookie(parts, names.USER_COOKIE) == held


def test_the_page_that_every_visit_begins_with_is_there() -> None:
    assert "<script" in streamlit_private.page_text()


def test_style_and_links_find_what_they_name(program: str) -> None:
    texts = f"{assets.style_block()}{assets.link_script()}{live_script('')}{leaving_script()}"
    assert set(re.findall(r'data-testid="(\w+)"', texts)) == names.TEST_IDS
    assert set(re.findall(r"\.(st[A-Z]\w+)", texts)) == names.CLASSES
    assert [name for name in sorted(names.TEST_IDS) if not re.search(rf"[`'\"]{name}[`'\"]", program)] == []
    assert [name for name in sorted(names.CLASSES) if not re.search(rf"[`'\" ]{name}[`'\" ]", program)] == []


def test_the_dialog_that_a_page_is_not_found_is_closed_by_its_words(program: str) -> None:
    assert f'includes("{names.NOT_FOUND_DIALOG}")' in assets.link_script()
    assert re.search(rf"[`'\"]{names.NOT_FOUND_DIALOG}[`'\"]", program)
    assert re.search(r"\"?aria-label\"?:[`'\"]Close[`'\"]", program)


def test_streamlit_is_told_that_the_app_declares_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    streamlit_private.declare_pages()
    PagesManager(str(REPOSITORY / "app.py"))
    assert PagesManager.uses_pages_directory is False


def test_without_being_told_streamlit_takes_the_folder_for_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    PagesManager(str(REPOSITORY / "app.py"))
    assert PagesManager.uses_pages_directory is True


def test_an_option_that_was_set_is_told_from_one_that_was_not() -> None:
    option = "server.baseUrlPath"
    assert not streamlit_private.is_set_by_hand(option)
    before, where = config.get_option(option), config.get_where_defined(option)
    try:
        config.set_option(option, before, "the command line")
        assert streamlit_private.is_set_by_hand(option)
    finally:
        config.set_option(option, before, where)


def test_secrets_are_looked_for_in_one_more_file(tmp_path: Path) -> None:
    before = list(config.get_option("secrets.files"))
    try:
        assert streamlit_private.add_secrets_file(tmp_path / "secrets.toml") == [
            *before,
            str(tmp_path / "secrets.toml"),
        ]
        assert config.get_option("secrets.files")[-1] == str(tmp_path / "secrets.toml")
    finally:
        config.set_option("secrets.files", before)


def test_the_messages_that_the_dashboard_needs_are_told_by_their_kind() -> None:
    asked = BackMsg(rerun_script={"query_string": "team=North"}).SerializeToString()
    assert streamlit_private.read_asked(asked) == streamlit_private.Asked("rerun_script")
    assert streamlit_private.read_asked(b"\xff\xff") is None
    assert set(messages.NEEDED) <= set(BackMsg.DESCRIPTOR.fields_by_name)


def test_a_browser_is_not_told_of_the_program_and_the_machine() -> None:
    told = ForwardMsg()
    told.new_session.main_script_path = "/srv/board/app.py"
    told.new_session.initialize.session_id = "one"
    told.new_session.initialize.environment_info.python_version = "3.11"
    told.new_session.initialize.user_info.installation_id = "this machine"
    answer = streamlit_private.bare_answer(told.SerializeToString())
    bare = ForwardMsg.FromString(answer)
    assert bare.new_session.initialize.session_id == "one"
    assert b"/srv/board" not in answer
    assert b"3.11" not in answer
    assert b"this machine" not in answer
    assert bare.new_session.initialize.HasField("user_info")


def test_nothing_else_leans_on_private_parts() -> None:
    allowed = {"streamlit_private.py", "streamlit_names.py"}
    private = re.compile(r"^\s*(from streamlit[. ]|import streamlit\.)|[\"']_stcore|[\"']_streamlit_", re.MULTILINE)
    files = [
        *(REPOSITORY / "improvement_board").rglob("*.py"),
        *(REPOSITORY / "pages").glob("*.py"),
        REPOSITORY / "app.py",
    ]
    assert [file.name for file in files if file.name not in allowed and private.search(file.read_text("utf-8"))] == []
