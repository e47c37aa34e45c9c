"""The live figure of a chart: for whom a run of the app would show the chart's page, and for nobody else."""

from __future__ import annotations

import json
import re
import time

import httpx
import pytest
from first_views import until_shown
from raw import Person, signed_in
from serving import Server

from improvement_board.access.record import AccessRecord
from improvement_board.access.serving import Serving
from improvement_board.access.session import sign_in_key
from improvement_board.access.signed_out import SignedOut
from improvement_board.dashboard import asked_pages

INDICATOR = "indicator?kpi=audits_good"
NAMED = re.compile(r'data-chart="([^"]+)"')


def names_on(person: Person, page: str) -> list[str]:
    """What the charts of a page are asked for by."""
    return NAMED.findall(until_shown(person, page).text)


def figure(person: Person, page: str, name: str, **headers: str) -> httpx.Response:
    """What is answered that asks for a chart's live figure."""
    return person.get(f"/{page}", ib_chart=name, **headers)


def is_refused(answer: httpx.Response) -> bool:
    """Whether nothing is given, nor said."""
    return answer.status_code == 404 and answer.content == b"" and answer.headers["cache-control"] == "no-store"


def test_a_chart_gets_its_figure_and_no_cache_may_keep_it(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    names = names_on(analyst, INDICATOR)
    assert len(names) == len(set(names)) >= 3
    for name in names:
        answer = figure(analyst, INDICATOR, name)
        assert answer.status_code == 200
        assert answer.json()["data"]
        assert answer.json()["layout"]["template"]
        assert answer.json()["config"]["displayModeBar"] is False
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Encoding, Cookie, IB-Chart"
    assert "content-encoding" not in figure(analyst, INDICATOR, names[0], accept_encoding="identity").headers


def test_nobody_gets_a_figure_without_a_sign_in_that_holds(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    name = names_on(analyst, INDICATOR)[0]
    claims = {"sub": "leaver", "jti": "2", "exp": int(time.time() + 3600), "groups": ["analyst"]}
    leaver = signed_in(server, "leaver", **claims)
    assert figure(leaver, INDICATOR, name).status_code == 200
    known = {**claims, "email": "leaver@council.example", "is_logged_in": True, "provider": "default"}
    assert SignedOut(server.home.signed_out).end(sign_in_key(known), float(claims["exp"]), time.time())
    late = signed_in(server, "late", sub="late", exp=int(time.time() - 5), groups=["analyst"])
    stranger, auditor = signed_in(server, "stranger", "others"), signed_in(server, "auditor", "auditor")
    for person in (Person(server), Person(server, f"{analyst.cookie[:-4]}0000"), late, stranger, auditor, leaver):
        assert is_refused(figure(person, INDICATOR, name))


def test_a_role_gets_no_figure_of_another_whoever_asked_before(server: Server) -> None:
    analyst, committee = signed_in(server, "reader", "analyst"), signed_in(server, "councillor", "committee")
    exact, protected = names_on(analyst, INDICATOR), names_on(committee, INDICATOR)
    assert not set(exact) & set(protected)
    for _ in range(2):
        for name in exact:
            assert figure(analyst, INDICATOR, name).status_code == 200
            assert is_refused(figure(committee, INDICATOR, name))
            assert is_refused(figure(committee, f"{INDICATOR}&as=analyst", name))
        for name in protected:
            assert is_refused(figure(analyst, INDICATOR, name))
            assert figure(committee, INDICATOR, name).status_code == 200


def test_a_manager_gets_no_figure_of_another_team_nor_anybody_one_of_another_address(server: Server) -> None:
    analyst, manager = signed_in(server, "reader", "analyst"), signed_in(server, "head", "north")
    for team, own in (("Assessment+North", True), ("Assessment+South", False)):
        page = f"indicator?kpi=average_caseload&team={team}"
        name = names_on(analyst, page)[0]
        assert (figure(manager, page, name).status_code == 200) is own
        assert is_refused(figure(analyst, "indicator?kpi=average_caseload", name))
        assert is_refused(figure(analyst, "about", name))
        assert is_refused(figure(analyst, "nowhere", name))


@pytest.mark.parametrize("name", ["", "indicator", "indicator.0", "../../etc/passwd", "<script>", "%00", "x" * 4000])
def test_a_chart_that_is_not_there_is_not_found(server: Server, name: str) -> None:
    assert is_refused(figure(signed_in(server, "reader", "analyst"), INDICATOR, name))


def test_one_chart_is_asked_for_at_a_time(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    name = names_on(analyst, INDICATOR)[0]
    headers = [("Cookie", analyst.cookie), ("IB-Chart", name), ("IB-Chart", name)]
    assert is_refused(httpx.get(f"{server.url}/{INDICATOR}", headers=headers))


def test_a_page_elsewhere_cannot_ask(server: Server) -> None:
    analyst = signed_in(server, "reader", "analyst")
    name = names_on(analyst, INDICATOR)[0]
    assert figure(analyst, INDICATOR, name, sec_fetch_site="cross-site", sec_fetch_mode="cors").status_code == 403
    assert figure(analyst, INDICATOR, name, origin="https://elsewhere.example").status_code == 403


def test_a_figure_is_a_look_at_its_page_and_noted_once(server: Server) -> None:
    analyst = signed_in(server, "opener of figures", "analyst")
    names = names_on(analyst, INDICATOR)
    other = signed_in(server, "taker of figures", "analyst")
    for name in names * 2:
        for person in (analyst, other):
            assert figure(person, INDICATOR, name).status_code == 200
    assert until_noted(server, "taker of figures") == ["sign-in", "page"]
    opened = [entry for entry in until_noted(server, "opener of figures") if entry == "page"]
    assert len(opened) == 1


def until_noted(server: Server, who: str) -> list[str]:
    """What the access record holds of a person, once it holds two entries."""
    end = time.monotonic() + 20
    noted: list[str] = []
    while len(noted) < 2 and time.monotonic() < end:
        noted = [entry.event for entry in AccessRecord(server.home.record, 400).read() if entry and who in entry.who]
    return noted


def test_without_sign_in_this_computer_gets_figures_too(insecure: Server) -> None:
    person = Person(insecure)
    with person.session() as session:
        said = session.run("indicator", "kpi=average_caseload")
    name = NAMED.findall(said.replace(r"\"", '"'))[0]
    assert json.loads(figure(person, "indicator?kpi=average_caseload", name).text)["data"]


@pytest.mark.parametrize(
    ("way", "client", "is_given"),
    [
        ("insecure-local", ("127.0.0.1", 1), True),
        ("insecure-local", ("::1", 1), True),
        ("insecure-local", ("192.0.2.7", 1), False),
        ("insecure-local", None, False),
        ("refused", ("127.0.0.1", 1), False),
        ("sign-in", ("127.0.0.1", 1), False),
        ("open", ("192.0.2.7", 1), True),
    ],
)
def test_without_a_cookie_it_depends_on_how_the_figures_are_served(way: str, client: object, is_given: bool) -> None:
    how, scope = Serving(way), {"type": "http", "client": client}  # type: ignore[arg-type]
    assert (asked_pages._viewer(None, how, scope) is not None) is is_given
