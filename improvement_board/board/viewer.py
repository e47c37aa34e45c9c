"""Who is looking. Every question to the data carries a viewer; the queries give no more than the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """A person in a role.

    `sees_workers`: whether figures of single (pseudonymous) workers may be shown to them; `sees_names`: whether those
    workers' names may.
    """

    name: str = "demonstration"
    role: str = "analyst"
    sees_workers: bool = True
    sees_names: bool = True


EVERYONE = Viewer()
