"""Which published file comes from where: for the documentation, the help of the commands, and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from improvement_board.benchmarks.aliases import Publication, ReferenceFile, load_aliases


@dataclass(frozen=True)
class PublishedFile:
    """One file that can be given: id, title of the publication, publisher, what its download is called, licence."""

    id: str
    title: str
    publisher: str
    download: str
    licence: str


def publication_table(home: Path | None = None) -> list[PublishedFile]:
    """Every file that `benchmarks` and `published` read: publications first, then the files of reference."""
    aliases = load_aliases(home)
    listed: dict[str, Publication | ReferenceFile] = {
        **aliases.publication,
        "lait": aliases.lait,
        "lait_dictionary": aliases.lait_dictionary,
        "neighbours": aliases.neighbours,
        "authority_list": aliases.authority_list,
    }
    return [
        PublishedFile(name, each.title, each.publisher, each.download, aliases.licence.name)
        for name, each in listed.items()
    ]


def attribution(home: Path | None = None) -> str:
    """The sentence that must stand wherever published figures are shown."""
    return load_aliases(home).licence.attribution
