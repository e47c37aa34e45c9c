"""Who is looking, and what of an edition they may see. Every question to the data carries a viewer."""

from __future__ import annotations

from dataclasses import dataclass

from improvement_board.roles import Role


@dataclass(frozen=True)
class Scope:
    """What of an edition's figures may be seen; those with equal scopes may share all that is worked out from them.

    `is_protected`: KPIs that children stand behind come as small-number protection gives them. `sees_teams`: figures of
    single teams too. `sees_all_workers`: figures of every single worker. `own_teams` and `own_services` name teams
    that are seen exactly, with their workers, whatever the rest says.
    """

    is_protected: bool = False
    sees_teams: bool = True
    sees_all_workers: bool = True
    own_teams: frozenset[str] = frozenset()
    own_services: frozenset[str] = frozenset()

    @property
    def sees_everything(self) -> bool:
        """Whether nothing is held back."""
        return not self.is_protected and self.sees_teams and self.sees_all_workers

    @property
    def sees_workers(self) -> bool:
        """Whether figures of any single worker may be seen."""
        return self.sees_all_workers or bool(self.own_teams or self.own_services)


EVERYTHING = Scope()
COMMITTEE = Scope(is_protected=True, sees_teams=False, sees_all_workers=False)


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
