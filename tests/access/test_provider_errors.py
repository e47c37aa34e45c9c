"""An identity provider that is wrong is said in words, on the page and in the log."""

from __future__ import annotations

import logging

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_auth_routes

from improvement_board.access.provider_errors import PAGE, InWords, ProviderErrors, say_provider_errors_in_words


def test_a_failure_is_logged_in_a_line_without_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    say_provider_errors_in_words()
    say_provider_errors_in_words()
    logger = logging.getLogger(starlette_auth_routes._LOGGER.name)
    assert sum(isinstance(log_filter, InWords) for log_filter in logger.filters) == 1
    logger.addHandler(caplog.handler)
    try:
        raise ConnectionError("All connection\nattempts failed")
    except ConnectionError:
        logger.warning("Token exchange failed for %r.", "default", exc_info=True)
    finally:
        logger.removeHandler(caplog.handler)
    said = "Token exchange failed for 'default'. ConnectionError: All connection attempts failed; check server_metadata"
    assert caplog.records[-1].getMessage().startswith(said)
    assert "Traceback" not in caplog.text


async def _fails(request: Request) -> Response:
    return Response("Authentication error", status_code=400)


async def _begins(request: Request) -> Response:
    return RedirectResponse("https://login.example/authorize")


@pytest.mark.parametrize("path", ["/auth/login", "/board/auth/login"])
def test_the_person_is_told_in_words(path: str) -> None:
    app = Starlette(routes=[Route(path, _fails), Route("/other", _fails)], middleware=[Middleware(ProviderErrors)])
    client = TestClient(app)
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (400, PAGE)
    assert client.get("/other").text == "Authentication error"


def test_a_sign_in_that_begins_is_left_as_it_is() -> None:
    app = Starlette(routes=[Route("/auth/login", _begins)], middleware=[Middleware(ProviderErrors)])
    answer = TestClient(app).get("/auth/login", follow_redirects=False)
    assert answer.headers["location"] == "https://login.example/authorize"
