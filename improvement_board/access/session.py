"""How long a sign-in lasts: to the expiry that the provider wrote into it, or to sign-out, never longer."""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def is_live(claims: Mapping[str, Any], now: float) -> bool:
    """Whether a sign-in has an expiry (`exp`, seconds since 1970) that lies after now. One without never holds."""
    expiry = claims.get("exp")
    if isinstance(expiry, bool) or not isinstance(expiry, int | float):
        return False
    return math.isfinite(expiry) and now < expiry


def sign_in_key(claims: Mapping[str, Any]) -> str:
    """What tells one sign-in from every other: a hash of all that the provider said at it."""
    return hashlib.sha256(json.dumps(claims, sort_keys=True, default=str).encode()).hexdigest()


@dataclass
class SignedOut:
    """The sign-ins that were ended by sign-out and have not expired, for all sessions of this server.

    The browser forgets a sign-in when it is ended; another tab that is open, or a copy of its cookie, does not.
    """

    _ended: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def end(self, claims: Mapping[str, Any], now: float) -> None:
        """Note that a sign-in has ended."""
        with self._lock:
            self._ended = {key: expiry for key, expiry in self._ended.items() if expiry > now}
            if is_live(claims, now):
                self._ended[sign_in_key(claims)] = float(claims["exp"])

    def has_ended(self, claims: Mapping[str, Any]) -> bool:
        """Whether a sign-in was ended by sign-out."""
        with self._lock:
            return bool(self._ended) and sign_in_key(claims) in self._ended
