"""What changed since the edition before: in short on the plan page, and the page that lists all of it by ambition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup, escape

from improvement_board import words
from improvement_board.document.environment import render
from improvement_board.document.frame import choices_in_words, since_words, subject
from improvement_board.document.meanings import explained
from improvement_board.document.parts import Links
from improvement_board.figures.formats import format_month
from improvement_board.figures.series import Change
from improvement_board.page_models.models import ChangeGroup, ChangesPage, Frame, PlanPage, ToldChange

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


def change_lines(changes: Iterable[Change], links: Links) -> list[Markup]:
    """A line for each change: its kind, and its sentence as a link where it is of one KPI."""
    return [_line(change, links) for change in changes]


def _line(change: Change, links: Links) -> Markup:
    said = links.to(change.page, change.sentence, change.address) if change.page else change.sentence
    return render("changes", "line", kind=_kind(change), said=said)


def _told_line(told: ToldChange, links: Links, *, with_kind: bool) -> Markup:
    """One change among many: its kind, and what it says, of which the indicator's name is the link."""
    change, line = told.change, words.on_one_line(told.line)
    name = words.on_one_line(change.title)
    if not change.page or not name or name not in line:
        return _line(change, links)
    before, _, after = line.partition(name)
    said = escape(before) + links.to(change.page, name, change.address) + after
    return render("changes", "line", kind=_kind(change) if with_kind else None, said=said)


def _kind(change: Change) -> tuple[str, Markup]:
    """The kind of a change for the style, and in words."""
    return change.kind.split()[0], explained(KIND_WORDS[change.kind], "new indicator" if change.kind == "new" else "")


def of_the_service(frame: Frame) -> str:
    """What changes are of, whatever the page's address chooses."""
    return f"whole service, up to {format_month(frame.edition_day)}"


def since_edition(frame: Frame) -> str:
    """The heading of changes: since when, and what they are of."""
    if frame.previous is None:
        return "What changed"
    return f"What changed since {since_words(frame)}: {of_the_service(frame)}"


def lede(page: ChangesPage) -> str:
    """How many changes there are, of which kinds."""
    if not page.told:
        return "Every change since the figures before, by ambition."
    counts = Counter(KIND_WORDS[told.change.kind].lower() for told in page.told)
    kinds = [label.lower() for label in KIND_WORDS.values() if counts[label.lower()]]
    many = len(page.told)
    return f"{many} change{'' if many == 1 else 's'}: {', '.join(f'{kind} {counts[kind]}' for kind in kinds)}."


def listed(page: ChangesPage) -> Markup:
    """Every change by ambition, worst first, under a heading that says what they are of; what to do where there is
    none."""
    frame = page.frame
    edition = frame.address.parameters().get("edition", "")
    links = Links({"edition": edition} if edition else {})
    is_narrowed = (frame.is_narrowed or frame.address.first) and frame.previous is not None
    return render(
        "changes",
        "listed",
        heading=since_edition(frame),
        chosen=choices_in_words(frame) if is_narrowed else "",
        groups=[_group(group, links) for group in page.groups] if page.told else [],
        is_first=frame.previous is None,
    )


def _group(group: ChangeGroup, links: Links) -> tuple[str, list[Markup]]:
    """The title of a group, and its lines."""
    title = links.to(group.ambition, group.title) if group.ambition else group.title
    with_kind = bool(group.ambition) or any(told.change.kind != "restated" for told in group.told)
    return title, [_told_line(told, links, with_kind=with_kind) for told in group.told]


def back(page: ChangesPage) -> Markup:
    """The way back, with what is chosen."""
    link = Links(page.frame.address.parameters()).to(PLAN, "Back to plan on a page")
    return render("changes", "back", link=link)


def changes(page: PlanPage) -> Markup:
    """What else changed since the edition before, worst first, each a link; the data caveats in any case. Of a page
    that is narrowed to a team or an earlier month, only how many changes there are and where. What is measured
    differently follows, on request."""
    links, frame, count = Links(page.frame.address.parameters()), page.frame, page.changes_in_all
    is_narrowed = frame.previous is not None and frame.is_narrowed
    label = f"All {count} changes, by ambition" if count > 1 else "The change on a page of its own"
    return render(
        "changes",
        "of_plan",
        narrowed=subject(frame) if is_narrowed else "",
        is_quiet=all(change.kind == "caveat" for change in page.changes),
        before=since_words(frame) if frame.previous else "",
        lines=change_lines(page.changes, links),
        every=links.to(CHANGES, label) if count else "",
        restated=change_lines(page.restated, links) if len(page.restated) > 1 else [],
        measured=change_lines(page.measured, links),
    )
