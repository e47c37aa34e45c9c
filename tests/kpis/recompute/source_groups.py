"""The census groups of contact and referral sources."""

from __future__ import annotations

GROUPS = {
    "1": "individual",
    "2A": "school",
    "2B": "education",
    "3": "health",
    "4": "housing",
    "5": "council",
    "6": "police",
    "7": "legal",
    "8": "other",
    "9": "anonymous",
}
LETTERS = {"1": "ABCD", "3": "ABCDEF", "5": "ABCD"}


def source_group(code: str | None) -> str:
    """The group of a code; unknown for 10, nothing, and what the census does not have."""
    code = (code or "").upper()
    if code in GROUPS:
        return GROUPS[code]
    is_lettered = len(code) == 2 and code[1] in LETTERS.get(code[0], "")
    return GROUPS[code[0]] if is_lettered else "unknown"
