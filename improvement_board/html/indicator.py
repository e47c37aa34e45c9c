"""The indicator page's tables and texts."""

from __future__ import annotations

from html import escape

from improvement_board import words
from improvement_board.figures.few import is_few_team
from improvement_board.figures.formats import (
    HIDDEN_WORDS,
    format_change,
    format_month,
    format_parts,
    format_share,
    format_value,
)
from improvement_board.figures.series import (
    CategoryBreakdown,
    CategoryFigure,
    Distribution,
    TeamComparison,
    TeamDot,
    WorkerFigure,
)
from improvement_board.html.parts import INDICATOR, STACKED, TEAM, Links, details, table, text
from improvement_board.html.protection import protection_line
from improvement_board.html.team_bands import period_of, team_bands_table, teams_caption
from improvement_board.page_models.address import CLOSED, SHOWN
from improvement_board.page_models.models import IndicatorPage
from improvement_board.protection.rows import HIDDEN


def links_of(page: IndicatorPage) -> Links:
    """Links that carry the page's choices."""
    return Links(page.frame.address.parameters())


def trail(page: IndicatorPage) -> str:
    """The way back: plan, ambition, and the team's own page."""
    links = links_of(page)
    parts = [links.to("", "Plan on a page")]
    if page.ambition:
        parts.append(links.to(*page.ambition))
    if page.frame.address.team:
        parts.append(links.to(INDICATOR, "All teams", {"kpi": page.definition.id, "team": None}))
        parts.append(links.to(TEAM, f"{page.frame.address.team}: all indicators"))
    if page.category or page.worker:
        parts.append(links.to(INDICATOR, "Without category or worker", {"kpi": page.definition.id}))
    return f'<nav aria-label="Way back"><p class="ib-note">{" › ".join(parts)}</p></nav>{_others(page, links)}'


def _others(page: IndicatorPage, links: Links) -> str:
    groups = "".join(
        f"<section><p><strong>{text(title)}</strong></p><ul>"
        + "".join(f"<li>{links.to(INDICATOR, name, {'kpi': kpi})}</li>" for name, kpi in kpis)
        + "</ul></section>"
        for title, kpis in page.others
        if kpis
    )
    return details("Choose another indicator", f'<div class="ib-cards">{groups}</div>')


def rebase_note(page: IndicatorPage) -> str:
    """Whether a change that has outlasted a year is how things are now: asked of those who keep the events file."""
    asked = words.rebase_words(page.outline.series) if page.outline and page.frame.sees_quality else ""
    return f'<div class="ib-notice"><p>{text(asked)}</p></div>' if asked else ""


def section(headline: str, kicker: str, protection: str = "") -> str:
    """The head of a part of the page: what it is about, its sentence, and what of it is kept back."""
    title = f'<h2 class="ib-headline">{text(headline)}</h2>'
    return f'<div class="ib-chart-head"><p class="ib-kpi">{text(kicker)}</p>{title}{protection_line(protection)}</div>'


def team_table(page: IndicatorPage, comparison: TeamComparison) -> str:
    """The teams, worst first, each a link to its own figures, with what the figure is of and the target."""
    if comparison.is_banded:
        return team_bands_table(links_of(page), comparison)
    links, unit = links_of(page), comparison.unit
    limits = "Limits for its size" if comparison.limit_kind == "size" else "Its own usual variation"
    columns = ["Team", "Service", comparison.definition.title, *_size_column(comparison), limits, "Against the limits"]
    rows = [
        [
            links.to(INDICATOR, dot.team, {"kpi": comparison.definition.id, "team": dot.team}),
            dot.service or "–",
            words.team_figure(dot, unit),
            *([format_parts(unit, dot.numerator, dot.denominator) or "–"] if _size_column(comparison) else []),
            _between(dot.lower_limit, dot.upper_limit, unit),
            _side(dot, unit),
        ]
        for dot in comparison.dots
    ]
    made = table(
        teams_caption(comparison),
        columns,
        rows,
        numbers=range(2, len(columns) - 1),
        css_class=STACKED,
    )
    return details("Figures by team", made + _not_recorded(comparison))


def closed_teams_note(page: IndicatorPage, comparison: TeamComparison) -> str:
    """How many closed teams are left out, with a link that shows them, or leaves them out again."""
    links, own = links_of(page), {"kpi": page.definition.id, "category": page.category}
    if comparison.closed:
        count = len(comparison.closed)
        said = "1 team that has closed is left out." if count == 1 else f"{count} teams that have closed are left out."
        link = links.to(INDICATOR, "Show closed teams", {**own, CLOSED: SHOWN})
    elif page.frame.address.with_closed:
        said = "Teams that have closed are shown where they have figures."
        link = links.to(INDICATOR, "Leave closed teams out", {**own, CLOSED: None})
    else:
        return ""
    return f'<p class="ib-note">{text(said)} <span class="ib-skip-print">{link}</span></p>'


def without_teams(page: IndicatorPage) -> str:
    """Why there are no teams to compare."""
    is_protected = page.outline is not None and page.outline.series.is_protected
    said = (
        "Not shown by team, as small numbers of children are protected."
        if is_protected
        else "No team is recorded for this KPI."
    )
    return f'<h2>Teams</h2><p class="ib-empty">{text(said)}</p>'


def _not_recorded(comparison: TeamComparison) -> str:
    if not comparison.not_recorded:
        return ""
    return f'<p class="ib-note">Team not recorded for {text(format_value(comparison.not_recorded, "count"))}.</p>'


def _between(lower: float | None, upper: float | None, unit: str) -> str:
    return (
        f"{format_value(lower, unit)} to {format_value(upper, unit)}"
        if lower is not None and upper is not None
        else "–"
    )


