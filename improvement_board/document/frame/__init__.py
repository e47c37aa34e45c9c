"""What stands around every page: whose figures, which edition, what is missing, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from improvement_board.document.environment import render
from improvement_board.errors import Problem
from improvement_board.figures.formats import format_day, format_month
from improvement_board.page_models.models import Frame, NotSupplied
from improvement_board.words import NOT_WORKED_OUT

SHOWN_PROBLEMS = 20


def title_block(title: str) -> Markup:
    """The page's title. HTML, for Streamlit's own would read Markdown in a team's name."""
    return render("frame", "title", title=title)


def notice_block(notice: str) -> Markup:
    """Something to notice above a page. HTML, for Streamlit's own would fetch images that an address asks for."""
    return render("frame", "notice", notice=notice)


def frame_line(frame: Frame, lede: str = "") -> Markup:
    """Council, edition, meeting, the choices made, and whether the figures are synthetic or published."""
    edition = f"Edition of {format_day(frame.edition_day)}"
    if not frame.is_latest:
        edition += " (an earlier edition)"
    if frame.meeting:
        edition += f", for the board meeting of {format_day(frame.meeting)}"
    return render(
        "frame",
        "line",
        lede=lede,
        label=frame.label,
        edition=edition,
        chosen=choices_in_words(frame),
        warning="" if frame.is_known else NOT_WORKED_OUT,
    )


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


def not_supplied_block(absent: Sequence[NotSupplied]) -> Markup:
    """KPIs of the plan without figures, and the tables each needs."""
    return render("frame", "not_supplied", absent=absent)


def error_block(problems: Sequence[Problem]) -> Markup:
    """Problems as a list, each with its file and what is allowed, and what to do next."""
    shown = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
    return render("frame", "problems", shown=shown, more=len(problems) - len(shown))
