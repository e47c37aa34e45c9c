"""A page's files: for whom a run of the app would show the page, made of what it shows, and for nobody else."""

from __future__ import annotations

import csv
import io
import re
import time
from html import unescape

import httpx
import pytest
from first_views import until_shown
from raw import Person, signed_in
from serving import Server

from improvement_board.access.record import AccessRecord
from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.session import sign_in_key
from improvement_board.access.signed_out import SignedOut

FILES = re.compile(r'<li><a href="([^"]*save=[^"]+)">')
INDICATOR = "indicator?kpi=average_caseload"
FIRST_COLUMNS = "\ufeffauthority,edition,kpi"


def files_on(person: Person, page: str) -> list[str]:
    """The addresses of a page's files."""
    return [unescape(address).removeprefix(".") for address in FILES.findall(until_shown(person, page).text)]


def asked_for(person: Person, address: str, **headers: str) -> httpx.Response:
    return person.get(f"/{address}", accept="text/html", **headers)


def is_file(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.headers.get("content-disposition", "").startswith("attachment")


def is_page(answer: httpx.Response) -> bool:
    """Whether the app itself answers, which says what there is to say, and no figure is in the answer."""
    return answer.status_code == 200 and '<div id="root">' in answer.text and FIRST_COLUMNS not in answer.text


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def test_each_page_gives_its_files_and_no_cache_may_keep_them(server: Server) -> None:
    analyst = signed_in(server, "saver", "analyst")
    pages = {"": 1, "indicators": 1, INDICATOR: 3, "team?team=Assessment+North": 1, "data-quality": 1, "leadership": 1}
    for page, least in pages.items():
        files = files_on(analyst, page)
        assert len(set(files)) == len(files) >= least, page
        for address in files:
            answer = asked_for(analyst, address)
            assert is_file(answer), address
            assert rows_of(answer)
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["content-type"] == "text/csv; charset=utf-8"
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_nobody_gets_a_file_without_a_sign_in_that_holds(server: Server) -> None:
    analyst = signed_in(server, "saver", "analyst")
    address = files_on(analyst, INDICATOR)[0]
    claims = {"sub": "quitter", "jti": "3", "exp": int(time.time() + 3600), "groups": ["analyst"]}
    quitter = signed_in(server, "quitter", **claims)
    assert is_file(asked_for(quitter, address))
    known = {**claims, "email": "quitter@council.example", "is_logged_in": True, "provider": "default"}
    assert SignedOut(server.home.signed_out).end(sign_in_key(known), float(claims["exp"]), time.time())
    late = signed_in(server, "late", sub="late", exp=int(time.time() - 5), groups=["analyst"])
    stranger, auditor = signed_in(server, "stranger", "others"), signed_in(server, "auditor", "auditor")
    for person in (Person(server), Person(server, f"{analyst.cookie[:-4]}0000"), late, stranger, auditor, quitter):
        assert is_page(asked_for(person, address))


def test_a_role_gets_its_own_figures_whoever_asked_before(server: Server) -> None:
    analyst, committee = signed_in(server, "saver", "analyst"), signed_in(server, "councillor", "committee")
    address = "leadership?save=figures"
    for _ in range(2):
        exact, public = asked_for(analyst, address), asked_for(committee, address)
        assert is_file(exact)
        assert is_file(public)
        assert exact.text != public.text
        assert asked_for(committee, f"{address}&as=analyst").text == public.text
    assert is_page(asked_for(committee, "team?team=Assessment+North&save=figures"))
    assert is_page(asked_for(committee, "data-quality?save=quality"))
    assert asked_for(committee, f"{INDICATOR}&save=teams").status_code == 404


def test_a_manager_gets_the_workers_of_their_own_team_alone(server: Server) -> None:
    manager = signed_in(server, "head", "north")
    own, other = (asked_for(manager, f"{INDICATOR}&team=Assessment+{name}&save=figures") for name in ("North", "South"))
    assert {row["team"] for row in rows_of(own)} == {"Assessment North"}
    assert "Assessment South" not in other.text


@pytest.mark.parametrize("key", ["nothing", "../../etc/passwd", "<script>alert(1)</script>", "%00", "x" * 4000])
def test_a_file_that_is_not_there_is_said_not_to_be(server: Server, key: str) -> None:
    answer = asked_for(signed_in(server, "saver", "analyst"), f"{INDICATOR}&save={key}")
    assert answer.status_code == 404
    assert "does not give that file" in answer.text
    assert key not in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_link_on_a_page_elsewhere_leads_to_the_page(server: Server) -> None:
    analyst = signed_in(server, "saver", "analyst")
    answer = asked_for(
        analyst,
        "leadership?save=figures",
        sec_fetch_site="cross-site",
        sec_fetch_mode="navigate",
        sec_fetch_dest="document",
    )
    assert is_page(answer)


def test_a_file_is_noted_with_its_rows(server: Server) -> None:
    person = signed_in(server, "keeper of files", "analyst")
    answer = asked_for(person, "leadership?to=2026-06-30&save=figures")
    entry = until_noted(server, "keeper of files")
    assert (entry.page, entry.rows, dict(entry.filters)) == ("leadership", len(rows_of(answer)), {"to": "2026-06-30"})
    assert entry.file in answer.headers["content-disposition"]


def until_noted(server: Server, who: str) -> RecordEntry:
    """The download of a person, once the access record holds it."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for entry in AccessRecord(server.home.record, 400).read():
            if entry and entry.event == "download" and who in entry.who:
                return entry
    raise AssertionError(f"no download of {who} was noted")


def test_the_access_record_is_given_to_those_who_may_read_it(server: Server) -> None:
    auditor, analyst = signed_in(server, "auditor", "auditor"), signed_in(server, "saver", "analyst")
    address = "access-record?save=entries&event=sign-in"
    asked_for(analyst, "leadership?save=figures")
    answer = asked_for(auditor, address)
    assert is_file(answer)
    assert {row["event"] for row in rows_of(answer)} <= {"sign-in"}
    for person in (analyst, Person(server), signed_in(server, "member", "member")):
        assert is_page(asked_for(person, address))


def test_this_computer_alone_gets_files_without_sign_in(insecure: Server) -> None:
    person = Person(insecure)
    with person.session() as session:
        session.run()
    assert is_file(asked_for(person, "leadership?save=figures"))
    assert not is_file(asked_for(person, "leadership?save=figures&as=auditor"))


def test_streamlits_own_files_are_closed(server: Server) -> None:
    analyst = signed_in(server, "saver", "analyst")
    assert analyst.get("/media/0123456789abcdef.csv").status_code == 404
