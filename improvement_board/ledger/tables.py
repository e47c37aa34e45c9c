"""The tables of the ledger: what is kept, and every version of it. Rows are added and never changed.

`migrations` makes them; here they are only named, to be asked.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
METADATA = MetaData(naming_convention=NAMES)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),
)
VERSIONS = Table(
    "versions",
    METADATA,
    Column("entry", String(32), ForeignKey(ENTRIES.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", String(32), nullable=False),  # ISO 8601 in UTC, alike in both engines, in the order of time
    Column("who", String(300), nullable=False),
    Column("role", String(20), nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # JSON of the kind's model
    PrimaryKeyConstraint("entry", "number"),
)
