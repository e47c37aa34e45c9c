"""Who is looking, and what of an edition they may see. Every question to the data carries a viewer."""

from __future__ import annotations

from dataclasses import dataclass

from improvement_board.access.roles import Role
from improvement_board.editions.scope import COMMITTEE, EVERYTHING, Scope


@dataclass(frozen=True)
class Viewer:
    """A person in a role. `name` is who the access record says they are.

    `teams` and `services` are a manager's own. `sees_exact`: a member (or a manager, elsewhere) is not protected from
    small numbers, as the council's board works under a confidentiality agreement; it never holds for the committee.
    `is_auditor`: may read the access record too, whatever the role.
    """

    name: str = "demonstration"
    role: Role = "analyst"
    teams: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    sees_exact: bool = False
    is_auditor: bool = False

    @property
    def sees_figures(self) -> bool:
        """Whether any page of figures may be seen."""
        return self.role != "auditor"

    @property
    def sees_quality(self) -> bool:
        """Whether the data quality page, with counts of records and rejects, may be seen."""
        return self.role == "analyst"

    @property
    def sees_record(self) -> bool:
        """Whether the access record may be seen."""
        return self.is_auditor or self.role == "auditor"

    @property
    def scope(self) -> Scope:
        """What of the figures they may see. Raises ValueError for a role that sees none."""
        if self.role == "analyst":
            return EVERYTHING
        if self.role == "committee":
            return COMMITTEE
        if self.role in ("member", "manager"):
            is_manager = self.role == "manager"
            return Scope(
                is_protected=not self.sees_exact,
                sees_all_workers=False,
                own_teams=self.teams if is_manager else frozenset(),
                own_services=self.services if is_manager else frozenset(),
            )
        raise ValueError(f"the role {self.role} sees no figures")


EVERYONE = Viewer()
