"""Dash, with six charts and a team filter of its own, as far as it is at hand.

Its app stands among the reference files, its figures are made up by a program there, and it needs a Python with Dash in
an environment of its own: the dashboard does not depend on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers import dash_server

PYTHON_VARIABLE = "BENCH_DASH_PYTHON"
TEAMS = [f"Team {number:02d}" for number in range(1, 16)]
CHARTS = 6


@contextmanager
def dash_beside() -> Iterator[str | None]:
    """Serve Dash; gives its address, or None, with a word of why, where it is not at hand."""
    reference, python = os.environ.get("IMPROVEMENT_BOARD_REFERENCE"), os.environ.get(PYTHON_VARIABLE)
    bench = Path(reference).resolve() / "bench" if reference else Path()
    script = bench / "peers" / "dash" / "app.py"
    if not reference or not script.is_file():
        print("Dash is left out: IMPROVEMENT_BOARD_REFERENCE names no folder with bench/peers/dash", file=sys.stderr)
        yield None
    elif not python or subprocess.run([python, "-c", "import dash, gunicorn"], capture_output=True).returncode:
        print(f"Dash is left out: {PYTHON_VARIABLE} names no Python that has dash and gunicorn", file=sys.stderr)
        yield None
    else:
        with tempfile.TemporaryDirectory() as folder:
            make = [sys.executable, str(bench / "make_data.py"), "--size", "1", "--out", folder]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
            with dash_server(Path(python), script, {"BENCH_DATA": folder}) as address:
                yield address
