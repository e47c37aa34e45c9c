"""Entries and their versions, which the database itself lets nobody change or take away."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None
TABLES = ("entries", "versions")
KINDS = (
    "inspection", "finding", "action", "risk", "commentary", "question", "decision", "voice", "audit note", "visit",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, and what keeps their rows."""
    op.create_table(
        "entries",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.CheckConstraint(sa.column("kind").in_(KINDS), name="ck_entries_kind"),
    )
    op.create_table(
        "versions",
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(create_constraint=True, name="ck_versions_is_withdrawn"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry", "number", name="pk_versions"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_versions_entry"),
        sa.CheckConstraint(sa.column("number") >= 1, name="ck_versions_number"),
    )
    make = _keep_in_sqlite if op.get_bind().dialect.name == "sqlite" else _keep_in_postgresql
    for table in TABLES:
        for change in ("update", "delete"):
            make(table, change)


def _keep_in_sqlite(table: str, change: str) -> None:
    op.execute(
        f"create trigger keep_{table}_{change} before {change} on {table} "
        "begin select raise(abort, 'rows of the ledger are kept'); end"
    )


def _keep_in_postgresql(table: str, change: str) -> None:
    op.execute(
        "create or replace function keep_rows() returns trigger language plpgsql as "
        "$$ begin raise exception 'rows of the ledger are kept'; end $$"
    )
    op.execute(
        f"create trigger keep_{table}_{change} before {change} on {table} for each row execute function keep_rows()"
    )
