"""What changed since the edition before, worked out once at publishing and kept in `changes.parquet`.

Kinds, in the order a board reads them: an indicator that is no longer given, one that is worse, a target newly missed,
one that moved where neither direction is better, restated figures, one that is better, a target newly met, one that was
said to have changed and is so no longer. A verdict that the edition before gave too goes on and stands after all that
is new. Last, what is measured differently (`editions.measured`), with its sentence.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from improvement_board.building.compare import find_regrouped
from improvement_board.building.losses import Loss, find_lost_kpis
from improvement_board.building.measured import Measured, list_measured_differently
from improvement_board.declared.home import Home
from improvement_board.editions.file_names import CHANGES, CHANGES_PROTECTED, PROTECTED
from improvement_board.editions.manifest import Manifest
from improvement_board.editions.open_edition import Store, open_beside
from improvement_board.editions.scope import COMMITTEE, EVERYTHING, Scope
from improvement_board.editions.shelf import read_shelf
from improvement_board.errors import InputError
from improvement_board.figures.assemble import Window
from improvement_board.figures.earlier import differs
from improvement_board.figures.overview import overview
from improvement_board.figures.series import Series
from improvement_board.figures.sizes import is_few
from improvement_board.figures.targets import TargetState, target_state_at
from improvement_board.protection.rows import HIDDEN
from improvement_board.sql.session import run, scratch

KINDS = (
    "lost", "worse", "missed", "moved", "restated", "better", "met", "no longer",
    "recounted", "regrouped", "target", "redefined", "new", "years", "teams",
)  # fmt: skip
CHANGED = ("worse", "moved", "better")
SETTLED = 3  # months in a row on one side of a target, for a crossing to be more than chance


@dataclass(frozen=True)
class ChangeRecord:
    """One change: its kind, the KPI, the period, the figure before (None: there was none) and now in a unit, the target
    of the period (and, of older software, its point type), how many periods it concerns, whether it goes on from the
    edition before, and whether the definition changed in between. Of a KPI that is no longer given: its title and why.
    Of what is measured differently: the sentence as its cause, and no KPI where it is of several."""

    kind: str
    kpi: str
    period_end: dt.date
    before: float | None
    now: float | None
    unit: str
    grain: str
    category: str | None
    point_type: str | None
    target: float | None
    periods: int
    goes_on: bool
    definition_changed: bool
    title: str | None = None
    cause: str | None = None


def write_changes(staging: Path, manifest: Manifest, home: Home) -> None:
    """Compare a staged edition with the one of the date before it and write changes.parquet (no rows where none is).

    Where small numbers are protected the same is done with what the protected roles see of both editions, and written
    to changes_protected.parquet. Raises InputError where the staged edition cannot be opened: such a one must never be
    published.
    """
    previous = [edition.folder for name, edition in read_shelf(home).latest.items() if name.day < manifest.edition]
    before = previous[-1] if previous else None
    _write_changes(staging, manifest, before, EVERYTHING, CHANGES)
    if (staging / PROTECTED).is_file():
        _write_changes(staging, manifest, before, COMMITTEE, CHANGES_PROTECTED)


def _write_changes(staging: Path, manifest: Manifest, previous: Path | None, scope: Scope, file: str) -> None:
    with ExitStack() as stack:
        now = stack.enter_context(open_beside(staging, scope, manifest=manifest))
        before = _open_or_none(stack, previous, scope) if previous else None
        records = work_out(before, now) if before else []
    _write(staging / file, records, str(before.name) if before else None)


def _open_or_none(stack: ExitStack, folder: Path, scope: Scope) -> Store | None:
    try:
        return stack.enter_context(open_beside(folder, scope))
    except InputError:  # a damaged earlier edition cannot be compared with, and must not stop the next one
        return None


def work_out(before: Store, now: Store) -> list[ChangeRecord]:
    """Every change between two open editions, worst first, then in the order of the plan."""
    kpis = [kpi for kpi in now.plan.kpis if kpi in now.definitions]
    lost = _losses(before, now)
    old, _ = overview(before, {}, [kpi for kpi in kpis if kpi in before.definitions], Window(None, before.name.day))
    new, _ = overview(now, {}, [kpi for kpi in kpis if kpi not in lost], Window(None, now.name.day))
    records = [_lost(before, loss) for loss in lost.values()]
    for kpi, series in new.items():
        if kpi in old:
            redefined = before.manifest.kpis[kpi].definition != now.manifest.kpis[kpi].definition
            records += _changes_of(old[kpi], series, redefined, before.name.day)
        else:
            records += _first_alarm(series)
    restated = frozenset(record.kpi for record in records if record.kind == "restated")
    records += [_measured(change, now) for change in list_measured_differently(before, now, old, new, restated)]
    if now.scope.sees_everything:
        records += [
            _measured(change, now) for change in find_regrouped(before, now, sorted(old.keys() & new.keys() - restated))
        ]
    return sorted(records, key=lambda record: (record.goes_on, KINDS.index(record.kind)))


def _measured(change: Measured, now: Store) -> ChangeRecord:
    return ChangeRecord(
        kind=change.kind,
        kpi=change.kpi,
        period_end=now.name.day,
        before=None,
        now=None,
        unit="count",
        grain="month",
        category=None,
        point_type=None,
        target=None,
        periods=1,
        goes_on=False,
        definition_changed=False,
        cause=change.sentence,
    )


def _first_alarm(new: Series) -> Iterable[ChangeRecord]:
    """What a KPI that the edition before did not give says at once: that it is worse, that it misses its target."""
    if new.latest is None:
        return
    if new.verdict is not None and new.verdict.word == "worse":
        yield _latest(new, "worse")
    if settled_target_state(new) == "missed":
        yield _latest(new, "missed")


def _losses(before: Store, now: Store) -> dict[str, Loss]:
    """The KPIs of the plan that the scope saw before and that are not given any more, in the order of the plan. The
    protected roles are not told the names of files."""
    lost = {
        loss.kpi: loss
        for loss in find_lost_kpis(before.manifest, now.manifest, with_files=now.scope.sees_everything)
        if loss.kpi in before.definitions
    }
    return {kpi: lost[kpi] for kpi in now.plan.kpis if kpi in lost}


def _lost(before: Store, loss: Loss) -> ChangeRecord:
    series = overview(before, {}, [loss.kpi], Window(None, before.name.day))[0][loss.kpi]
    end = series.period_ends[series.latest] if series.latest is not None else before.name.day
    return ChangeRecord(
        kind="lost",
        kpi=loss.kpi,
        period_end=end,
        before=series.latest_value,
        now=None,
        unit=series.unit,
        grain=series.grain,
        category=series.category,
        point_type=None,
        target=None,
        periods=len(series.period_ends),
        goes_on=False,
        definition_changed=False,
        title=loss.title,
        cause=loss.cause,
    )


def _changes_of(old: Series, new: Series, definition_changed: bool, day: dt.date) -> Iterable[ChangeRecord]:
    """The changes of a KPI since the edition of a day, which told nothing of that month where its figures were late."""
    if old.unit == new.unit and old.grain == new.grain:
        yield from _restated(old, new, definition_changed)
    if new.latest is None or old.latest is None or new.period_ends[new.latest] < old.period_ends[old.latest]:
        return
    is_late = old.grain == "month" and old.period_ends[old.latest] < day
    before = old.latest_value if old.unit == new.unit and not is_late else None
    for kind, goes_on in (*_verdict_changes(old, new), *_target_changes(old, new)):
        yield replace(_latest(new, kind), before=before, goes_on=goes_on, definition_changed=definition_changed)


def _verdict_changes(old: Series, new: Series) -> Iterable[tuple[str, bool]]:
    """The kind of what the verdict says, and whether the edition before said it too, or is not known to have said
    another thing."""
    if new.verdict is None or new.verdict.word == "not shown":
        return
    before = old.verdict or new.verdict
    if new.verdict.word in CHANGED:
        is_same = (before.word, before.side) == (new.verdict.word, new.verdict.side)
        yield new.verdict.word, is_same or before.word == "not shown"
    elif before.word in CHANGED and new.verdict.word == "no real change":
        yield "no longer", False


def _target_changes(old: Series, new: Series) -> Iterable[tuple[str, bool]]:
    """A target newly met or missed: never by a single month of an indicator that meets it by chance."""
    state, before = settled_target_state(new), settled_target_state(old)
    if state in ("met", "missed") and before is not None and before != state:
        yield state, False


def _latest(new: Series, kind: str) -> ChangeRecord:
    """A change by a KPI's latest figure, with nothing before it."""
    end = new.period_ends[new.latest or 0]
    return ChangeRecord(
        kind=kind,
        kpi=new.definition.id,
        period_end=end,
        before=None,
        now=new.latest_value,
        unit=new.unit,
        grain=new.grain,
        category=new.category,
        point_type=None,
        target=new.latest_target,
        periods=1,
        goes_on=False,
        definition_changed=False,
    )


