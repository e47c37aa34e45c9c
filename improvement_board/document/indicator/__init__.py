"""The indicator page: the way back, categories, workers, what earlier editions said, the definition."""

from __future__ import annotations

from markupsafe import Markup, escape

from improvement_board import words
from improvement_board.document.environment import render
from improvement_board.document.latest import latest_period, latest_value, rank_words
from improvement_board.document.parts import INDICATOR, INDICATORS, STACKED, TEAM, Links, details, headed, note, table
from improvement_board.document.protection import protection_line
from improvement_board.figures.formats import (
    HIDDEN_WORDS,
    format_change,
    format_month,
    format_period,
    format_period_short,
    format_share,
    format_value,
)
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure, Distribution, Series, WorkerFigure
from improvement_board.page_models.models import IndicatorPage
from improvement_board.protection.rows import HIDDEN


def trail(page: IndicatorPage) -> Markup:
    """The way back: plan, all indicators, ambition, and the team's own page."""
    links = Links(page.frame.address.parameters())
    steps = [links.to("", "Plan on a page"), links.to(INDICATORS, "All indicators")]
    if page.ambition:
        steps.append(links.to(*page.ambition))
    if page.frame.address.team:
        steps.append(links.to(INDICATOR, "All teams", {"kpi": page.definition.id, "team": None}))
        steps.append(links.to(TEAM, f"{page.frame.address.team}: all indicators"))
    if page.category or page.worker:
        steps.append(links.to_kpi(page.definition.id, "Without category or worker"))
    return render("indicator", "trail", steps=steps)


def facts(page: IndicatorPage) -> Markup:
    """The figure now, at the last meeting and a year ago, how often the target was met, and the others beside it."""
    outline = page.outline
    if outline is None or words.latest_index(outline.series) is None:
        return Markup()
    series = outline.series
    shown = [("Now", latest_value(series), latest_period(series)), *words.earlier_figures(series, page.previous_day)]
    target = words.latest_target(series)
    if target is not None:
        record = words.target_record(series)
        kept = f"met {record.met} of {record.told}" if record else ""
        shown.append(("Target", format_value(target, series.unit), kept))
    beside = render("indicator", "ranked", others=_rank_others(series), rank=rank_words(outline))
    return render("indicator", "four", facts=shown) + beside


def _rank_others(series: Series) -> list[tuple[str, str, str, bool]]:
    """This series and its comparators, the best first, or the highest where neither direction is better: name, figure,
    period, and whether it is the series itself. Empty without comparators."""
    day, value = words.comparison_day(series), series.latest_value
    if day is None or value is None:
        return []
    said = [(value, words.place_name(series) or "This council", latest_period(series), True)]
    for comparator in words.shown_comparators(series):
        point = comparator.at(day)
        if point is not None and point.value is not None:
            period = format_period_short(point.period_end, "year", series.definition.timing)
            mean = "mean of those published" if comparator.area_type == "Statistical neighbours" else ""
            facts_of = ", ".join(part for part in (period, mean, words.on_one_line(comparator.differs)) if part)
            said.append((point.value, words.on_one_line(comparator.name), facts_of, False))
    if len(said) == 1:
        return []
    said.sort(key=lambda each: each[0], reverse=series.definition.better != "lower")
    return [(name, format_value(number, series.unit), when, is_own) for number, name, when, is_own in said]


def rebase_note(page: IndicatorPage) -> Markup:
    """Whether a change that has outlasted a year is how things are now: asked of those who keep the events file."""
    asked = words.rebase_words(page.outline.series) if page.outline and page.frame.sees_quality else ""
    return render("indicator", "rebase_note", asked=asked)


def section(headline: str, kicker: str, protection: str = "") -> Markup:
    """The head of a part of the page: what it is about, its sentence, and what of it is kept back."""
    return render("indicator", "section", headline=headline, kicker=kicker, protection=protection_line(protection))


def earlier(page: IndicatorPage) -> Markup:
    """What earlier editions presented, and what was restated since."""
    if not page.earlier:
        return Markup()
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
    made = table(caption, columns, rows, numbers=(2, 3, 4), css_class=STACKED)
    return details("Earlier editions: what each said", made)


def definition(page: IndicatorPage) -> Markup:
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
    return render("indicator", "definition", facts=facts, sql=escape(shown.sql))


def category_table(page: IndicatorPage, breakdown: CategoryBreakdown) -> Markup:
    """The categories, largest first, each a link to its own chart."""
    links, own = Links(page.frame.address.parameters()), {"kpi": page.definition.id}
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


def period_of(breakdown: CategoryBreakdown) -> str:
    """The period that a breakdown is of."""
    if breakdown.period_start == breakdown.period_end:
        return format_period(breakdown.period_end, "month", breakdown.definition.timing)
    return f"{format_month(breakdown.period_start)} to {format_month(breakdown.period_end)}"


def worker_table(page: IndicatorPage, workers: tuple[WorkerFigure, ...]) -> Markup:
    """The workers of a team, highest first, each a link to the worker's own chart."""
    links, unit = Links(page.frame.address.parameters()), page.definition.unit
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
    return headed(f"Workers of {page.frame.address.team or ''}", made)


def _part(value: float | None) -> str:
    return "–" if value is None else format_value(value, "count")


def worker_heading(page: IndicatorPage) -> Markup:
    """Whose chart follows, where the viewer may know."""
    worker = page.worker.series.worker if page.worker else None
    named = worker is not None and worker in page.worker_names
    return headed(page.name_of(worker), Markup()) if worker is not None and named else Markup()


def held_table(distribution: Distribution) -> Markup:
    """How many workers hold each number of cases."""
    rows = [[format_value(cases, "count"), str(workers)] for cases, workers in distribution.held]
    caption = f"Workers by cases held, {format_month(distribution.period_end)}"
    return details("Figures by cases held", table(caption, ["Cases held", "Workers"], rows, numbers=(0, 1)))


def above_limit_table(page: IndicatorPage, distribution: Distribution) -> Markup:
    """Those with more cases than the limit, with their case types."""
    limit, month = format_value(distribution.limit, "count"), format_month(distribution.period_end)
    if not distribution.above:
        return note(f"No worker has more than {limit} cases.", "ib-empty")
    rows = [
        [
            page.name_of(worker.worker),
            worker.team or "not recorded",
            format_value(worker.numerator, "count"),
            ", ".join(f"{format_value(cases, 'count')} {kind}" for kind, cases in worker.categories),
        ]
        for worker in distribution.above
    ]
    caption = f"Workers with more than {limit} cases, {month}"
    columns = ["Worker", "Team", "Cases", "Case types"]
    return details(
        f"The {len(rows)} workers above the limit", table(caption, columns, rows, numbers=(2,), css_class=STACKED)
    )
