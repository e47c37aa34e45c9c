"""A sign-in lasts until it expires or is ended, and no longer."""

from __future__ import annotations

from typing import Any

import pytest

from improvement_board.access.session import SignedOut, is_live, sign_in_key

NOW = 1_800_000_000.0


@pytest.mark.parametrize(("expiry", "live"), [(NOW + 1, True), (int(NOW) + 1, True), (NOW, False), (NOW - 1, False)])
def test_a_sign_in_lasts_to_its_expiry(expiry: float, live: bool) -> None:
    assert is_live({"exp": expiry}, NOW) is live


@pytest.mark.parametrize(
    "expiry", [None, "", str(NOW + 1), True, float("nan"), float("inf"), -float("inf"), [NOW + 1], {"exp": NOW + 1}]
)
def test_an_expiry_that_is_no_time_never_holds(expiry: Any) -> None:
    assert not is_live({"exp": expiry}, NOW)
    assert not is_live({}, NOW)


def test_a_sign_in_that_was_ended_has_ended_and_another_of_the_same_person_has_not() -> None:
    ended = SignedOut()
    first, second = {"sub": "1", "exp": NOW + 60, "nonce": "a"}, {"sub": "1", "exp": NOW + 60, "nonce": "b"}
    assert not ended.has_ended(first)
    ended.end(first, NOW)
    assert ended.has_ended(dict(reversed(first.items())))
    assert not ended.has_ended(second)


def test_what_has_expired_is_forgotten() -> None:
    ended = SignedOut()
    for number in range(50):
        ended.end({"sub": number, "exp": NOW + number + 0.5}, NOW + number)
    assert len(ended._ended) == 1
    ended.end({"sub": "without an expiry"}, NOW)
    assert not ended.has_ended({"sub": "without an expiry"})


def test_a_key_tells_nothing_of_the_person_and_takes_anything() -> None:
    key = sign_in_key({"email": "a@b.uk", "odd": b"bytes", "many": {"x": [1, None]}})
    assert "a@b.uk" not in key
    assert len(key) == 64
