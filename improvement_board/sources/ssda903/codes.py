"""The codes of the return, as DfE's guide to the SSDA903 collection lists them, those of earlier years too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def index_codes(codes: str) -> Mapping[str, str]:
    """Codes by themselves in small letters."""
    return MappingProxyType({code.lower(): code for code in codes.split()})


SEX = MappingProxyType(
    {"1": "M", "male": "M", "m": "M", "2": "F", "female": "F", "f": "F", "0": "U", "9": "U", "u": "U", "unknown": "U"}
)
ETHNICITY = index_codes(
    "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
)
NEW_EPISODE = index_codes("S L P T B U")
LEGAL_STATUS = index_codes("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3")
NEED = index_codes("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9")
PLACEMENT = index_codes(
    "A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1 F1 F2 F3 F4 F5 F6 M2 M3 Q1 Q2 "
    "A1 A2 H3 H4 M1 R4"
)
PROVIDER = index_codes("PR0 PR1 PR2 PR3 PR4 PR5")
EPISODE_CEASED = index_codes(
    "X1 E1 E11 E12 E2 E3 E4 E4A E4B E13 E41 E43 E44 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17"
)
PLACEMENT_CHANGE = index_codes("CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER")
PARTICIPATION = index_codes("PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7")
MISSING = MappingProxyType(
    {"m": "Missing", "missing": "Missing", "a": "Away", "away": "Away", "absent": "Away"}
)  # the words of ssd_missing.miss_missing_episode_type
IN_TOUCH = index_codes("YES NO DIED REFU NREQ RHOM")
ACTIVITY = index_codes("F1 P1 F2 P2 F3 P3 F4 P4 F5 P5 G4 G5 G6 0")  # F3 and P3 until 2020 to 2021
ACCOMMODATION = index_codes(
    " ".join(f"{letter}{suitable}" for letter in "BCDEGHKRSTUVWXYZ" for suitable in "12") + " 0"
)
WORKER_CHANGE = index_codes("MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS")
UPN_UNKNOWN = index_codes("UN1 UN2 UN3 UN4 UN5")
