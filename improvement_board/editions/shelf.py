"""Which editions a data home holds, which of them can be served, and what is wrong with the others: seen at one moment.

A run of the app, or of a command, looks once and passes on what it saw: whatever is published or withdrawn meanwhile,
all of it is of the same editions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from improvement_board.declared.home import Home
from improvement_board.editions.manifest import MANIFEST, EditionName, Manifest, read_manifest
from improvement_board.editions.withdrawal import Withdrawal, WithdrawnEdition, read_withdrawal
from improvement_board.errors import InputError

Seen = tuple[int, int]  # when a file was changed, in nanoseconds, and its size


@dataclass(frozen=True)
class ShelvedEdition:
    """One edition as it stood on the shelf.

    `changed`: when its folder was, in nanoseconds. `manifest`: what was seen of its manifest, None where it has none,
    so that it was never finished. `withdrawal`: the mark of one that is withdrawn.
    """

    name: EditionName
    folder: Path
    changed: int
    manifest: Seen | None
    withdrawal: Withdrawal | None

    @property
    def is_own(self) -> bool:
        """Whether it is, or may be, of a council's own records: its manifest does not say that it was made from made-up
        records or published figures, or cannot be read."""
        return self.manifest is None or _manifest_is_own(self.folder, self.manifest)


@lru_cache(maxsize=512)
def _manifest_is_own(folder: Path, _seen: Seen) -> bool:
    try:
        return read_manifest(folder).is_own
    except InputError:
        return True


@dataclass(frozen=True)
class Shelf:
    """The editions of a data home as they were at one moment, finished or not, oldest first."""

    editions: tuple[ShelvedEdition, ...] = ()

    @cached_property
    def folders(self) -> Mapping[EditionName, Path]:
        """Every folder that has an edition's name, finished or not, oldest first."""
        return {edition.name: edition.folder for edition in self.editions}

    @cached_property
    def finished(self) -> Mapping[EditionName, ShelvedEdition]:
        """Every edition with a manifest, oldest first."""
        return {edition.name: edition for edition in self.editions if edition.manifest is not None}

    @cached_property
    def latest(self) -> Mapping[EditionName, ShelvedEdition]:
        """The last revision of each edition date that is not withdrawn, oldest first: those that are served."""
        by_day = {name.day: edition for name, edition in self.finished.items() if edition.withdrawal is None}
        return {edition.name: edition for edition in by_day.values()}

    @cached_property
    def served(self) -> tuple[str, ...]:
        """The names of the editions that are served, the latest first."""
        return tuple(str(name) for name in reversed(list(self.latest)))

    @cached_property
    def own_folders(self) -> tuple[Path, ...]:
        """The folders of the finished editions that are, or may be, of a council's own records."""
        return tuple(edition.folder for edition in self.finished.values() if edition.is_own)

    def withdrawn(self, edition: str | None) -> WithdrawnEdition | None:
        """The withdrawal of an edition that an address names, None for any other."""
        name = EditionName.parse(edition or "")
        there = self.finished.get(name) if name else None
        if name is None or there is None or there.withdrawal is None:
            return None
        instead = _choose_instead(name, list(self.latest))
        return WithdrawnEdition(str(name), there.withdrawal, str(instead) if instead else None)

    def edition_before(self, manifest: Manifest) -> EditionName | None:
        """The edition that one was compared with at publishing: the last of an earlier date, though withdrawn since."""
        compared: dict[object, EditionName] = {}
        for name, edition in self.finished.items():
            mark = edition.withdrawal
            stood = mark is None or (mark.withdrawn is not None and mark.withdrawn >= manifest.published)
            if name.day < manifest.edition and stood:
                compared[name.day] = name
        return list(compared.values())[-1] if compared else None


def read_shelf(home: Home) -> Shelf:
    """What stands on the shelf of a data home now. This is the one place that lists the folder of editions."""
    try:
        folders = list(home.editions.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return Shelf()
    seen = (_shelve_folder(name, folder) for folder in folders if (name := EditionName.parse(folder.name)))
    return Shelf(tuple(sorted((edition for edition in seen if edition), key=lambda edition: edition.name)))


def _shelve_folder(name: EditionName, folder: Path) -> ShelvedEdition | None:
    """An edition's folder as it is now. None where it is no folder, or was taken away since it was listed."""
    if not folder.is_dir():
        return None
    try:
        changed = folder.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return ShelvedEdition(name, folder, changed, _see_manifest(folder / MANIFEST), read_withdrawal(folder))


def _see_manifest(manifest: Path) -> Seen | None:
    if not manifest.is_file():
        return None
    try:
        file_state = manifest.stat()
    except FileNotFoundError:
        return None
    return file_state.st_mtime_ns, file_state.st_size


def _choose_instead(name: EditionName, served: Sequence[EditionName]) -> EditionName | None:
    """Which of the editions served stands in for one that is withdrawn: another revision of its date, else the last
    before it, else the latest."""
    same = [other for other in served if other.day == name.day]
    before = [other for other in served if other.day < name.day]
    return next((candidates[-1] for candidates in (same, before, list(served)) if candidates), None)
