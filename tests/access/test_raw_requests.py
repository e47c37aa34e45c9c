"""What somebody can do who knows the program and sends raw requests and messages to a running server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import REPOSITORY
from raw import Person, sign_in_options, signed_in
from serving import Server, start
from small_homes import own_figures
from websockets.exceptions import ConnectionClosed, InvalidStatus

from improvement_board.access.record import AccessRecord
from improvement_board.access.session import sign_in_key
from improvement_board.access.signed_out import SignedOut

ACCESS = 'contact = "the help desk"\n[[grant]]\nrole = "member"\ngroups = ["board"]\n'
PLAN_PAGE, SIGN_IN_PAGE, SIGNED_OUT_PAGE = "plan on a page", "Sign in to see the figures", "You are signed out"
FOREIGN = "https://elsewhere.example"
PAGES = ("", "what-changed", "team", "indicator", "leadership", "data-quality", "access-record", "nowhere")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A council's own figures, served with sign-in, at every address of the machine."""
    folder = tmp_path_factory.mktemp("raw")
    home = own_figures(folder)
    home.access.write_text(ACCESS, encoding="utf-8")

    running = start(home, folder, sign_in_options(folder, "--server.address", "0.0.0.0"))
    yield running
    running.stop()


@pytest.fixture
def nobody(server: Server) -> Person:
    return Person(server)


@pytest.fixture
def member(server: Server) -> Person:
    return signed_in(server, "chair", "board")


def told(person: Person, page: str = "") -> str:
    """What a new tab of a person is told at a page."""
    with person.session() as session:
        return session.run(page)


def test_a_sign_in_that_was_ended_stays_ended_whatever_anybody_sends(member: Person, nobody: Person) -> None:
    assert PLAN_PAGE in told(member)
    member.get("/auth/logout")
    for stranger in (nobody, member):
        with stranger.session() as session:
            session.run()
            session.send(clear_cache=True)
            session.run()
    assert SIGNED_OUT_PAGE in told(member)


def test_the_way_out_by_its_address_ends_the_sign_in_and_is_in_the_record_once(server: Server) -> None:
    leaver, stayer = signed_in(server, "leaver", "board"), signed_in(server, "leaver", "board")
    with leaver.session() as session:
        assert PLAN_PAGE in session.run()
        for _ in range(2):
            assert leaver.get("/auth/logout").is_redirect
        assert SIGNED_OUT_PAGE in session.run()
    assert SIGNED_OUT_PAGE in told(leaver)
    assert PLAN_PAGE in told(stayer)
    record = AccessRecord(server.home.record, 400)
    end = time.monotonic() + 20
    noted: list[Any] = []
    while not noted and time.monotonic() < end:
        noted = [entry for entry in record.read() if entry and entry.event == "sign-out" and "leaver" in entry.who]
    assert len(noted) == 1


def test_a_sign_out_at_another_server_of_the_home_holds_here(server: Server) -> None:
    claims = {"sub": "elsewhere", "jti": "1", "exp": int(time.time() + 3600), "groups": ["board"]}
    person = signed_in(server, "elsewhere", **claims)
    assert PLAN_PAGE in told(person)
    known = {**claims, "email": "elsewhere@council.example", "is_logged_in": True, "provider": "default"}
    assert SignedOut(server.home.signed_out).end(sign_in_key(known), claims["exp"], time.time())
    assert SIGNED_OUT_PAGE in told(person)


def test_while_sign_outs_cannot_be_kept_nobody_is_let_in(server: Server, member: Person) -> None:
    kept = server.home.signed_out
    aside = kept.rename(kept.with_name("aside"))
    kept.mkdir()
    try:
        assert "cannot tell who has signed out" in told(member)
    finally:
        kept.rmdir()
        aside.rename(kept)
    assert PLAN_PAGE in told(member)


