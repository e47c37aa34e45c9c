"""What a browser is answered that opens a page of figures."""

from __future__ import annotations

import time

import httpx
from raw import Person

VIEW = 'id="ib-first"'


def opened(person: Person, page: str = "", **headers: str) -> httpx.Response:
    """What a browser gets that opens an address."""
    return person.get(f"/{page}", accept="text/html,*/*;q=0.8", **headers)


def until_shown(person: Person, page: str = "") -> httpx.Response:
    """The same once it holds the page: the first times, opening the figures may take longer than a browser waits."""
    end = time.monotonic() + 60
    while VIEW not in (answer := opened(person, page)).text and time.monotonic() < end:
        continue
    assert VIEW in answer.text
    return answer
