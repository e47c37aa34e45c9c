"""A data home: the folder that holds one council's plan, editions, comparators and events."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from improvement_board.common.shipped import DATA

HOME_VARIABLE = "IMPROVEMENT_BOARD_DATA"


@dataclass(frozen=True)
class Home:
    """Where the files of a data home stand."""

    folder: Path

    @property
    def plan(self) -> Path:
        """The plan."""
        return self.folder / "plan.toml"

    @property
    def editions(self) -> Path:
        """The published editions."""
        return self.folder / "editions"

    @property
    def benchmarks(self) -> Path:
        """The comparators."""
        return self.folder / "benchmarks.parquet"

    @property
    def events(self) -> Path:
        """What happened when."""
        return self.folder / "events.csv"

    @property
    def worker_key(self) -> Path:
        """The key of the workers' pseudonyms: never given away, never lost."""
        return self.folder / "worker.key"

    @property
    def worker_names(self) -> Path:
        """Workers' names, for those who may see them."""
        return self.folder / "worker_names.csv"

    @property
    def checks(self) -> Path:
        """The council's own data checks."""
        return self.folder / "checks"

    @property
    def record(self) -> Path:
        """Who looked at what: the folder of the access record."""
        return self.folder / "access-record"

    @property
    def ledger(self) -> Path:
        """What the board keeps between its meetings, where no database is named for it."""
        return self.folder / "ledger.sqlite"

    @property
    def aliases(self) -> Path:
        """How published files name their columns."""
        return self.folder / "aliases.toml"

    @property
    def access(self) -> Path:
        """Who may see what: which of the identity provider's people have which role."""
        return self.folder / "access.toml"

    @property
    def secrets(self) -> Path:
        """Streamlit's secrets for this home, where its dashboard has a sign-in of its own."""
        return self.folder / ".streamlit" / "secrets.toml"

    @property
    def signed_out(self) -> Path:
        """The sign-ins that were ended by sign-out, which no server of the home lets in again."""
        return self.folder / "signed-out"


def shipped_home() -> Home:
    """The demonstration council's home that the program ships."""
    return Home(DATA)


def default_home() -> Home:
    """The home that IMPROVEMENT_BOARD_DATA names, else the demonstration council's that the program ships."""
    named = os.environ.get(HOME_VARIABLE)
    return Home(Path(named)) if named else shipped_home()
