"""By which names the dashboard is reached, and from which pages: every other name and page is refused.

A browser says which name it asked (`Host`) and which page asks (`Origin`, `Sec-Fetch-Site`). A page elsewhere can make
a name of its own point to this server (DNS rebinding) and then asks by that name: so it is the name that is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from improvement_board.access.serving import Way, is_loopback

USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Addresses:
    """The names by which a server answers beside those of this computer itself, None for any name; and the origins
    (`https://board.council.gov.uk`) whose pages are its own though a proxy asks it by another name."""

    names: frozenset[str] | None
    origins: frozenset[str] = frozenset()

    def answers(self, host: str | None) -> bool:
        """Whether the server answers by the name in a header `Host`, whatever the port."""
        name = _name_of(_parts(f"//{host}")) if host else None
        return name is not None and (self.names is None or name in self.names or is_loopback(name))

    def is_own(self, origin: str | None, host: str | None) -> bool:
        """Whether a page of an origin is the server's own, when it asks by the name in a header `Host`."""
        parts = _parts(origin or "")
        name = _name_of(parts)
        if parts is None or name is None or not self.answers(host):
            return False
        if _origin(parts) in self.origins:
            return True
        asked = _parts(f"{parts.scheme}://{host}")
        return asked is not None and _origin(asked) == _origin(parts) and self.answers(parts.netloc)


def own_addresses(
    way: Way, auth: Mapping[str, Any] | None, browser_address: str | None, origins: Iterable[str]
) -> Addresses:
    """The addresses of a server, by how it serves its home.

    With sign-in it is the address that the provider sends people back to (`redirect_uri`), and Streamlit's
    `browser.serverAddress` where that is set; served without sign-in to this computer alone, nothing but this
    computer's own names; figures that anybody may see are given by any name. `origins` are those that Streamlit's
    `server.corsAllowedOrigins` adds.
    """
    if way == "insecure-local":
        return Addresses(frozenset())
    added = frozenset(_origin(parts) for origin in origins if (parts := _parts(origin)) and _name_of(parts))
    if way != "sign-in":
        return Addresses(None, added)
    back = _parts(str((auth or {}).get("redirect_uri")))
    alias = _name_of(_parts(f"//{browser_address}")) if browser_address else None
    names = {name for name in (_name_of(back), alias) if name}
    return Addresses(frozenset(names), added | {_origin(back)} if back else added)


def _parts(address: str) -> SplitResult | None:
    """An address in its parts; None for one that is none, or has a name and password before its host."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return None
    return None if "@" in parts.netloc or "\\" in parts.netloc else parts


def _name_of(parts: SplitResult | None) -> str | None:
    name = parts.hostname if parts else None
    return name.rstrip(".") or None if name else None


def _origin(parts: SplitResult) -> str:
    """Scheme, name and port, written one way."""
    return f"{parts.scheme}://{_name_of(parts)}:{parts.port or USUAL_PORTS.get(parts.scheme)}"
