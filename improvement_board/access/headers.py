"""The headers that tell a browser what a page of the dashboard may do: nothing but what it needs, with nobody else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

YEAR_SECONDS = 31_536_000
POWERS = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)


def script_hash(script: str) -> str:
    """What a content security policy calls a script that stands in the page itself."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def content_security_policy(scripts: Iterable[str]) -> str:
    """The policy under which Streamlit and Plotly work, and no more.

    Code comes from this server, and of code within the page only the scripts given run. Styles within the page are
    allowed, as both libraries write theirs there. Nothing is fetched from, sent to, or framed by another host.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *map(script_hash, scripts)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Adds the headers to every answer of a server. `scripts` are those that stand in pages themselves; `base` is the
    path that the dashboard is served under."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str] = (), base: str = "") -> None:
        self._app, self._base = app, base
        powers = ", ".join(f"{name}=()" for name in POWERS)
        self._headers = {
            b"content-security-policy": content_security_policy(scripts).encode(),
            b"x-frame-options": b"DENY",
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"same-origin",
            b"permissions-policy": powers.encode(),
            b"cross-origin-opener-policy": b"same-origin",
            b"cross-origin-resource-policy": b"same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(self._headers)
        is_tls = _is_tls(scope)
        if is_tls:
            headers[b"strict-transport-security"] = f"max-age={YEAR_SECONDS}".encode()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [(name, value) for name, value in message.get("headers", []) if name.lower() not in headers]
                if is_tls:
                    others = [(name, _over_tls_alone(name, value)) for name, value in others]
                message = {**message, "headers": [*others, *headers.items()]}
            await send(message)

        await self._app(scope, receive, sent)


def _is_tls(scope: Scope) -> bool:
    """Whether the browser came over TLS, to this server or to a proxy before it."""
    forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-proto"]
    return scope.get("scheme") == "https" or any(value.strip().lower() == b"https" for value in forwarded)


def _over_tls_alone(name: bytes, value: bytes) -> bytes:
    """A cookie that a browser sends over TLS alone; any other header as it is."""
    is_open_cookie = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return value + b"; Secure" if is_open_cookie else value
