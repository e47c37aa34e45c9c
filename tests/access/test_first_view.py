"""The first view: the page in the server's first answer, to whom a run of the app would show it and to nobody else."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from first_views import VIEW, opened, until_shown
from raw import Person, signed_in
from serving import Server

from improvement_board.access.headers import script_hash
from improvement_board.access.record import AccessRecord
from improvement_board.access.session import sign_in_key
from improvement_board.access.signed_out import SignedOut
from improvement_board.access.throttle import Awaited
from improvement_board.document.drawn_chart import PHONE_WIDTH, USUAL_WIDTH, WIDTH_COOKIE, chart_width

PAGES = ("", "what-changed", "indicators", "indicator", "team", "data-quality", "about")


def test_the_answer_holds_the_page_and_no_cache_may_keep_it(server: Server) -> None:
    answer = until_shown(signed_in(server, "chair", "member"))
    assert "plan on a page – " not in answer.text.partition("</title>")[2]
    assert re.search(r"<title>[^<]*plan on a page – [^<]* Improvement Board</title>", answer.text)
    assert "Signed in as chair@council.example" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-encoding"] == "gzip"
    assert "Cookie" in answer.headers["vary"]
    assert '<div id="root">' in answer.text


def test_every_script_of_the_answer_is_one_that_the_policy_names(server: Server) -> None:
    answer = until_shown(signed_in(server, "chair", "member"))
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(scripts) > 1
    for script in scripts:
        assert script_hash(script) in answer.headers["content-security-policy"]
    assert not re.search(r"<[^>]* on\w+=", answer.text.partition(VIEW)[2])


@pytest.mark.parametrize("page", [*PAGES, "access-record", "nowhere", "static/../", "plan"])
def test_nobody_gets_a_figure_before_sign_in(server: Server, page: str) -> None:
    assert VIEW not in opened(Person(server), page).text


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("committee", {"team", "data-quality"}),
        ("member", {"data-quality"}),
        ("analyst", set()),
        ("auditor", set(PAGES)),
    ],
)
def test_a_role_gets_the_pages_that_it_may_see(server: Server, role: str, refused: set[str]) -> None:
    person = signed_in(server, f"a-{role}", role)
    shown = {page for page in PAGES if page not in refused}
    for page in shown:
        assert VIEW in until_shown(person, page).text
    for page in {*refused, "access-record", "nowhere"}:
        assert VIEW not in opened(person, page).text


def test_an_address_cannot_ask_for_another_role(server: Server) -> None:
    member = signed_in(server, "chair", "member")
    assert 'name="as"' not in until_shown(member, "?as=analyst").text
    assert VIEW not in opened(member, "data-quality?as=analyst").text


def test_who_has_no_grant_or_whose_sign_in_has_ended_gets_the_app_alone(server: Server) -> None:
    assert VIEW not in opened(signed_in(server, "stranger", "others")).text
    assert VIEW not in opened(signed_in(server, "late", sub="late", exp=int(time.time() - 5), groups=["member"])).text
    claims = {"sub": "leaver", "jti": "1", "exp": int(time.time() + 3600), "groups": ["member"]}
    leaver = signed_in(server, "leaver", **claims)
    until_shown(leaver)
    known = {**claims, "email": "leaver@council.example", "is_logged_in": True, "provider": "default"}
    assert SignedOut(server.home.signed_out).end(sign_in_key(known), float(claims["exp"]), time.time())
    assert VIEW not in opened(leaver).text


def test_a_forged_cookie_is_nobodys(server: Server) -> None:
    forger = signed_in(server, "forger", "analyst")
    assert VIEW not in opened(Person(server, f"{forger.cookie[:-4]}0000")).text


def test_only_a_browser_that_opens_a_page_gets_it(server: Server) -> None:
    member = signed_in(server, "chair", "member")
    until_shown(member)
    assert VIEW not in member.get("/", accept="application/json").text


def test_it_is_noted_in_the_access_record_and_by_the_run_that_follows_not_again(server: Server) -> None:
    person = signed_in(server, "reader", "member")
    until_shown(person, "about")
    with person.session() as session:
        session.run("about")
    with person.session() as session:
        session.run("about")
    record = AccessRecord(server.home.record, 400)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        views = [entry for entry in record.read() if entry and entry.event == "page" and "reader" in entry.who]
        if len([view for view in views if view.page == "about"]) == 2:
            break
    assert [view.page for view in views].count("about") == 2


def test_more_parameters_than_any_page_has_are_the_apps_to_read_and_no_error(server: Server) -> None:
    said = len(server.said())
    many = "?" + "&".join(f"a{number}=1" for number in range(60))
    for person in (Person(server), signed_in(server, "chair", "member")):
        assert VIEW not in opened(person, many).text
    assert "Traceback" not in server.said()[said:]


def test_a_browser_that_has_the_apps_page_gets_this_one_all_the_same(server: Server) -> None:
    member = signed_in(server, "chair", "member")
    until_shown(member)
    bare = Person(server).get("/").headers
    conditions = {"if_none_match": bare.get("etag", "*"), "if_modified_since": bare.get("last-modified", "")}
    assert VIEW in opened(member, **conditions).text


def test_a_parameter_is_no_markup(server: Server) -> None:
    answer = until_shown(signed_in(server, "chair", "member"), "indicator?kpi=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in answer.text


def test_damaged_figures_are_the_apps_to_tell(server: Server) -> None:
    person = signed_in(server, "chair", "member")
    editions: Path = server.home.editions
    aside = editions.with_name("aside")
    shutil.move(editions, aside)
    try:
        assert VIEW not in opened(person).text
    finally:
        shutil.move(aside, editions)
    until_shown(person)


@pytest.mark.parametrize(
    ("cookie", "agent", "width"),
    [
        ("800", "", 800),
        ("", "", USUAL_WIDTH),
        ("", "A phone, Mobile", PHONE_WIDTH),
        ("99999999", "", USUAL_WIDTH),
        ("12", "", USUAL_WIDTH),
        ("²", "", USUAL_WIDTH),
    ],
)
def test_charts_are_as_wide_as_the_screen_was_last(cookie: str, agent: str, width: int) -> None:
    assert chart_width({WIDTH_COOKIE: cookie}, agent) == width


def test_what_is_awaited_is_taken_once_and_in_time() -> None:
    awaited = Awaited(2, 60)
    awaited.add(("a",), 0)
    assert not awaited.take(("b",), 1)
    assert awaited.take(("a",), 1)
    assert not awaited.take(("a",), 1)
    awaited.add(("a",), 0)
    assert not awaited.take(("a",), 61)
    for key in "abc":
        awaited.add((key,), 100)
    assert not awaited.take(("a",), 100)
    assert awaited.take(("c",), 100)


def test_without_sign_in_this_computer_alone_gets_the_page_which_says_so(insecure: Server) -> None:
    answer = until_shown(Person(insecure))
    assert "Served without sign-in" in answer.text
    assert "plan on a page" in answer.text