@pytest.mark.parametrize("page", PAGES)
def test_before_sign_in_a_session_gets_the_sign_in_page_alone(nobody: Person, member: Person, page: str) -> None:
    with member.session() as session:
        session.run()
        pages = [app_page for answer in session.answers for app_page in answer.navigation.app_pages]
    hashes = {app_page.url_pathname: app_page.page_script_hash for app_page in pages}
    with nobody.session() as session:
        said = session.run(page, "as=analyst&edition=2026-09-30", hashes.get(page, ""))
        elements = [answer.delta.new_element for answer in session.answers if answer.HasField("delta")]
        assert SIGN_IN_PAGE in said
        assert [element.button.label for element in elements if element.WhichOneof("type") == "button"] == ["Sign in"]
        assert {element.WhichOneof("type") for element in elements} <= {"html", "button", "alert", None}
        assert "ib-frame" not in said.replace(".ib-frame", "")


NOT_NEEDED: list[dict[str, Any]] = [
    {"clear_cache": True},
    {"set_run_on_save": True},
    {"load_git_info": True},
    {"app_heartbeat": True},
    {"debug_disconnect_websocket": True},
    {"debug_shutdown_runtime": True},
    {"file_urls_request": {"request_id": "1", "file_names": ["a"]}},
    {},
]


def test_messages_that_the_dashboard_does_not_need_are_passed_over(server: Server, nobody: Person) -> None:
    with nobody.session() as session:
        session.run()
        before = files_beside_the_program()
        for message in NOT_NEEDED:
            session.send(**message)
        for kind in ("install_skills", "dismiss_skills_nudge", "dataframe_chunk", "deferred_file"):
            session.ask(kind)
        seen = len(session.answers)
        session.run()
        kinds = {answer.WhichOneof("type") for answer in session.answers[seen:]}
    assert kinds <= {"new_session", "session_status_changed", "delta", "page_config_changed", "navigation"} | {
        "session_event", "page_info_changed", "script_finished", "page_profile"
    }  # fmt: skip
    assert files_beside_the_program() == before


def files_beside_the_program() -> set[Path]:
    homes = (REPOSITORY, Path.home())
    return {
        file for home in homes for name in (".streamlit", ".claude", ".agents") for file in (home / name).glob("**")
    }


@pytest.mark.parametrize(
    ("message", "code"), [(b"\x08" + b"\xff" * 40, 1002), (b"\x00" * 300_000, 1009), ("words", 1003)]
)
def test_what_is_no_message_or_too_large_ends_the_websocket(nobody: Person, message: bytes | str, code: int) -> None:
    with nobody.session() as session:
        session.socket.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            session.socket.recv(20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/_stcore/health", 200),
        ("GET", "/_stcore/host-config", 200),
        ("GET", "/indicator", 200),
        ("GET", "/_stcore/metrics", 404),
        ("GET", "/_stcore/metrics/", 404),
        ("GET", "/indicator/_stcore/metrics", 404),
        ("GET", "/_stcore/script-health-check", 404),
        ("GET", "/_stcore/agent/openapi.json", 404),
        ("POST", "/_stcore/agent/interact", 404),
        ("POST", "/_stcore/agent/mcp", 404),
        ("PUT", "/_stcore/upload_file/a/b", 404),
        ("DELETE", "/_stcore/upload_file/a/b", 404),
        ("OPTIONS", "/_stcore/upload_file/a/b", 404),
        ("GET", "/_stcore/bidi-components/a/b", 404),
        ("GET", "/component/a/index.html", 404),
        ("GET", "/app/static/a.css", 404),
        ("POST", "/", 405),
        ("GET", "/media/a.csv", 404),
        ("OPTIONS", "/_stcore/health", 405),
    ],
)
def test_what_the_dashboard_does_not_need_is_closed(nobody: Person, method: str, path: str, status: int) -> None:
    answer = nobody.get(path, method)
    assert answer.status_code == status
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_an_upload_is_refused_to_a_session_too(member: Person) -> None:
    with member.session() as session:
        session.run()
        answer = member.get(f"/_stcore/upload_file/{session.id}/1", "PUT")
    assert answer.status_code == 404


