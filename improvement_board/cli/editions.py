"""`improvement-board editions`: which there are, what differs between two, and withdrawing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from improvement_board.cli.options import HOME_OPTION, home_of, says_what_is_wrong

if TYPE_CHECKING:
    from improvement_board.building.compare import Comparison, Difference

SHOWN_OF_A_KPI = 5


@click.group()
def editions() -> None:
    """List, compare and withdraw the editions of a data home."""


@editions.command(name="list")
@HOME_OPTION
@says_what_is_wrong
def list_command(data: Path | None) -> None:
    """List every edition, the latest first: when published, how many KPIs, by which version, and its state.

    served: what the dashboard opens; earlier: may be chosen there; replaced by a later revision; withdrawn; damaged.
    """
    from improvement_board.building.listing import left_behind, list_editions

    home = home_of(data)
    listed = list_editions(home)
    rows = [("edition", "published", "KPIs", "software", "state")]
    for edition in listed:
        published = f"{edition.published:%Y-%m-%d %H:%M} UTC" if edition.published else "-"
        state = f"{edition.state} {edition.said}".strip() if edition.state != "damaged" else f"damaged: {edition.said}"
        rows.append(
            (
                edition.name,
                published,
                str(edition.kpis) if edition.kpis is not None else "-",
                edition.software or "-",
                state,
            )
        )
    if listed:
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            click.echo("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]))
    else:
        click.echo(f"{home.editions} holds no edition.")
    dead = left_behind(home)
    if dead:
        said = "A build that died left a folder" if dead == 1 else f"Builds that died left {dead} folders"
        click.echo(f"{said} behind; the next build clears up.")


@editions.command()
@click.argument("old")
@click.argument("new")
@HOME_OPTION
@click.option("--kpi", "kpis", multiple=True, help="A KPI; may be given several times. Default: all.")
@click.option(
    "--level",
    type=click.Choice(["service", "team", "worker"]),
    default="team",
    show_default=True,
    help="How far down: the service alone (with its categories), each team too, or each worker too.",
)
@click.option("-o", "out", type=click.Path(path_type=Path, dir_okay=False), help="A CSV of every difference to write.")
@says_what_is_wrong
def compare(old: str, new: str, data: Path | None, kpis: tuple[str, ...], level: str, out: Path | None) -> None:
    """Say which figures differ between the editions OLD and NEW, and by how much."""
    from improvement_board.building.compare import LEVELS, compare_editions, comparison_csv
    from improvement_board.building.listing import folder_of
    from improvement_board.common.files import write_whole

    home = home_of(data)
    chosen = next(known_level for known_level in LEVELS if known_level == level)
    comparison = compare_editions(folder_of(home, old), folder_of(home, new), kpis, chosen)
    if out is not None:
        write_whole(out, comparison_csv(comparison))
    for line in comparison_lines(comparison):
        click.echo(line)
    if out is not None:
        click.echo(f"Wrote {out}")


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """How many figures differ, then each KPI of which some do, with those that changed most."""
    count = {
        kind: sum(difference.kind == kind for difference in comparison.differences)
        for kind in ("changed", "new", "vanished")
    }
    yield (
        f"{comparison.old} to {comparison.new}: {count['changed']} figures changed, {count['vanished']} vanished, "
        f"{count['new']} are new."
    )
    for kpi, title in comparison.titles.items():
        redefined, differing = comparison.redefined[kpi], comparison.of(kpi)
        kinds = [difference.kind for difference in differing]
        said = [f"{kinds.count(kind)} {kind}" for kind in ("changed", "vanished", "new") if kind in kinds]
        said += ["its definition changed"] if redefined else []
        said += ["in one of the editions only"] if redefined is None else []
        if said:
            yield f"{title} ({kpi}): {', '.join(said)}"
            yield from _largest(differing)


def _largest(differing: tuple[Difference, ...]) -> Iterator[str]:
    from improvement_board.figures.formats import format_apart, format_value

    moved = [difference for difference in differing if difference.kind != "new"]
    moved.sort(
        key=lambda difference: -abs(difference.difference) if difference.difference is not None else float("-inf")
    )
    for difference in moved[:SHOWN_OF_A_KPI]:
        old, new = difference.old, difference.new
        if old and new and difference.difference is not None and old.value is not None and new.value is not None:
            before, now = format_apart([old.value, new.value], old.unit)
            change = f"{before} to {now} ({difference.difference:+.6g})"
        else:
            figures = [format_value(each.value, each.unit) if each else "no figure" for each in (old, new)]
            change = " to ".join(figures)
        yield f"    {difference.key.period_end} {difference.key.words()}: {change}"
    if len(moved) > SHOWN_OF_A_KPI:
        yield f"    and {len(moved) - SHOWN_OF_A_KPI} more"


@editions.command()
@click.argument("name")
@click.option("--reason", default="", help="Why: shown to whoever opens its address.")
@click.option("--undo", is_flag=True, help="Take the withdrawal back.")
@HOME_OPTION
@says_what_is_wrong
def withdraw(name: str, reason: str, undo: bool, data: Path | None) -> None:
    """Withdraw the edition NAME.

    It is kept, marked with the reason and the time, and no longer shown: the dashboard serves the one before it.
    """
    from improvement_board.building.listing import folder_of
    from improvement_board.editions.shelf import read_shelf
    from improvement_board.editions.withdrawal import restore
    from improvement_board.editions.withdrawal import withdraw as withdraw_edition

    if undo == bool(reason.strip()):
        raise click.UsageError("give --reason, or --undo to take a withdrawal back")
    home = home_of(data)
    folder = folder_of(home, name)
    if undo:
        restore(folder)
        click.echo(f"The withdrawal of {name} is taken back.")
    else:
        withdraw_edition(folder, reason)
        click.echo(f"Withdrew {name}.")
    served = list(read_shelf(home).latest)
    if served:
        click.echo(f"The latest edition is {served[-1]}.")
    else:
        click.echo("It was the only edition: the dashboard now has none to show.", err=True)
