"""Many people at once, in different roles and scopes, on a server that has opened nothing yet and then on the same one
warm: each is answered exactly what they are answered who are alone."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from urllib.parse import parse_qsl

import pytest
from first_views import VIEW, opened
from grants import ACCESS, MANAGER, OTHER_MANAGER
from raw import Person, sign_in_options, signed_in
from serving import Server, start
from small_homes import own_figures

from improvement_board.access.granting import viewer_of
from improvement_board.access.settings import read_access
from improvement_board.charts.live import live_figure
from improvement_board.dashboard.controls import own_parameters
from improvement_board.declared.home import Home
from improvement_board.document.bar import page_bar
from improvement_board.document.drawn_chart import WIDTH_COOKIE, drawn_chart
from improvement_board.document.frame import notice_block
from improvement_board.document.pages import charts_of, document_of, html_parts
from improvement_board.document.sign_in import person_block
from improvement_board.page_models import Run
from improvement_board.page_models.board import Board

SEATS = {  # by name: the group, which gives the role and its scope, and how wide the screen is
    "councillor": ("committee", 1376),
    "member": ("member", 1376),
    "chair": ("member", 700),
    "north-head": ("north", 1376),
    "south-head": ("south", 700),
    "reader": ("analyst", 1376),
}
PAGES = (
    "neglect",
    "indicator?kpi=audits_good",
    "indicator?kpi=average_caseload&team=Assessment+North",
)
AT_ONCE, OF_OTHERS, PATIENCE_SECONDS = 12, 3, 60
PAGE = re.compile(r'<main class="ib-first-page">(.*?)</main>', re.DOTALL)


@dataclass(frozen=True)
class Alone:
    """What somebody gets of a page who is alone: its HTML, and its live figures by their names."""

    page: str
    figures: dict[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A council's own figures, with grants for managers of two teams."""
    made = own_figures(tmp_path_factory.mktemp("at once"))
    made.access.write_text(ACCESS + MANAGER + OTHER_MANAGER, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def alone(home: Home) -> dict[tuple[str, str], Alone]:
    """What everybody gets of every page, by name and page: each from a board that nobody of another scope has asked."""
    access = read_access(home)
    assert access is not None
    told = {}
    runs = {group: Run(Board(home)) for group, _ in SEATS.values()}
    for name, (group, width) in SEATS.items():
        viewer = viewer_of({"email": _address(name), "groups": [group]}, access)
        assert viewer is not None
        for page in PAGES:
            path, _, query = page.partition("?")
            asked = dict(parse_qsl(query))
            look, own = runs[group].look(viewer).choose(asked).on(path), own_parameters(asked)
            document = document_of(look, own)
            person = person_block(viewer.name, viewer.role, is_auditor=False)
            above = [
                page_bar(look, own, with_role=False, saves=document.saves),
                person,
                *map(notice_block, look.notices),
            ]
            blocks = [*above, *html_parts(document, width, drawn_chart)]
            parts = [f'<div class="ib-part">{block}</div>' for block in blocks]
            figures = {chart.name: json.dumps(live_figure(chart.figure)) for chart in charts_of(document)}
            told[name, page] = Alone("".join(parts), figures)
    return told


@pytest.fixture
def cold(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody has asked for anything."""
    folder = tmp_path_factory.mktemp("cold")
    running = start(home, folder, sign_in_options(folder))
    yield running
    running.stop()


def test_each_of_many_at_once_gets_what_they_get_alone(cold: Server, alone: dict[tuple[str, str], Alone]) -> None:
    people = {name: signed_in(cold, name, group) for name, (group, _) in SEATS.items()}
    asked = [*product(SEATS, PAGES), *product([None], PAGES)]
    shuffle = random.Random(1).shuffle
    for is_warm in (False, True):
        shuffle(asked)
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            for answered in [crowd.submit(_ask, cold, people, alone, *each, is_warm=is_warm) for each in asked]:
                answered.result()
    assert "Traceback" not in cold.said()


def test_who_may_see_different_things_gets_different_pages(alone: dict[tuple[str, str], Alone]) -> None:
    for page in PAGES:
        said = [alone[name, page] for name in ("councillor", "member", "north-head", "south-head", "reader")]
        assert len({each.page for each in said}) == len(said)
    team = "indicator?kpi=average_caseload&team=Assessment+North"
    assert alone["north-head", team].figures.keys() != alone["south-head", team].figures.keys()


def _ask(
    server: Server,
    people: dict[str, Person],
    alone: dict[tuple[str, str], Alone],
    name: str | None,
    page: str,
    *,
    is_warm: bool,
) -> None:
    """Ask for a page, a figure of it and some that others get, and hold the answers to what there is alone."""
    person, own = (people[name], alone[name, page].figures) if name else (Person(server), {})
    others = {chart for (_, of), told in alone.items() if of == page for chart in told.figures} - own.keys()
    if name:
        _holds_page(person, page, SEATS[name][1], alone[name, page].page, until_shown=is_warm)
    else:
        assert VIEW not in opened(person, page).text
    for chart in [*list(own)[:1], *sorted(others)[:OF_OTHERS]]:
        answer = person.get(f"/{page}", ib_chart=chart)
        assert (answer.status_code, answer.content != b"") == ((200, True) if chart in own else (404, False))
        assert chart not in own or json.loads(answer.content) == json.loads(own[chart])


def _holds_page(person: Person, page: str, width: int, expected: str, *, until_shown: bool) -> None:
    """A page in the answer is the one expected. While figures are opened the answer may have none."""
    wide = Person(person.server, f"{person.cookie}; {WIDTH_COOKIE}={width}")
    end = time.monotonic() + PATIENCE_SECONDS
    while not (shown := PAGE.findall(opened(wide, page).text)) and until_shown:
        assert time.monotonic() < end
    assert shown in ([expected], []) if not until_shown else shown == [expected]


def _address(name: str) -> str:
    return f"{name}@council.example"
