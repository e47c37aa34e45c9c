"""Where a picture is shown: its width, and the colours of what is not a mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.palette import TEXT

FileLook = Literal["light", "dark"]
Look = Literal["page"] | FileLook
WidthClass = Literal["wide", "half", "third", "phone"]

WIDTHS: dict[WidthClass, int] = {"wide": 960, "half": 620, "third": 400, "phone": 358}
"""Pixels of each width class: what the narrowest place of the class has."""

FILE_FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True)
class Paint:
    """The colours of text and of the grid, and the ground, None where the page's own shows through."""

    ink: str
    grid: str
    ground: str | None


PAINTS: dict[Look, Paint] = {
    "page": Paint("var(--ib-ink, currentColor)", "var(--ib-grid, rgba(128, 128, 128, 0.3))", None),
    "light": Paint("#0b0c0c", "#dedcda", "#ffffff"),
    "dark": Paint("#f3f2f1", "#3f3c37", "#171614"),
}


def painted(kind: str, colour: str, paint: Paint) -> dict[str, str]:
    """The attributes of a `fill` or `stroke`: of the palette's TEXT in the ink, of an rgba with its opacity beside it,
    which more programs read."""
    if colour in (TEXT, paint.ink, paint.grid):
        return {kind: paint.ink if colour == TEXT else colour}
    if colour.startswith("#"):
        return {kind: colour}
    if not colour.startswith("rgba(") or colour.count(",") != 3:
        raise UndrawableError(f"colour {colour!r} is not known: #rrggbb and rgba(r, g, b, a) are")
    red, green, blue, opacity = colour.removeprefix("rgba(").removesuffix(")").split(",")
    solid = "#" + "".join(f"{int(part):02x}" for part in (red, green, blue))
    return {kind: solid, f"{kind}-opacity": opacity.strip()}
