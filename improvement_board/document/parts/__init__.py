"""The smallest pieces: links within the dashboard, images, tables, what opens on request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup

from improvement_board.charts.sparkline import data_uri
from improvement_board.document.environment import render

INDICATOR, INDICATORS, TEAM = "indicator", "indicators", "team"
STACKED = "ib-stacked"


def page_address(page: str, parameters: Mapping[str, str | None]) -> str:
    """The address of a page of the dashboard, relative to its root; parameters without a value are left out."""
    pairs = {key: value for key, value in parameters.items() if value}
    return f"{page or '.'}?{urlencode(pairs)}" if pairs else page or "."


@dataclass(frozen=True)
class Links:
    """Makes links within the dashboard that carry the shared choices of their page: team, period, edition."""

    shared: Mapping[str, str]

    def to(self, page: str, label: str, own: Mapping[str, str | None] | None = None, *, name: str = "") -> Markup:
        """A link; `name` is what a screen reader says where that is more than the label. `own` parameters win over the
        shared ones, and one that is None leaves its shared choice out."""
        return render("parts", "link", target=self.address(page, own), label=label, name=name)

    def address(self, page: str, own: Mapping[str, str | None] | None = None) -> str:
        """The address of a page that carries the shared choices."""
        return page_address(page, {**self.shared, **(own or {})})

    def to_kpi(self, kpi: str, label: str) -> Markup:
        """A link to the page of an indicator."""
        return self.to(INDICATOR, label, {"kpi": kpi})


def image(svg: str, alternative: str, css_class: str) -> Markup:
    """A drawing as an image with its alternative text (empty where words beside it say the same)."""
    return render("parts", "image", source=data_uri(svg), alternative=alternative, css_class=css_class)


@lru_cache(maxsize=128)  # there are a few kinds, drawn a hundred times on a page
def icon(svg: str, css_class: str = "ib-icon") -> Markup:
    """A small drawing beside the words that say the same."""
    return image(svg, "", css_class)


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    css_class: str = "",
) -> Markup:
    """A table with a caption, column heads, and its first column as row heads; `numbers` are the places of columns of
    figures. With the class STACKED a row is a card on a phone.

    Its box takes the focus, so that a table wider than a phone can be scrolled with the keyboard.
    """
    heads = [(column, number in numbers) for number, column in enumerate(columns)]
    return render("parts", "table", caption=caption, heads=heads, rows=rows, css_class=css_class)


def note(said: str, css_class: str = "ib-note", link: str = "") -> Markup:
    """A sentence in a paragraph, with a link that is not printed; nothing where there is no sentence."""
    return render("parts", "note", said=said, css_class=css_class, link=link)


def headed(title: str, content: Markup) -> Markup:
    """A part of a page under its heading."""
    return render("parts", "headed", title=title, content=content)


def details(summary: str, content: Markup) -> Markup:
    """Content that opens on request."""
    return render("parts", "details", summary=summary, content=content)
