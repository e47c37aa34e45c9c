"""What is made once for each key, however many threads ask for it, and the last few used kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Made = TypeVar("Made")


@dataclass
class MadeOnce(Generic[Made]):
    """Things by key. Whoever first asks for one makes it, outside every lock; who asks meanwhile waits for that alone.

    At most `most` are kept, those used last, beside any that are being made.
    """

    most: int
    _things: dict[Hashable, Future[Made]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of a key, made where it is not there. What makes it must not ask for the same key.

        Raises what `make` raised, in every thread that waited for it; the next one to ask tries anew.
        """
        with self._lock:
            there = self._things.pop(key, None)
            future: Future[Made] = there or Future()
            self._things[key] = future  # the last used stands last
            self._drop_oldest(but=key)
        if there is None:
            self._make(key, future, make)
        return future.result()

    def _make(self, key: Hashable, future: Future[Made], make: Callable[[], Made]) -> None:
        try:
            future.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._things.get(key) is future:
                    del self._things[key]
            future.set_exception(error)
            if not isinstance(error, Exception):  # ends this thread, whatever becomes of the others
                raise

    def _drop_oldest(self, but: Hashable) -> None:
        done = [key for key, future in self._things.items() if future.done() and key != but]
        for key in done[: max(0, len(self._things) - self.most)]:
            del self._things[key]
