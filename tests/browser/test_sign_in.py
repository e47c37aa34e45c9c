"""Sign-in with a real provider: what each role gets, who is refused, how a sign-in ends."""

from __future__ import annotations

import json
import shutil
import time
import urllib.request
from collections.abc import Iterator

import pytest
from axe import violations
from identity import (
    ACCESS,
    CONTACT,
    COOKIE_SECRET,
    Provider,
    profile_of_people,
    provider,
    sign_in,
    start_with_sign_in,
    stranger_to,
)
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import Server
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from visiting import Visitor

from improvement_board.declared.home import Home, default_home

pytestmark = pytest.mark.browser
NAVIGATION = ".ib-places a"
COUNCIL = "Northbridge"
EDITION = "figures to "


@pytest.fixture(scope="module")
def known() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def guarded(chromium: Browser, known: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration's home with an access.toml, served with sign-in."""
    folder = tmp_path_factory.mktemp("guarded")
    home = Home(folder / "home")
    shutil.copytree(default_home().folder, home.folder)
    home.access.write_text(ACCESS, encoding="utf-8")
    server = start_with_sign_in(home, folder, known)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def people(chromium: Browser) -> Iterator[BrowserContext]:
    with profile_of_people(chromium) as context:
        yield context


@pytest.fixture
def visitor(guarded: Server, known: Provider, people: BrowserContext) -> Iterator[Visitor]:
    """A visitor who is not signed in."""
    with stranger_to(guarded, known, people) as visitor:
        yield visitor


def pages(page: Page) -> list[str]:
    return page.locator(NAVIGATION).all_text_contents()


def has_nothing_but(page: Page, title: str) -> None:
    expect(page.locator("h1")).to_have_text(title)
    assert pages(page) == []
    assert page.locator("[role=dialog], img, .ib-drawn, table, select, input, .ib-frame, .ib-bar").count() == 0
    assert EDITION not in page.locator("body").inner_text()


def test_without_sign_in_there_is_a_button_and_nothing_else(visitor: Visitor) -> None:
    for path in ("/", "/team", "/indicator?kpi=agency_rate&as=analyst", "/leadership", "/nowhere"):
        page = visitor.open(path)
        has_nothing_but(page, f"{COUNCIL} Improvement Board")
        assert page.get_by_role("button").all_inner_texts() == ["Sign in"]
        assert violations(page) == []


def test_a_member_gets_pages_and_may_sign_out_of_every_tab(visitor: Visitor) -> None:
    page = sign_in(visitor, "chair")
    expect(page.locator("h1")).to_have_text(f"{COUNCIL}: plan on a page")
    assert "Team" in pages(page)
    assert "Data quality" not in pages(page)
    person = page.locator(".st-key-signed-in")
    expect(person).to_contain_text("Signed in as Chair@council.example")
    expect(person).to_contain_text("Board member")
    expect(page.get_by_label("View as")).to_have_count(0)
    other = visitor.open("/indicator", **{"as": "analyst"})
    expect(other.locator(".st-key-signed-in")).to_contain_text("Board member")
    assert other.locator(".ib-drawn").count() > 0
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session**")
    page.locator("button, input[type=submit]").first.click()
    page.wait_for_url(f"{visitor.server.url}/")
    visitor.settle(page)
    has_nothing_but(page, f"{COUNCIL} Improvement Board")
    other.get_by_role("link", name="About these figures").first.click()
    visitor.settle(other)
    has_nothing_but(other, "You are signed out")


def test_a_page_that_is_not_for_the_role_is_refused_by_its_address(visitor: Visitor) -> None:
    page = sign_in(visitor, "councillor")
    assert not {"Team", "Data quality"} & set(pages(page))
    for path, title in (("/team", "Team"), ("/data-quality", "Data quality")):
        page = visitor.open(path)
        expect(page.locator("h1")).to_have_text("This page is not for your role")
        expect(page.locator('[data-testid="stMain"]')).to_contain_text(
            f"{title} is not shown in the role Scrutiny committee"
        )
        assert page.locator(".ib-headline, .ib-drawn").count() == 0
    page.get_by_role("link", name="To the first page").click()
    visitor.settle(page)
    expect(page.locator("h1")).to_have_text(f"{COUNCIL}: plan on a page")


def test_an_auditor_gets_the_record_and_no_figures(visitor: Visitor) -> None:
    page = sign_in(visitor, "auditor")
    expect(page.locator("h1")).to_have_text("Access record")
    assert page.locator(".ib-drawn, .ib-frame").count() == 0
    for path in ("/indicator", "/team", "/plan"):
        page = visitor.open(path)
        expect(page.locator("h1")).to_have_text("This page is not for your role")
        assert EDITION not in page.locator("body").inner_text()


def test_an_unknown_person_is_told_whom_to_ask_and_nothing_else(visitor: Visitor) -> None:
    for page in (sign_in(visitor, "stranger", "/indicator"), visitor.open("/team")):
        has_nothing_but(page, "You are not known to this dashboard")
        said = page.locator("body").inner_text()
        assert "You are signed in as <b>stranger</b>@elsewhere.example" in said
        assert f"Ask {CONTACT} for access." in said
        assert page.get_by_role("button").all_inner_texts() == ["Sign out"]
        assert violations(page) == []


def test_an_open_page_shows_nothing_more_once_the_sign_in_has_expired(visitor: Visitor, known: Provider) -> None:
    expiry = time.time() + 15
    known.knows("brief", {"email": "brief@council.example", "groups": ["board-members"], "exp": int(expiry)})
    page = sign_in(visitor, "brief")
    expect(page.locator("h1")).to_have_text(f"{COUNCIL}: plan on a page")
    page.wait_for_function("expiry => Date.now() / 1000 > expiry", arg=expiry)
    page.get_by_role("link", name="About these figures").first.click()
    visitor.settle(page)
    has_nothing_but(page, "Your sign-in has ended")
    has_nothing_but(visitor.open("/indicator"), "Your sign-in has ended")


def test_a_sign_in_that_is_broken_off_lets_nobody_in(visitor: Visitor, guarded: Server) -> None:
    page = visitor.open("/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(f"{guarded.url}/**")
    visitor.settle(page)
    has_nothing_but(page, f"{COUNCIL} Improvement Board")


def test_a_cookie_that_was_changed_lets_nobody_in(visitor: Visitor) -> None:
    sign_in(visitor, "chair")
    cookies = {cookie["name"]: cookie for cookie in visitor.context.cookies()}
    user = cookies["_streamlit_user"]
    assert user["httpOnly"]
    assert user["sameSite"] == "Lax"
    assert user["expires"] < time.time() + 100_000  # a day after the provider's hour, not Streamlit's 30 days
    tokens = decode_signed_value(COOKIE_SECRET, "_streamlit_user_tokens", cookies["_streamlit_user_tokens"]["value"])
    assert list(json.loads(tokens or b"{}")) == ["id_token"]
    visitor.context.add_cookies([{**user, "value": user["value"][:-8] + "AAAAAAAA"}])
    has_nothing_but(visitor.open("/"), f"{COUNCIL} Improvement Board")


def test_the_headers_are_there(guarded: Server) -> None:
    asked = [guarded.url, f"{guarded.url}/team", f"{guarded.url}/_stcore/health", f"{guarded.url}/static/none.js"]
    for url in asked:
        request = urllib.request.Request(url, headers={"X-Forwarded-Proto": "https"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                headers = answer.headers
        except urllib.error.HTTPError as error:
            headers = error.headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    with urllib.request.urlopen(guarded.url, timeout=10) as answer:
        assert answer.headers["Strict-Transport-Security"] is None


def test_scripts_that_are_not_the_dashboards_own_do_not_run(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.taken = true';"
        " document.body.append(script); }"
    )
    assert page.evaluate("window.taken") is None
    assert len(visitor.errors) == 1
    assert "Content Security Policy" in visitor.errors.pop()
