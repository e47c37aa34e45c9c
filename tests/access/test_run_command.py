"""`run` starts a server only for what it may serve, and says what is missing otherwise."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from improvement_board.access.insecure import INSECURE_VARIABLE
from improvement_board.cli import run as run_command
from improvement_board.cli.main import main
from improvement_board.dashboard import starting
from improvement_board.declared.home import HOME_VARIABLE, Home, default_home

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

    def __call__(self, command: list[str], environment: dict[str, str]) -> NoReturn:
        self.append((command, environment))
        sys.exit(7)


def free_port() -> int:
    with socket.create_server(("localhost", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    started_command = Started()
    monkeypatch.setattr(run_command, "become", started_command)
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", str(free_port()))
    monkeypatch.setattr(starting, "auth_section", lambda: None)
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv(INSECURE_VARIABLE, "1")  # what the shell says does not count: the option does
    return started_command


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
    assert command[5:] == ["--server.port", os.environ["STREAMLIT_SERVER_PORT"]]
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
    assert command[5:] == ["--server.address", "127.0.0.1", "--server.port", os.environ["STREAMLIT_SERVER_PORT"]]
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


def test_a_port_that_is_taken_is_said_and_no_other_is_chosen(started: Started) -> None:
    with socket.create_server(("localhost", int(os.environ["STREAMLIT_SERVER_PORT"]))):
        result = run()
    assert result.exit_code == 1
    assert "another program listens there" in result.stderr
    assert "STREAMLIT_SERVER_PORT=" in result.stderr
    assert started == []
    assert run().exit_code == 7


@pytest.mark.parametrize(
    ("port", "address", "said"),
    [("eighty", "localhost", "is no port"), ("70000", "localhost", "is no port"), ("", "192.0.2.1", "192.0.2.1: ")],
)
def test_a_port_or_address_that_cannot_be_is_said_in_words(
    started: Started, monkeypatch: pytest.MonkeyPatch, port: str, address: str, said: str
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", port or str(free_port()))
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", address)
    result = run()
    assert (result.exit_code, started) == (1, [])
    assert said in result.stderr
    assert "another program" not in result.stderr


def test_the_command_becomes_the_server_so_that_none_is_left_behind() -> None:
    server = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    program = (
        "import os, sys; from improvement_board.cli.run import become; "
        f"become([sys.executable, '-c', {server!r}], dict(os.environ))"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert int(started.stdout.readline()) == started.pid
        started.terminate()
        assert started.wait(30) == -15


@pytest.mark.parametrize("tenant", ["common", "Organizations", "consumers"])
def test_sign_in_of_every_tenant_there_is_does_not_start(
    started: Started, own: Home, monkeypatch: pytest.MonkeyPatch, tenant: str
) -> None:
    url = f"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"
    monkeypatch.setattr(starting, "auth_section", lambda: {**AUTH, "server_metadata_url": url})
    own.access.write_text(ACCESS, encoding="utf-8")
    result = run("--data", own.folder)
    assert result.exit_code == 1
    assert "lets in people of every organisation" in result.stderr
    assert started == []


def test_grants_that_reach_nobody_are_said_at_the_start(
    started: Started, own: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "auth_section", lambda: AUTH)
    own.access.write_text(ACCESS + '[[grant]]\nrole = "member"\ngroups = ["performance"]\n', encoding="utf-8")
    result = run("--data", own.folder)
    assert result.exit_code == 7
    assert "grant.2.role = 'member': gives nobody this role" in result.stderr
    assert "so nobody has them: committee, manager, auditor" in result.stderr


def test_a_home_where_sign_outs_cannot_be_kept_does_not_start(
    started: Started, own: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "auth_section", lambda: AUTH)
    own.access.write_text(ACCESS, encoding="utf-8")
    own.signed_out.mkdir()
    result = run("--data", own.folder)
    assert result.exit_code == 1
    assert f"{own.signed_out}: cannot be read and written" in result.stderr
    assert started == []
