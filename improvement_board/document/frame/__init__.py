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


def opening(frame: Frame, lede: str = "") -> Markup:
    """What stands under a page's title: its lede, and what a manager must be told of figures never worked out."""
    return render("frame", "opening", lede=lede, warning="" if frame.is_known else NOT_WORKED_OUT)


def meeting_words(frame: Frame) -> tuple[str, str]:
    """The meeting that an edition was made for, empty without one, and up to which month its figures go."""
    figures = f"figures to {format_month(frame.edition_day)}"
    revision = frame.edition.partition(".")[2]
    if revision:
        figures += f" (revision {revision})"
    if frame.meeting is None:
        return ("" if frame.is_latest else "An earlier edition", figures)
    of = "Meeting of" if frame.is_latest else "As presented to the meeting of"
    return f"{of} {format_day(frame.meeting)}", figures


def paper_style(frame: Frame) -> Markup:
    """What stands at the head of each printed page: whose it is, its mark, and of which meeting."""
    council, of = f"{frame.council} Improvement Board", (frame.label, *meeting_words(frame))
    return render("frame", "paper", left=css_string(council), right=css_string(" · ".join(filter(None, of))))


def css_string(text: str) -> Markup:
    """A text as a string of CSS, which nothing in it can end, nor the style element around it."""
    letters = (letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):06x}" for letter in text)
    return Markup('"{}"').format("".join(letters))


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


def since_words(frame: Frame) -> str:
    """The meeting that read the edition before, else up to when its figures went; "the figures before" without one."""
    if frame.previous_meeting is not None:
        return f"the meeting of {format_day(frame.previous_meeting)}"
    return f"the figures to {format_edition(frame.previous)}" if frame.previous else "the figures before"


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
