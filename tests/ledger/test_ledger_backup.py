"""A backup is whole or none, and comes back whole, into either engine."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_ledger import ACTION, HELD, OFFICER

from improvement_board.cli.main import main
from improvement_board.declared.home import Home
from improvement_board.errors import InputError
from improvement_board.ledger import Ledger, ledger_of, open_ledger
from improvement_board.ledger.backup import restore_backup, write_backup


def filled(ledger: Ledger) -> Ledger:
    for kind, held in HELD.items():
        ledger.begin(kind, held, OFFICER)  # type: ignore[arg-type]
    (action,) = ledger.current("action")
    ledger.withdraw(ledger.change(action, {**ACTION, "progress": "„Umlaute“ & <b>"}, OFFICER), OFFICER)
    return ledger


def test_a_backup_of_either_engine_comes_back_in_the_other(ledger: Ledger, tmp_path: Path) -> None:
    file, other = tmp_path / "saved.gz", Ledger(open_ledger(f"sqlite:///{tmp_path / 'other.sqlite'}"))
    assert write_backup(filled(ledger), file) == restore_backup(other, file) == len(HELD) + 2
    assert other.every() == ledger.every()
    assert list(tmp_path.glob("*.part")) == []


def test_what_comes_back_into_postgresql_is_the_same(postgresql: str, address: str, tmp_path: Path) -> None:
    ledger = filled(Ledger(open_ledger(f"sqlite:///{tmp_path / 'first.sqlite'}")))
    write_backup(ledger, tmp_path / "saved.gz")
    other = Ledger(open_ledger(address))
    restore_backup(other, tmp_path / "saved.gz")
    assert other.every() == ledger.every()


def test_nothing_is_written_over(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "saved.gz"
    write_backup(filled(ledger), file)
    with pytest.raises(InputError, match="is there already"):
        write_backup(ledger, file)
    with pytest.raises(InputError, match="has entries already"):
        restore_backup(ledger, file)


@pytest.mark.parametrize("damage", ["cut", "line", "kind", "value", "text"])
def test_a_damaged_file_is_not_taken_in_any_part(tmp_path: Path, damage: str) -> None:
    ledger = Ledger(open_ledger(f"sqlite:///{tmp_path / 'first.sqlite'}"))
    file, other = tmp_path / "saved.gz", Ledger(open_ledger(f"sqlite:///{tmp_path / 'other.sqlite'}"))
    write_backup(filled(ledger), file)
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    version = json.loads(lines[3])
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    elif damage == "text":
        file.write_text("no backup", encoding="utf-8")
    else:
        changes = {"line": None, "kind": {**version, "kind": "gossip"}, "value": {**version, "body": {"day": "soon"}}}
        if damage == "line":
            del lines[3]
        else:
            lines[3] = json.dumps(changes[damage])
        file.write_bytes(gzip.compress("\n".join(lines).encode()))
    with pytest.raises(InputError, match=r"saved\.gz"):
        restore_backup(other, file)
    assert other.every() == []


def test_the_commands_check_save_and_take_back(tmp_path: Path) -> None:
    homes = [Home(tmp_path / name) for name in ("first", "second")]
    for home in homes:
        home.folder.mkdir()
    filled(Ledger(ledger_of(homes[0])))
    file = tmp_path / "saved.gz"

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["store", *arguments])
        return f"{done.exit_code} {done.output}"

    assert run("backup", str(file), "--data", str(homes[0].folder)).startswith("0 Wrote 12 versions")
    assert run("restore", str(file), "--data", str(homes[1].folder)).startswith("0 Took 12 versions")
    assert "refers to nothing that is kept" in run("check", "--data", str(homes[1].folder))
    assert "has entries already" in run("restore", str(file), "--data", str(homes[1].folder))
