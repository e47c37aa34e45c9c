"""What may be served to whom: a council's own data never without sign-in, unless to this computer alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from improvement_board.access.providers import auth_problems, providers
from improvement_board.access.serving import council_name, is_loopback, is_open, serving, viewer_as, why_closed
from improvement_board.declared.home import Home, default_home
from improvement_board.document.sign_in import not_served_page
from improvement_board.editions.manifest import FORMAT, MANIFEST
from improvement_board.editions.shelf import read_shelf

COMPLETE: dict[str, Any] = {
    "redirect_uri": "https://board.council.gov.uk/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "an id",
    "client_secret": "never shown",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
LOCAL = "127.0.0.1"


def council(said: str) -> str:
    return f'[council]\nname = "X"\n{said}\n'


SYNTHETIC, PUBLISHED, OWN = (
    council(plan_line) for plan_line in ("synthetic = true", "published = true", "synthetic = false")
)
MADE_FROM = {SYNTHETIC: "demonstration", PUBLISHED: "published", OWN: "records"}


def made(folder: Path, plan: str | None, editions: tuple[str | None, ...] = (), *, access: bool = False) -> Home:
    """A home whose plan says this of the council, with editions made from these; None: it does not say."""
    home = Home(folder)
    home.editions.mkdir(parents=True)
    if plan is not None:
        home.plan.write_text(plan, encoding="utf-8")
    for number, made_from in enumerate(editions, 1):
        edition = home.editions / f"2026-0{number}-28"
        edition.mkdir()
        (edition / "plan.toml").write_text(SYNTHETIC, encoding="utf-8")
        (edition / MANIFEST).write_text(manifest(edition.name, made_from), encoding="utf-8")
    if access:
        home.access.write_text("", encoding="utf-8")
    return home


def manifest(edition: str, made_from: str | None) -> str:
    said: dict[str, Any] = {"format": FORMAT, "edition": edition, "revision": 1, "published": "2026-03-01T00:00:00Z"}
    said |= {"software": "0", "council": "E08999901", "sources": [], "kpis": {}, "files": {}}
    return json.dumps(said | ({"made_from": made_from} if made_from else {}))


@pytest.mark.parametrize(
    ("plan", "editions", "expected"),
    [
        (SYNTHETIC, ("demonstration",), True),
        (PUBLISHED, ("published", "published"), True),
        (SYNTHETIC, ("demonstration", "published"), True),
        (SYNTHETIC, (), True),
        (None, ("demonstration",), True),
        ("[council", ("demonstration",), True),
        (None, (), True),
        (OWN, (), False),
        (OWN, ("demonstration",), False),
        (council('synthetic = "true"'), ("demonstration",), False),
        (council("synthetic = 1"), ("demonstration",), False),
        ("council = true", ("demonstration",), True),
        (SYNTHETIC, ("records",), False),
        (PUBLISHED, ("records",), False),
        (SYNTHETIC, ("demonstration", "records"), False),
        (SYNTHETIC, ("demonstration", None), False),
        (SYNTHETIC, ("demonstration", "nobody knows"), False),
        (None, ("records",), False),
    ],
)
def test_open_are_homes_of_editions_that_are_not_of_a_councils_records(
    tmp_path: Path, plan: str | None, editions: tuple[str | None, ...], expected: bool
) -> None:
    home = made(tmp_path / "home", plan, editions)
    assert is_open(home) is expected
    assert bool(why_closed(home, read_shelf(home))) is not expected


def test_what_closes_a_home_is_said_and_seen_as_soon_as_it_is_there(tmp_path: Path) -> None:
    home = made(tmp_path / "home", SYNTHETIC, ("demonstration",))
    assert is_open(home)
    file = home.editions / "2026-01-28" / MANIFEST
    file.write_text(manifest("2026-01-28", "records"), encoding="utf-8")
    how = serving(home, None, insecure_local=False, server_address=None)
    assert "2026-01-28: is an edition of a council's own records" in str(how.problems[-1])
    home.plan.write_text(OWN, encoding="utf-8")
    assert [problem.file for problem in why_closed(home, read_shelf(home))] == [home.editions / "2026-01-28", home.plan]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "Invalid JSON"),
        ("", "Invalid JSON"),
        (manifest("2026-01-28", "demonstration").replace('"sources": []', '"sources": 3'), "sources: Input should"),
        (manifest("2026-02-28", "demonstration"), "is of edition 2026-02-28"),
        (manifest("2026-01-28", "demonstration").replace('"format": 1', '"format": 9'), "format: is of another format"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_manifest_that_cannot_be_read_closes_the_home_and_is_named_with_what_to_do(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    home = made(tmp_path / "home", SYNTHETIC, ("demonstration",))
    edition = home.editions / "2026-01-28"
    (edition / MANIFEST).write_bytes(text if isinstance(text, bytes) else text.encode())
    (problem,) = why_closed(home, read_shelf(home))
    assert str(problem).startswith(f"{edition}: its manifest.json cannot be used ({why}")
    assert str(problem).endswith("put the file back from a backup, or move this folder out of the home")
    assert len(str(problem)) < 400 + len(str(edition))
    shown = not_served_page(why_closed(home, read_shelf(home)))
    assert "2026-01-28: its manifest.json cannot be used" in shown
    assert str(home.folder) not in shown


def test_the_demonstrations_plan_is_open_until_it_says_otherwise(tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copyfile(default_home().plan, home.plan)
    assert is_open(home)
    home.plan.write_text(home.plan.read_text("utf-8").replace("synthetic = true", "synthetic = false"), "utf-8")
    assert not is_open(home)


@pytest.mark.parametrize(
    ("plan", "auth", "access", "insecure", "address", "way"),
    [
        (SYNTHETIC, None, False, False, None, "open"),
        (SYNTHETIC, None, True, False, None, "open"),
        (SYNTHETIC, COMPLETE, False, False, None, "open"),
        (SYNTHETIC, COMPLETE, True, False, None, "sign-in"),
        (OWN, COMPLETE, True, False, "0.0.0.0", "sign-in"),
        (OWN, COMPLETE, True, True, LOCAL, "sign-in"),
        (OWN, None, False, False, LOCAL, "refused"),
        (OWN, None, True, False, LOCAL, "refused"),
        (OWN, COMPLETE, False, False, LOCAL, "refused"),
        (OWN, {**COMPLETE, "client_secret": ""}, True, False, LOCAL, "refused"),
        (OWN, None, False, True, LOCAL, "insecure-local"),
        (OWN, None, False, True, "localhost", "insecure-local"),
        (OWN, None, False, True, "0.0.0.0", "refused"),
        (OWN, None, False, True, "", "refused"),
        (OWN, None, False, True, None, "refused"),
        (OWN, None, False, True, "192.168.1.4", "refused"),
    ],
)
def test_how_a_home_is_served(
    tmp_path: Path,
    plan: str,
    auth: dict[str, Any] | None,
    access: bool,
    insecure: bool,
    address: str | None,
    way: str,
) -> None:
    home = made(tmp_path / "home", plan, (MADE_FROM[plan],), access=access)
    how = serving(home, auth, insecure_local=insecure, server_address=address)
    assert how.way == way
    assert bool(how.problems) == (way == "refused")
    assert "never shown" not in str(how)


def test_loopback_addresses() -> None:
    assert all(is_loopback(address) for address in ("localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"))
    others = (None, "", "0.0.0.0", "::", "10.0.0.1", "board.council.gov.uk", "localhost.council.gov.uk", "127.0.0.1.x")
    assert not any(is_loopback(address) for address in others)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"redirect_uri": None}, "auth.redirect_uri"),
        ({"redirect_uri": "http://board.council.gov.uk/oauth2callback"}, "auth.redirect_uri"),
        ({"redirect_uri": "https://board.council.gov.uk/"}, "auth.redirect_uri"),
        ({"redirect_uri": "https://[/oauth2callback"}, "auth.redirect_uri"),
        ({"cookie_secret": "short"}, "auth.cookie_secret"),
        ({"cookie_secret": 7}, "auth.cookie_secret"),
        ({"client_id": ""}, "auth.client_id"),
        ({"client_secret": None}, "auth.client_secret"),
        ({"server_metadata_url": "http://login.example/x"}, "auth.server_metadata_url"),
        ({"server_metadata_url": "login.example"}, "auth.server_metadata_url"),
        ({"entra": {"client_id": "x", "client_secret": "y"}}, "auth.entra.server_metadata_url"),
        ({"entra_id": {**COMPLETE}}, "auth.entra_id"),
    ],
)
def test_each_thing_that_sign_in_lacks_is_said_without_a_secret(change: dict[str, Any], column: str) -> None:
    problems = auth_problems({**COMPLETE, **change})
    assert [problem.column for problem in problems] == [column]
    assert "never shown" not in str(problems)


def test_sign_in_that_lacks_nothing() -> None:
    assert auth_problems(COMPLETE) == ()
    assert providers(COMPLETE) == ("default",)
    here = {**COMPLETE, "redirect_uri": "http://localhost:8501/oauth2callback"}
    assert auth_problems(here) == ()
    shared = {key: COMPLETE[key] for key in ("redirect_uri", "cookie_secret")}
    assert [problem.column for problem in auth_problems(shared)] == ["auth"]
    assert [problem.column for problem in auth_problems({})] == ["auth"]
    several = {**shared, "council": COMPLETE, "partner": COMPLETE}
    assert auth_problems(several) == ()
    assert providers(several) == ("council", "partner")
    assert providers({**COMPLETE, "client_kwargs": {"scope": "openid"}}) == ("default",)


def test_the_councils_name_is_read_where_it_can_be(tmp_path: Path) -> None:
    assert council_name(default_home().plan) == "Northbridge"
    assert council_name(tmp_path / "none") is None
    (tmp_path / "plan.toml").write_text("[council]\nname = 7\n", encoding="utf-8")
    assert council_name(tmp_path / "plan.toml") is None


def test_a_role_may_be_looked_in() -> None:
    assert viewer_as("manager", "North").teams == {"North"}
    assert viewer_as("manager", None).teams == frozenset()
    assert viewer_as("committee", "North").teams == frozenset()
    assert not viewer_as("auditor", "North").sees_figures
