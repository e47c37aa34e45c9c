"""What people who sign in leave in the access record: read from its files, after the server has ended."""

from __future__ import annotations

import shutil
import stat

import pytest
from identity import ACCESS, Provider, profile_of_people, provider, sign_in, start_with_sign_in, stranger_to
from playwright.sync_api import Browser, BrowserContext, expect
from serving import Server

from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.record_files import RecordFolder
from improvement_board.declared.home import Home, default_home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def left(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, list[RecordEntry]]:
    """The server, ended, and all entries of a few visits."""
    folder = tmp_path_factory.mktemp("recorded")
    home = Home(folder / "home")
    shutil.copytree(default_home().folder, home.folder)
    home.access.write_text(ACCESS, encoding="utf-8")
    with provider() as known, profile_of_people(chromium) as people:
        server = start_with_sign_in(home, folder, known)
        try:
            visits(people, server, known)
        finally:
            server.stop()
    entries = list(RecordFolder(home.record).read())
    assert None not in entries
    return server, [entry for entry in entries if entry]


def visits(people: BrowserContext, server: Server, known: Provider) -> None:
    """A member looks, downloads and signs out; a councillor is refused; a stranger comes; a sign-in is broken off."""
    with stranger_to(server, known, people) as visitor:
        page = sign_in(visitor, "chair")
        page = visitor.open("/indicator", kpi="average_caseload")
        with page.expect_download() as saved:
            page.get_by_role("link", name="Download these figures (CSV)").first.click()
        assert saved.value.path()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/oauth2/end_session**")
    with stranger_to(server, known, people) as visitor:
        sign_in(visitor, "councillor")
        visitor.open("/data-quality")
    with stranger_to(server, known, people) as visitor:
        sign_in(visitor, "stranger", "/indicator")
    with stranger_to(server, known, people) as visitor:
        page = visitor.open("/")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Deny").click()
        page.wait_for_url(f"{server.url}/**")
        visitor.settle(page)
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def of(entries: list[RecordEntry], who: str) -> list[tuple[str, str, str]]:
    return [(entry.event, entry.role, entry.page) for entry in entries if entry.who == who]


def test_a_member_leaves_sign_in_pages_download_and_sign_out(left: tuple[Server, list[RecordEntry]]) -> None:
    _, entries = left
    assert of(entries, "Chair@council.example") == [
        ("sign-in", "member", ""),
        ("page", "member", "plan"),
        ("page", "member", "indicator"),
        ("download", "member", "indicator"),
        ("sign-out", "member", ""),
    ]
    (download,) = [entry for entry in entries if entry.event == "download"]
    assert download.filters == {"kpi": "average_caseload"}
    assert download.file.startswith("average_caseload_")
    assert download.rows


def test_refusals_and_failed_sign_ins_are_noted(left: tuple[Server, list[RecordEntry]]) -> None:
    _, entries = left
    assert of(entries, "councillor@council.example") == [
        ("sign-in", "committee", ""),
        ("page", "committee", "plan"),
        ("refusal", "committee", "data-quality"),
    ]
    assert of(entries, "<b>stranger</b>@elsewhere.example") == [("sign-in-failure", "", "plan")]
    assert of(entries, "") == [("sign-in-failure", "", "")]


def test_the_record_is_for_its_owner_and_no_name_is_in_the_log(left: tuple[Server, list[RecordEntry]]) -> None:
    server, _ = left
    assert {stat.S_IMODE(file.stat().st_mode) for file in server.home.record.iterdir()} == {0o600}
    assert "council.example" not in server.said()
    assert "stranger" not in server.said()
