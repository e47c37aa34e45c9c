"""Entries and their versions, which the database itself lets nobody change or take away."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None
KINDS = (
    "inspection", "finding", "action", "risk", "commentary", "question", "decision", "voice", "audit note", "visit",
)  # fmt: skip


IN_SQLITE = (
    """create trigger keep_entries_update before update on entries
    begin select raise(abort, 'rows of the ledger are kept'); end""",
    """create trigger keep_entries_delete before delete on entries
    begin select raise(abort, 'rows of the ledger are kept'); end""",
    """create trigger keep_versions_update before update on versions
    begin select raise(abort, 'rows of the ledger are kept'); end""",
    """create trigger keep_versions_delete before delete on versions
    begin select raise(abort, 'rows of the ledger are kept'); end""",
)
IN_POSTGRESQL = (
    """create function keep_rows() returns trigger language plpgsql as
    $$ begin raise exception 'rows of the ledger are kept'; end $$""",
    "create trigger keep_entries before update or delete on entries for each row execute function keep_rows()",
    "create trigger keep_versions before update or delete on versions for each row execute function keep_rows()",
)


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
    for statement in IN_SQLITE if op.get_bind().dialect.name == "sqlite" else IN_POSTGRESQL:
        op.execute(statement)
