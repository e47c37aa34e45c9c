"""Grants of a council's own figures: a group for each role, and managers of two teams."""

from __future__ import annotations

ROLES = ("committee", "member", "analyst", "auditor")
ACCESS = 'contact = "the help desk"\n' + "".join(f'[[grant]]\nrole = "{role}"\ngroups = ["{role}"]\n' for role in ROLES)
MANAGER = '[[grant]]\nrole = "manager"\ngroups = ["north"]\nteams = ["Assessment North"]\n'
OTHER_MANAGER = MANAGER.replace('"north"', '"south"').replace("Assessment North", "Assessment South")
