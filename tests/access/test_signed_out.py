"""A sign-in that was ended stays ended: for other servers of the home, after a restart, and on a full disk."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from improvement_board.access import signed_out
from improvement_board.access.signed_out import BLANK, CLOCKS_DIFFER, LINE, SignedOut

NOW = 1_800_000_000.0


def key_of(name: object) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "signed-out"


def full_disk(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """From now on no file grows."""
    write = os.write

    def written(opened: int, data: bytes) -> int:
        if os.lseek(opened, 0, os.SEEK_CUR) + len(data) > os.fstat(opened).st_size:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(opened, data)

    monkeypatch.setattr(os, "write", written)


def test_what_was_ended_has_ended_for_every_server_and_after_a_restart(file: Path) -> None:
    here, there = SignedOut(file), SignedOut(file)
    assert not there.has_ended(key_of("a"), NOW)
    assert here.end(key_of("a"), NOW + 60, NOW)
    assert not here.end(key_of("a"), NOW + 60, NOW)
    assert not there.end(key_of("a"), NOW + 60, NOW)
    for server in (here, there, SignedOut(file)):
        assert server.has_ended(key_of("a"), NOW)
        assert not server.has_ended(key_of("b"), NOW)


def test_the_file_tells_nothing_of_anybody_and_is_its_owners_alone(file: Path) -> None:
    SignedOut(file).end(key_of("a"), NOW + 0.5, NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(file.read_text().split()) == {key_of("a"), "001800000001"}


def test_what_has_expired_makes_room_and_the_file_stays_small(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_out, "MORE_LINES", 8)
    ended = SignedOut(file)
    for number in range(20):
        ended.end(key_of(number), NOW + number, NOW)
    assert all(ended.has_ended(key_of(number), NOW) for number in range(20))
    size = file.stat().st_size
    assert size == 24 * LINE
    later = NOW + 18.5 + CLOCKS_DIFFER
    for number in range(10):
        ended.end(key_of(f"later {number}"), later + 60, later)
    assert file.stat().st_size == size
    assert not ended.has_ended(key_of(0), later)
    assert all(ended.has_ended(key_of(f"later {number}"), later) for number in range(10))
    assert ended.has_ended(key_of(19), later)


def test_on_a_full_disk_a_sign_out_finds_room(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = SignedOut(file)
    ended.has_ended(key_of("a"), NOW)
    full_disk(monkeypatch, file)
    for number in range(100):
        assert ended.end(key_of(number), NOW + 60, NOW)
    assert all(SignedOut(file).has_ended(key_of(number), NOW) for number in range(100))


def test_where_no_room_is_left_nobody_can_be_told_from_who_has_signed_out(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = SignedOut(file)
    with monkeypatch.context() as patch:
        full_disk(patch, file)
        with pytest.raises(OSError, match="No space left"):
            ended.has_ended(key_of("a"), NOW)
        with pytest.raises(OSError, match="No space left"):
            ended.end(key_of("a"), NOW + 60, NOW)
        for name in ("a", "b"):
            with pytest.raises(OSError, match="No space left"):
                ended.has_ended(key_of(name), NOW)
    assert ended.has_ended(key_of("a"), NOW)
    assert SignedOut(file).has_ended(key_of("a"), NOW)
    assert not ended.has_ended(key_of("b"), NOW)


def test_a_file_that_cannot_be_opened_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("folder", "link", "none/signed-out"):
        with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
            SignedOut(tmp_path / name).has_ended(key_of("a"), NOW)


def test_a_line_that_was_broken_off_is_written_over(file: Path) -> None:
    ended = SignedOut(file)
    ended.end(key_of("a"), NOW + 60, NOW)
    with file.open("r+b") as opened:
        opened.truncate(LINE + 30)
    assert ended.has_ended(key_of("a"), NOW)
    ended.end(key_of("b"), NOW + 60, NOW)
    assert SignedOut(file).has_ended(key_of("b"), NOW)
    lines = file.read_bytes()
    assert len(lines) % LINE == 0
    assert lines.endswith(BLANK)


def test_several_servers_write_at_once_and_nothing_is_lost(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from improvement_board.access.signed_out import SignedOut\n"
        "ended = SignedOut(Path(sys.argv[1]))\n"
        f"for number in range(50): ended.end(f'{{sys.argv[2]}}{{number:063d}}', {NOW} + 60, {NOW})\n"
    )
    servers = [subprocess.Popen([sys.executable, "-c", code, str(file), name]) for name in "abcd"]
    assert [server.wait(120) for server in servers] == [0] * 4
    kept = SignedOut(file)
    assert all(kept.has_ended(f"{name}{number:063d}", NOW) for name in "abcd" for number in range(50))
