"""Things are made once for each key, however many threads ask, and nobody waits for what another key is made of."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from improvement_board.common.made_once import MadeOnce

PATIENCE = 30


class Makers:
    """Makes a thing that takes until it is let go, and counts how often it began."""

    def __init__(self, made: Callable[[], str]) -> None:
        self.began, self.may_end, self.times = threading.Event(), threading.Event(), 0
        self._made = made

    def __call__(self) -> str:
        self.times += 1
        self.began.set()
        assert self.may_end.wait(PATIENCE)
        return self._made()


def waiting(things: MadeOnce[str], key: str, how_many: int, make: Makers, pool: ThreadPoolExecutor) -> list:
    """Threads that all ask for one key, once the first is making it."""
    asked = threading.Barrier(how_many)

    def ask() -> str:
        asked.wait(PATIENCE)
        return things.get(key, make)

    first = pool.submit(things.get, key, make)
    assert make.began.wait(PATIENCE)
    return [first, *(pool.submit(ask) for _ in range(how_many))]


def test_it_is_made_once_for_all_who_wait_and_other_keys_do_not_wait() -> None:
    things: MadeOnce[str] = MadeOnce(4)
    make = Makers(lambda: "made")
    with ThreadPoolExecutor(8) as pool:
        asked = waiting(things, "slow", 5, make, pool)
        assert things.get("other", lambda: "at once") == "at once"
        assert things.get("other", lambda: "again") == "at once"
        assert not any(asking.done() for asking in asked)
        make.may_end.set()
        assert {asking.result(PATIENCE) for asking in asked} == {"made"}
    assert make.times == 1


def test_a_failure_is_raised_to_all_who_wait_and_the_next_one_tries_anew() -> None:
    things: MadeOnce[str] = MadeOnce(4)

    def fail() -> str:
        raise ValueError("cannot be made")

    make = Makers(fail)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(things.get, "one", make)]
        assert make.began.wait(PATIENCE)
        future = things._things["one"]
        asked += [pool.submit(future.result, PATIENCE) for _ in range(3)]
        make.may_end.set()
        for asking in asked:
            with pytest.raises(ValueError, match="cannot be made"):
                asking.result(PATIENCE)
    assert things.get("one", lambda: "made") == "made"


def test_the_last_used_are_kept_and_none_that_is_being_made_is_dropped() -> None:
    things: MadeOnce[str] = MadeOnce(2)
    make = Makers(lambda: "slow")
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(things.get, "slow", make)
        assert make.began.wait(PATIENCE)
        for key in ("a", "b", "a", "c"):
            assert things.get(key, lambda key=key: key) == key
        assert "slow" in things._things
        make.may_end.set()
        assert slow.result(PATIENCE) == "slow"
    assert things.get("slow", lambda: "anew") == "slow"
    assert len(things._things) == 2
