"""Whether a ledger holds together: its file, its versions, what its entries refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import text

from improvement_board.errors import Problem
from improvement_board.ledger.kinds import Action, InspectionFinding, KindName
from improvement_board.ledger.ledger import Ledger, Version

EVIDENCE_KINDS: dict[str, KindName] = {"audit note": "audit note", "voice": "voice"}


def check_ledger(ledger: Ledger) -> list[Problem]:
    """What is wrong in a ledger: damage, gaps between versions, references to nothing. Raises LedgerError where it
    cannot be read."""
    return [*_damage(ledger), *_gaps(ledger.every()), *_loose_ends(ledger.current())]


def _damage(ledger: Ledger) -> Iterator[Problem]:
    database = ledger.database
    if not database.is_there or database.engine.dialect.name != "sqlite":
        return
    with database.reading() as connection:
        for (said,) in connection.execute(text("pragma integrity_check")):
            if said != "ok":
                yield Problem(database.name, f"is damaged: {said}")


def _gaps(versions: Sequence[Version]) -> Iterator[Problem]:
    numbers: dict[str, list[int]] = {}
    for version in versions:
        numbers.setdefault(version.entry, []).append(version.number)
    for entry, there in numbers.items():
        if sorted(there) != list(range(1, len(there) + 1)):
            yield Problem(f"entry {entry}", f"has versions {sorted(there)}", allowed=f"1 to {len(there)}")


def _loose_ends(current: Sequence[Version]) -> Iterator[Problem]:
    there = {version.entry: version.kind for version in current}
    for version in current:
        for column, entry, kind in _references(version):
            if there.get(entry) != kind:
                place = f"{version.kind} {version.entry}"
                yield Problem(place, "refers to nothing that is kept", column=column, value=entry, allowed=f"a {kind}")


def _references(version: Version) -> Iterator[tuple[str, str, KindName]]:
    """What an entry refers to: in which field, which entry, of which kind."""
    body = version.body
    if isinstance(body, InspectionFinding):
        yield "inspection", body.inspection, "inspection"
    if isinstance(body, Action):
        yield from (("findings", finding, "finding") for finding in body.findings)
        for evidence in body.evidence:
            if evidence.of in EVIDENCE_KINDS:
                yield "evidence", evidence.reference, EVIDENCE_KINDS[evidence.of]
