"""Every edition of a data home as its council's analyst sees it: served, earlier, replaced, withdrawn or damaged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from improvement_board.declared.home import Home
from improvement_board.editions.leftovers import find_leftovers
from improvement_board.editions.manifest import EditionName, Manifest, damaged_files, read_manifest
from improvement_board.editions.open_edition import open_beside
from improvement_board.editions.scope import EVERYTHING
from improvement_board.editions.shelf import Shelf, ShelvedEdition, read_shelf
from improvement_board.errors import InputError, Problem

State = Literal["served", "earlier", "replaced", "withdrawn", "damaged"]


@dataclass(frozen=True)
class ListedEdition:
    """One edition: when it was published, with how many KPIs, by which version of the software (all None where its
    manifest cannot be read), its state, and what there is to say of it: the reason, what is wrong, what replaced it."""

    name: str
    published: dt.datetime | None
    kpis: int | None
    software: str | None
    state: State
    said: str


def list_editions(home: Home) -> tuple[ListedEdition, ...]:
    """Every edition, the latest first. The served one is that which opens without an address."""
    shelf = read_shelf(home)
    served = _served(shelf)
    return tuple(_listed(edition, shelf, served) for edition in reversed(shelf.editions))


def left_behind(home: Home) -> int:
    """How many folders of publications that died are still there; the next publication clears them away."""
    return len(find_leftovers(home.editions))


def folder_of(home: Home, name: str) -> Path:
    """The folder of an edition that was finished, by its name. Raises InputError naming those there are."""
    there = {str(name): edition.folder for name, edition in read_shelf(home).finished.items()}
    if name not in there:
        allowed = ", ".join(reversed(there)) or "there is none"
        raise InputError(Problem(home.editions, "is not an edition", column="edition", value=name, allowed=allowed))
    return there[name]


def _served(shelf: Shelf) -> EditionName | None:
    for edition in reversed(list(shelf.latest.values())):
        if not _wrong(edition.folder, opens=True):
            return edition.name
    return None


def _wrong(folder: Path, *, opens: bool) -> tuple[Problem, ...]:
    """What is wrong with an edition: its sums, and where asked whether it opens."""
    try:
        if not opens:
            return tuple(damaged_files(folder, read_manifest(folder)))
        with open_beside(folder, EVERYTHING):
            pass
    except InputError as error:
        return error.problems
    return ()


def _listed(edition: ShelvedEdition, shelf: Shelf, served: EditionName | None) -> ListedEdition:
    name, manifest = edition.name, _manifest(edition.folder)
    state, said = _state(edition, shelf, served)
    return ListedEdition(
        name=str(name),
        published=manifest.published if manifest else None,
        kpis=len(manifest.kpis) if manifest else None,
        software=manifest.software if manifest else None,
        state=state,
        said=said,
    )


def _state(edition: ShelvedEdition, shelf: Shelf, served: EditionName | None) -> tuple[State, str]:
    """The state of an edition and what there is to say of it."""
    name = edition.name
    if edition.withdrawal is not None:
        return "withdrawn", edition.withdrawal.sentence().removeprefix("was withdrawn").strip()
    passed_over = name in shelf.latest and (served is None or name > served)
    wrong = _wrong(edition.folder, opens=passed_over)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        return "damaged", f"{wrong[0]}{more}"
    if name not in shelf.latest:
        newer = next((other for other in shelf.latest if other.day == name.day), name)
        return "replaced", f"by {newer}"
    return "served" if name == served else "earlier", ""


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except InputError:
        return None
