"""Somebody who knows the program: raw requests and raw messages over the websocket, with a cookie or without one."""

from __future__ import annotations

import json
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from serving import Server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets import Origin, Subprotocol
from websockets.sync.client import ClientConnection, connect

COOKIE_SECRET = "only for a test" * 4
PATIENCE_SECONDS = 60.0


@dataclass
class Session:
    """A websocket of the dashboard."""

    socket: ClientConnection
    url: str
    id: str = ""
    answers: list[ForwardMsg] = field(default_factory=list)

    def send(self, **message: Any) -> None:
        """Send a message of Streamlit's."""
        self.socket.send(BackMsg(**message).SerializeToString())

    def until(self, kind: str) -> ForwardMsg:
        """The next answer of a kind."""
        while True:
            data = self.socket.recv(PATIENCE_SECONDS)
            assert isinstance(data, bytes)
            answer = ForwardMsg.FromString(data)
            self.answers.append(answer)
            if answer.WhichOneof("type") == "new_session":
                self.id = answer.new_session.initialize.session_id
            if answer.WhichOneof("type") == kind:
                return answer

    def run(self, page: str = "", query: str = "", page_hash: str = "") -> str:
        """Run the app as a browser at a page does, to its end; all that was told, as one text."""
        first = len(self.answers)
        state = {"page_name": page, "query_string": query, "page_script_hash": page_hash}
        self.send(rerun_script={**state, "context_info": {"url": f"{self.url}/{page}"}})
        self.until("script_finished")
        return "".join(str(answer) for answer in self.answers[first:])

    def ask(self, kind: str, **payload: Any) -> None:
        """Ask for one of the things that need no run of the app."""
        asked = {"request_id": uuid.uuid4().hex, "session_id": self.id, kind: payload}
        self.send(backend_operation_request=asked)


@dataclass(frozen=True)
class Person:
    """Somebody with the cookie of a sign-in, or with none."""

    server: Server
    cookie: str = ""

    @contextmanager
    def session(self, *, origin: str | None = "", host: str = "") -> Iterator[Session]:
        """A websocket as a browser opens it; from a page elsewhere, or by another name, where that is given."""
        token = generate_xsrf_token_string()
        headers = {"Cookie": f"_streamlit_xsrf={token}; {self.cookie}"}
        own = self.server.url if origin == "" else origin
        reached = self.server.url.partition("://")[2]
        name, _, port = reached.partition(":")
        with connect(
            f"ws://{host or reached}/_stcore/stream",
            sock=socket.create_connection((name, int(port))),
            origin=Origin(own) if own is not None else None,
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            additional_headers=headers,
            max_size=None,
        ) as opened:
            yield Session(opened, self.server.url)

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """The answer to a request."""
        asked = {"Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return httpx.request(method, f"{self.server.url}{path}", headers=asked, timeout=PATIENCE_SECONDS)


def signed_in(server: Server, name: str, *groups: str, seconds: float = 3600, **claims: Any) -> Person:
    """Somebody with a cookie such as the server gives after sign-in: signed with its secret."""
    said = {"sub": name, "email": f"{name}@council.example", "groups": list(groups), "jti": uuid.uuid4().hex}
    said |= {"exp": int(time.time() + seconds), "origin": server.url, "is_logged_in": True, "provider": "default"}
    value = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(said | claims)).decode()
    return Person(server, f"_streamlit_user={value}")


def sign_in_options(folder: Path, *more: str) -> Callable[[int], Sequence[str]]:
    """How a server with sign-in is started, by its port: with secrets in a folder, and `more` options."""

    def options(port: int) -> Sequence[str]:
        secrets = folder / f"secrets-{port}.toml"
        secrets.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{COOKIE_SECRET}"\n'
            'client_id = "an id"\nclient_secret = "a secret"\n'
            'server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        return ["--secrets.files", str(secrets), *more]

    return options
