"""The ledger's schema, by numbered steps forward. `migrate` takes a ledger to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).resolve().parent


def migrate(connection: Connection) -> None:
    """Take the schema of a ledger to the newest step, within the transaction of the connection."""
    settings = _settings()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def schema_step(connection: Connection) -> str | None:
    """The step that the schema of a ledger is at; None where there is none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_step() -> str:
    """The newest step that this version of the program knows."""
    step = ScriptDirectory.from_config(_settings()).get_current_head()
    assert step is not None, "the program ships no migration"
    return step


def is_known(step: str) -> bool:
    """Whether this version of the program knows a step: one of a newer version it does not."""
    return step in {script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions()}


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return settings
