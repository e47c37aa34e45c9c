"""The picture of a chart: for whom a run of the app would show the chart's page, and for nobody else."""

from __future__ import annotations

import html
import re
import time

import httpx
import pytest
from first_views import until_shown
from raw import Person, signed_in
from serving import Server

from improvement_board.access.record import AccessRecord
from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.session import sign_in_key
from improvement_board.access.signed_out import SignedOut

INDICATOR = "indicator?kpi=audits_good"
CASELOAD = "indicator?kpi=average_caseload&team=Assessment+"
LINK = re.compile(r'class="ib-as-svg" href="([^"]+)"')


def links_on(person: Person, page: str) -> list[str]:
    """The addresses of the pictures of a page's charts."""
    return [html.unescape(link) for link in LINK.findall(until_shown(person, page).text)]


def picture(person: Person, link: str, **headers: str) -> httpx.Response:
    """What a browser is answered that follows a link."""
    return person.get(f"/{link}", **{"accept": "text/html,*/*;q=0.8", **headers})


def is_refused(answer: httpx.Response) -> bool:
    """Whether nothing is given, nor said."""
    return answer.status_code == 404 and "<svg" not in answer.text and "content-disposition" not in answer.headers


def test_a_picture_is_a_file_to_save_and_no_cache_may_keep_it(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    links = links_on(analyst, INDICATOR)
    assert len(links) == len(set(links)) >= 3
    for link in links:
        answer = picture(analyst, link)
        assert answer.status_code == 200
        assert answer.text.startswith("<svg")
        assert re.fullmatch(r"attachment; filename\*=UTF-8''[a-z0-9-]+_edition-[0-9.-]+\.svg", disposition(answer))
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Cookie" in answer.headers["vary"]


def disposition(answer: httpx.Response) -> str:
    """What a browser does with an answer, and by which name."""
    return str(answer.headers["content-disposition"])


def test_nobody_gets_a_picture_without_a_sign_in_that_holds(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    link = links_on(analyst, INDICATOR)[0]
    claims = {"sub": "gone", "jti": "3", "exp": int(time.time() + 3600), "groups": ["analyst"]}
    gone = signed_in(server, "gone", **claims)
    assert picture(gone, link).status_code == 200
    known = {**claims, "email": "gone@council.example", "is_logged_in": True, "provider": "default"}
    assert SignedOut(server.home.signed_out).end(sign_in_key(known), float(claims["exp"]), time.time())
    late = signed_in(server, "late", sub="late", exp=int(time.time() - 5), groups=["analyst"])
    stranger, auditor = signed_in(server, "stranger", "others"), signed_in(server, "auditor", "auditor")
    for person in (Person(server), Person(server, f"{analyst.cookie[:-4]}0000"), late, stranger, auditor, gone):
        assert is_refused(picture(person, link))


def test_a_role_gets_no_picture_of_another_whoever_asked_before(server: Server) -> None:
    analyst, committee = signed_in(server, "reader", "analyst"), signed_in(server, "councillor", "committee")
    exact, protected = links_on(analyst, INDICATOR), links_on(committee, INDICATOR)
    assert not set(exact) & set(protected)
    for _ in range(2):
        for link in exact:
            assert picture(analyst, link).status_code == 200
            assert is_refused(picture(committee, link))
            assert is_refused(picture(committee, f"{link}&as=analyst"))
        for link in protected:
            assert is_refused(picture(analyst, link))
            assert picture(committee, link).status_code == 200


def test_a_manager_gets_no_picture_of_another_team_nor_anybody_one_of_another_address(server: Server) -> None:
    analyst, manager = signed_in(server, "reader", "analyst"), signed_in(server, "head", "north")
    for team, is_own in (("North", True), ("South", False)):
        link = links_on(analyst, CASELOAD + team)[0]
        name = link.partition("save=")[2]
        assert (picture(manager, link).status_code == 200) is is_own
        for page in ("indicator?kpi=average_caseload&", "about?", "nowhere?", "data-quality?", "?"):
            assert is_refused(picture(analyst, f"{page}save={name}"))


@pytest.mark.parametrize(
    "name", [".svg", "indicator.svg", "indicator.0.svg", "../../etc/passwd", "%3Cscript%3E", "%00", "x" * 4000]
)
def test_a_chart_that_is_not_there_is_not_found(server: Server, name: str) -> None:
    assert is_refused(picture(signed_in(server, "reader", "analyst"), f"{INDICATOR}&save={name}"))


def test_a_page_elsewhere_can_neither_ask_nor_lead_to_it(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    link = links_on(analyst, INDICATOR)[0]
    led = {"sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert picture(analyst, link, sec_fetch_site="same-origin", **led).status_code == 200
    for site in ("cross-site", "same-site"):
        assert (
            "<svg" not in picture(analyst, link, accept="*/*", sec_fetch_site=site, **led).text
        )  # the page, not the file
        assert picture(analyst, link, sec_fetch_site=site, sec_fetch_mode="no-cors").status_code == 403
    assert picture(analyst, link, origin="https://elsewhere.example").status_code == 403


def test_each_picture_is_noted_as_a_download(server: Server) -> None:
    saver = signed_in(server, "saver of pictures", "analyst")
    link = links_on(saver, INDICATOR)[0]
    names = [disposition(picture(saver, link)).partition("''")[2] for _ in range(2)]
    assert is_refused(picture(saver, f"{INDICATOR}&save=none"))
    noted = until_downloads(server, "saver of pictures", len(names))
    assert [entry.file for entry in noted] == names
    assert {(entry.page, entry.role, entry.filters["kpi"]) for entry in noted} == {
        ("indicator", "analyst", "audits_good")
    }


def until_downloads(server: Server, who: str, count: int) -> list[RecordEntry]:
    """A person's downloads in the access record, once it holds so many."""
    end = time.monotonic() + 20
    noted: list[RecordEntry] = []
    while len(noted) < count and time.monotonic() < end:
        entries = [entry for entry in AccessRecord(server.home.record, 400).read() if entry and who in entry.who]
        noted = [entry for entry in entries if entry.event == "download"]
    return noted
