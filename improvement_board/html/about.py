"""The about page: how to read a chart, what the edition is made of, the definitions."""

from __future__ import annotations

import datetime as dt

from improvement_board import words
from improvement_board.charts.sparkline import target_icon_svg, verdict_icon_svg
from improvement_board.figures.formats import HIDDEN_WORDS, format_day
from improvement_board.html.parts import INDICATOR, Links, image, table, text
from improvement_board.page_models.models import AboutPage
from improvement_board.protection.rows import HIDDEN
from improvement_board.verdicts import Baseline, Verdict

SOME_MONTHS = Baseline(dt.date(2024, 4, 30), dt.date(2026, 3, 31), 50.0, 45.0, 55.0)
VERDICTS = (
    (Verdict("worse", 1, baseline=SOME_MONTHS), "The last three months are worse than the two years before."),
    (Verdict("better", -1, baseline=SOME_MONTHS), "The last three months are better than the two years before."),
    (Verdict("no real change", baseline=SOME_MONTHS), "It moved by chance alone, or by too little to matter."),
    (Verdict("moved", 1, baseline=SOME_MONTHS), "Likewise higher, where neither direction is better."),
    (Verdict("too few to say"), "Fewer than ten children, workers or events, or too few months to compare with."),
    (Verdict("not shown"), "A figure that is kept back could make it another."),
)
TARGETS_KEPT = (
    ("always", "Target met since …", "Every figure of the last twelve months met the target that it had."),
    ("at times", "Target met in 10 of the last 12 months", "Some of them did: how many is said."),
    ("never", "Target not met in the last 12 months", "None of them did."),
)


def how_to_read() -> str:
    """How to read a chart."""
    varied = "".join(
        f'<li class="ib-mark">{image(verdict_icon_svg(verdict), "", "ib-icon")}'
        f"<span><strong>{text(words.verdict_word(verdict).capitalize())}.</strong> {text(meaning)}</span></li>"
        for verdict, meaning in VERDICTS
    )
    assured = "".join(
        f'<li class="ib-mark">{image(target_icon_svg(kind), "", "ib-icon")}'
        f"<span><strong>{text(label)}.</strong> {text(meaning)}</span></li>"
        for kind, label, meaning in TARGETS_KEPT
    )
    return (
        "<h2>How to read a chart</h2><p>Each indicator has one verdict. The average of its last three months is held "
        "against the average of the 24 months before the last six, which the chart draws as a line, with the range in "
        "which its single months usually lie. A difference counts only where all three months lie on one side, where "
        "it is more than chance explains of figures that vary as these do, or beyond every one of those months, and "
        "where it is large enough to matter. The months that decide it are marked. Where the calendar drives the "
        "figures, September is held against Septembers. A single month is no verdict: do not ask why it went up.</p>"
        f'<ul class="ib-legend">{varied}{assured}</ul>'
        "<p>A redesign of the service starts a new baseline and is named on the chart. Downloads also hold each "
        "figure's place on a control chart (XmR) over all that is known, by the rules of the NHS programme Making Data "
        "Count as its own software had them: of three points two near a limit, and not the newer form that counts "
        "points beyond it too. No page is told by them. "
        "Comparators are drawn over the year they were published for. Teams are held against limits that fit their "
        "size, so that a small team is not called out for being small. A figure of a team or worker that is of fewer "
        "than ten is too few to say anything by: it bears no mark, and a share of so few is given as its count, such "
        "as 3 of 4.</p>"
    )


def small_numbers() -> str:
    """How board members and the committee are given figures without any small number of children."""
    return (
        "<h2>Small numbers</h2><p>A figure that counts only a few children can tell something about one of them, also "
        "where it can only be worked out: from a team and the service, a month and its quarter, a percentage and what "
        "it is of. Therefore board members and the committee are given indicators that children stand behind in a "
        "protected form, the same on every page and in every download. Figures of workers stay as they are."
        "</p><ul>"
        "<li><strong>The whole service</strong> is given by month. Where months of a year count too few children, the "
        "indicator is given by quarter, or by year (April to March).</li>"
        "<li><strong>A team</strong> is given as a range of ten percentage points, such as 40% to under 50%, or for "
        "an average of two, such as 16 to under 18, at month ends, or by quarter or year. The figure lies anywhere in "
        "its range: two teams in one range are in no order, and a figure may have moved within its range. No number of "
        "children and no category of a team is given.</li>"
        f"<li><strong>{HIDDEN}</strong> marks a figure that is {HIDDEN_WORDS}, as it or a figure beside it counts "
        "too few children. It does not stand for zero: a zero among small numbers is kept back too.</li></ul>"
    )


def edition(page: AboutPage) -> str:
    """What the edition is made of."""
    frame = page.frame
    made = (
        f"<h2>This edition</h2><p>Edition {text(frame.edition)} of {text(frame.council)}, published "
        f"{format_day(page.published.date())} by version {text(page.software)}, with {page.kpi_count} KPIs.</p>"
    )
    if frame.is_synthetic:
        made += "<p><strong>The council is fictional and every figure of it is synthetic.</strong></p>"
    rows = [
        [
            source.name,
            source.file,
            "–" if source.rows is None else f"{source.rows:,}",
            format_day(source.day) if source.day else "–",
        ]
        for source in page.sources
    ]
    sources = table("Sources of the edition", ["Source", "File", "Rows", "Date"], rows, numbers=(2,)) if rows else ""
    return made + sources + _comparators(page)


def _comparators(page: AboutPage) -> str:
    if not page.comparator_sources:
        return '<h2>Comparators</h2><p class="ib-empty">This edition has no comparators.</p>'
    rows = [[source, vintage] for source, vintage in page.comparator_sources]
    neighbours = f"<p>Statistical neighbours. {text(page.neighbours_note)}</p>" if page.neighbours_note else ""
    return (
        "<h2>Comparators</h2><p>The figure of the statistical neighbours is the mean of the ten, leaving out those "
        f"without a figure.</p>{neighbours}"
        + table("Published statistics, Open Government Licence v3.0", ["Publication", "Vintage"], rows)
    )


def definitions(page: AboutPage) -> str:
    """The definition of every KPI of the plan that has figures."""
    links = Links(page.frame.address.parameters())
    items = "".join(
        f"<dt>{links.to(INDICATOR, kpi.title, {'kpi': kpi.id})}</dt><dd>{text(kpi.definition)}</dd>"
        for kpi in page.definitions
    )
    return f'<h2>Definitions</h2><dl class="ib-definition">{items}</dl>'
