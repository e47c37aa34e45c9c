"""`run` starts a server only for what it may serve, and says what is missing otherwise."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from improvement_board.access.insecure import INSECURE_VARIABLE
from improvement_board.cli import main
from improvement_board.home import HOME_VARIABLE, Home, default_home
from improvement_board.ui import starting

AUTH = {
    "redirect_uri": "https://board.council.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "an id",
    "client_secret": "a secret",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
ACCESS = 'contact = "IT"\n[[grant]]\nrole = "analyst"\ngroups = ["performance"]\n'


class Started(list[tuple[list[str], dict[str, str]]]):
    """The commands that were started, with their environments; each ends with exit code 7."""

    def __call__(self, command: list[str], *, env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        self.append((command, env))
        return subprocess.CompletedProcess(command, 7)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    found = Started()
    monkeypatch.setattr(subprocess, "run", found)
    monkeypatch.setattr(starting, "auth_section", lambda: None)
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv(INSECURE_VARIABLE, "1")  # what the shell says does not count: the option does
    return found


@pytest.fixture
def own(tmp_path: Path) -> Home:
    """A home of a council's own figures."""
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    plan = default_home().plan.read_text(encoding="utf-8")
    home.plan.write_text(plan.replace("synthetic = true", "synthetic = false"), encoding="utf-8")
    return home


def run(*options: object) -> Result:
    return CliRunner().invoke(main, ["run", *map(str, options)])


def test_the_demonstration_starts(started: Started) -> None:
    folder = Path.cwd()
    assert run().exit_code == 7
    command, environment = started[0]
    assert command[1:4] == ["-m", "streamlit", "run"]
    assert Path(command[4]).name == "app.py"
    assert command[5:] == []
    assert environment[INSECURE_VARIABLE] == "0"
    assert Path.cwd() == folder


def test_a_councils_own_data_do_not_start_without_sign_in(started: Started, own: Home) -> None:
    result = run("--data", own.folder)
    assert result.exit_code == 1
    assert "sign-in is not configured" in result.stderr
    assert f"{own.access}: is missing" in result.stderr
    assert "--insecure-local" in result.stderr
    assert started == []


def test_they_start_for_this_computer_alone_on_request(started: Started, own: Home) -> None:
    assert run("--data", own.folder, "--insecure-local").exit_code == 7
    command, environment = started[0]
    assert command[5:] == ["--server.address", "127.0.0.1"]
    assert (environment[INSECURE_VARIABLE], environment[HOME_VARIABLE]) == ("1", str(own.folder))


def test_they_start_with_sign_in_once_access_is_right(
    started: Started, own: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "auth_section", lambda: AUTH)
    assert f"{own.access}: is missing" in run("--data", own.folder).stderr
    own.access.write_text(ACCESS.replace("analyst", "chief"), encoding="utf-8")
    result = run("--data", own.folder)
    assert result.exit_code == 1
    assert "grant.1.role = 'chief'" in result.stderr
    assert started == []
    own.access.write_text(ACCESS, encoding="utf-8")
    assert run("--data", own.folder).exit_code == 7
    assert started[0][1][INSECURE_VARIABLE] == "0"


def test_the_home_may_be_named_by_the_environment(started: Started, own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(own.folder))
    assert run().exit_code == 1
    assert os.environ[HOME_VARIABLE] == str(own.folder)
    assert started == []
