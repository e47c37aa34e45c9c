"""Times a second viewer's page, which is kept already, while an edition opens for a third viewer's scope.

    python bench/second_viewer.py [--reps 12] [--before CHECKOUT]

The second viewer's page is timed alone, and from the moment at which the third viewer asks for theirs, whose scope
nobody has opened. With --before the same is measured of another checkout, turn and turn about in the same minutes, so
that the ratios hold although other work shares the machine. Nothing but the package is needed; the data home is the one
that IMPROVEMENT_BOARD_DATA names, else the demonstration council's of this checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve()
ROWS = {
    "alone": "the second viewer's page, alone",
    "beside": "the same while the third viewer's scope opens",
    "third": "the third viewer's page, cold",
}


def asking() -> Callable[[frozenset[str]], object]:
    """Asks for the plan page as a manager of these teams, or as an analyst where there is none; of the checkout that
    this process imports, of which earlier ones have another way to ask."""
    from improvement_board import page_models
    from improvement_board.declared.home import default_home

    board = page_models.Board(default_home())

    def ask(teams: frozenset[str]) -> object:
        who = page_models.Viewer("a manager", "manager", teams=teams) if teams else page_models.EVERYONE
        if hasattr(page_models, "Run"):
            return page_models.Run(board).look(who).plan()
        return board.plan(who, page_models.Address())

    return ask


def seconds_of(ask: Callable[[], object]) -> float:
    """How long one question takes."""
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def take(reps: int) -> None:
    """Take samples of this process's checkout, one a line of what it is told, and write each as JSON."""
    ask = asking()

    def second() -> object:
        return ask(frozenset())

    second()
    ask(frozenset({"warms up what every scope shares"}))
    for turn in range(reps):
        sys.stdin.readline()
        alone, asked, third = seconds_of(second), threading.Event(), [0.0]

        def open_third(scope: frozenset[str] = frozenset({f"team {turn}"}), asked: threading.Event = asked) -> None:
            asked.set()
            third[0] = seconds_of(lambda: ask(scope))  # noqa: B023

        thread = threading.Thread(target=open_third)
        thread.start()
        asked.wait()
        time.sleep(0.02)  # the third has asked: now the second does
        beside = seconds_of(second)
        thread.join()
        print(json.dumps({"alone": alone, "beside": beside, "third": third[0]}), flush=True)


def measure(checkouts: dict[str, Path], reps: int) -> dict[str, list[dict[str, float]]]:
    """Samples of each checkout, turn and turn about."""
    home = os.environ.get("IMPROVEMENT_BOARD_DATA", str(HERE.parent.parent / "data"))
    started = {}
    for name, folder in checkouts.items():
        environment = os.environ | {"PYTHONPATH": str(folder), "IMPROVEMENT_BOARD_DATA": home}
        command = [sys.executable, str(HERE), "--take", "--reps", str(reps)]
        started[name] = subprocess.Popen(
            command, env=environment, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in checkouts}
    for _ in range(reps):
        for name, process in started.items():
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("\n")
            process.stdin.flush()
            samples[name].append(json.loads(process.stdout.readline()))
    for process in started.values():
        process.communicate()
    return samples


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reps", type=int, default=12, help="samples of each (default 12)")
    parser.add_argument("--before", type=Path, help="another checkout to measure beside this one")
    parser.add_argument("--take", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.take:
        take(asked.reps)
        return 0
    checkouts = {"before": asked.before.resolve()} if asked.before else {}
    samples = measure({**checkouts, "now": HERE.parent.parent}, asked.reps)
    print("| | " + " | ".join(samples) + " | ratio |\n|---|" + "---|" * (len(samples) + 1))
    for row, title in ROWS.items():
        medians = [median(sample[row] for sample in of) for of in samples.values()]
        ratio = f"{medians[-1] / medians[0]:.2f}" if len(medians) > 1 else "–"
        print(f"| {title} | " + " | ".join(f"{1000 * seconds:.1f} ms" for seconds in medians) + f" | {ratio} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
