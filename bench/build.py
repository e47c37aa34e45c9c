"""Times `improvement-board build` over the demonstration council, at its own size and at ten times its records.

    python bench/build.py [--reps 3] [--scales 1,10] [--records FOLDER]

The yardstick is a plain DuckDB scan, in a process of its own, of the same Parquet files: every column that a query
names, hashed and added up. Build and scan alternate, so that the ratios hold although other work shares the machine.
The records are made anew in a temporary folder, unless --records names a folder to keep them in or find them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parent.parent
PARTS = {
    "start": "starting, reading and checking",
    "open": "opening the records",
    "compute": "every KPI",
    "publish": "publishing",
}
SETTINGS = ("plan.toml", "events.csv", "benchmarks.parquet")


@dataclass
class Samples:
    """One size: wall seconds, processor seconds and peak MiB of whole commands, wall seconds of the build's parts."""

    build: list[float] = field(default_factory=list)
    scan: list[float] = field(default_factory=list)
    build_cpu: list[float] = field(default_factory=list)
    scan_cpu: list[float] = field(default_factory=list)
    build_mib: list[float] = field(default_factory=list)
    scan_mib: list[float] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in PARTS})


def main() -> int:
    """Measure, print two tables, exit 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--scales", default="1,10")
    parser.add_argument("--records", type=Path)
    asked = parser.parse_args()
    scales = [float(scale) for scale in asked.scales.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        folders = {scale: records(asked.records or Path(scratch), scale) for scale in scales}
        samples = {scale: Samples() for scale in scales}
        for _ in range(asked.reps):
            for scale in scales:
                measure(folders[scale], Path(scratch), samples[scale])
        print(report({scale: (size_of(folders[scale]), samples[scale]) for scale in scales}))
    return 0


def records(folder: Path, scale: float) -> Path:
    """The latest edition's records of a demonstration council of some size, made where they are not there yet."""
    made = folder / f"scale-{scale:g}"
    if not made.exists():
        code = "import sys; from pathlib import Path; from improvement_board.demo import EDITIONS, write_demo; "
        code += "write_demo(Path(sys.argv[1]), scale=float(sys.argv[2]), editions=EDITIONS[-1:])"
        subprocess.run([sys.executable, "-c", code, str(made), str(scale)], check=True)
    return next(edition for edition in sorted(made.iterdir()) if edition.is_dir())


def measure(source: Path, scratch: Path, samples: Samples) -> None:
    """One scan and one build, each a process of its own."""
    wall, cpu, mib, _ = timed([sys.executable, __file__, "--scan", str(source)])
    samples.scan.append(wall)
    samples.scan_cpu.append(cpu)
    samples.scan_mib.append(mib)
    home = Path(tempfile.mkdtemp(dir=scratch))
    for name in SETTINGS:
        if (REPOSITORY / "data" / name).is_file():
            shutil.copyfile(REPOSITORY / "data" / name, home / name)
    began = time.time()
    wall, cpu, mib, said = timed([sys.executable, __file__, "--build", str(source), str(home)])
    samples.build.append(wall)
    samples.build_cpu.append(cpu)
    samples.build_mib.append(mib)
    marks = json.loads(said)
    ends = [marks["opening"] - began, marks["computing"] - began, marks["publishing"] - began, wall]
    for part, end, start in zip(PARTS, ends, [0.0, *ends], strict=False):
        samples.parts[part].append(end - start)
    shutil.rmtree(home)


def timed(command: list[str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds and peak MiB of a process, and what it said. Raises where it failed."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1024 if sys.platform == "darwin" else 1
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / unit / 1024, said


def build(source: Path, home: Path) -> None:
    """What the command does, noting when each part begins."""
    from improvement_board.building.build import build as build_edition
    from improvement_board.declared.home import Home

    marks: dict[str, float] = {}

    def note(text: str, place: int | None = None, of: int | None = None) -> None:
        part = {"Opening the records": "opening", "Publishing": "publishing"}.get(text, "computing")
        marks.setdefault(part, time.time())

    build_edition(source, Home(home), None, note)
    print(json.dumps(marks))


def scan(source: Path) -> None:
    """Read every value of every column that a query names, and nothing else."""
    import re

    import duckdb

    queries = [file.read_text(encoding="utf-8") for file in (REPOSITORY / "queries").rglob("*.sql")]
    named = {word for text in queries for word in re.findall(r"\w+", text)}
    connection = duckdb.connect()
    for file in sorted(source.glob("*.parquet")):
        if file.stem in named:
            rows = connection.read_parquet(str(file))
            columns = [f"sum(hash({column}))" for column in rows.columns if column in named]
            rows.aggregate(", ".join(["count(*)", *columns])).fetchall()


def size_of(source: Path) -> str:
    """How much a folder holds, in words."""
    import pyarrow.parquet

    files = list(source.glob("*.parquet"))
    rows = sum(pyarrow.parquet.read_metadata(file).num_rows for file in files)
    return f"{rows:,} rows, {sum(file.stat().st_size for file in files) / 2**20:.0f} MiB"


def report(samples_by_scale: dict[float, tuple[str, Samples]]) -> str:
    """The results as Markdown tables: whole commands with their ratio, then the build's parts."""
    lines = [
        f"Load average at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        "",
        "| size | records | build s: median (range) | scan s | ratio | build CPU s | scan CPU s | peak MiB | scan's |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for scale, (size, taken) in samples_by_scale.items():
        ratio = median(taken.build) / median(taken.scan)
        cells = [f"{scale:g}", size, spread(taken.build), spread(taken.scan), f"{ratio:.1f}"]
        cells += [f"{median(taken.build_cpu):.1f}", f"{median(taken.scan_cpu):.1f}"]
        cells += [f"{max(taken.build_mib):,.0f}", f"{max(taken.scan_mib):,.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", f"| size | {' | '.join(PARTS.values())} |", f"|{'---|' * (len(PARTS) + 1)}"]
    for scale, (_, taken) in samples_by_scale.items():
        lines.append(f"| {scale:g} | {' | '.join(spread(times) for times in taken.parts.values())} |")
    return "\n".join(lines)


def spread(times: list[float]) -> str:
    """Median and range."""
    return f"{median(times):.2f} ({min(times):.2f}–{max(times):.2f})"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--scan"]:
        scan(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main())
