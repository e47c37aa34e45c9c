"""Whether Streamlit's secrets say all that sign-in needs. What a secret is, is never repeated in a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from improvement_board.common.streamlit_names import CALLBACK
from improvement_board.errors import Problem

SECRETS = ".streamlit/secrets.toml"
DEFAULT = "default"
SHORTEST_COOKIE_SECRET = 32
PROVIDER_KEYS = ("client_id", "client_secret", "server_metadata_url")
EVERY_TENANT = frozenset({"common", "organizations", "consumers"})
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def providers(auth: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The identity providers of a section [auth]: "default" for one given in the section itself, else their names."""
    if not auth:
        return ()
    own = (DEFAULT,) if any(key in auth for key in PROVIDER_KEYS) else ()
    return own + tuple(name for name, value in auth.items() if isinstance(value, Mapping) and name != "client_kwargs")


def auth_problems(auth: Mapping[str, Any] | None) -> tuple[Problem, ...]:
    """What the section [auth] of Streamlit's secrets lacks for sign-in; nothing where it is complete."""
    if not auth:
        return (Problem(SECRETS, "sign-in is not configured", column="auth", allowed="as in secrets.toml.example"),)
    problems = [*_redirect_problems(auth.get("redirect_uri")), *_cookie_problems(auth.get("cookie_secret"))]
    named = providers(auth)
    if not named:
        needed = ", ".join(PROVIDER_KEYS)
        problems.append(Problem(SECRETS, "names no identity provider", column="auth", allowed=needed))
    for name in named:
        section = auth if name == DEFAULT else auth[name]
        problems += _provider_problems("auth" if name == DEFAULT else f"auth.{name}", section)
    return tuple(problems)


def _redirect_problems(value: Any) -> list[Problem]:
    allowed = f"the address of the dashboard, beginning with https://, and /{CALLBACK}"
    if not _is_safe_url(value) or not value.endswith(f"/{CALLBACK}"):
        return [Problem(SECRETS, "is missing or is not such an address", column="auth.redirect_uri", allowed=allowed)]
    return []


def _cookie_problems(value: Any) -> list[Problem]:
    if isinstance(value, str) and len(value) >= SHORTEST_COOKIE_SECRET:
        return []
    allowed = f"{SHORTEST_COOKIE_SECRET} random characters or more"
    return [Problem(SECRETS, "is missing or too short", column="auth.cookie_secret", allowed=allowed)]


def _provider_problems(section_name: str, section: Mapping[str, Any]) -> list[Problem]:
    problems = [
        Problem(SECRETS, "is missing", column=f"{section_name}.{key}")
        for key in ("client_id", "client_secret")
        if not (isinstance(section.get(key), str) and section[key])
    ]
    if "_" in section_name:
        problems.append(Problem(SECRETS, "the name of a provider must have no underscore", column=section_name))
    if not _is_safe_url(section.get("server_metadata_url")):
        allowed = "the provider's address of its OpenID configuration, beginning with https://"
        column = f"{section_name}.server_metadata_url"
        problems.append(Problem(SECRETS, "is missing or is not such an address", column=column, allowed=allowed))
    elif _is_of_every_tenant(section["server_metadata_url"]):
        message = "lets in people of every organisation that the provider has"
        column, allowed = f"{section_name}.server_metadata_url", "the address with your own tenant's ID in it"
        problems.append(Problem(SECRETS, message, column=column, allowed=allowed))
    return problems


def _is_of_every_tenant(url: str) -> bool:
    """Whether Microsoft's address is that of no one tenant: anybody can make a tenant and call its people anything."""
    parts = urlsplit(url.lower())
    host = parts.hostname or ""
    return ("microsoft" in host or "windows.net" in host) and not EVERY_TENANT.isdisjoint(parts.path.split("/"))


def _is_safe_url(value: Any) -> bool:
    """Whether an address is reached over TLS, or stays on this computer."""
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_COMPUTER)
        )
    except ValueError:
        return False
