"""Whether a data home may be served, and how: by sign-in, openly, or to this computer alone.

Open are figures that anybody may see: a demonstration's (`synthetic = true`) and published statistics (`published`).
Everything else is a council's own and needs sign-in.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from improvement_board.access.insecure import INSECURE_FLAG
from improvement_board.access.providers import auth_problems
from improvement_board.board.viewer import Viewer
from improvement_board.editions.shelf import finished_editions
from improvement_board.errors import Problem
from improvement_board.home import Home
from improvement_board.roles import Role

Way = Literal["sign-in", "open", "insecure-local", "refused"]


@dataclass(frozen=True)
class Serving:
    """How a data home is served, and where it is refused, what is missing."""

    way: Way
    problems: tuple[Problem, ...] = ()


def serving(home: Home, auth: Mapping[str, Any] | None, *, insecure_local: bool, server_address: str | None) -> Serving:
    """How a data home may be served.

    `auth` is the section [auth] of Streamlit's secrets; `insecure_local` whether the person who starts the server
    asks to serve a council's own data without sign-in, which holds only where it listens to this computer alone.
    """
    missing = auth_problems(auth)
    if not missing and home.access.exists():
        return Serving("sign-in")
    if is_open(home):
        return Serving("open")
    problems = list(missing)
    if not home.access.exists():
        problems.append(Problem(home.access, "is missing: it says who may see what"))
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


def is_open(home: Home) -> bool:
    """Whether anybody may see the figures of a data home: every edition says so in the plan that it was published
    with, and so does the home's own plan where it can be read. An edition whose plan cannot be read is not open, and
    a home without editions and without a plan has nothing to hide."""
    plans = [folder / "plan.toml" for folder in finished_editions(home).values()]
    if not all(says_open(plan) is True for plan in plans):
        return False
    return says_open(home.plan) is not False


def says_open(plan: Path) -> bool | None:
    """Whether a plan says that its figures are synthetic or published; None where it cannot be read."""
    try:
        seen = plan.stat()
    except OSError:
        return None
    return _says_open(plan, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=512)
def _says_open(plan: Path, _changed: int, _size: int) -> bool | None:
    council = _council_of(plan)
    return None if council is None else council.get("synthetic") is True or council.get("published") is True


def _council_of(plan: Path) -> dict[str, Any] | None:
    """The section [council] of a plan that may be wrong elsewhere; None where it cannot be read."""
    try:
        council = tomllib.loads(plan.read_text(encoding="utf-8-sig")).get("council")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return council if isinstance(council, dict) else None


def council_name(plan: Path) -> str | None:
    """The council's name as its plan has it, for pages that show nothing else; None where it cannot be read."""
    name = (_council_of(plan) or {}).get("name")
    return name if isinstance(name, str) and name else None


def viewer_as(role: Role, team: str | None) -> Viewer:
    """The viewer that somebody who may see everything looks as; a manager manages the team."""
    own = frozenset({team} if role == "manager" and team else ())
    return Viewer(name="without sign-in", role=role, teams=own)
