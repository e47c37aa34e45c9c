"""Who may see what: `access.toml` in the data home, which gives the identity provider's people their roles."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from improvement_board.access.roles import Role
from improvement_board.declared.home import Home
from improvement_board.declared.toml import Declared, read_toml
from improvement_board.errors import InputError, Problem

ADDRESS = re.compile(r"[^@\s]*@[^@\s]+")
LONGEST_NAME = 200
SCOPE_KEYS = ("teams", "services")
PEOPLE_KEYS = ("groups", "app_roles", "addresses")


def _plain(value: str) -> str:
    if value != value.strip() or not value.isprintable():
        raise ValueError("must have no space at either end and no control characters")
    return value


def _address(value: str) -> str:
    if not ADDRESS.fullmatch(value):
        raise ValueError("must be an e-mail address such as chair@council.gov.uk, or a domain such as @council.gov.uk")
    return value


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_plain)]


class ClaimNames(Declared):
    """What the identity provider calls the claims that hold a person's groups, app roles and address.

    Of the names for the address the first whose claim is there counts.
    """

    groups: Name = "groups"
    app_roles: Name = "roles"
    address: tuple[Name, ...] = Field(default=("email", "preferred_username", "upn"), min_length=1)


class Grant(Declared):
    """A role for everyone who is in one of the groups, has one of the app roles, or one of the addresses."""

    role: Role
    groups: tuple[Name, ...] = ()
    app_roles: tuple[Name, ...] = ()
    addresses: tuple[Annotated[Name, AfterValidator(_address)], ...] = ()
    teams: tuple[Name, ...] = ()
    services: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Grant:
        if not (self.groups or self.app_roles or self.addresses):
            raise ValueError(f"names nobody; needed: at least one of {', '.join(PEOPLE_KEYS)}")
        if self.role == "manager" and not (self.teams or self.services):
            raise ValueError(f"does not say what the manager manages; needed: {' or '.join(SCOPE_KEYS)}")
        if self.role != "manager" and (self.teams or self.services):
            raise ValueError(f"has {' or '.join(SCOPE_KEYS)}, which only a grant of the role manager may have")
        domains = [address for address in self.addresses if address.startswith("@")]
        if domains and self.role != "committee":
            raise ValueError(
                f"gives everyone at {domains[0]} the role {self.role}; only the role committee may be given to a "
                "whole domain"
            )
        return self


class Access(Declared):
    """Who may see what.

    `contact`: whom an unknown person should ask. `board_sees_exact`: the board works under a confidentiality
    agreement, so that members, and managers elsewhere, are not protected from small numbers; the committee always is.
    `record_days`: for how many days the access record is kept.
    """

    contact: Name
    board_sees_exact: bool = Field(default=False, strict=True)
    record_days: int = Field(default=400, ge=1, le=3660, strict=True)
    claims: ClaimNames = ClaimNames()
    grant: tuple[Grant, ...] = Field(min_length=1)


def read_access(home: Home) -> Access | None:
    """Who may see what in a data home, read again only when the file changes; None where there is no `access.toml`.

    Raises InputError naming the file, the key, the value and what is allowed: a file that cannot be read, TOML that
    does not parse, unknown keys, impossible values.
    """
    try:
        seen = home.access.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(Problem(home.access, f"cannot be read: {error.strerror}")) from error
    return _read(home.access, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int, _size: int) -> Access:
    try:
        return read_toml(file, Access)
    except OSError as error:
        raise InputError(Problem(file, f"cannot be read: {error.strerror}")) from error
