"""What of an edition somebody may see: the scope that its tables are loaded for, and what a manager manages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What of an edition's figures may be seen. Those with equal scopes may share all that is worked out from them.

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
class Managed:
    """What a manager manages, by the names of teams and services."""

    teams: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
