"""What the return holds: the fields of each of its files, and how a file or an XML group is known by its fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from improvement_board.sources.ssda903 import codes

FieldType = Literal["text", "date", "time", "code", "flag", "number"]
OTHER_NAMES = MappingProxyType({"CHILDID": "CHILD", "PL": "PLACE", "GENDER": "SEX", "REVIEWDATE": "REVIEW"})


@dataclass(frozen=True, eq=False)
class Field:
    """One field. A row without a `needed` one, or with one that is `needed` or `decisive` and can't be read, is kept
    out; any other that can't be read is left empty. An unlisted code is kept where the list is `open`: codes come with
    every collection year."""

    name: str
    type: FieldType = "text"
    codes: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False
    decisive: bool = False
    open: bool = False


@dataclass(frozen=True)
class FileOfReturn:
    """One file of the return.

    `table` is where its rows go first, `marks` the fields it is known by (any of them), `columns` those its CSV must
    have, `ignored` others it may have; `starts` and `ends` are the fields of the days a row is from and to.
    """

    name: str
    table: str
    fields: tuple[Field, ...]
    marks: frozenset[str]
    columns: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()
    starts: str | None = None
    ends: str | None = None

    @property
    def known(self) -> frozenset[str]:
        """Every column the file may have."""
        return frozenset(field.name for field in self.fields) | self.marks | self.ignored


CHILD = Field("CHILD", needed=True)
DOB = Field("DOB", "date")
SEX = Field("SEX", "code", codes.SEX)
OC2_UNREAD = (
    *("SDQ_SCORE", "SDQ_REASON", "CONVICTED", "IMMUNISATIONS"),
    *("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
)
KINDS = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            FileOfReturn(
                "Header",
                "ssd_person",
                (
                    CHILD,
                    SEX,
                    DOB,
                    Field("ETHNIC", "code", codes.ETHNICITY, open=True),
                    Field("UPN"),
                    Field("MOTHER", "flag"),
                    Field("MC_DOB", "date"),
                ),
                frozenset({"ETHNIC", "UPN", "MOTHER"}),
                ("DOB",),
                frozenset({"UASC"}),
            ),
            FileOfReturn(
                "Episodes",
                "ssd_cla_episodes",
                (
                    CHILD,
                    Field("DECOM", "date", needed=True),
                    Field("RNE", "code", codes.NEW_EPISODE),
                    Field("LS", "code", codes.LEGAL_STATUS, open=True),
                    Field("CIN", "code", codes.NEED, open=True),
                    Field("PLACE", "code", codes.PLACEMENT, open=True),
                    Field("PLACE_PROVIDER", "code", codes.PROVIDER, open=True),
                    Field("DEC", "date", decisive=True),
                    Field("REC", "code", codes.EPISODE_CEASED, open=True),
                    Field("REASON_PLACE_CHANGE", "code", codes.PLACEMENT_CHANGE, open=True),
                    Field("PL_POST"),
                    Field("URN"),
                    Field("PL_DISTANCE", "number"),
                ),
                frozenset({"DECOM"}),
                ("DECOM", "RNE", "LS", "PLACE", "DEC"),
                frozenset({"HOME_POST", "PL_LA", "PL_LOCATION", "DOB"}),
                "DECOM",
                "DEC",
            ),
            FileOfReturn(
                "Reviews",
                "ssd_cla_reviews",
                (CHILD, DOB, Field("REVIEW", "date", needed=True), Field("REVIEW_CODE", "code", codes.PARTICIPATION)),
                frozenset({"REVIEW"}),
                ("REVIEW",),
                starts="REVIEW",
            ),
            FileOfReturn(
                "Missing",
                "ssd_missing",
                (
                    CHILD,
                    DOB,
                    Field("MISSING", "code", codes.MISSING, needed=True),
                    Field("MIS_START", "time", needed=True),
                    Field("MIS_END", "time"),
                ),
                frozenset({"MIS_START"}),
                ("MISSING", "MIS_START"),
                starts="MIS_START",
                ends="MIS_END",
            ),
            FileOfReturn(
                "OC2",
                "ssd_cla_health",
                (
                    CHILD,
                    DOB,
                    Field("HEALTH_CHECK", "flag"),
                    Field("TEETH_CHECK", "flag"),
                    Field("HEALTH_ASSESSMENT", "flag"),
                ),
                frozenset({"HEALTH_CHECK", "TEETH_CHECK", "HEALTH_ASSESSMENT"}),
                ("HEALTH_ASSESSMENT",),
                frozenset(OC2_UNREAD),
            ),
            FileOfReturn(
                "OC3",
                "ssd_care_leavers",
                (
                    CHILD,
                    DOB,
                    Field("IN_TOUCH", "code", codes.IN_TOUCH),
                    Field("ACTIV", "code", codes.ACTIVITY),
                    Field("ACCOM", "code", codes.ACCOMMODATION),
                ),
                frozenset({"IN_TOUCH", "ACTIV", "ACCOM"}),
                ("IN_TOUCH",),
            ),
            FileOfReturn(
                "SocialWorker",
                "ssd_involvements",
                (
                    CHILD,
                    DOB,
                    Field("SW_ID", needed=True),
                    Field("SW_DECOM", "date", needed=True),
                    Field("SW_DEC", "date", decisive=True),
                    Field("SW_REASON", "code", codes.WORKER_CHANGE),
                ),
                frozenset({"SW_ID", "SW_DECOM"}),
                ("SW_ID", "SW_DECOM", "SW_DEC"),
                starts="SW_DECOM",
                ends="SW_DEC",
            ),
            FileOfReturn("UASC", "ssd_person", (CHILD, SEX, DOB), frozenset({"DUC"})),
            FileOfReturn(
                "AD1",
                "ssd_person",
                (CHILD, DOB),
                frozenset({"DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR"}),
                ignored=frozenset({"LS_ADOPTR"}),
            ),
            FileOfReturn(
                "PlacedAdoption",
                "ssd_person",
                (CHILD, DOB),
                frozenset({"DATE_PLACED", "DATE_PLACED_CEASED"}),
                ignored=frozenset({"REASON_PLACED_CEASED"}),
            ),
            FileOfReturn("PrevPerm", "ssd_person", (CHILD, DOB), frozenset({"PREV_PERM", "LA_PERM", "DATE_PERM"})),
        )
    }
)

TABLES_OF = MappingProxyType(
    {
        "Header": ("ssd_person",),
        "Episodes": ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"),
        "Reviews": ("ssd_cla_reviews",),
        "Missing": ("ssd_missing",),
        "OC2": ("ssd_cla_health",),
        "OC3": ("ssd_care_leavers",),
        "SocialWorker": ("ssd_involvements",),
    }
)


def bare_name(name: str) -> str:
    """A name in capitals without what is neither letter nor digit."""
    return re.sub(r"[^A-Z0-9]", "", name.upper())


_BY_BARE_NAME = {bare_name(name): name for kind in KINDS.values() for name in kind.known} | OTHER_NAMES


def field_name(name: str) -> str | None:
    """The field that a column or element is, however its name is written (`Place provider`, `PL`); None: none."""
    return _BY_BARE_NAME.get(bare_name(name))


def kinds_of(names: Collection[str]) -> tuple[FileOfReturn, ...]:
    """The files of the return that these fields belong to."""
    return tuple(kind for kind in KINDS.values() if not kind.marks.isdisjoint(names))
