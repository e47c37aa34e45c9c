"""Elements of SVG as text, with everything from outside escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as escape_html

Point = tuple[float, float]

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """An element around content that is SVG already; `_` in a name of an attribute is a hyphen."""
    written = "".join(f' {name.replace("_", "-")}="{_write_value(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def escape(text: str) -> str:
    """A text for content or an attribute, without what XML cannot hold."""
    return escape_html(NOT_IN_XML.sub("", text))


def path_of(points: Iterable[Point], *, is_closed: bool = False) -> str:
    """The data of a path through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("Z" if is_closed else "")


def number(value: float) -> str:
    """A number of pixels to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _write_value(value: object) -> str:
    return number(value) if isinstance(value, int | float) else escape(str(value))
