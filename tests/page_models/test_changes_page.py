"""The page of all changes: every one of them once, by ambition, in words and in its file, as each role may be told."""

from __future__ import annotations

import csv
import io
import re

import pytest
from opposed_council import publish_opposed, publish_restated
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.document import changes
from improvement_board.page_models import Address, Board, Look, Run
from improvement_board.page_models.changes_export import COLUMNS
from improvement_board.page_models.downloads import changes_download

VIEWERS = (
    Viewer("c", "committee"),
    Viewer("m", "member"),
    Viewer("g", "manager", teams=frozenset({"North"})),
    EVERYONE,
)
NARROWED = (Address(team="North"), Address(last=JUNE), Address(team="North", last=JUNE))


@pytest.fixture(scope="module")
def opposed(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return publish_opposed(Council(tmp_path_factory.mktemp("opposed"))).board


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return publish_restated(Council(tmp_path_factory.mktemp("restated"))).board


def look_at(board: Board, viewer: Viewer = EVERYONE, address: Address | None = None) -> Look:
    return Run(board).look(viewer, address or Address())


def file_of(look: Look) -> list[dict[str, str]]:
    text = changes_download(look.changes()).text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
def test_every_change_that_a_role_may_be_told_is_there_once(opposed: Board, viewer: Viewer) -> None:
    look = look_at(opposed, viewer)
    rows = look.desk.store.rows("changes")
    assert len(rows) > 1
    assert sorted(told.row["position"] for told in look.changes().told) == [row["position"] for row in rows]
    assert look.plan().changes_in_all == len(rows)
    assert f"All {len(rows)} changes, by ambition" in changes.changes(look.plan())
    shown = changes.listed(look.changes())
    assert shown.count("<li>") == len(rows)
    assert {change.sentence for change in look.plan().changes if change.kind not in ("caveat", "restated")} <= {
        told.change.sentence for told in look.changes().told
    }


def test_what_got_better_is_listed_after_what_got_worse(opposed: Board) -> None:
    (group,) = look_at(opposed).changes().groups
    assert (group.ambition, group.title) == ("practice", "Good practice")
    kinds = [told.change.kind for told in group.told]
    assert kinds == ["worse", "worse", "missed", "missed", "restated", "better", "met", "worse"]
    assert changes.lede(look_at(opposed).changes()) == (
        "8 changes: worse 3, target missed 2, restated 1, better 1, target met 1."
    )


def test_indicators_that_are_gone_come_first_and_what_is_of_several_last(restated: Board) -> None:
    page = look_at(restated).changes()
    assert [group.title for group in page.groups] == [
        "No longer given", "Good practice", "Restated figures", "Of several indicators",
    ]  # fmt: skip
    assert page.groups[0].told[0].change.sentence.startswith("Re-referrals within 12 months is no longer given, since")
    assert [told.change.kind for told in page.groups[-1].told] == ["new"]


def test_restated_figures_stand_after_the_verdicts_with_the_indicators_name_as_the_link(restated: Board) -> None:
    look = look_at(restated)
    (seen,) = look.changes().groups[2].told
    assert (seen.change.kind, seen.ambition) == ("restated", "practice")
    line = re.search(r"<h3>Restated figures</h3>.*?</ul>", changes.listed(look.changes()))
    assert line is not None
    assert re.sub(r"<a [^>]*>", "<a>", line[0]) == (
        '<h3>Restated figures</h3><ul class="ib-changes"><li><span><a>Seen</a>: September 2025 restated from 50.0% to '
        "70.0%</span></li></ul>"
    )
    (row,) = [row for row in file_of(look) if row["kind"] == "restated"]
    assert (row["ambition"], row["sentence"]) == ("practice", seen.change.sentence)


def test_a_restated_figure_that_passed_its_target_stands_among_the_verdicts_and_says_so(opposed: Board) -> None:
    (group,) = look_at(opposed).changes().groups
    (moved_past,) = [told for told in group.told if told.change.kind == "restated"]
    assert moved_past.line.endswith("restated from 60.0% to 70.0%, now meeting the target of 65.0%")
    assert "ib-kind-restated" in changes.listed(look_at(opposed).changes())


def test_every_line_leads_on_by_the_name_of_its_indicator_alone(opposed: Board) -> None:
    page = look_at(opposed).changes()
    links = re.findall(r"<li>.*?<a [^>]*>([^<]*)</a>", changes.listed(page))
    assert links == [told.change.title for told in page.told]
    words = re.sub("<[^>]*>", "", changes.listed(page))
    assert all(told.line in words for told in page.told)


@pytest.mark.parametrize("address", NARROWED)
def test_the_list_does_not_follow_a_team_or_a_month_and_says_so(opposed: Board, address: Address) -> None:
    narrowed, whole = (look_at(opposed, address=chosen).changes() for chosen in (address, Address()))
    assert [told.change for told in narrowed.told] == [told.change for told in whole.told]
    shown = changes.listed(narrowed)
    assert "whole service, up to September 2026</h2>" in shown
    assert "This list does not follow what is chosen" in shown
    assert "This list does not follow" not in changes.listed(whole)
    assert not re.search("team=|to=", shown)
    assert ("team=North" in changes.back(narrowed)) == (address.team == "North")


def test_the_file_has_a_row_for_each_change_with_what_its_sentence_tells(opposed: Board) -> None:
    look = look_at(opposed)
    rows = file_of(look)
    assert changes_download(look.changes()).file_name == "what-changed_edition-2026-09-30.csv"
    assert tuple(rows[0]) == COLUMNS
    assert [row["sentence"] for row in rows] == [told.change.sentence for told in look.changes().told]
    (missed,) = [row for row in rows if row["kind"] == "missed" and row["kpi"] == "seen"]
    assert (missed["edition"], missed["previous_edition"], missed["level"]) == ("2026-09-30", "2026-06-30", "service")
    assert (missed["ambition"], missed["period_end"], missed["period"]) == ("practice", "2026-09-30", "month")
    assert (missed["before"], missed["now"], missed["target"]) == ("", "40.7", "65")
    (restated,) = [row for row in rows if row["kind"] == "restated"]
    assert (restated["before"], restated["now"], restated["target"]) == ("60", "70", "")


def test_an_edition_like_the_one_before_and_a_first_one_say_that_nothing_changed(council: Council) -> None:
    council.publish(JUNE, {"seen": monthly([(50, 100)] * 3, JUNE)})
    council.publish(SEPTEMBER, {"seen": monthly([(50, 100)] * 6)})
    page = look_at(council.board).changes()
    assert page.told == ()
    assert "Nothing changed: no indicator better or worse" in changes.listed(page)
    first = look_at(council.board, address=Address(edition="2026-06-30")).changes()
    assert "This is the first edition" in changes.listed(first)
    assert "since" not in changes.since_edition(first.frame)