def _size_column(comparison: TeamComparison) -> list[str]:
    """What figures are of, in a column of its own; a count is its own."""
    return [] if comparison.unit == "count" else ["Of"]


def _side(dot: TeamDot, unit: str) -> str:
    if is_few_team(dot, unit):
        return words.TOO_FEW.capitalize()
    if dot.lower_limit is None:
        return "Not judged"
    return {"above": "Above", "below": "Below"}.get(dot.outside or "", "Within")


def category_table(page: IndicatorPage, breakdown: CategoryBreakdown) -> str:
    """The categories, largest first, each a link to its own chart."""
    links, own = links_of(page), {"kpi": page.definition.id}
    rows = [
        [
            links.to(INDICATOR, figure.category or "", {**own, "category": figure.category}),
            _category_figure(figure, breakdown.unit),
            *(
                ["–" if figure.share is None else format_value(figure.share, "percent")]
                if breakdown.unit == "count"
                else []
            ),
        ]
        for figure in breakdown.figures
    ]
    columns = [breakdown.name, breakdown.definition.title, *(["Share"] if breakdown.unit == "count" else [])]
    caption = f"{breakdown.definition.title} by {breakdown.name.lower()}, {period_of(breakdown)}"
    return details(f"Figures by {breakdown.name.lower()}", table(caption, columns, rows, numbers=(1, 2)))


def _category_figure(figure: CategoryFigure, unit: str) -> str:
    return f"{HIDDEN}: {HIDDEN_WORDS}" if figure.value is None else words.category_figure(figure, unit)


def worker_table(page: IndicatorPage, workers: tuple[WorkerFigure, ...]) -> str:
    """The workers of a team, highest first, each a link to the worker's own chart."""
    links, unit = links_of(page), page.definition.unit
    rows = [
        [
            links.to(INDICATOR, page.name_of(worker.worker), {"kpi": page.definition.id, "worker": worker.worker}),
            format_share(worker.value, unit, worker.numerator, worker.denominator),
            _part(worker.numerator),
            _part(worker.denominator),
        ]
        for worker in workers
    ]
    columns = ["Worker", page.definition.title, "Numerator", "Denominator"]
    who = "Workers" if page.worker_names else "Pseudonymous worker ids"
    made = table(f"{who}; latest period", columns, rows, numbers=(1, 2, 3))
    return f"<h2>Workers of {text(page.frame.address.team or '')}</h2>{made}"


def _part(value: float | None) -> str:
    return "–" if value is None else format_value(value, "count")


def worker_heading(page: IndicatorPage) -> str:
    """Whose chart follows, where the viewer may know."""
    worker = page.worker.series.worker if page.worker else None
    named = worker is not None and worker in page.worker_names
    return f"<h2>{text(page.name_of(worker))}</h2>" if worker is not None and named else ""


def above_limit_table(page: IndicatorPage, distribution: Distribution) -> str:
    """Those with more cases than the limit, with their case types."""
    if not distribution.above:
        return (
            f'<p class="ib-empty">No worker has more than {text(format_value(distribution.limit, "count"))} cases.</p>'
        )
    rows = [
        [
            page.name_of(worker.worker),
            worker.team or "not recorded",
            format_value(worker.numerator, "count"),
            ", ".join(f"{format_value(cases, 'count')} {kind}" for kind, cases in worker.categories),
        ]
        for worker in distribution.above
    ]
    limit, month = format_value(distribution.limit, "count"), format_month(distribution.period_end)
    caption = f"Workers with more than {limit} cases, {month}"
    columns = ["Worker", "Team", "Cases", "Case types"]
    return details(
        f"The {len(rows)} workers above the limit", table(caption, columns, rows, numbers=(2,), css_class=STACKED)
    )


def earlier(page: IndicatorPage) -> str:
    """What earlier editions presented, and what was restated since."""
    if not page.earlier:
        return ""
    unit = page.outline.series.unit if page.outline else page.definition.unit
    rows = [
        [
            f"As presented in {said.edition}",
            format_month(said.period_end),
            format_value(said.then, unit),
            format_value(said.now, unit),
            format_change(said.now - said.then, unit) if said.now is not None and said.then is not None else "–",
            f"{said.restated} period{'s' if said.restated != 1 else ''}",
            "Yes" if said.definition_changed else "No",
        ]
        for said in page.earlier
    ]
    columns = [
        "Edition",
        "Its latest period",
        "Figure then",
        "Figure now",
        "Change",
        "Restated since",
        "Definition changed",
    ]
    caption = f"{page.definition.title} of the whole service: what each edition said of its latest period"
    return "<h2>Earlier editions</h2>" + table(caption, columns, rows, numbers=(2, 3, 4), css_class=STACKED)


def definition(page: IndicatorPage) -> str:
    """The definition, its source, caveats, parameters and query."""
    shown = page.definition
    facts = [
        ("Definition", shown.definition),
        ("Numerator", shown.numerator),
        ("Denominator", shown.denominator or "None: a count"),
        ("Which way is better", {"higher": "Higher", "lower": "Lower", "neither": "Neither"}[shown.better]),
        ("Timing", "At the end of each month" if shown.timing == "snapshot" else "Events of each month"),
        ("Made from", ", ".join(shown.sources) or "Published statistics"),
        ("Parameters", ", ".join(f"{name} = {value}" for name, value in page.parameters.items())),
        ("Comparators", str(shown.benchmarks.get("note", ""))),
        ("Caveats", shown.caveats or ""),
        ("Note on this edition", page.note),
    ]
    items = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts if value)
    query = details("The query", f'<pre class="ib-sql" tabindex="0">{escape(shown.sql)}</pre>') if shown.sql else ""
    return f'<h2>Definition and source</h2><dl class="ib-definition">{items}</dl>{query}'
