"""What may be served to whom: a council's own data never without sign-in, unless to this computer alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from improvement_board.access.providers import auth_problems, providers
from improvement_board.access.serving import council_name, is_loopback, is_open, serving, viewer_as
from improvement_board.home import Home, default_home

COMPLETE: dict[str, Any] = {
    "redirect_uri": "https://board.council.gov.uk/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "an id",
    "client_secret": "never shown",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
LOCAL = "127.0.0.1"


def made(folder: Path, plan: str | None, editions: tuple[str, ...] = (), *, access: bool = False) -> Home:
    """A home whose plan, and whose editions' plans, say this of the council."""
    home = Home(folder)
    home.editions.mkdir(parents=True)
    if plan is not None:
        home.plan.write_text(plan, encoding="utf-8")
    for number, text in enumerate(editions, 1):
        edition = home.editions / f"2026-0{number}-28"
        edition.mkdir()
        (edition / "manifest.json").write_text("{}", encoding="utf-8")
        (edition / "plan.toml").write_text(text, encoding="utf-8")
    if access:
        home.access.write_text("", encoding="utf-8")
    return home


def council(said: str) -> str:
    return f'[council]\nname = "X"\n{said}\n'


SYNTHETIC, PUBLISHED, OWN = (council(one) for one in ("synthetic = true", "published = true", "synthetic = false"))


@pytest.mark.parametrize(
    ("plan", "editions", "expected"),
    [
        (SYNTHETIC, (SYNTHETIC,), True),
        (PUBLISHED, (PUBLISHED, PUBLISHED), True),
        (SYNTHETIC, (), True),
        (None, (SYNTHETIC,), True),
        ("[council", (SYNTHETIC,), True),
        (None, (), True),
        (OWN, (), False),
        (OWN, (OWN,), False),
        (OWN, (SYNTHETIC,), False),
        (SYNTHETIC, (SYNTHETIC, OWN), False),
        (SYNTHETIC, (SYNTHETIC, "[council"), False),
        ("[council", (OWN,), False),
        (SYNTHETIC, (council('synthetic = "true"'),), False),
        (SYNTHETIC, (council("synthetic = 1"),), False),
        (SYNTHETIC, ("council = true",), False),
    ],
)
def test_open_are_homes_whose_every_edition_says_so(
    tmp_path: Path, plan: str | None, editions: tuple[str, ...], expected: bool
) -> None:
    assert is_open(made(tmp_path / "home", plan, editions)) is expected


def test_an_edition_without_a_plan_is_not_open(tmp_path: Path) -> None:
    home = made(tmp_path / "home", SYNTHETIC, (SYNTHETIC,))
    (home.editions / "2026-01-28" / "plan.toml").unlink()
    assert not is_open(home)


def test_the_demonstration_is_open_until_its_plan_says_otherwise(tmp_path: Path) -> None:
    assert is_open(default_home())
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
    home = made(tmp_path / "home", plan, (plan,), access=access)
    how = serving(home, auth, insecure_local=insecure, server_address=address)
    assert how.way == way
    assert bool(how.problems) == (way == "refused")
    assert "never shown" not in str(how)


def test_loopback_addresses() -> None:
    assert all(is_loopback(one) for one in ("localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"))
    others = (None, "", "0.0.0.0", "::", "10.0.0.1", "board.council.gov.uk", "localhost.council.gov.uk", "127.0.0.1.x")
    assert not any(is_loopback(one) for one in others)


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
