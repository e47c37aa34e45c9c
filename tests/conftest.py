"""Fixtures that every test may use."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from examples import MANY_VARIABLE, is_nightly
from made_once import made_once
from places import REPOSITORY, SMALL_EDITIONS, SMALL_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from small_council import Council

    from improvement_board.declared.home import Home

pytest.register_assert_rewrite("visiting", "opening")  # what they find, a failure shows

UNLESS_NAMED = "not browser and not rebuild"
TESTS = REPOSITORY / "tests"
KINDS = {  # of every test in a folder; "unit" are the others
    "access": "integration",
    "browser": "browser",
    "building": "integration",
    "cli": "integration",
    "demo": "integration",
    "editions": "integration",
    "kpis": "kpis",
    "pages": "integration",
    "protection": "attack",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="try many other examples, and cases beside those of a day")


def pytest_configure(config: pytest.Config) -> None:
    """What needs minutes by itself is left out where nothing is asked for by name. Examples may take their time on a
    machine that does much else, and are the same ones each time, but for a nightly run."""
    _compile_once(config)
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.markexpr:
        config.option.markexpr = UNLESS_NAMED
    if config.getoption("--nightly"):
        os.environ[MANY_VARIABLE] = "yes"
    derandomize = not is_nightly()
    hypothesis.settings.register_profile("improvement board", deadline=None, derandomize=derandomize)
    hypothesis.settings.load_profile("improvement board")


def _compile_once(config: pytest.Config) -> None:
    """Where Python is told to keep nothing compiled beside its sources, each process of the tests and each that they
    start would compile Streamlit anew, for longer than most tests take. It is kept in pytest's own cache."""
    if sys.dont_write_bytecode and hasattr(config, "cache"):
        folder = str(config.cache.mkdir("compiled"))
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder


@pytest.hookimpl(tryfirst=True)  # before those of other kinds are left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the tests by kind: by their folder, generative ones beside. What is tried by night alone is left out by day,
    but of a file that is named."""
    for item in items:
        room = item.path.relative_to(TESTS).parts[0]
        item.add_marker(KINDS.get(room, "unit"))
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("generative")
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.getoption("--nightly"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("nightly")])
        items[:] = [item for item in items if not item.get_closest_marker("nightly")]


def pytest_collection_finish() -> None:
    """Thousands of tests and all that they import stay to the end: Python need not look through them for garbage again
    and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _opened_once() -> Iterator[None]:
    """The demonstration's editions, and others that all tests share, are opened once for a scope."""
    from opened_once import opened_once

    with opened_once():
        yield


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
    """The demonstration council's records of three years at about a thirtieth of its size: a folder for each of two
    edition dates.

    Read only: every test shares them.
    """
    from improvement_board.demo import write_demo

    return made_once(
        tmp_path_factory,
        "small_records",
        lambda folder: write_demo(folder, scale=0.03, editions=SMALL_EDITIONS, first_month=SMALL_FIRST),
    )


@pytest.fixture(scope="session")
def small_home(small_records: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A data home with the latest edition of the small demonstration council, and by night with the one before. Read
    only: every test shares it."""
    from opened_once import ONLY_READ

    from improvement_board.building.build import build
    from improvement_board.declared.home import Home

    def make(folder: Path) -> None:
        for name in ("plan.toml", "events.csv"):
            shutil.copyfile(REPOSITORY / "data" / name, folder / name)
        for edition in SMALL_EDITIONS if is_nightly() else SMALL_EDITIONS[-1:]:
            build(small_records / edition.isoformat(), Home(folder))

    home = Home(made_once(tmp_path_factory, "small_home", make))
    ONLY_READ.add(home.folder)
    return home


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """A made-up council in an empty folder, to publish hand-written extracts for."""
    from small_council import Council

    return Council(tmp_path)


@pytest.fixture(scope="session")
def desk_council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A made-up council with one KPI of each sort in two editions. Read only: every test of the desk shares it."""
    from opened_once import ONLY_READ
    from small_desk import publish_desk

    council = publish_desk(tmp_path_factory.mktemp("desk"))
    ONLY_READ.add(council.home.folder)
    return council
