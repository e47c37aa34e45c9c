"""The page of figures that a request itself asks for, outside the run of a page: of whoever a run would show it to.

The sign-in cookie, the role and its scope, and the choices of the address are checked as a run checks them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.types import Scope

from improvement_board.access.serving import Serving, Way
from improvement_board.access.session import sign_in_key
from improvement_board.access.viewer import Viewer
from improvement_board.dashboard.controls import look_of, own_parameters
from improvement_board.dashboard.cookie import cookie_claims
from improvement_board.dashboard.documents import shown_by
from improvement_board.dashboard.noting import record_sign_in
from improvement_board.dashboard.run import board_of
from improvement_board.dashboard.sign_in import holds, how_served
from improvement_board.declared.home import default_home
from improvement_board.errors import InputError
from improvement_board.page_models import Look, NoEditionError, Run
from improvement_board.page_models.controls import RECORD_PAGE, page_places

MOST_PARAMETERS = 50
THIS_COMPUTER = ("127.0.0.1", "::1")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Asker:
    """Who asks, and by which parameters of an address. `sign_in` tells the sign-in from every other, and is None where
    nobody signs in."""

    run: Run
    way: Way
    who: Viewer
    asked: Mapping[str, str]
    sign_in: str | None

    @property
    def may_choose_role(self) -> bool:
        """Whether nobody is signed in, and the role is the address's."""
        return self.sign_in is None

    def note_sign_in(self) -> None:
        """Note the sign-in in the access record, if none of its pages did."""
        if self.sign_in is not None:
            record_sign_in(self.who, self.sign_in, self.run.shelf)


@dataclass(frozen=True)
class AskedPage(Asker):
    """A page of figures and who asks for it."""

    look: Look

    @property
    def own(self) -> dict[str, str]:
        """The parameters of the address that are the page's own."""
        return own_parameters(self.asked)

    def kept(self, kind: str, make: Callable[[], Made], *more: int) -> Made:
        """What is made of the page, once for all who may see the same; `more` is what it depends on besides."""
        return self.look.kept(kind, (*shown_by(self.look, self.own), *more), make)


def asked_page(scope: Scope, page: str) -> AskedPage | None:
    """The page that a request asks for; None where a run would not show it, or has something else to say first."""
    asker, look = _admit(scope)
    if asker is None or look is None or page not in _pages_shown(look):
        return None
    return AskedPage(asker.run, asker.way, asker.who, asker.asked, asker.sign_in, look.on(page))


def record_reader(scope: Scope) -> Asker | None:
    """Who asks for the access record; None of those who may not read it."""
    asker, _ = _admit(scope)
    return asker if asker is not None and asker.who.sees_record else None


def _admit(scope: Scope) -> tuple[Asker | None, Look | None]:
    """Who a request is of, and what they look at: nobody where a run would show nothing, no look for who sees no
    figures."""
    home = default_home()
    run = Run(board_of(str(home.folder)))
    how = how_served(home, lambda: run.shelf)
    said = cookie_claims(scope) if how.way == "sign-in" else None
    try:
        viewer = _viewer(said, how, scope)
        if viewer is None:
            return None, None
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=MOST_PARAMETERS))
        who, look = look_of(run, viewer, asked, with_role=said is None) if viewer.sees_figures else (viewer, None)
    except (InputError, NoEditionError, OSError, ValueError):  # ValueError: more parameters than any page has
        return None, None
    return Asker(run, how.way, who, asked, None if said is None else sign_in_key(said)), look


def _viewer(said: Mapping[str, Any] | None, how: Serving, scope: Scope) -> Viewer | None:
    """Who asks, as a run of the app would find out; nobody where a home is not served."""
    if how.way == "sign-in":
        return holds(said) if said is not None else None
    is_here = how.way == "insecure-local" and (scope.get("client") or ("",))[0] in THIS_COMPUTER
    return Viewer() if how.way == "open" or is_here else None


def _pages_shown(look: Look) -> set[str]:
    return {place.address for place in page_places(look) if place.is_shown and place.address != RECORD_PAGE}
