"""What need not be noted again: what a stranger can cause as often as they like, and what was noted already."""

from __future__ import annotations

import threading
from collections import deque


class Throttle:
    """Admits at most `most` happenings in any `seconds`, and counts those between. Several threads may ask at once."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._admitted: deque[float] = deque()
        self._passed_over = 0
        self._lock = threading.Lock()

    def admit(self, now: float) -> int | None:
        """How many were passed over since the last that was admitted; None for one that is passed over. `now` is in
        seconds and never goes back."""
        with self._lock:
            while self._admitted and now - self._admitted[0] >= self._seconds:
                self._admitted.popleft()
            if len(self._admitted) >= self._most:
                self._passed_over += 1
                return None
            self._admitted.append(now)
            passed_over, self._passed_over = self._passed_over, 0
            return passed_over


class Seen:
    """Tells what is met for the first time, by a key. The latest `most` are remembered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._keys: dict[str, None] = {}
        self._lock = threading.Lock()

    def is_new(self, key: str) -> bool:
        """Whether a key is met for the first time, or after so many others that it was forgotten."""
        with self._lock:
            is_new = key not in self._keys
            self._keys.pop(key, None)
            self._keys[key] = None
            while len(self._keys) > self._most:
                del self._keys[next(iter(self._keys))]
            return is_new
