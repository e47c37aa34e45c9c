"""The roles.

**Committee** reads what may stand in public papers: figures of the service, protected. **Member** reads those of teams
too, protected, and of no worker. **Manager** reads their own teams exactly, with their workers, and elsewhere what
leaves no small number of other teams. **Analyst** reads everything. **Auditor** reads the access record and no figures.
"""

from __future__ import annotations

from typing import Literal

Role = Literal["committee", "member", "manager", "analyst", "auditor"]
ROLES: tuple[Role, ...] = ("committee", "member", "manager", "analyst", "auditor")
USUAL_ROLE: Role = "analyst"  # in which a person without sign-in looks who chose none
ROLE_NAMES: dict[Role, str] = {
    "committee": "Scrutiny committee",
    "member": "Board member",
    "manager": "Team or service manager",
    "analyst": "Performance analyst",
    "auditor": "Auditor",
}
