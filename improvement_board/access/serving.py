"""Whether a data home may be served, and how: by sign-in, openly, or to this computer alone.

Open are figures that anybody may see: those of records that the program made up, and published statistics. What an
edition was made from stands in its manifest; no plan can open it. Everything else is a council's own and needs sign-in.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from improvement_board.access.insecure import INSECURE_FLAG
from improvement_board.access.providers import auth_problems
from improvement_board.access.roles import Role
from improvement_board.access.viewer import Viewer
from improvement_board.declared.home import Home
from improvement_board.editions.manifest import MANIFEST, read_manifest
from improvement_board.editions.shelf import Shelf, read_shelf
from improvement_board.errors import InputError, Problem

Way = Literal["sign-in", "open", "insecure-local", "refused"]


@dataclass(frozen=True)
class Serving:
    """How a data home is served, and where it is refused, what is missing."""

    way: Way
    problems: tuple[Problem, ...] = ()


def serving(
    home: Home,
    auth: Mapping[str, Any] | None,
    *,
    insecure_local: bool,
    server_address: str | None,
    shelf: Callable[[], Shelf] | None = None,
) -> Serving:
    """How a data home may be served.

    `auth` is the section [auth] of Streamlit's secrets; `insecure_local` whether the person who starts the server
    asks to serve a council's own data without sign-in, which holds only where it listens to this computer alone.
    `shelf` gives the editions as the run that asks sees them, where that matters; else those there are now count.
    """
    missing = auth_problems(auth)
    if not missing and home.access.exists():
        return Serving("sign-in")
    closed = why_closed(home, shelf() if shelf else read_shelf(home))
    if not closed:
        return Serving("open")
    problems = list(missing)
    if not home.access.exists():
        problems.append(Problem(home.access, "is missing: it says who may see what"))
    problems += closed
    if not insecure_local:
        return Serving("refused", tuple(problems))
    if not is_loopback(server_address):
        return Serving("refused", (*problems, _listens_too_wide(server_address)))
    return Serving("insecure-local")


def _listens_too_wide(server_address: str | None) -> Problem:
    message = f"{INSECURE_FLAG} serves this computer alone, and the server listens to others"
    return Problem(None, message, column="server.address", value=server_address or "", allowed="127.0.0.1")


def is_loopback(server_address: str | None) -> bool:
    """Whether a server that listens at an address can be reached from this computer alone."""
    if server_address == "localhost":
        return True
    try:
        return ipaddress.ip_address((server_address or "").strip("[]")).is_loopback
    except ValueError:
        return False


def is_open(home: Home, shelf: Shelf | None = None) -> bool:
    """Whether anybody may see the figures of a data home, with these editions or those there are now; see
    `why_closed`."""
    return not why_closed(home, shelf or read_shelf(home))


def why_closed(home: Home, shelf: Shelf) -> tuple[Problem, ...]:
    """Why a data home with these editions is not open to anybody; nothing where it is.

    It is open where the manifest of every edition says that it was made from made-up records or published figures, and
    the home's own plan, where it can be read, calls its figures one or the other: a plan closes, and never opens. A
    home without editions and without a plan has nothing to hide.
    """
    problems = [_own(folder) for folder in shelf.own_folders]
    if _says_open(home.plan) is False:
        message = "says neither synthetic = true nor published = true: the home is for a council's own figures"
        problems.append(Problem(home.plan, message, column="council"))
    return tuple(problems)


def _own(folder: Path) -> Problem:
    try:
        read_manifest(folder)
    except InputError as error:
        why, column = error.problems[0].message, error.problems[0].column
        message = f"its {MANIFEST} cannot be used ({f'{column}: ' if column else ''}{why})"
        to_do = "put the file back from a backup, or move this folder out of the home"
        return Problem(folder, f"{message}, so that it counts as a council's own: {to_do}")
    return Problem(folder, "is an edition of a council's own records, or does not say what it was made from")


def _says_open(plan: Path) -> bool | None:
    """Whether a plan calls its figures synthetic or published; None where it cannot be read."""
    council = _council_of(plan)
    return None if council is None else council.get("synthetic") is True or council.get("published") is True


def _council_of(plan: Path) -> Mapping[str, Any] | None:
    """The section [council] of a plan that may be wrong elsewhere; None where it cannot be read."""
    try:
        return _parse_council(plan.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None


@lru_cache(maxsize=16)  # a plan is read by every run of a page, and takes longer to parse than most pages to find
def _parse_council(text: str) -> Mapping[str, Any] | None:
    try:
        council = tomllib.loads(text).get("council")
    except tomllib.TOMLDecodeError:
        return None
    return MappingProxyType(council) if isinstance(council, dict) else None


def council_name(plan: Path) -> str | None:
    """The council's name as its plan has it, for pages that show nothing else; None where it cannot be read."""
    name = (_council_of(plan) or {}).get("name")
    return name if isinstance(name, str) and name else None


def viewer_as(role: Role, team: str | None) -> Viewer:
    """The viewer that somebody who may see everything looks as; a manager manages the team."""
    own = frozenset({team} if role == "manager" and team else ())
    return Viewer(name="without sign-in", role=role, teams=own)
