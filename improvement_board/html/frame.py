"""What stands around every page: whose figures, which edition, what is missing, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from improvement_board.errors import Problem
from improvement_board.figures.formats import format_day, format_month
from improvement_board.html.parts import details, text
from improvement_board.page_models.models import Frame, NotSupplied
from improvement_board.words import NOT_WORKED_OUT

SHOWN_PROBLEMS = 20


def title_block(title: str) -> str:
    """The page's title. HTML, for Streamlit's own would read Markdown in a team's name."""
    return f'<h1 class="ib-title">{text(title)}</h1>'


def notice_block(notice: str) -> str:
    """Something to notice above a page. HTML, for Streamlit's own would fetch images that an address asks for."""
    return f'<div class="ib-notice" role="status"><p>{text(notice)}</p></div>'


def frame_line(frame: Frame, lede: str = "") -> str:
    """Council, edition, meeting, the choices made, and whether the figures are synthetic or published."""
    label = f'<p class="ib-label">{text(frame.label)}</p>' if frame.label else ""
    edition = f"Edition of {format_day(frame.edition_day)}"
    if not frame.is_latest:
        edition += " (an earlier edition)"
    if frame.meeting:
        edition += f", for the board meeting of {format_day(frame.meeting)}"
    opening = f'<p class="ib-lede">{text(lede)}</p>' if lede else ""
    managed = "" if frame.is_known else notice_block(NOT_WORKED_OUT)
    said = f"{label}<p>{text(edition)}</p><p>{text(choices_in_words(frame))}</p>"
    return f'{opening}<div class="ib-frame">{said}</div>{managed}'


def choices_in_words(frame: Frame) -> str:
    """Team and period as chosen, in words."""
    address = frame.address
    team = address.team or ("All teams" if frame.sees_teams else "The whole service")
    if address.first and address.last:
        period = f"{format_month(address.first)} to {format_month(address.last)}"
    elif address.first:
        period = f"from {format_month(address.first)}"
    elif address.last:
        period = f"up to {format_month(address.last)}"
    else:
        period = "all periods"
    return f"{team}, {period}"


def subject(frame: Frame) -> str:
    """What the latest figures of a page are of: a team or the whole service, and up to which month."""
    address = frame.address
    return f"{address.team or 'whole service'}, up to {format_month(address.last or frame.edition_day)}"


def format_edition(name: str) -> str:
    """An edition's name in words: 30 June 2026, with its revision where it has one."""
    day, _, revision = name.partition(".")
    said = format_day(date.fromisoformat(day))
    return f"{said} (revision {revision})" if revision else said


def not_supplied_block(absent: Sequence[NotSupplied]) -> str:
    """KPIs of the plan without figures, and the tables each needs."""
    items = "".join(f"<li>{text(kpi.title)}: {text(_needs(kpi))}</li>" for kpi in absent)
    count = len(absent)
    return details(f"{count} KPI{'s' if count > 1 else ''} of the plan not supplied yet", f"<ul>{items}</ul>")


def _needs(kpi: NotSupplied) -> str:
    return f"needs {', '.join(kpi.needs)}" if kpi.needs else "no figures in this edition"


def error_block(problems: Sequence[Problem]) -> str:
    """Problems as a list, each with its file and what is allowed, and what to do next."""
    items = "".join(f"<li>{text(str(problem))}</li>" for problem in problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    rest = f"<p>and {more} more.</p>" if more > 0 else ""
    return (
        f'<div class="ib-empty" role="alert"><p>This is wrong:</p><ul>{items}</ul>{rest}'
        "<p>Mend the file it names and load this page again. The person who publishes the council's editions can help; "
        "docs/how-to/own_records.md says how an edition is made.</p></div>"
    )
