"""How often what a board is asked about, or told got better, reads the opposite at the next meeting.

    python bench/reversals.py [--councils 30] [--seed 1] [--scale 1.0]

Each council is the demonstration's with other dice: its records as they stood at three quarters' ends, so that later
editions restate recent months. Its indicators are computed from them and published, without small-number protection,
which changes no word that an analyst reads. Of each item of an edition's agenda, the next edition's verdict on the same
indicator is asked: the opposite, none of change any more, or the same.
"""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from improvement_board.access.viewer import EVERYONE
from improvement_board.building.publish import EditionContents, Extract, publish
from improvement_board.building.records import open_records
from improvement_board.building.supply import supply
from improvement_board.declared.home import Home, default_home
from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan_file import read_plan
from improvement_board.demo import EDITIONS, write_demo
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.models import AgendaItem, PlanPage

FIRST_MONTH = date(2022, 10, 1)  # what a season and a baseline need before the first edition
ASKED, BETTER = "Ask about these", "Getting better"
SAME, OPPOSITE, NO_LONGER = "said again", "the opposite", "no longer said"


def main() -> int:
    """Print how many items there were in each list, and in a hundred of them what became of them. Exits with 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args()
    became: Counter[tuple[str, str]] = Counter()
    for seed in range(asked.seed, asked.seed + asked.councils):
        with TemporaryDirectory(prefix="reversals-") as folder:
            became.update(what_became(plan_pages(Path(folder), seed, asked.scale)))
    print(f"{'':<18}{'items':>8}" + "".join(f"{fate:>16}" for fate in (SAME, OPPOSITE, NO_LONGER)))
    for label, lists in ((ASKED, (ASKED,)), (BETTER, (BETTER,)), ("both", (ASKED, BETTER))):
        of_lists = {fate: sum(became[name, fate] for name in lists) for fate in (SAME, OPPOSITE, NO_LONGER)}
        items = sum(of_lists.values())
        print(f"{label:<18}{items:>8}" + "".join(f"{100 * many / max(items, 1):>16.1f}" for many in of_lists.values()))
    return 0


def plan_pages(folder: Path, seed: int, scale: float) -> list[PlanPage]:
    """The plan page of each edition of a council, in their order."""
    records, home = folder / "records", Home(folder / "home")
    write_demo(records, seed=seed, scale=scale, first_month=FIRST_MONTH)
    home.folder.mkdir()
    for file in (default_home().plan, default_home().events):
        shutil.copyfile(file, home.folder / file.name)
    names = [publish_exact(records / day.isoformat(), home, folder / f"work-{day}") for day in EDITIONS]
    board = Board(home)
    return [Run(board).look(EVERYONE, Address(edition=name)).plan() for name in names]


def publish_exact(source: Path, home: Home, work: Path) -> str:
    """Compute every indicator of a folder of records and publish them as they are."""
    work.mkdir()
    plan = read_plan(home.plan, load_library())
    supplied = supply(source, work, None, home.checks)
    records = open_records(supplied.folder, plan.council.code, supplied.edition, plan.parameters)
    with closing(records.connection):
        extracts = tuple(
            Extract(definition, records.compute(definition, plan.parameters.get(definition.id, {}), None))
            for definition in load_library().values()
            if definition.has_query and not supplied.needs(definition, plan.parameters.get(definition.id))
        )
        contents = EditionContents(supplied.edition, plan, extracts)
        return str(publish(home, replace(contents, made_from="published")))  # the one kind that is not protected


def what_became(pages: list[PlanPage]) -> Iterator[tuple[str, str]]:
    """For each item of each edition but the last: its list, and what the next edition says of its indicator."""
    for page, following in pairwise(pages):
        sides = {outline.series.definition.id: outline.series.verdict for outline in following.outlines}
        lists: Mapping[str, tuple[AgendaItem, ...]] = {ASKED: page.agenda.asked, BETTER: page.agenda.better}
        for name, items in lists.items():
            for item in items:
                before, now = item.outline.series.verdict, sides.get(item.outline.series.definition.id)
                then = before.side if before else 0
                side = now.side if now else 0
                yield name, SAME if side == then else OPPOSITE if side == -then else NO_LONGER


if __name__ == "__main__":
    raise SystemExit(main())
