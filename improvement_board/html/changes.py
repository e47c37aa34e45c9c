"""What changed since the edition before: a change in a line, and the page that lists all of them by ambition."""

from __future__ import annotations

from collections import Counter
from html import escape

from improvement_board import words
from improvement_board.figures.formats import format_month
from improvement_board.figures.series import Change
from improvement_board.html.frame import choices_in_words, format_edition
from improvement_board.html.parts import Links, text
from improvement_board.page_models.models import ChangeGroup, ChangesPage, Frame, ToldChange

KIND_WORDS = {
    "lost": "No longer given",
    "worse": "Worse",
    "missed": "Target missed",
    "caveat": words.CAVEAT,
    "moved": "Moved",
    "restated": "Restated",
    "better": "Better",
    "met": "Target met",
    "no longer": "As before again",
    "recounted": "Counted otherwise",
    "regrouped": "Teams restated",
    "target": "Target moved",
    "redefined": "Redefined",
    "new": "New",
    "years": "Years",
    "teams": "Teams",
}
CHANGES = "what-changed"
PLAN = ""
FIRST_EDITION = '<p class="ib-empty">This is the first edition: there is none before it to compare with.</p>'


def change_line(change: Change, links: Links) -> str:
    """One change: its kind, and its sentence as a link where it is of one KPI."""
    said = links.to(change.page, change.sentence, change.address) if change.page else text(change.sentence)
    return f"<li>{_kind(change)}<span>{said}</span></li>"


def _told_line(told: ToldChange, links: Links, *, with_kind: bool) -> str:
    """One change among many: its kind, and what it says, of which the indicator's name is the link."""
    change, line = told.change, words.on_one_line(told.line)
    name = words.on_one_line(change.title)
    if not change.page or not name or name not in line:
        return change_line(change, links)
    before, _, after = line.partition(name)
    said = f"{escape(before)}{links.to(change.page, name, change.address)}{escape(after)}"
    return f"<li>{_kind(change) if with_kind else ''}<span>{said}</span></li>"


def _kind(change: Change) -> str:
    return f'<span class="ib-kind ib-kind-{change.kind.split()[0]}">{KIND_WORDS[change.kind]}</span>'


def of_the_service(frame: Frame) -> str:
    """What changes are of, whatever the page's address chooses."""
    return f"whole service, up to {format_month(frame.edition_day)}"


def since_edition(frame: Frame) -> str:
    """The heading of changes: since when, and what they are of."""
    if frame.previous is None:
        return "What changed"
    return f"What changed since the edition of {format_edition(frame.previous)}: {of_the_service(frame)}"


def lede(page: ChangesPage) -> str:
    """How many changes there are, of which kinds."""
    if not page.told:
        return "Every change since the edition before, by ambition."
    counts = Counter(KIND_WORDS[told.change.kind].lower() for told in page.told)
    kinds = [label.lower() for label in KIND_WORDS.values() if counts[label.lower()]]
    many = len(page.told)
    return f"{many} change{'' if many == 1 else 's'}: {', '.join(f'{kind} {counts[kind]}' for kind in kinds)}."


def listed(page: ChangesPage) -> str:
    """Every change by ambition, worst first, under a heading that says what they are of; what to do where there is
    none."""
    heading = f"<h2>{text(since_edition(page.frame))}</h2>{_not_narrowed(page.frame)}"
    if page.told:
        edition = page.frame.address.parameters().get("edition", "")
        links = Links({"edition": edition} if edition else {})
        return heading + "".join(_group(group, links) for group in page.groups)
    if page.frame.previous is None:
        return f"{heading}{FIRST_EDITION}"
    return (
        f'{heading}<p class="ib-empty">Nothing changed: no indicator better or worse, no target newly met or missed, '
        "no figure restated, nothing measured differently.</p>"
    )


def back(page: ChangesPage) -> str:
    """The way back, with what is chosen."""
    link = Links(page.frame.address.parameters()).to(PLAN, "Back to plan on a page")
    return f'<p class="ib-skip-print">{link}</p>'


def _not_narrowed(frame: Frame) -> str:
    address = frame.address
    if not (frame.is_narrowed or address.first) or frame.previous is None:
        return ""
    return (
        f'<p class="ib-note">This list does not follow what is chosen ({text(choices_in_words(frame))}): it is of the '
        "whole service and of all months, and so is each page that it leads to.</p>"
    )


def _group(group: ChangeGroup, links: Links) -> str:
    title = links.to(group.ambition, group.title) if group.ambition else text(group.title)
    with_kind = bool(group.ambition) or any(told.change.kind != "restated" for told in group.told)
    items = "".join(_told_line(told, links, with_kind=with_kind) for told in group.told)
    return f'<h3>{title}</h3><ul class="ib-changes">{items}</ul>'
