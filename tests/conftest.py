"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from places import REPOSITORY, SMALL_EDITIONS

hypothesis.settings.register_profile("unhurried", hypothesis.settings.get_profile("default"), deadline=None)
if hypothesis.settings.get_current_profile_name() == "default":
    hypothesis.settings.load_profile("unhurried")  # on a machine that does much else, an example may take its time

pytest.register_assert_rewrite("visiting", "opening")  # what they find, a failure shows

if TYPE_CHECKING:
    from small_council import Council

    from improvement_board.declared.home import Home


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference files beside the repository (published statistics, samples, the control-chart oracle)."""
    folder = os.environ.get("IMPROVEMENT_BOARD_REFERENCE")
    if not folder:
        pytest.skip("IMPROVEMENT_BOARD_REFERENCE is not set: no reference files to test against")
    path = Path(folder).resolve()
    if not path.is_dir():
        pytest.fail(f"IMPROVEMENT_BOARD_REFERENCE names {folder}, which is not a folder")
    return path


@pytest.fixture(scope="session")
def small_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration council's records at about a thirtieth of its size: a folder for each of two edition dates.

    Read only: every test shares them.
    """
    from improvement_board.demo import write_demo

    folder = tmp_path_factory.mktemp("small") / "records"
    write_demo(folder, scale=0.03, editions=SMALL_EDITIONS)
    return folder


@pytest.fixture(scope="session")
def small_home(small_records: Path) -> Home:
    """A data home with both editions of the small demonstration council. Read only: every test shares it."""
    from improvement_board.building.build import build
    from improvement_board.declared.home import Home

    home = Home(small_records.parent / "home")
    home.folder.mkdir()
    for name in ("plan.toml", "events.csv"):
        shutil.copyfile(REPOSITORY / "data" / name, home.folder / name)
    for edition in SMALL_EDITIONS:
        build(small_records / edition.isoformat(), home)
    return home


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """A made-up council in an empty folder, to publish hand-written extracts for."""
    from small_council import Council

    return Council(tmp_path)


@pytest.fixture(scope="session")
def desk_council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A made-up council with one KPI of each sort in two editions. Read only: every test of the desk shares it."""
    from small_desk import publish_desk

    return publish_desk(tmp_path_factory.mktemp("desk"))
