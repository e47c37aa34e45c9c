"""The cards of ambitions: statement, how its KPIs stand, its lead KPIs with their trend."""

from __future__ import annotations

from improvement_board import words
from improvement_board.charts.sparkline import sparkline_svg
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import (
    NO_FIGURE,
    format_parts,
    format_period_short,
    format_share,
    format_value,
    unit_words,
)
from improvement_board.figures.series import Series
from improvement_board.html.caveats import caveat_details
from improvement_board.html.parts import INDICATOR, Html, Links, image, marks, text
from improvement_board.html.protection import protection_details
from improvement_board.page_models.models import AmbitionCard, KpiOutline, PlanPage

SHORT_NAMES = {"Statistical neighbours": "Neighbours"}


def cards(page: PlanPage, links: Links) -> str:
    """A card for each ambition."""
    return f'<div class="ib-cards">{"".join(_card(card, links, page.frame.address.team) for card in page.cards)}</div>'


def _card(card: AmbitionCard, links: Links, team: str | None) -> str:
    leads = "".join(_lead(lead, links) for lead in card.leads) or _without_leads(card, team)
    missing = len(card.not_supplied)
    absent = f'<p class="ib-note">{missing} KPI{"s" if missing > 1 else ""} not supplied yet.</p>' if missing else ""
    return (
        f'<section class="ib-card"><h3>{links.to(card.id, card.title)}</h3>'
        f'<p class="ib-statement">{text(card.statement)}</p>'
        f'{_verdict(card)}<p class="ib-note">{text(tally(card))}</p>'
        f"{leads}{_without_team(card, team)}{absent}</section>"
    )


def _verdict(card: AmbitionCard) -> str:
    """The ambition's verdict, in a line what it rests on, and why where the plan says so; nothing where it has none."""
    verdict = card.verdict
    if verdict.word == "not judged":
        return ""
    said = words.ambition_line(verdict.word, verdict.worse, verdict.better)
    ruling = verdict.ruling
    own = words.ruling_words(verdict.word, ruling.by_rule, ruling.reason, ruling.until) if ruling else ""
    note = f'<p class="ib-note">{text(own)}</p>' if own else ""
    return f'<p class="ib-tally ib-verdict ib-verdict-{verdict.word.split()[0]}">{text(said)}</p>{note}'


def _without_leads(card: AmbitionCard, team: str | None) -> str:
    if team and card.without_team:
        return f'<p class="ib-empty">None of its lead indicators has a figure of {text(team)}.</p>'
    return '<p class="ib-empty">None of its KPIs is supplied yet.</p>'


def _without_team(card: AmbitionCard, team: str | None) -> str:
    """How many KPIs have no figure of the chosen team: the ambition's own page names them."""
    many = card.without_team
    if not team or not many:
        return ""
    said = f"{many} indicator{' has' if many == 1 else 's have'} no figure of {team}."
    return f'<p class="ib-note">{text(said)}</p>'


def tally(card: AmbitionCard) -> str:
    """How many KPIs are worse, better and unchanged, or for yearly figures stand better or worse than England."""
    return words.tally_words(card.tally) or "Nothing to judge yet"


def _lead(lead: KpiOutline, links: Links) -> str:
    series = lead.series
    facts = " · ".join(
        part for part in (latest_period(series), target_words(series), *short_comparison(series)) if part
    )
    title = links.to(INDICATOR, series.definition.title, {"kpi": series.definition.id})
    return (
        f'<div class="ib-lead"><div class="ib-lead-head">{title}<strong>{text(latest_value(series))}</strong></div>'
        f'{trend(lead, width=320, height=48, css_class="ib-spark")}<p class="ib-facts">{text(facts)}</p>'
        f'<p class="ib-marks">{latest_marks(lead)}</p>{protection_details(lead)}{caveat_details(lead)}</div>'
    )


def trend(outline: KpiOutline, *, width: int, height: int, css_class: str) -> Html:
    """The sparkline of a KPI, with its sentence and its caveats as the alternative text."""
    said = words.with_caveats(outline.headline, outline.caveats)
    drawing = sparkline_svg(outline.series, width=width, height=height)
    return image(drawing, f"Trend of {outline.series.definition.title}: {said}", css_class)


def latest_value(series: Series) -> str:
    """The latest figure, or the range it lies in, else why there is none; a share of a team's too few as its count."""
    index = words.latest_index(series)
    if index is None:
        return words.missing_cell(series, -1) if series.symbols else NO_FIGURE
    if is_few_at(series, index):
        return format_share(series.values[index], series.unit, series.numerators[index], series.denominators[index])
    return words.figure_or_why(series, index)


def latest_size(series: Series) -> str:
    """What a team's or worker's latest figure is of, "12 of 16"; empty where the figure says it, or it is not known."""
    index = series.latest
    if index is None or series.level == "service" or series.denominators[index] is None:
        return ""
    size = format_parts(series.unit, series.numerators[index], series.denominators[index])
    return "" if size == latest_value(series) else size


def latest_period(series: Series) -> str:
    """The period of the latest figure; empty without one."""
    index = words.latest_index(series)
    if index is None:
        return ""
    return format_period_short(series.period_ends[index], series.grain, series.definition.timing)


def target_words(series: Series) -> str:
    """The target of the latest figure; empty without one."""
    target = words.latest_target(series)
    return f"target {format_value(target, series.unit)}" if target is not None else ""


def latest_marks(outline: KpiOutline) -> str:
    """The icons of the latest point beside their words, and for published figures where the authority stands."""
    record = words.target_record(outline.series)
    icons = marks(
        outline.series.verdict,
        outline.verdict,
        record.kept if record and outline.target_kept else None,
        outline.target_kept,
    )
    return icons + standing(outline)


def short_comparison(series: Series) -> list[str]:
    """Each comparator's name and figure; the year, and what is counted otherwise, stand with the last."""
    day = words.comparison_day(series)
    points = [(comparator, comparator.at(day)) for comparator in words.shown_comparators(series) if day is not None]
    known = [(comparator, point) for comparator, point in points if point is not None and point.value is not None]
    said = [
        f"{SHORT_NAMES.get(comparator.area_type, comparator.name)} {format_value(point.value, series.unit)}"
        for comparator, point in known
    ]
    if known:
        last, point = known[-1]
        year = format_period_short(point.period_end, "year", series.definition.timing) if series.grain != "year" else ""
        more = ", ".join(part for part in (year, words.on_one_line(last.differs)) if part)
        said[-1] += f" ({more})" if more else ""
    return said


def standing(lead: KpiOutline) -> str:
    """Where the authority stands, for published figures, as a mark."""
    said = rank_words(lead)
    return f'<span class="ib-mark">{text(said)}</span>' if said else ""


def rank_words(lead: KpiOutline) -> str:
    """The authority's rank among all and among its neighbours, in words."""
    standing = lead.standing
    if standing is None:
        return ""
    definition = lead.series.definition
    order = "best first" if definition.better != "neither" else "lowest first"
    if definition.benchmarks.get("unit", lead.series.unit) != lead.series.unit:
        order = f"as a {unit_words(definition.benchmarks['unit'])}, {order}"
    near = ""
    if standing.neighbour_rank is not None:
        near = f", {standing.neighbour_rank} of {standing.of_neighbours} with its neighbours"
    return f"Rank {standing.rank} of {standing.of_all} authorities{near} ({order})"
