"""The head of every page: where one can go, whose figures of which meeting are shown, and the form that changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from improvement_board.document.environment import render
from improvement_board.document.frame import choices_in_words, meeting_words
from improvement_board.document.parts import Links
from improvement_board.page_models import Look
from improvement_board.page_models.controls import Control, page_controls, page_places

FIRST_PLACES = 2  # before the ambitions: the plan, and what changed


def page_bar(look: Look, own: Mapping[str, str], *, with_role: bool) -> Markup:
    """The head of a page of figures. `own`: parameters of the page's own, which stay when another is changed;
    `with_role`: nobody is signed in, so the role can be chosen."""
    frame = look.desk.frame(look.address)
    places = [place for place in page_places(look) if place.is_shown]
    others = [place for place in places if not place.is_ambition]
    return render(
        "bar",
        "page_bar",
        frame=frame,
        current=look.page,
        links=Links(frame.address.parameters()),
        first=others[:FIRST_PLACES],
        ambitions=[place for place in places if place.is_ambition],
        others=others[FIRST_PLACES:],
        meeting=meeting_words(frame),
        chosen=choices_in_words(frame),
        controls=page_controls(look, with_role=with_role),
        own=own,
    )


def plain_bar(controls: Sequence[Control]) -> Markup:
    """The head of a page without figures: the controls alone."""
    return render("bar", "plain_bar", controls=controls)
