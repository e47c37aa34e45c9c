"""How a council's own data is asked for without sign-in, by the person at this computer."""

from __future__ import annotations

INSECURE_VARIABLE = "IMPROVEMENT_BOARD_INSECURE_LOCAL"
INSECURE_FLAG = "--insecure-local"
