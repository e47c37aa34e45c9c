"""How long a sign-in lasts: to the expiry that the provider wrote into it, or to sign-out, never longer."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any


def is_live(claims: Mapping[str, Any], now: float) -> bool:
    """Whether a sign-in has an expiry (`exp`, seconds since 1970) that lies after now. One without never holds."""
    expiry = claims.get("exp")
    if isinstance(expiry, bool) or not isinstance(expiry, int | float):
        return False
    return math.isfinite(expiry) and now < expiry


def sign_in_key(claims: Mapping[str, Any]) -> str:
    """What tells one sign-in from every other: a hash of all that the provider said at it, without its tokens."""
    claims = {name: value for name, value in claims.items() if name != "tokens"}
    return hashlib.sha256(json.dumps(claims, sort_keys=True, default=str).encode()).hexdigest()
