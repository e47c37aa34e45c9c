"""What need not be noted again."""

from __future__ import annotations

from improvement_board.access.throttle import Seen, Throttle


def test_some_are_admitted_and_the_others_counted_with_the_next() -> None:
    throttle = Throttle(2, 60)
    assert [throttle.admit(now) for now in (0, 1, 2, 3, 59.9)] == [0, 0, None, None, None]
    assert throttle.admit(60) == 3
    assert throttle.admit(60.5) is None
    assert [throttle.admit(now) for now in (61, 200, 201, 202)] == [1, 0, 0, None]


def test_a_throttle_keeps_no_more_than_it_admits() -> None:
    throttle = Throttle(3, 60)
    for number in range(10_000):
        throttle.admit(number / 1000)
    assert throttle.admit(70) == 9997


def test_a_key_is_new_once_while_it_is_met() -> None:
    seen = Seen(2)
    assert [seen.is_new(key) for key in "abab"] == [True, True, False, False]
    assert [seen.is_new(key) for key in "ac"] == [False, True]
    assert [seen.is_new(key) for key in "ab"] == [False, True]
