"""The document of a page, made once for all who may see the same."""

from __future__ import annotations

from collections.abc import Mapping

from improvement_board.document.pages import Document, document_of
from improvement_board.page_models import IndicatorChoice, Look


def document_for(look: Look, own: Mapping[str, str]) -> Document:
    """The document of the page that is looked at; `own` are the parameters of the address that are the page's own.

    Raises InputError where the page cannot be shown, NotForRoleError where it may not be.
    """
    return look.kept("document", shown_by(look, own), lambda: document_of(look, own))


def shown_by(look: Look, own: Mapping[str, str]) -> tuple[object, ...]:
    """What tells one document from all others of the same edition and scope: its page and address, and on a page with
    workers their names, which are read anew each time."""
    asked = (look.page, look.address, look.viewer.sees_quality, tuple(sorted(own.items())))
    if look.page != "indicator" or not look.viewer.scope.sees_workers:
        return asked
    page = look.indicator(IndicatorChoice.of(own))
    return (*asked, page.notices, tuple(sorted(page.worker_names.items())))
