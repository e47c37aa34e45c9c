"""Who gets which page: by sign-in, by the role chosen without one, and where a home is not served at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from damage import LATEST, copy_of
from opening import (
    ABOUT,
    INDICATOR,
    PLAN,
    QUALITY,
    TEAM,
    alternatives,
    blocks,
    choose,
    chosen,
    controls,
    downloads,
    notices,
    open_app,
    title,
    words_of,
)
from streamlit.testing.v1 import AppTest

from improvement_board.access.insecure import INSECURE_VARIABLE
from improvement_board.dashboard import sign_in
from improvement_board.declared.home import Home, default_home
from improvement_board.page_models.open_editions import OpenEditions

RECORD = "pages/access_record.py"
NOW = 1_800_000_000.0
AUTH = {
    "redirect_uri": "https://board.council.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "an id",
    "client_secret": "a secret",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
GRANTS = "".join(
    f'[[grant]]\nrole = "{role}"\ngroups = ["{role}"]\n' for role in ("committee", "member", "analyst", "auditor")
)
ACCESS = (
    f'contact = "the <b>help</b> desk"\n{GRANTS}[[grant]]\nrole = "manager"\ngroups = ["manager"]\nteams = ["North"]\n'
)
APP_TEST_SESSION = "test session id"
REFUSED = "This page is not for your role"
Serve = Callable[[Home], None]
SignIn = Callable[..., dict[str, Any]]


@pytest.fixture
def home(serve: Serve, tmp_path: Path) -> Home:
    """The demonstration's figures as if they were a council's own."""
    made = copy_of(default_home(), tmp_path, (LATEST,))
    made.plan.write_text(made.plan.read_text("utf-8").replace("synthetic = true", "synthetic = false"), "utf-8")
    serve(made)
    return made


@pytest.fixture
def signed_in(home: Home, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Signs somebody in, with claims that a test may change afterwards."""
    home.access.write_text(ACCESS, encoding="utf-8")
    monkeypatch.setattr(sign_in, "auth_section", lambda: AUTH)
    monkeypatch.setattr(sign_in, "clock", lambda: NOW)

    def signs_in(*groups: str, **claims: Any) -> dict[str, Any]:
        said = {"sub": "someone", "email": "a@b.uk", "groups": list(groups), "exp": NOW + 60, **claims}
        monkeypatch.setattr(sign_in, "claims", lambda: said)
        return said

    return signs_in


@pytest.fixture
def no_board(monkeypatch: pytest.MonkeyPatch) -> None:
    """No edition may be opened."""

    def opened(self: OpenEditions, *_: object) -> None:
        raise AssertionError(f"{self.home} was opened")

    monkeypatch.setattr(OpenEditions, "desk", opened)


def has_no_figures(app: AppTest, expected: str) -> None:
    assert not app.exception
    assert title(app) == expected
    assert alternatives(app) == []
    assert len(controls(app)) == len(app.table) == len(downloads(app)) == 0
    assert "figures to " not in words_of(app)


@pytest.mark.parametrize("page", [PLAN, INDICATOR, TEAM, ABOUT])
@pytest.mark.usefixtures("home", "no_board")
def test_a_councils_own_data_is_not_served_without_sign_in(page: str) -> None:
    app = open_app(page, as_="analyst")
    has_no_figures(app, "The dashboard does not serve this data yet")
    assert "sign-in is not configured" in words_of(app)
    assert "improvement-board run --insecure-local" in words_of(app)


def test_a_councils_own_data_is_served_to_this_computer_alone_where_that_was_asked(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INSECURE_VARIABLE, "1")
    for page in (PLAN, INDICATOR):
        app = open_app(page)
        assert not app.exception
        assert any("Served without sign-in, to this computer alone" in notice for notice in notices(app))
        assert "as" not in chosen(app)


@pytest.mark.usefixtures("home", "no_board")
def test_another_computer_that_asks_all_the_same_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INSECURE_VARIABLE, "1")
    monkeypatch.setattr(type(st.context), "ip_address", "192.168.1.4")
    app = open_app(PLAN)
    has_no_figures(app, "The dashboard does not serve this data yet")
    assert "another one asks" in words_of(app)


@pytest.mark.usefixtures("home", "no_board")
@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.168.1.4"])
def test_a_server_that_others_reach_does_not_serve_it_though_it_was_asked(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(INSECURE_VARIABLE, "1")
    option = st.get_option
    monkeypatch.setattr(st, "get_option", lambda key: address if key == "server.address" else option(key))
    app = open_app(PLAN)
    has_no_figures(app, "The dashboard does not serve this data yet")
    assert "the server listens to others" in words_of(app)


@pytest.mark.usefixtures("no_board")
@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"exp": NOW}, "Your sign-in has ended"),
        ({"exp": None}, "Your sign-in has ended"),
        ({"exp": "tomorrow"}, "Your sign-in has ended"),
        ({"groups": ["boards", ["member"], None]}, "You are not known to this dashboard"),
        ({"groups": None, "email_verified": False}, "You are not known to this dashboard"),
    ],
)
def test_who_may_not_look_sees_nothing(signed_in: SignIn, claims: dict[str, Any], expected: str) -> None:
    signed_in("member", **claims)
    for page in (PLAN, INDICATOR):
        has_no_figures(open_app(page), expected)


@pytest.mark.usefixtures("no_board")
def test_an_unknown_person_is_told_whom_to_ask(signed_in: SignIn) -> None:
    signed_in(email="<i>me</i>@b.uk", _claim_names={"groups": "src1"})
    app = open_app(PLAN)
    assert "You are signed in as <i>me</i>@b.uk" in words_of(app)
    assert "Ask the <b>help</b> desk for access." in words_of(app)
    assert "because they are many" in words_of(app)
    assert [button.label for button in app.button] == ["Sign out"]


