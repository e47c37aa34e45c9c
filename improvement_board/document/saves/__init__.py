"""What a page gives to save: links to files of what it shows, below what they hold and in the menu of its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from improvement_board.document.environment import render
from improvement_board.figures.download import Download

SAVE = "save"  # the parameter of a page's address that asks for one of its files


@dataclass(frozen=True)
class Save:
    """A file that a page gives: what tells it from the page's others, what it holds in words, what writes it, whether
    a link to it stands on the page too or in the menu of its head alone, and the address that it is asked for at, which
    the page's document knows."""

    key: str
    holds: str
    download: Download
    is_below: bool = True
    address: str = ""

    @property
    def label(self) -> str:
        """What it holds and of what kind it is, beginning with a capital."""
        return f"{self.holds[0].upper()}{self.holds[1:]} (CSV)"


def save_links(saves: Sequence[Save]) -> Markup:
    """Links to files, beside each other."""
    return render("saves", "links", saves=saves)
