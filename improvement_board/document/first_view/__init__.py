"""The first view: a page's document as HTML that stands by itself, read before the app has started.

It holds the same blocks as the page that the app draws in its place; a chart is a drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

from improvement_board.document.assets import read_file, style_block
from improvement_board.document.environment import render


def first_view(parts: Iterable[Markup], live_script: Markup) -> Markup:
    """What stands in the page before the app, from its parts and the script that brings charts to life."""
    script = leaving_script() + live_script
    return render("first_view", "whole", style=style_block() + first_style(), parts=parts, script=script)


@cache
def first_style() -> Markup:
    """The rules that Streamlit's own style gives a page, for what stands there before it."""
    return render("assets", "style", rules=read_file("first_view/style.css"))


@cache
def leaving_script() -> Markup:
    """Takes the first view away once the app has drawn the same."""
    return render("assets", "script", code=read_file("first_view/leave.js"))
