"""The watch kept over every visit would see what it looks for: a check that cannot fail shows nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from serving import GUARD, Server
from visiting import PHONE, Visitor, sideways

pytestmark = pytest.mark.browser


@pytest.fixture
def unwatched(server: Server, chromium: Browser) -> Iterator[Visitor]:
    """A visitor who is not held to what is found, in a browser that lets pages ask other hosts."""
    with chromium.new_context(bypass_csp=True) as context:
        yield Visitor(server, context)


def test_a_page_is_kept_from_asking_other_hosts(server: Server, chromium: Browser) -> None:
    with chromium.new_context() as context:
        visitor = Visitor(server, context)
        page = visitor.open("/about")
        page.evaluate("() => fetch('http://example.invalid/x').catch(() => {})")
        assert visitor.outside == []
        assert any("Content Security Policy" in error for error in visitor.errors)


def test_requests_to_other_hosts_and_errors_are_seen(unwatched: Visitor) -> None:
    page = unwatched.open("/about")
    assert unwatched.outside == []
    assert unwatched.errors == []
    page.evaluate("() => fetch('http://example.invalid/x').catch(() => { console.error('it failed'); })")
    page.evaluate("() => { setTimeout(() => { throw new Error('thrown'); }); }")
    page.wait_for_function("() => new Promise(done => setTimeout(() => done(true)))")
    assert unwatched.outside == ["http://example.invalid/x"]
    assert any("it failed" in error for error in unwatched.errors)
    assert any("thrown" in error for error in unwatched.errors)
    page.close()


def test_sideways_scrolling_is_seen(unwatched: Visitor) -> None:
    page = unwatched.open("/about", PHONE)
    assert sideways(page) == []
    page.locator("h1").evaluate("heading => { heading.style.width = '500px'; }")
    assert any(found.startswith("<h1") for found in sideways(page))
    page.close()


def test_the_servers_own_requests_are_seen(tmp_path: Path) -> None:
    asked_for = tmp_path / "asked"
    environment = {**os.environ, "PYTHONPATH": str(GUARD), "IMPROVEMENT_BOARD_ASKED_FOR": str(asked_for)}
    script = (
        "import socket\n"
        "for place in (('127.0.0.1', 9), ('example.invalid', 80)):\n"
        "    try: socket.create_connection(place, timeout=5)\n"
        "    except OSError: pass\n"
    )
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    assert asked_for.read_text(encoding="utf-8") == "socket.getaddrinfo example.invalid\n"
