"""By which names a server is asked, and which pages are its own."""

from __future__ import annotations

import pytest
from starlette.types import Message, Receive, Scope, Send

from improvement_board.access.addresses import Addresses, own_addresses
from improvement_board.access.doors import Doors, path_within

AUTH = {"redirect_uri": "https://board.council.gov.uk/oauth2callback"}
BOARD = "https://board.council.gov.uk"
SIGN_IN = own_addresses("sign-in", AUTH, "alias.council.gov.uk", ())
LOCAL = own_addresses("insecure-local", AUTH, "alias.council.gov.uk", ("https://added.example",))
ANY = own_addresses("open", None, None, ("https://added.example",))


@pytest.mark.parametrize(
    ("addresses", "host", "answers"),
    [
        (SIGN_IN, "board.council.gov.uk", True),
        (SIGN_IN, "BOARD.council.gov.uk.:443", True),
        (SIGN_IN, "alias.council.gov.uk", True),
        (SIGN_IN, "127.0.0.1:8501", True),  # a proxy on this machine that does not pass the name on
        (SIGN_IN, "council.gov.uk", False),
        (SIGN_IN, "board.council.gov.uk.elsewhere.example", False),
        (SIGN_IN, "10.0.0.7", False),
        (LOCAL, "127.0.0.1:8501", True),
        (LOCAL, "localhost", True),
        (LOCAL, "[::1]:8501", True),
        (LOCAL, "board.council.gov.uk", False),
        (LOCAL, "alias.council.gov.uk", False),
        (LOCAL, "localhost.elsewhere.example", False),
        (LOCAL, "elsewhere.example", False),
        (ANY, "elsewhere.example", True),
        (ANY, "", False),
        (ANY, None, False),
        (ANY, "a@b", False),
        (ANY, "a:port", False),
        (ANY, "[::1", False),
    ],
)
def test_names(addresses: Addresses, host: str | None, answers: bool) -> None:
    assert addresses.answers(host) is answers


@pytest.mark.parametrize(
    ("addresses", "origin", "host", "is_own"),
    [
        (SIGN_IN, BOARD, "board.council.gov.uk", True),
        (SIGN_IN, BOARD, "board.council.gov.uk:443", True),
        (SIGN_IN, BOARD, "127.0.0.1:8501", True),
        (SIGN_IN, "http://board.council.gov.uk", "127.0.0.1:8501", False),
        (SIGN_IN, f"{BOARD}:9000", "127.0.0.1:8501", False),
        (SIGN_IN, "https://elsewhere.example", "board.council.gov.uk", False),
        (SIGN_IN, "https://elsewhere.example", "elsewhere.example", False),
        (SIGN_IN, "https://alias.council.gov.uk", "alias.council.gov.uk", True),
        (SIGN_IN, "http://localhost:3000", "localhost:8501", False),
        (LOCAL, "http://localhost:8501", "localhost:8501", True),
        (LOCAL, "http://localhost:8501", "127.0.0.1:8501", False),
        (LOCAL, "http://elsewhere.example:8501", "elsewhere.example:8501", False),
        (LOCAL, "https://added.example", "127.0.0.1:8501", False),
        (ANY, "http://demo.example", "demo.example", True),
        (ANY, "https://added.example", "127.0.0.1:8501", True),
        (ANY, "https://elsewhere.example", "demo.example", False),
        (ANY, "null", "demo.example", False),
        (ANY, None, "demo.example", False),
        (ANY, "http://demo.example@elsewhere.example", "demo.example", False),
    ],
)
def test_origins(addresses: Addresses, origin: str | None, host: str, is_own: bool) -> None:
    assert addresses.is_own(origin, host) is is_own


@pytest.mark.parametrize(
    ("path", "base", "within"),
    [
        ("/media/a.csv", "", "media/a.csv"),
        ("/board/media/a.csv", "board", "media/a.csv"),
        ("/board", "/board/", ""),
        ("/boards/media/a.csv", "board", "boards/media/a.csv"),
        ("/static/media/a.woff2", "", "static/media/a.woff2"),
    ],
)
def test_a_path_within_the_address_that_the_dashboard_is_served_under(path: str, base: str, within: str) -> None:
    assert path_within({"type": "http", "path": path}, base) == within


def ask(headers: list[tuple[bytes, bytes]], path: str = "/board/_stcore/stream") -> tuple[list[Scope], list[Message]]:
    """What a websocket gets to, and what it is answered."""
    reached: list[Scope] = []
    answers: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)

    async def receive() -> Message:
        raise AssertionError("nothing is read before a websocket is admitted")

    async def send(message: Message) -> None:
        answers.append(message)

    served = Doors(app, lambda: SIGN_IN, "board")(
        {"type": "websocket", "path": path, "headers": headers}, receive, send
    )
    with pytest.raises(StopIteration):
        served.send(None)  # type: ignore[attr-defined]
    return reached, answers


def test_a_websocket_is_handed_on_as_of_one_origin_so_that_no_other_host_is_asked() -> None:
    reached, answers = ask([(b"host", b"127.0.0.1:8501"), (b"origin", BOARD.encode()), (b"cookie", b"a=b")])
    assert answers == []
    assert dict(reached[0]["headers"]) == {
        b"host": b"board.council.gov.uk",
        b"origin": BOARD.encode(),
        b"cookie": b"a=b",
    }


@pytest.mark.parametrize(
    "headers",
    [
        [(b"host", b"elsewhere.example")],
        [(b"host", b"board.council.gov.uk"), (b"origin", b"https://elsewhere.example")],
        [(b"host", b"board.council.gov.uk"), (b"origin", BOARD.encode()), (b"origin", b"https://elsewhere.example")],
        [(b"host", b"board.council.gov.uk"), (b"host", b"elsewhere.example"), (b"origin", BOARD.encode())],
        [(b"origin", BOARD.encode())],
    ],
)
def test_a_websocket_of_another_page_or_by_another_name_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    assert ask(headers) == ([], [{"type": "websocket.close", "code": 1008}])


def test_a_websocket_elsewhere_is_refused() -> None:
    headers = [(b"host", b"board.council.gov.uk"), (b"origin", BOARD.encode())]
    assert ask(headers, "/board/other") == ([], [{"type": "websocket.close", "code": 1008}])
