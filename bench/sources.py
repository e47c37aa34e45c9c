"""Times `improvement-board build` over sources as a council has them, and its peak memory, at growing sizes.

    python bench/sources.py [--reps 2] [--scales 1,2,4] [--mixes tables,returns] [--records FOLDER]

`tables` are CSV files of the Standard Safeguarding Dataset, with the local tables as workbooks; `returns` are the
children in need and workforce censuses (XML), the SSDA903 returns (CSV), with the same workbooks. They are written from
the demonstration council's ninety months by the writers that the tests read back.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from build import REPOSITORY, SETTINGS, records, timed

sys.path.insert(0, str(REPOSITORY / "tests" / "sources"))

MIXES = {"tables": ("ssd", "local"), "returns": ("cin_census", "csww_census", "ssda903", "local")}
AIM_SECONDS, AIM_MIB = 60, 2048  # of one council's six years, on two cores


def main() -> int:
    """Measure, print a table, exit 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reps", type=int, default=2)
    parser.add_argument("--scales", default="1,2,4")
    parser.add_argument("--mixes", default=",".join(MIXES))
    parser.add_argument("--records", type=Path)
    asked = parser.parse_args()
    print("| files | size | on disk | build s: median (range) | aim | peak MiB | aim |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for scale in (float(text) for text in asked.scales.split(",")):
            tables = records(asked.records or Path(scratch), scale)
            for mix in asked.mixes.split(","):
                source = written(tables, Path(scratch) / f"{mix}-{scale:g}" / tables.name, mix)
                runs = [built(source, Path(scratch)) for _ in range(asked.reps)]
                print(row(mix, scale, source, runs), flush=True)
                shutil.rmtree(source)
    return 0


def written(tables: Path, out: Path, mix: str) -> Path:
    """The records of a folder as the files of a mix of sources."""
    from importlib import import_module

    for name in MIXES[mix]:
        import_module(f"writers.{name}").write(tables, out / name)
    shutil.copyfile(tables / "source.toml", out / "sources.toml")
    return out


def built(source: Path, scratch: Path) -> tuple[float, float]:
    """Wall seconds and peak MiB of one build into a new home."""
    home = Path(tempfile.mkdtemp(dir=scratch))
    for name in SETTINGS:
        if (REPOSITORY / "data" / name).is_file():
            shutil.copyfile(REPOSITORY / "data" / name, home / name)
    command = [
        sys.executable,
        "-c",
        "from improvement_board.cli.main import main; main()",
        "build",
        str(source),
        "--data",
        str(home),
    ]
    wall, _, mib, _ = timed(command)
    shutil.rmtree(home)
    return wall, mib


def row(mix: str, scale: float, source: Path, runs: list[tuple[float, float]]) -> str:
    """One line of the table; the aims are of one council's size."""
    seconds = sorted(wall for wall, _ in runs)
    size = sum(file.stat().st_size for file in source.rglob("*") if file.is_file()) / 1e6
    spread = f"{median(seconds):.1f} ({seconds[0]:.1f}–{seconds[-1]:.1f})"
    aims = (f"≤ {AIM_SECONDS}", f"≤ {AIM_MIB}") if scale == 1 else ("", "")
    peak = max(mib for _, mib in runs)
    return f"| {mix} | {scale:g} | {size:,.0f} MB | {spread} | {aims[0]} | {peak:,.0f} | {aims[1]} |"


if __name__ == "__main__":
    sys.exit(main())