def test_websockets_of_other_origins_and_by_other_names_are_refused_and_nobody_is_asked(server: Server) -> None:
    port = server.url.rpartition(":")[2]
    member = signed_in(server, "chair", "board")
    refused = [
        {"origin": FOREIGN},
        {"origin": "http://localhost:9"},
        {"origin": f"http://user@127.0.0.1:{port}"},
        {"origin": None, "host": "elsewhere.example"},
        {"origin": "null"},
        {"origin": FOREIGN, "host": "elsewhere.example"},
        {"origin": f"http://elsewhere.example:{port}", "host": f"elsewhere.example:{port}"},
    ]
    for asked in refused:
        with pytest.raises(InvalidStatus) as answer, member.session(**asked):
            raise AssertionError(f"{asked} was admitted")
        assert answer.value.response.status_code == 403
    with member.session(origin=f"http://127.0.0.1:{port}", host=f"localhost:{port}") as session:  # a proxy's name
        assert PLAN_PAGE in session.run()
    with member.session(origin=None) as session:  # no browser: its cookie counts for nothing
        assert SIGN_IN_PAGE in session.run()
    assert server.asked_outside() == []


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {"Host": "elsewhere.example"}, 421),
        ("/about", {"Host": "127.0.0.1.elsewhere.example"}, 421),
        ("/", {"Host": "127.0.0.1@elsewhere.example"}, 421),
        ("/_stcore/health", {"Host": "10.0.0.7"}, 200),
        ("/", {"Host": "LOCALHOST.:80"}, 200),
        ("/", {"Host": "[::1]:8501"}, 200),
        ("/_stcore/health", {"Origin": FOREIGN}, 403),
        ("/", {"Origin": "null"}, 403),
        ("/", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
        ("/", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, 403),
        ("/", {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}, 403),
        (
            "/auth/logout",
            {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
            403,
        ),
    ],
)
def test_requests_by_other_names_and_of_other_pages_are_refused(
    nobody: Person, path: str, headers: dict[str, str], status: int
) -> None:
    assert nobody.get(path, **headers).status_code == status


def test_nothing_is_told_of_the_program_and_the_machine(nobody: Person) -> None:
    with nobody.session() as session:
        said = session.run()
        begun = next(answer.new_session for answer in session.answers if answer.HasField("new_session"))
    assert str(REPOSITORY) not in said
    assert begun.main_script_path == ""
    told = begun.initialize
    assert [str(told_part) for told_part in (told.environment_info, told.user_info)] == ["", ""]
    assert not told.recommend_skills_install
    answers = [nobody.get(path) for path in ("/", "/nowhere", "/media/a", "/_stcore/host-config", "/_stcore/health")]
    for answer in answers:
        assert "1.67" not in str(answer.headers)
        assert str(REPOSITORY) not in answer.text


def test_without_sign_in_this_computers_own_names_are_answered_alone(insecure: Server) -> None:
    port = insecure.url.rpartition(":")[2]
    person = Person(insecure)
    for name in ("elsewhere.example", "127.0.0.1.elsewhere.example", "10.0.0.7"):
        asked = {"origin": f"http://{name}:{port}", "host": f"{name}:{port}"}
        with pytest.raises(InvalidStatus, match="403"), person.session(**asked):
            raise AssertionError(f"{name} was admitted")
        for path in ("/", "/_stcore/health", "/about"):
            assert person.get(path, Host=f"{name}:{port}").status_code == 421
    for name in ("127.0.0.1", "localhost", "[::1]"):
        with person.session(origin=f"http://{name}:{port}", host=f"{name}:{port}") as session:
            assert "Served without sign-in" in session.run()
    assert insecure.asked_outside() == []


def test_a_long_message_does_not_make_the_server_tell_of_itself(nobody: Person) -> None:
    """What a browser says of the page it is on may come back in the answer that begins a run."""
    with nobody.session() as session:
        session.run(page_hash="a" * 200_000)
        begun = [answer.new_session for answer in session.answers if answer.WhichOneof("type") == "new_session"]
    assert begun
    assert not any(
        first_message.main_script_path or first_message.initialize.environment_info.streamlit_version
        for first_message in begun
    )
