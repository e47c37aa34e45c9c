"""The about page: how to read a chart, what the edition is made of, the definitions."""

from __future__ import annotations

import datetime as dt
from html import unescape

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts import Figure
from improvement_board.charts.legend import shared_key, themed
from improvement_board.charts.palette import MARKS
from improvement_board.charts.sparkline import target_icon_svg, verdict_icon_svg
from improvement_board.document.environment import render
from improvement_board.document.parts import Links, icon, table
from improvement_board.figures.formats import HIDDEN_WORDS, format_day
from improvement_board.page_models.models import AboutPage, KpiOutline
from improvement_board.protection.rows import HIDDEN
from improvement_board.verdicts import Baseline, Verdict
from improvement_board.words.meanings import DECIDING, DRAWN_MEANINGS, OF_OTHERS, meaning_of

MARK_NAMES = frozenset(mark.name for mark in MARKS.values())
SOME_MONTHS = Baseline(dt.date(2024, 4, 30), dt.date(2026, 3, 31), 50.0, 45.0, 55.0)
VERDICTS = (
    Verdict("worse", 1, baseline=SOME_MONTHS),
    Verdict("better", -1, baseline=SOME_MONTHS),
    Verdict("no real change", baseline=SOME_MONTHS),
    Verdict("moved", 1, baseline=SOME_MONTHS),
    Verdict("too few to say"),
    Verdict("not shown"),
)
TARGETS_KEPT = (
    ("always", "Target met since …", "Every figure of the last twelve months met the target that it had."),
    ("at times", "Target met in 10 of the last 12 months", "Some of them did: how many is said."),
    ("never", "Target not met in the last 12 months", "None of them did."),
)


def example_head(outline: KpiOutline) -> Markup:
    """The heading of a chart that is explained, and its sentence."""
    return render("about", "example_head", title=outline.series.definition.title, claim=outline.headline)


def example_key(figure: Figure) -> Markup:
    """What each line and mark of a chart means."""
    entries = [
        (icon(themed(entry.svg), "ib-sample"), name, _drawn_meaning(name))
        for entry, name in ((entry, unescape(entry.name)) for entry in shared_key([figure]))
    ]
    return render("about", "example_key", entries=entries)


def _drawn_meaning(name: str) -> str:
    """What a line or mark of a chart means, by its name in the key."""
    return DECIDING if name in MARK_NAMES else DRAWN_MEANINGS.get(name.lower(), OF_OTHERS)


def how_to_read() -> Markup:
    """How to read a chart."""
    named = [(verdict, words.verdict_word(verdict)) for verdict in VERDICTS]
    verdicts = [(icon(verdict_icon_svg(verdict)), word.capitalize(), meaning_of(word)) for verdict, word in named]
    targets = [(icon(target_icon_svg(kept)), label, meaning) for kept, label, meaning in TARGETS_KEPT]
    return render("about", "how_to_read", legend=verdicts + targets)


def small_numbers() -> Markup:
    """How board members and the committee are given figures without any small number of children."""
    return render("about", "small_numbers", sign=HIDDEN, meaning=HIDDEN_WORDS)


def edition(page: AboutPage) -> Markup:
    """What the edition is made of."""
    rows = [
        [
            source.name,
            source.file,
            "–" if source.rows is None else f"{source.rows:,}",
            format_day(source.day) if source.day else "–",
        ]
        for source in page.sources
    ]
    columns = ["Source", "File", "Rows", "Date"]
    publications = "Published statistics, Open Government Licence v3.0"
    return render(
        "about",
        "edition",
        page=page,
        published=format_day(page.published.date()),
        sources=table("Sources of the edition", columns, rows, numbers=(2,)) if rows else "",
        comparators=table(publications, ["Publication", "Vintage"], page.comparator_sources),
    )


def definitions(page: AboutPage) -> Markup:
    """The definition of every KPI of the plan that has figures."""
    links = Links(page.frame.address.parameters())
    return render("about", "definitions", definitions=page.definitions, links=links)