def settled_target_state(series: Series) -> TargetState | None:
    """Whether the figures of the last three months all meet their target, miss it, or miss it within tolerance.

    None where they differ, one is missing, or the latest is of too few. Of quarters and years the latest alone is
    asked.
    """
    latest = series.latest
    if latest is None or is_few(series.unit, series.numerators[latest], series.denominators[latest]):
        return None
    first = latest + 1 - (SETTLED if series.grain == "month" else 1)
    states = {target_state_at(series, at) for at in range(max(first, 0), latest + 1)}
    return states.pop() if first >= 0 and len(states) == 1 else None


def _restated(old: Series, new: Series, definition_changed: bool) -> Iterable[ChangeRecord]:
    """One record for a KPI whose figures of earlier periods differ: the period that differs most.

    A year that its source no longer lists was not restated: `editions.measured` says it.
    """
    now = dict(zip(new.period_ends, new.values, strict=True))
    symbols = zip(new.period_ends, new.symbols, strict=True)
    hidden_ends = {end for end, symbol in symbols if new.is_protected and symbol == HIDDEN}
    pairs: Mapping[dt.date, tuple[float | None, float | None]] = {
        end: (value, now.get(end))
        for end, value in zip(old.period_ends, old.values, strict=True)
        if not (end in hidden_ends or (new.is_protected and value is None) or (new.grain == "year" and end not in now))
    }
    differing = {end: pair for end, pair in pairs.items() if differs(*pair)}
    if differing:
        end = max(differing, key=lambda moved_end: (_size(*differing[moved_end]), moved_end))
        before, after = differing[end]
        yield ChangeRecord(
            kind="restated",
            kpi=new.definition.id,
            period_end=end,
            before=before,
            now=after,
            unit=new.unit,
            grain=new.grain,
            category=new.category,
            point_type=None,
            target=None,
            periods=len(differing),
            goes_on=False,
            definition_changed=definition_changed,
        )


def _size(before: float | None, after: float | None) -> float:
    return math.inf if before is None or after is None else abs(after - before)


def _write(file: Path, records: Iterable[ChangeRecord], previous: str | None) -> None:
    with scratch() as connection:
        run(connection, "views/create_changes")
        changes = connection.table("changes")
        for position, record in enumerate(records):
            changes.insert([position, previous, *astuple(record)])
        changes.write_parquet(str(file))
