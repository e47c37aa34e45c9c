"""Case audits with their standards and actions, and what families say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Days, Floats, to_working_day
from improvement_board.demo.dice import Generator, chance, pick, some_days
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import PLAN_TYPES, World

GRADES = ("outstanding", "good", "requires improvement", "inadequate")
GRADE_EDGES = (2.15, 0.0, -1.3)
STANDARDS = ("assessment", "plan", "chronology", "voice of the child", "supervision", "management oversight")
STANDARD_EASE = np.array([0.10, -0.10, -0.35, 0.30, -0.15, -0.05])
NEEDS_TEAM, NEEDS_EASE = 2, -0.30


@dataclass(frozen=True)
class Audits:
    """Audits in order of their planned date."""

    person: Codes
    worker: Codes
    team: Codes
    case_type: Codes
    planned: Days
    completed: Days
    known: Days
    grade: Codes
    quality: Floats


def grade_work(quality: Floats) -> Codes:
    """Grades, as places in GRADES, of how good the work is (standard deviations above the edge of good)."""
    return np.asarray(sum((quality < edge).astype(np.int64) for edge in GRADE_EDGES), dtype=np.int64)


def audits(world: World) -> Audits:
    """Audits planned each month of cases open then; more, better and more often on time as years go by."""
    dice = world.dice("audits")
    held = world.allocations
    parts = []
    for first, last in zip(world.month_starts[:-1].tolist(), world.month_ends.tolist(), strict=True):
        day = first + 9
        rows = np.flatnonzero((held.start <= day) & (held.end > day))
        wanted = max(float(story.AUDITS.at(first)) * world.scale, 1.0)
        count = min(max(int(wanted + dice.normal(0, 1.2) + 0.5), 1), len(rows))
        chosen = np.sort(dice.choice(rows, count, replace=False)) if count else rows[:0]
        planned = first + dice.integers(9, 21, count)
        on_time = chance(dice, story.AUDITED_ON_TIME.at(planned), count)
        never = ~on_time & chance(dice, 0.25, count)
        soon = planned + (dice.random(count) * (last - planned + 1)).astype(np.int64)
        completed = np.where(on_time, soon, np.where(never, NEVER, last + 1 + some_days(dice, 22, count)))
        parts.append((chosen, planned, completed))
    chosen, planned, completed = (np.concatenate([part[column] for part in parts]) for column in range(3))
    order = np.lexsort((chosen, planned))
    chosen, planned, completed = chosen[order], planned[order], completed[order]
    team = held.team[chosen]
    quality = (
        story.AUDIT_GRADE.at(planned) + np.where(team == NEEDS_TEAM, NEEDS_EASE, 0.0) + dice.normal(0, 1, len(chosen))
    )
    case_type = world.plan_type(held.journey[chosen], planned)
    known = draw_recording_days(dice, completed, 0.12, 8.0)
    return Audits(
        held.person[chosen],
        held.worker[chosen],
        team,
        case_type,
        planned,
        completed,
        known,
        grade_work(quality),
        quality,
    )


def audit_tables(world: World) -> Iterator[Truth]:
    """The audits, their standards and actions. What an audit found is known once it is recorded as completed."""
    all_audits = audits(world)
    dice = world.dice("audit details")
    size = len(all_audits.planned)
    done = all_audits.completed < NEVER
    moderated = done & chance(dice, story.MODERATED.at(all_audits.completed), size)
    moderated_day = np.where(
        moderated, to_working_day(np.where(moderated, all_audits.completed, 0) + dice.integers(4, 24, size)), NEVER
    )
    agreed = chance(dice, story.MODERATION_AGREED.at(all_audits.completed), size)
    moved = np.clip(all_audits.grade + np.where(chance(dice, 0.75, size), 1, -1), 0, 3)
    moved = np.where(moved == all_audits.grade, np.where(all_audits.grade == 3, 2, 1), moved)
    moderation_known = np.maximum(draw_recording_days(dice, moderated_day, 0.05, 6.0), all_audits.known)
    yield Truth(
        "audits",
        {
            "audit_id": ids("AU", numbered(size), 5),
            "person_id": ids("P", all_audits.person + 1),
            "team": ids("T", all_audits.team, 2),
            "professional_id": ids("W", all_audits.worker, 4),
            "case_type": words(all_audits.case_type, PLAN_TYPES),
            "planned_date": dates(all_audits.planned),
            "completed_date": dates(all_audits.completed, all_audits.known),
            "grade": words(all_audits.grade, GRADES, all_audits.known),
            "moderated_date": dates(moderated_day, moderation_known),
            "moderated_grade": words(np.where(agreed, all_audits.grade, moved), GRADES, moderation_known),
            "family_feedback_flag": flags(
                chance(dice, story.FAMILY_IN_AUDIT.at(all_audits.planned), size), all_audits.known
            ),
        },
        all_audits.planned,
    )
    rows = np.flatnonzero(done)
    audit = np.repeat(rows, len(STANDARDS))
    standard = np.tile(np.argsort(np.array(STANDARDS)), len(rows))
    mark = all_audits.quality[audit] * 0.75 + STANDARD_EASE[standard] + dice.normal(0, 0.7, len(audit))
    columns = {
        "audit_id": ids("AU", audit + 1, 5),
        "standard": words(standard, STANDARDS),
        "grade": words(grade_work(mark), GRADES),
    }
    yield Truth("audit_standards", columns, all_audits.known[audit])
    yield _actions(dice, all_audits, rows)


def _actions(dice: Generator, all_audits: Audits, rows: Codes) -> Truth:
    count = np.maximum(all_audits.grade[rows] + dice.integers(-1, 2, len(rows)), 0)
    audit = np.repeat(rows, count)
    due = to_working_day(all_audits.completed[audit] + np.array([10, 20, 28])[pick(dice, len(audit), (2, 3, 5))])
    order = np.lexsort((audit, due))
    audit, due = audit[order], due[order]
    on_time = chance(dice, story.ACTIONS_ON_TIME.at(due), len(due))
    never = ~on_time & chance(dice, 0.2, len(due))
    closed = np.where(on_time, due - dice.integers(0, 8, len(due)), due + 2 + some_days(dice, 20, len(due)))
    closed = np.where(never, NEVER, closed)
    columns = {
        "action_id": ids("AC", numbered(len(due)), 5),
        "audit_id": ids("AU", audit + 1, 5),
        "due_date": dates(due),
        "closed_date": dates(closed, draw_recording_days(dice, closed, 0.15, 9.0)),
    }
    return Truth("audit_actions", columns, np.maximum(due, all_audits.known[audit]))


def feedback_table(world: World) -> Truth:
    """Conversations with families about the help they got."""
    dice = world.dice("feedback")
    held = world.allocations
    parts = []
    for first, last in zip(world.month_starts[:-1].tolist(), world.month_ends.tolist(), strict=True):
        rows = np.flatnonzero((held.start <= first) & (held.end > last))
        count = min(dice.poisson(float(story.FEEDBACK.at(first)) * world.scale), len(rows))
        chosen = dice.choice(rows, count, replace=False) if count else rows[:0]
        parts.append((held.person[chosen], np.sort(dice.integers(first, last + 1, count))))
    person, day = (np.concatenate([part[column] for part in parts]) for column in range(2))
    rating = np.where(chance(dice, story.POSITIVE_FEEDBACK.at(day), len(day)), 0, 1 + chance(dice, 0.4, len(day)))
    columns = {
        "feedback_id": ids("FB", numbered(len(day)), 5),
        "person_id": ids("P", person + 1),
        "feedback_date": dates(day),
        "rating": words(rating, ("positive", "mixed", "negative")),
    }
    return Truth("feedback", columns, draw_recording_days(dice, day, 0.1, 7.0))
