"""Publishing in processes of its own that are killed, interrupted or held at chosen moments.

Run as a program by the tests. A moment is any line of the code of editions about to run, or any file about to be
opened, made, renamed or removed. This process opens no database: each publication runs in a fork of it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pandas as pd  # noqa: F401 - what publishing imports while it runs: here, so that every fork has it
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.building import changes, publish  # noqa: F401
from improvement_board.cli.main import main
from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan import Plan

AT_ONCE = 2
EDITIONS = str(Path(publish.__file__).parent)
EVENTS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copyfile", "shutil.rmtree"})
ROWS = {"seen": monthly([(1, 2), (3, 4)], team="North", worker="w1"), "read": monthly([(1, 4)], team="South")}
load_library()
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background is started with it ignored


def published_june(folder: Path) -> None:
    """A home with one edition."""
    Council(folder).publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})


def publish_september(folder: Path, plan: Plan | None = None) -> None:
    """What the tests do at any moment: publish an edition of two KPIs."""
    Council(folder).publish(SEPTEMBER, ROWS, plan)


def watch(home: str, at: Callable[[str], None]) -> None:
    """Call `at` at every moment, with the file operation or "" for a line."""

    def of_lines(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            at("")
        return of_lines

    def of_calls(frame: FrameType, event: str, _: Any) -> Any:
        return of_lines if frame.f_code.co_filename.startswith(EDITIONS) else None

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        places = [str(argument) for argument in arguments[:2]]
        if event in EVENTS and any(own_place.startswith(home) for own_place in places):
            at(f"{event} {' '.join(places)}")

    sys.addaudithook(audit)
    threading.settrace(of_calls)
    sys.settrace(of_calls)


def forked(run: Callable[[], None], errors: Path | None = None) -> int:
    """Run in a child; its process id."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        if errors is not None:
            os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT), 2)
        run()
        code = 0
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def outcome(process: int) -> int:
    """How a child ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def at_moment(folder: Path, number: int, what: Callable[[Path], None], run: Callable[[Path], None]) -> None:
    """Run, and do `what` at the moment of that number, the first being 1."""
    passed = 0

    def at(_: str) -> None:
        nonlocal passed
        passed += 1
        if passed == number:
            what(folder)

    watch(str(folder), at)
    run(folder)
    (folder / "moments").write_text(str(passed), encoding="utf-8")


def kill(folder: Path) -> None:
    """End this process as the system would, the file written last half on the disk."""
    staged = [
        file
        for edition_folder in (folder / "home" / "editions").glob(".publishing-*")
        for file in edition_folder.rglob("*.parquet")
    ]
    for file in sorted(staged, key=lambda file: file.stat().st_mtime_ns)[-1:]:
        os.truncate(file, file.stat().st_size // 2)
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt(_: Path) -> None:
    """What Ctrl-C does."""
    signal.raise_signal(signal.SIGINT)


def by_command(folder: Path) -> None:
    """Publish September as the command does: what is wrong is said, not raised."""
    from improvement_board.cli.options import says_what_is_wrong

    says_what_is_wrong(publish_september)(folder)


WHAT = {"kill": (kill, publish_september), "interrupt": (interrupt, by_command)}


def at_many(base: Path, how: str, picks: int) -> None:
    """Copies of a home, each published to by a process that is stopped at another moment; the last by none."""
    what, run = WHAT[how]
    whole = base / "0"
    outcome(forked(lambda: published_june(base / "june")))
    shutil.copytree(base / "june", whole)
    outcome(forked(lambda: at_moment(whole, 0, what, run)))
    moments = int((whole / "moments").read_text(encoding="utf-8"))
    numbers = sorted({1 + round(number * (moments - 1) / (picks - 1)) for number in range(picks)})
    ended, running = {}, {}
    for number in numbers:
        folder = base / str(number)
        shutil.copytree(base / "june", folder)
        running[number] = forked(lambda at=number, to=folder: at_moment(to, at, what, run), base / f"{number}.err")
        if len(running) == AT_ONCE or number == numbers[-1]:
            ended |= {each: outcome(process) for each, process in running.items()}
            running.clear()
    tell({"moments": moments, "ended": ended})


def at_once(base: Path) -> None:
    """Two processes that publish the same date, held until both are about to put their edition in its place."""
    outcome(forked(lambda: published_june(base)))
    plan = Council(base).plan([Council(base).definition(kpi) for kpi in ROWS])  # one file, written before both read it
    (go_in, go_out), (ready_in, ready_out) = os.pipe(), os.pipe()

    def run() -> None:
        held = []

        def at(event: str) -> None:
            if event.startswith("os.rename") and not held:
                held.append(event)
                os.write(ready_out, b".")
                os.read(go_in, 1)

        watch(str(base), at)
        try:
            publish_september(base, plan)
        finally:
            os.write(ready_out, b".")  # one that fails must not be waited for

    processes = [forked(run), forked(run)]
    for _ in processes:
        os.read(ready_in, 1)
    os.write(go_out, b"..")
    tell([outcome(process) for process in processes])


def build_killed(base: Path, source: Path) -> None:
    """`build` of records, killed when it is about to do each of these in the folder that it publishes in."""
    running = {}
    for moment in ("os.mkdir", "os.rename"):
        folder = base / moment.replace(".", "-")

        def at(event: str, awaited: str = moment, to: Path = folder) -> None:
            if awaited in event and ".publishing-" in event:
                kill(to)

        def run(to: Path = folder, on: Callable[[str], None] = at) -> None:
            watch(str(to), on)
            main(["build", str(source), "--data", str(to / "home")])

        running[moment] = forked(run, folder / "err")
    tell({moment: outcome(process) for moment, process in running.items()})


def tell(answer: object) -> None:
    """Say to the tests what came of it."""
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    how, folder, *rest = sys.argv[1:]
    if how == "at_once":
        at_once(Path(folder))
    elif how == "build":
        build_killed(Path(folder), Path(rest[0]))
    else:
        at_many(Path(folder), how, int(rest[0]))
