"""Code lists of the children in need census, 2021 to 2022 onwards: by code and by word, in small letters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _codes(*codes: str) -> Mapping[str, str]:
    return MappingProxyType({code.lower(): code for code in codes})


REFERRAL_SOURCES = _codes(
    *("1", "1A", "1B", "1C", "1D", "2A", "2B", "3", "3A", "3B", "3C", "3D", "3E", "3F"),
    *("4", "5", "5A", "5B", "5C", "5D", "6", "7", "8", "9", "10"),
)
PRIMARY_NEEDS = _codes(*(f"N{number}" for number in range(10)))
CLOSURE_REASONS = _codes(*(f"RC{number}" for number in range(1, 10)))
NOT_IN_NEED = ("RC8", "RC9")
ETHNICITIES = _codes(
    *("WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH"),
    *("BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT"),
)
UNKNOWN_PUPIL_NUMBERS = _codes(*(f"UN{number}" for number in range(1, 11)))
GENDERS = MappingProxyType({"0": "00", "1": "01", "2": "02", "9": "09", "male": "01", "female": "02"})
SEXES = MappingProxyType(
    {"m": "M", "f": "F", "u": "U", "1": "M", "2": "F", "0": "U", "9": "U", "male": "M", "female": "F", "unknown": "U"}
)
ABUSE = MappingProxyType(
    {
        "neg": "Neglect",
        "phy": "Physical abuse",
        "sab": "Sexual abuse",
        "emo": "Emotional abuse",
        "mul": "Multiple",
        "neglect": "Neglect",
        "physical abuse": "Physical abuse",
        "sexual abuse": "Sexual abuse",
        "emotional abuse": "Emotional abuse",
        "multiple": "Multiple",
    }
)
FACTORS = frozenset(
    {
        *("1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B", "3C", "4A", "4B", "4C", "5A", "5B", "5C", "6A", "6B", "6C"),
        *("7A", "8B", "8C", "8D", "8E", "8F", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A", "17A"),
        *("18B", "18C", "19B", "19C", "20", "21", "22A", "23A", "24A"),
    }
)
