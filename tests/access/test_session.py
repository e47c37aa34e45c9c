"""A sign-in lasts until it expires or is ended, and no longer."""

from __future__ import annotations

from typing import Any

import pytest

from improvement_board.access.session import is_live, sign_in_key

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


def test_a_key_tells_one_sign_in_from_another_and_nothing_of_its_tokens() -> None:
    first, second = {"sub": "1", "exp": NOW, "nonce": "a"}, {"sub": "1", "exp": NOW, "nonce": "b"}
    assert sign_in_key(first) == sign_in_key({"tokens": {"id": "x"}, **dict(reversed(first.items()))})
    assert sign_in_key(first) != sign_in_key(second)


def test_a_key_tells_nothing_of_the_person_and_takes_anything() -> None:
    key = sign_in_key({"email": "a@b.uk", "odd": b"bytes", "many": {"x": [1, None]}})
    assert "a@b.uk" not in key
    assert len(key) == 64
