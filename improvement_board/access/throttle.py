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


class Awaited:
    """What is to happen once more, by a key: added when it is begun, taken when it is. The last `most` are waited for,
    each for so many `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._begun: deque[tuple[float, tuple[str, ...]]] = deque(maxlen=most)
        self._lock = threading.Lock()

    def add(self, key: tuple[str, ...], now: float) -> None:
        """Begin to wait for a key. `now` is in seconds and never goes back."""
        with self._lock:
            self._begun.append((now, key))

    def take(self, key: tuple[str, ...], now: float) -> bool:
        """Whether a key is waited for, which ends with that."""
        with self._lock:
            while self._begun and now - self._begun[0][0] > self._seconds:
                self._begun.popleft()
            begun = next((entry for entry in self._begun if entry[1] == key), None)
            if begun is not None:
                self._begun.remove(begun)
            return begun is not None
