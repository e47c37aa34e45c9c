"""Whom the grants of `access.toml` reach, beside the editions there are: what a file that is well written may still get
wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

import duckdb

from improvement_board.access.granting import FIGURE_ROLES, as_compared
from improvement_board.access.roles import ROLES
from improvement_board.access.settings import Access, Grant, read_access
from improvement_board.declared.home import Home
from improvement_board.editions.scope import Managed
from improvement_board.editions.shelf import Shelf
from improvement_board.errors import InputError, Problem
from improvement_board.sql.session import scratch


def services_of_teams(shelf: Shelf) -> Mapping[str, str | None]:
    """The service of every team of the editions that may be opened, as the latest has it; empty without an edition."""
    services: dict[str, str | None] = {}
    with scratch() as connection:
        for edition in shelf.latest.values():
            with suppress(duckdb.Error):  # a damaged edition is said where it is opened
                services.update(
                    connection.read_parquet(str(edition.folder / "teams.parquet")).project("team, service").fetchall()
                )
    return services


def managed_in(home: Home) -> tuple[Managed, ...]:
    """What the managers of `access.toml` manage: by each grant, and by all grants that name one address. A file that
    cannot be read gives nothing: `run` says what is wrong with it."""
    try:
        access = read_access(home)
    except InputError:
        return ()
    grants = [grant for grant in access.grant if grant.role == "manager"] if access else []
    managed = [Managed(frozenset(grant.teams), frozenset(grant.services)) for grant in grants]
    for address in sorted({as_compared(named_address) for grant in grants for named_address in grant.addresses}):
        named = [grant for grant in grants if address in map(as_compared, grant.addresses)]
        teams = frozenset(team for grant in named for team in grant.teams)
        managed.append(Managed(teams, frozenset(service for grant in named for service in grant.services)))
    return tuple(dict.fromkeys(managed))


def out_of_reach(access: Access, home: Home, teams: Mapping[str, str | None]) -> tuple[Problem, ...]:
    """What no sign-in would ever show to be wrong: teams and services that no edition has, grants that change nothing
    for anybody, and roles that nobody has. `teams` are the services of the teams of every edition."""
    problems = [*_unknown_names(access, home, teams)] if teams else []
    for number, grant in enumerate(access.grant, 1):
        wider = [other for other in access.grant if _is_wider(other, grant)]
        if _is_covered(grant, wider):
            message = "gives nobody this role: everyone it names has a role that sees more by another grant"
            problems.append(Problem(home.access, message, column=f"grant.{number}.role", value=grant.role))
    missing = ", ".join(role for role in ROLES if role not in {grant.role for grant in access.grant})
    if missing:
        problems.append(Problem(home.access, f"no grant gives these roles, so nobody has them: {missing}"))
    return tuple(problems)


def _unknown_names(access: Access, home: Home, teams: Mapping[str, str | None]) -> Iterator[Problem]:
    services = sorted({service for service in teams.values() if service})
    for number, grant in enumerate(access.grant, 1):
        for key, names, known in (("teams", grant.teams, sorted(teams)), ("services", grant.services, services)):
            for name in names:
                if name not in known:
                    column, allowed = f"grant.{number}.{key}", ", ".join(known) or "none is known"
                    yield Problem(home.access, "is in no edition", column=column, value=name, allowed=allowed)


def _is_wider(grant: Grant, than: Grant) -> bool:
    """Whether a grant's role sees more than another's. The role auditor adds to any other, so none is wider."""
    roles = FIGURE_ROLES
    return grant.role in roles and than.role in roles and roles.index(grant.role) < roles.index(than.role)


def _is_covered(grant: Grant, wider: list[Grant]) -> bool:
    """Whether everyone whom a grant names is named by one of the wider ones too."""
    groups = {name for other in wider for name in other.groups}
    app_roles = {name for other in wider for name in other.app_roles}
    addresses = {as_compared(name) for other in wider for name in other.addresses}
    return (
        groups.issuperset(grant.groups)
        and app_roles.issuperset(grant.app_roles)
        and addresses.issuperset(map(as_compared, grant.addresses))
    )
