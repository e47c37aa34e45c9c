"""The document of a page and the bar at its head, made once for all who may see the same."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from improvement_board.document.bar import page_bar
from improvement_board.document.pages import Document, document_of
from improvement_board.document.saves import Save
from improvement_board.errors import InputError
from improvement_board.page_models import IndicatorChoice, Look


def document_for(look: Look, own: Mapping[str, str]) -> Document:
    """The document of the page that is looked at; `own` are the parameters of the address that are the page's own.

    Raises InputError where the page cannot be shown, NotForRoleError where it may not be.
    """
    return look.kept("document", shown_by(look, own), lambda: document_of(look, own))


def bar_for(look: Look, own: Mapping[str, str], *, with_role: bool, is_refused: bool) -> Markup:
    """The bar at the head of a page; nothing to save of one that is refused, or that cannot be shown, which says so
    itself. `with_role`: nobody is signed in, so the role can be chosen."""
    who = look.viewer
    saves = () if is_refused else _offered_saves(look, own)
    asked = (*(save.address for save in saves), look.page, look.address, tuple(sorted(own.items())), with_role)
    sees = (who.role, who.sees_quality, who.sees_record)
    return look.kept("bar", (*asked, *sees), lambda: page_bar(look, own, with_role=with_role, saves=saves))


def _offered_saves(look: Look, own: Mapping[str, str]) -> tuple[Save, ...]:
    """The files that the page gives; none of one that cannot be shown."""
    try:
        return document_for(look, own).saves
    except (InputError, KeyError):
        return ()


def shown_by(look: Look, own: Mapping[str, str]) -> tuple[object, ...]:
    """What tells one document from all others of the same edition and scope: its page and address, and on a page with
    workers their names, which are read anew each time."""
    asked = (look.page, look.address, look.viewer.sees_quality, tuple(sorted(own.items())))
    if look.page != "indicator" or not look.viewer.scope.sees_workers:
        return asked
    page = look.indicator(IndicatorChoice.of(own))
    return (*asked, page.notices, tuple(sorted(page.worker_names.items())))
