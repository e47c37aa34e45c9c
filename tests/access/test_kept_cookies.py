"""What a browser is given at sign-in: to a day after its expiry, without the token that opens its provider."""

from __future__ import annotations

import json
from typing import Any

import pytest
from raw import COOKIE_SECRET
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from improvement_board.dashboard import kept_cookies, streamlit_private

NOW = 1_800_000_000.0
USER, TOKENS = "_streamlit_user", "_streamlit_user_tokens"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit_private, "get_cookie_secret", lambda: COOKIE_SECRET)


def given(user: dict[str, Any], tokens: dict[str, Any]) -> Response:
    """An answer such as Streamlit gives after a sign-in."""
    answer = Response(status_code=302)
    answer.set_cookie("_streamlit_session", "another", max_age=1_209_600)
    answer.delete_cookie("_streamlit_user_9")

    def sets(name: str, value: str) -> None:
        signed = create_signed_value(COOKIE_SECRET, name, value).decode()
        answer.set_cookie(name, signed, httponly=True, samesite="lax", path="/board", max_age=2_592_000)

    for name, held in ((USER, user), (TOKENS, tokens)):
        set_cookie_with_chunks(
            sets, lambda part, value: create_signed_value(COOKIE_SECRET, part, value), name, held, cookie_attr_size=80
        )
    return answer


def kept(answer: Response) -> dict[str, tuple[str, str]]:
    """Each cookie that a browser is told to keep, with its value and what is said of it."""
    headers = MutableHeaders(raw=list(kept_cookies._kept(answer.raw_headers, NOW)))
    parts = [value.partition(";") for value in headers.getlist("set-cookie")]
    return {held.split("=", 1)[0]: (held.split("=", 1)[1], kind) for held, _, kind in parts}


@pytest.mark.parametrize("length", [10, 9_000])
def test_they_last_to_a_day_after_the_expiry_and_hold_the_token_of_the_sign_out_alone(length: int) -> None:
    user = {"sub": "x" * length, "exp": NOW + 3600.5, "origin": "https://board.council.example", "is_logged_in": True}
    before = given(user, {"id_token": "i" * length, "access_token": "a" * length})
    kept_cookie_values = kept(before)
    cookies = {name: value for name, (value, _) in kept_cookie_values.items()}
    assert streamlit_private.read_signed_cookie(cookies, USER) == user
    assert streamlit_private.read_signed_cookie(cookies, TOKENS) == {"id_token": "i" * length}
    for name, (_, kind) in kept_cookie_values.items():
        if name.startswith(USER) and name != "_streamlit_user_9":
            assert kind == " HttpOnly; Max-Age=90000; Path=/board; SameSite=lax"
    assert kept_cookie_values["_streamlit_session"][1].strip().startswith("Max-Age=1209600")
    assert "Max-Age=0" in kept_cookie_values["_streamlit_user_9"][1]


@pytest.mark.parametrize("expiry", [NOW - 1, None, "tomorrow"])
def test_a_sign_in_that_does_not_hold_is_not_kept(expiry: Any) -> None:
    kept_cookie_values = kept(given({"sub": "x", "exp": expiry, "is_logged_in": True}, {"access_token": "a"}))
    assert "Max-Age=0" in kept_cookie_values[USER][1]
    assert TOKENS not in kept_cookie_values


def test_an_answer_without_a_sign_in_stays_as_it_is() -> None:
    answer = Response(json.dumps({}))
    answer.delete_cookie(USER)
    assert list(kept_cookies._kept(answer.raw_headers, NOW)) == answer.raw_headers
