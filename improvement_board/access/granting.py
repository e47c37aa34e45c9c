"""From what an identity provider says of a person to what they may see. Claims are never trusted to have a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from improvement_board.access.roles import Role
from improvement_board.access.settings import LONGEST_NAME, Access, ClaimNames, Grant
from improvement_board.access.viewer import Viewer

FIGURE_ROLES: tuple[Role, ...] = ("analyst", "manager", "member", "committee")  # the widest first
NO_NAME = "without a name"


def viewer_of(claims: Mapping[str, Any], access: Access) -> Viewer | None:
    """The viewer that a person's claims make, None for a person whom no grant names.

    Of several grants the role that sees most holds; a manager has the teams and services of all their grants as
    manager; a grant as auditor adds the access record.
    """
    grants = [grant for grant in access.grant if is_granted(grant, claims, access.claims)]
    roles = {grant.role for grant in grants}
    if not roles:
        return None
    role: Role = next((figure_role for figure_role in FIGURE_ROLES if figure_role in roles), "auditor")
    managed = [grant for grant in grants if grant.role == "manager"] if role == "manager" else []
    return Viewer(
        name=person_name(claims, access.claims),
        role=role,
        teams=frozenset(team for grant in managed for team in grant.teams),
        services=frozenset(service for grant in managed for service in grant.services),
        sees_exact=access.board_sees_exact and role in ("member", "manager"),
        is_auditor="auditor" in roles,
    )


def is_granted(grant: Grant, claims: Mapping[str, Any], names: ClaimNames) -> bool:
    """Whether a grant names the person."""
    if not set(grant.groups).isdisjoint(_texts(claims.get(names.groups))):
        return True
    if not set(grant.app_roles).isdisjoint(_texts(claims.get(names.app_roles))):
        return True
    address = address_of(claims, names)
    if address is None or address.count("@") != 1:
        return False
    own = as_compared(address)
    known = {as_compared(named) for named in grant.addresses}
    return own in known or own[own.index("@") :] in known


def address_of(claims: Mapping[str, Any], names: ClaimNames) -> str | None:
    """The person's address as the provider gives it; None where it says that the address is not verified."""
    if claims.get("email_verified") not in (None, True, "true"):
        return None
    claim = next((claims[name] for name in names.address if claims.get(name) is not None), None)
    return claim if isinstance(claim, str) and _is_sensible(claim) else None


def person_name(claims: Mapping[str, Any], names: ClaimNames) -> str:
    """What a person is called in the access record: their address, else the provider's own name for them."""
    address = address_of(claims, names)
    subject = claims.get("sub")
    if address is not None:
        return address
    return subject if isinstance(subject, str) and _is_sensible(subject) else NO_NAME


def has_too_many_groups(claims: Mapping[str, Any], names: ClaimNames) -> bool:
    """Whether the provider left the groups out because they are too many (Microsoft Entra ID does, above 200)."""
    elsewhere = claims.get("_claim_names")
    return claims.get("hasgroups") is True or (isinstance(elsewhere, Mapping) and names.groups in elsewhere)


def _texts(claim: Any) -> Iterator[str]:
    """The texts of a claim that is a text or a list of them; of anything else none."""
    if isinstance(claim, str):
        yield claim
    elif isinstance(claim, list | tuple):
        yield from (text for text in claim if isinstance(text, str))


def _is_sensible(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and text.isprintable() and text == text.strip()


def as_compared(address: str) -> str:
    """An address as addresses are compared: without capitals. Only ASCII letters have capitals here: other scripts hold
    letters that would become ASCII ones (the Kelvin sign a k), so that one person's address could pass for another's.
    """
    return address.lower() if address.isascii() else address