@pytest.mark.usefixtures("no_board")
def test_before_sign_in_there_is_a_button_for_each_provider(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "claims", lambda: None)
    app = open_app(PLAN)
    has_no_figures(app, "Northbridge Improvement Board")
    assert [button.label for button in app.button] == ["Sign in"]
    shared = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    monkeypatch.setattr(sign_in, "auth_section", lambda: {**shared, "council": AUTH, "partner": AUTH})
    labels = [button.label for button in open_app(PLAN).button]
    assert labels == ["Sign in with council", "Sign in with partner"]


@pytest.mark.usefixtures("no_board")
def test_an_access_file_that_is_wrong_lets_nobody_in(signed_in: SignIn, home: Home) -> None:
    signed_in("analyst")
    home.access.write_text(ACCESS + "\n[secret_group]\n", encoding="utf-8")
    app = open_app(PLAN)
    has_no_figures(app, "The dashboard cannot tell who may see what")
    assert "secret_group" not in words_of(app)
    home.access.write_text(ACCESS, encoding="utf-8")
    signed_in()
    assert title(open_app(PLAN)) == "You are not known to this dashboard"


@pytest.mark.parametrize(
    ("role", "hidden", "shown"),
    [
        ("committee", [TEAM, RECORD], [PLAN, INDICATOR, ABOUT]),
        ("member", [RECORD], [PLAN, INDICATOR, TEAM, ABOUT]),
        ("manager", [RECORD], [PLAN, TEAM]),
        ("analyst", [RECORD], [PLAN, TEAM]),
    ],
)
def test_each_role_gets_its_pages_and_is_refused_the_others(
    signed_in: SignIn, role: str, hidden: list[str], shown: list[str]
) -> None:
    signed_in(role)
    app = open_app(PLAN, as_="analyst")
    assert "Signed in as a@b.uk" in words_of(app)
    assert "as" not in controls(app)
    for page in hidden:
        app.switch_page(page).run()
        assert not app.exception
        assert title(app) == REFUSED
        assert alternatives(app) == []
        assert "ib-headline" not in " ".join(blocks(app))
    for page in shown:
        app.switch_page(page).run()
        assert not app.exception
        assert title(app) != REFUSED
        assert "figures to " in words_of(app)


def test_data_quality_is_for_analysts(signed_in: SignIn) -> None:
    signed_in("analyst")
    app = open_app(PLAN)
    assert title(app.switch_page(QUALITY).run()) == "Data quality"
    signed_in("member")
    assert title(app.run()) == REFUSED


@pytest.mark.usefixtures("no_board")
def test_an_auditor_gets_the_record_alone_and_no_edition_is_opened(signed_in: SignIn) -> None:
    signed_in("auditor")
    app = open_app(PLAN)
    assert not app.exception
    assert "figures to " not in words_of(app)
    assert title(app) == "Access record"


def test_an_open_page_gets_no_more_figures_once_the_sign_in_has_expired_or_the_role_is_withdrawn(
    signed_in: SignIn,
) -> None:
    said = signed_in("member")
    app = open_app(INDICATOR)
    assert alternatives(app)
    said["exp"] = NOW - 1
    has_no_figures(app.run(), "Your sign-in has ended")
    said["exp"], said["groups"] = NOW + 1, []
    has_no_figures(app.run(), "You are not known to this dashboard")


def test_sign_out_ends_the_sign_in_for_every_session(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[None] = []
    monkeypatch.setattr(st, "logout", lambda: left.append(None))
    signed_in("member", nonce="the first")
    app, other = open_app(PLAN), open_app(ABOUT)
    app.button(key="sign-out").click().run()
    assert left
    has_no_figures(app, "You are signed out")
    has_no_figures(other.run(), "You are signed out")
    signed_in("member", nonce="the second")
    assert title(other.run()) == "About these figures"


def test_without_an_edition_a_person_may_still_sign_out(signed_in: SignIn, home: Home) -> None:
    shutil.rmtree(home.editions)
    signed_in("member")
    app = open_app(PLAN)
    has_no_figures(app, "The dashboard cannot open its data")
    assert [button.label for button in app.button] == ["Sign out"]


@pytest.mark.parametrize("role", ["committee", "member", "manager", "analyst"])
def test_without_sign_in_the_demonstration_is_looked_at_in_any_role(role: str) -> None:
    app = open_app(TEAM, as_=role)
    assert not app.exception
    assert chosen(app) == ({} if role == "analyst" else {"as": role})
    assert role != "committee" or 'href=".?as=committee">To the first page' in " ".join(blocks(app))
    assert (title(app) == REFUSED) is (role == "committee")


def test_an_unknown_role_in_the_address_is_the_usual_one() -> None:
    app = open_app(PLAN, as_="everything<script>")
    assert not app.exception
    assert "as" not in chosen(app)
    assert not app.button


def test_the_demonstration_is_looked_at_as_an_auditor_and_back() -> None:
    app = open_app(PLAN, as_="auditor")
    assert not app.exception
    assert title(app) == "Access record"
    choose(app, as_="member")
    assert not app.exception


@pytest.mark.parametrize(("group", "is_told"), [("analyst", True), ("member", False), ("committee", False)])
def test_files_and_values_that_are_wrong_are_named_to_those_who_see_everything(
    signed_in: SignIn, home: Home, group: str, is_told: bool
) -> None:
    signed_in(group)
    (home.editions / LATEST / "contacts.parquet").write_bytes(b"damaged")
    app = open_app()
    assert title(app) == "The dashboard cannot open its data"
    assert ("contacts.parquet" in words_of(app)) == is_told
    assert ("tell the council's analysts" in words_of(app)) != is_told
