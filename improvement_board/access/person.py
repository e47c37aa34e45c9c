"""Who a person would be, by `access.toml`: role, teams, and by which lines of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from improvement_board.access.granting import as_compared, is_granted, viewer_of
from improvement_board.access.settings import Access, ClaimNames, Grant
from improvement_board.access.viewer import Viewer
from improvement_board.declared.home import Home

GRANT = re.compile(r"\s*\[\[\s*grant\s*\]\]")
SEES = {
    "committee": "figures of the whole service, with small numbers protected",
    "member": "figures of the service and of teams, with small numbers protected; no workers",
    "manager": "their own teams exactly, with their workers; of the service what leaves no small number of others",
    "analyst": "everything",
    "auditor": "the access record, and no figures",
}


def person_lines(
    home: Home,
    access: Access,
    teams: Mapping[str, str | None],
    address: str,
    groups: Sequence[str] = (),
    app_roles: Sequence[str] = (),
) -> Iterator[str]:
    """Who somebody with an address, groups and app roles would be once they signed in, in lines for a person; `teams`
    are the services of the teams there are."""
    claims = {access.claims.address[0]: address, access.claims.groups: [*groups], access.claims.app_roles: [*app_roles]}
    viewer = viewer_of(claims, access)
    yield address
    if viewer is None:
        yield f"  may see nothing: no grant names them; they are told to ask {access.contact}"
    else:
        yield from _viewer_lines(viewer, access, teams)
    starts = _grant_lines(home.access)
    for number, grant in enumerate(access.grant, 1):
        if is_granted(grant, claims, access.claims):
            reasons = ", ".join(_reasons(grant, address, groups, app_roles, access.claims, home.access, number, starts))
            yield f"  because grant {number} gives the role {grant.role} to {reasons}"
    others = [(number, grant) for number, grant in enumerate(access.grant, 1) if grant.groups or grant.app_roles]
    for number, grant in () if groups or app_roles else others:
        named = ", ".join(
            (*(f"group {group}" for group in grant.groups), *(f"app role {group}" for group in grant.app_roles))
        )
        yield f"  grant {number} gives the role {grant.role} by {named}: only the identity provider knows who has them"


def _viewer_lines(viewer: Viewer, access: Access, teams: Mapping[str, str | None]) -> Iterator[str]:
    sees = SEES[viewer.role]
    if viewer.sees_exact:
        sees += "; small numbers too, as board_sees_exact = true"
    yield f"  role {viewer.role}: sees {sees}"
    if viewer.is_auditor and viewer.role != "auditor":
        yield "  and auditor: sees the access record too"
    own = {team for team, service in teams.items() if team in viewer.teams or service in viewer.services}
    if viewer.role == "manager":
        yield f"  own teams: {', '.join(sorted(own)) or 'none that an edition has'}"
        unknown = sorted((viewer.teams - teams.keys()) | (viewer.services - set(teams.values())))
        if unknown:
            yield f"  in no edition: {', '.join(unknown)}"


def _reasons(
    grant: Grant,
    address: str,
    groups: Sequence[str],
    app_roles: Sequence[str],
    names: ClaimNames,
    file: Path,
    number: int,
    starts: Sequence[int],
) -> Iterator[str]:
    """What of a grant names the person, with its line in the file."""
    own, domain = as_compared(address), as_compared(address)[as_compared(address).rfind("@") :]
    reasons = [("the address", named) for named in grant.addresses if as_compared(named) in (own, domain)]
    reasons += [("the group", named) for named in grant.groups if named in groups]
    reasons += [("the app role", named) for named in grant.app_roles if named in app_roles]
    for what, value in reasons:
        line = _line_of(file, value, number, starts)
        yield f"{what} {value}" + (f" (line {line})" if line else "")


def _grant_lines(file: Path) -> list[int]:
    """The lines on which the grants of a file begin, counted from 1."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [number for number, line in enumerate(lines, 1) if GRANT.match(line)]


def _line_of(file: Path, value: str, number: int, starts: Sequence[int]) -> int | None:
    """The line of a grant that has a value, else the line on which the grant begins; None where it has no such line."""
    if number > len(starts):
        return None
    end = starts[number] if number < len(starts) else None
    lines = file.read_text(encoding="utf-8-sig").splitlines()[: end - 1 if end else None]
    within = range(starts[number - 1], len(lines))
    return next((index + 1 for index in within if value in lines[index]), starts[number - 1])
