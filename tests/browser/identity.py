"""A real OpenID provider on this machine, the people it knows, and the app that asks it who they are."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page
from serving import Server, start
from visiting import Visitor, profile, visiting

from improvement_board.declared.home import Home

COOKIE_SECRET = "only for a test" * 4
CONTACT = "governance@council.example"
ACCESS = f"""
contact = "{CONTACT}"

[[grant]]
role = "member"
groups = ["board-members"]

[[grant]]
role = "committee"
app_roles = ["Scrutiny"]

[[grant]]
role = "auditor"
addresses = ["auditor@council.example"]
"""
PEOPLE: dict[str, dict[str, Any]] = {
    "chair": {"email": "Chair@council.example", "groups": ["everyone", "board-members"]},
    "councillor": {"email": "councillor@council.example", "roles": ["Scrutiny"]},
    "auditor": {"email": "Auditor@Council.Example", "email_verified": True},
    "stranger": {"email": "<b>stranger</b>@elsewhere.example", "groups": ["board-member", "Board-Members"]},
}


@dataclass(frozen=True)
class Provider:
    """The provider's address."""

    url: str

    @property
    def host(self) -> str:
        """Its host and port."""
        return self.url.removeprefix("http://")

    def knows(self, name: str, claims: dict[str, Any]) -> None:
        """Tell the provider of a person."""
        asked = urllib.request.Request(
            f"{self.url}/users/{name}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(asked, timeout=10):
            pass


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that knows the people."""
    people = [User(sub=name, claims=claims) for name, claims in PEOPLE.items()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # TLS is not needed to reach this machine
        with run_server_in_thread(user_claims=people) as running:
            yield Provider(f"http://localhost:{running.server_port}")


def start_with_sign_in(home: Home, folder: Path, known: Provider) -> Server:
    """Serve a home that has an access.toml, with sign-in at the provider."""

    def options(port: int) -> Sequence[str]:
        secrets = folder / f"secrets-{port}.toml"
        secrets.write_text(
            "[auth]\n"
            f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{COOKIE_SECRET}"\n'
            'client_id = "improvement-board"\n'
            'client_secret = "also only for a test"\n'
            f'server_metadata_url = "{known.url}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        return ["--secrets.files", str(secrets)]

    return start(home, folder, options)


@contextmanager
def profile_of_people(chromium: Browser) -> Iterator[BrowserContext]:
    """A profile for many people, one after the other: `stranger_to` begins with each of them."""
    with profile(chromium) as context:
        context.route("https://**", lambda route: route.abort())  # the provider's pages take their style from there
        yield context


@contextmanager
def stranger_to(server: Server, known: Provider, context: BrowserContext) -> Iterator[Visitor]:
    """A visitor whom neither the app nor the provider remembers."""
    context.clear_cookies()
    with visiting(server, context, also=(known.host,)) as visitor:
        yield visitor


def sign_in(visitor: Visitor, name: str, path: str = "/") -> Page:
    """Sign in as somebody whom the provider knows, from a page of the app."""
    page = visitor.open(path)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{visitor.server.url}/**")
    visitor.settle(page)
    return page
