"""Whatever page is drawn, in whatever role, a run of the app lists the folder of editions once; never half of it from
one edition and half from another."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from opening import (
    ABOUT,
    AMBITION,
    CHANGES,
    INDICATOR,
    PLAN,
    QUALITY,
    TEAM,
    choose,
    controls,
    notices,
    open_app,
    words_of,
)
from small_council import JUNE, SEPTEMBER, Council, monthly
from streamlit.testing.v1 import AppTest

from improvement_board.declared.home import Home
from improvement_board.page_models import desk as desk_module

Serve = Callable[[Home], None]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("listed"))
    council.publish(JUNE, {"seen": monthly([(1, 2)] * 3, JUNE, team="North")})
    council.publish(SEPTEMBER, {"seen": monthly([(3, 4)] * 3, team="North")})
    return council


@pytest.fixture
def listed(council: Council, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every time that the folder of editions is listed, by whatever way."""
    times: list[Path] = []

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def list_folder(folder: Any = ".", *rest: Any) -> Any:
            if not isinstance(folder, int) and Path(os.fsdecode(folder)) == council.home.editions:
                times.append(Path(os.fsdecode(folder)))
            return real(folder, *rest)

        return list_folder

    monkeypatch.setattr(os, "listdir", counted(os.listdir))
    monkeypatch.setattr(os, "scandir", counted(os.scandir))
    return times


@pytest.mark.parametrize(
    ("page", "role"),
    [
        *((page, role) for page in (PLAN, CHANGES, AMBITION, INDICATOR, TEAM, ABOUT) for role in ("analyst", "member")),
        (QUALITY, "analyst"),
        (PLAN, "auditor"),
    ],
)
def test_a_run_lists_the_editions_once(
    serve: Serve, council: Council, listed: list[Path], page: str, role: str
) -> None:
    serve(council.home)
    app = open_app(page, as_=role, team="North", edition="2026-06-30")
    for _ in range(2):
        listed.clear()
        app.run()
        assert not app.exception
        assert listed == [council.home.editions]


def test_the_first_run_of_a_server_lists_them_once_too(serve: Serve, council: Council, listed: list[Path]) -> None:
    """Then the page is noted in the access record, and nothing is open or kept yet."""
    st.cache_resource.clear()
    serve(council.home)
    app = open_app(PLAN)
    assert not app.exception
    assert listed == [council.home.editions]


def test_the_edition_that_a_control_says_is_that_of_every_part(serve: Serve, tmp_path: Path) -> None:
    council = Council(tmp_path)
    council.publish(JUNE, {"seen": monthly([(1, 2)] * 3, JUNE, team="Old Town")})
    council.publish(SEPTEMBER, {"seen": monthly([(3, 4)] * 3, team="New Town")})
    serve(council.home)
    app = open_app(PLAN)
    assert controls(app)["team"] == ["New Town"]
    choose(app, edition="2026-06-30")
    assert not app.exception
    assert controls(app)["team"] == ["Old Town"]
    assert "figures to June 2026" in words_of(app)
    choose(app, team="Old Town")
    assert notices(app) == []
    assert "Old Town" in words_of(app)
    assert list(controls(app)) == ["team", "from", "to", "edition", "as"]


def test_a_publication_in_the_middle_of_a_run_is_not_seen_by_it(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = Council(tmp_path)
    council.publish(SEPTEMBER, {"seen": monthly([(3, 4)] * 3, team="North")})
    serve(council.home)
    real, publishing = desk_module.Desk.frame, [True]

    def publish_first(desk: desk_module.Desk, *address: Any) -> Any:
        if publishing:
            publishing.clear()
            council.publish(SEPTEMBER, {"seen": monthly([(1, 4)] * 3, team="North")})
        return real(desk, *address)

    monkeypatch.setattr(desk_module.Desk, "frame", publish_first)
    app: AppTest = open_app(PLAN)
    assert not app.exception
    assert not publishing
    assert "75.0%" in words_of(app)
    assert "edition" not in controls(app)
    app.run()
    assert "25.0%" in words_of(app)
