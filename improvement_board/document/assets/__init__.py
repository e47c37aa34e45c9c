"""The few rules of style and the small scripts that every page carries."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from improvement_board.document.environment import FOLDER, render

# The components with style rules of their own, in the order in which the later ones win.
STYLED = (
    "assets", "parts", "frame", "bar", "saves", "meanings", "latest", "caveats", "plan", "agenda", "ambitions",
    "changes", "matrix", "control_chart", "drawn_chart", "ambition", "panels", "projector", "indicator", "indicators",
    "team", "about",
)  # fmt: skip


@cache
def style_block() -> Markup:
    """The dashboard's style rules as one block."""
    return render("assets", "style", rules="".join(read_file(f"{component}/style.css") for component in STYLED))


@cache
def link_script() -> Markup:
    """Links that change the page without loading it anew."""
    return render("assets", "script", code=read_file("assets/links.js"))


def read_file(name: str) -> str:
    """The text of a file beside the templates."""
    return (FOLDER / name).read_text(encoding="utf-8")
