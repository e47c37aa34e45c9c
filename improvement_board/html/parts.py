"""The smallest pieces: escaped text, links within the dashboard, marks with words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from improvement_board import words
from improvement_board.charts.sparkline import data_uri, target_icon_svg, verdict_icon_svg
from improvement_board.verdicts import Verdict

INDICATOR, TEAM = "indicator", "team"
STACKED = "ib-stacked"


def text(value: str) -> str:
    """Text from anywhere as it may stand in HTML: on one line and escaped."""
    return escape(words.on_one_line(value), quote=True)


def page_address(page: str, parameters: Mapping[str, str | None]) -> str:
    """The address of a page of the dashboard, relative to its root; parameters without a value are left out."""
    pairs = {key: value for key, value in parameters.items() if value}
    return f"{page}?{urlencode(pairs)}" if pairs else page or "."


class Html(str):
    """Text that is HTML already, its parts escaped by whoever made it."""

    __slots__ = ()


@dataclass(frozen=True)
class Links:
    """Makes links within the dashboard that carry the shared choices of their page: team, period, edition."""

    shared: Mapping[str, str]

    def to(self, page: str, label: str, own: Mapping[str, str | None] | None = None, *, name: str = "") -> Html:
        """A link; `label` is escaped, `name` is what a screen reader says where that is more. `own` parameters win over
        the shared ones, and one that is None leaves its shared choice out."""
        target = escape(page_address(page, {**self.shared, **(own or {})}))
        said = f' aria-label="{text(name)}"' if name else ""
        return Html(f'<a class="ib-link" target="_self" href="{target}"{said}>{text(label)}</a>')


def image(svg: str, alternative: str, css_class: str = "ib-image") -> Html:
    """A drawing as an image with its alternative text (empty where words beside it say the same)."""
    return Html(f'<img class="{css_class}" src="{data_uri(svg)}" alt="{text(alternative)}">')


def marks(verdict: Verdict | None, verdict_text: str, target_kept: str | None, target_text: str) -> str:
    """The icons of the verdict and of the target, each beside its words."""
    parts = []
    if verdict_text:
        parts.append(f"{image(verdict_icon_svg(verdict), '', 'ib-icon')}{text(verdict_text)}")
    if target_text:
        parts.append(f"{image(target_icon_svg(target_kept), '', 'ib-icon')}{text(target_text)}")
    return "".join(f'<span class="ib-mark">{part}</span>' for part in parts)


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    css_class: str = "",
) -> str:
    """A table with a caption, column heads, and its first column as row heads; `numbers` are the places of columns of
    figures. Cells are escaped, but for those that are `Html`. With the class STACKED a row is a card on a phone.

    Its box takes the focus, so that a table wider than a phone can be scrolled with the keyboard.
    """
    head = "".join(
        f'<th scope="col"{_number(number, numbers)}>{text(column)}</th>' for number, column in enumerate(columns)
    )
    body = "".join(f"<tr>{_cells(row, columns, numbers)}</tr>" for row in rows)
    return (
        f'<div class="ib-scroll" tabindex="0" role="group" aria-label="{text(caption)}">'
        f'<table class="ib-table {css_class}"><caption>{text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str], columns: Sequence[str], numbers: Collection[int]) -> str:
    shown = [cell if isinstance(cell, Html) else text(cell) for cell in row]
    first = f'<th scope="row">{shown[0]}</th>'
    return first + "".join(
        f'<td{_number(number, numbers)} data-label="{text(columns[number])}">{cell}</td>'
        for number, cell in enumerate(shown[1:], start=1)
    )


def _number(number: int, numbers: Collection[int]) -> str:
    return ' class="ib-number"' if number in numbers else ""


def details(summary: str, content: str) -> str:
    """Content that opens on request. `content` is HTML already."""
    return f'<details class="ib-details"><summary>{text(summary)}</summary>{content}</details>'
