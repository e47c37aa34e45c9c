"""Times many viewers who change a filter at the same instant: our ambition's page beside the bare page of six charts.

    python bench/crowd.py [--viewers 50] [--reps 5]

Each viewer is a websocket that speaks Streamlit's own messages, without a browser: a time is from asking to the end
of the run that answers. All viewers of one page ask at once, then all of the other, turn and turn about, so that the
ratios hold although other work shares the machine. Each goes to another team than before; the first round warms the
servers and is not kept. Needs requirements-dev.txt; serves the data home that IMPROVEMENT_BOARD_DATA names, else the
demonstration council's. Raises ValueError where a run draws fewer charts than the page has.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from compared import AMBITION, BARE_CHARTS, Compared, bare_and_ours, compare_on
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Origin, Subprotocol
from websockets.asyncio.client import ClientConnection, connect

from improvement_board.declared.home import default_home

AIM = 0.40
PATIENCE_S = 120


@dataclass
class Viewer:
    """Somebody at a page, over one websocket."""

    socket: ClientConnection
    least_charts: int
    team: str = ""
    widget: str = ""
    page_hash: str = ""

    def message(self, team: str) -> BackMsg:
        """What a browser sends that chooses a team; without one, that opens the page."""
        raise NotImplementedError

    def charts_in(self, answer: ForwardMsg) -> int:
        """How many charts an answer draws."""
        raise NotImplementedError

    async def choose(self, team: str) -> float:
        """Seconds until the run that shows a team has ended."""
        self.team = team
        began, charts = time.perf_counter(), 0
        await self.socket.send(self.message(team).SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE_S))
            charts += self.charts_in(answer)
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = answer.new_session.page_script_hash
            if kind == "script_finished":
                break
        if charts < self.least_charts:
            raise ValueError(f"{charts} charts of {self.least_charts} were drawn for {team or 'all teams'}")
        return time.perf_counter() - began


class BareViewer(Viewer):
    """A viewer of the bare page, who chooses a team in its list."""

    def message(self, team: str) -> BackMsg:
        """As the list says it to the server."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page_hash
        if team:
            message.rerun_script.widget_states.widgets.add(id=self.widget, string_value=team)
        return message

    def charts_in(self, answer: ForwardMsg) -> int:
        """Each Plotly chart; the list's name is noted on the way."""
        element = answer.delta.new_element
        if element.WhichOneof("type") == "selectbox":
            self.widget = element.selectbox.id
        return int(element.WhichOneof("type") == "plotly_chart")


class OurViewer(Viewer):
    """A viewer of our ambition's page, who chooses a team by its address."""

    def message(self, team: str) -> BackMsg:
        """As a browser says that the address has changed."""
        message = BackMsg()
        message.rerun_script.page_name = AMBITION
        message.rerun_script.query_string = urlencode({"team": team}) if team else ""
        return message

    def charts_in(self, answer: ForwardMsg) -> int:
        """Each chart of its HTML."""
        element = answer.delta.new_element
        return element.html.body.count("data-chart=") if element.WhichOneof("type") == "html" else 0


@dataclass
class Crowd:
    """The viewers of one page, and for each round the seconds of every viewer."""

    viewers: Sequence[Viewer]
    rounds: list[list[float]] = field(default_factory=list)

    async def change_at_once(self, teams: Sequence[str], dice: random.Random) -> None:
        """Every viewer goes to another team, all at the same instant."""
        chosen = [dice.choice([team for team in teams if team != viewer.team]) for viewer in self.viewers]
        asked = [viewer.choose(team) for viewer, team in zip(self.viewers, chosen, strict=True)]
        self.rounds.append(list(await asyncio.gather(*asked)))


async def gather_crowd(address: str, make: Callable[[ClientConnection], Viewer], count: int) -> Crowd:
    """Open a page for so many viewers."""
    viewers = []
    for _ in range(count):
        socket = await connect(
            f"ws{address.removeprefix('http')}/_stcore/stream",
            origin=Origin(address),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
        )
        viewer = make(socket)
        await viewer.choose("")
        viewers.append(viewer)
    return Crowd(viewers)


async def measure(bare_address: str, our_address: str, known: Compared, count: int, reps: int) -> tuple[Crowd, Crowd]:
    """Both crowds, in turn; the first round is not kept."""
    dice = random.Random(1)
    bare = await gather_crowd(bare_address, lambda socket: BareViewer(socket, BARE_CHARTS), count)
    ours = await gather_crowd(our_address, lambda socket: OurViewer(socket, known.charts), count)
    for turn in range(-1, reps):
        for crowd in (bare, ours) if turn % 2 else (ours, bare):
            await crowd.change_at_once(known.teams, dice)
        if turn < 0:
            bare.rounds, ours.rounds = [], []
    for viewer in (*bare.viewers, *ours.viewers):
        await viewer.socket.close()
    return bare, ours


def table(bare: Crowd, ours: Crowd) -> str:
    """The results as a Markdown table: the viewer in the middle, and the last one."""
    lines = [
        "| viewers who choose a team at once | bare page, s | ambition, s | ratio | aim |",
        "|---|---|---|---|---|",
    ]
    for title, of_round, aim in (("the viewer in the middle", median, AIM), ("the last viewer", max, None)):
        of_bare, of_ours = (median(map(of_round, crowd.rounds)) for crowd in (bare, ours))
        wanted = f"≤ {aim:.2f}" if aim else ""
        row = f"{len(ours.viewers)}: {title} | {of_bare:.2f} | {of_ours:.2f} | {of_ours / of_bare:.2f}"
        lines.append(f"| {row} | {wanted} |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=50, help="of each page (default 50)")
    parser.add_argument("--reps", type=int, default=5, help="rounds after one that warms up (default 5)")
    asked = parser.parse_args()
    home = default_home()
    known = compare_on(home)
    with bare_and_ours(home, known) as addresses:
        bare, ours = asyncio.run(measure(*addresses, known, asked.viewers, asked.reps))
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    print(f"{asked.reps} rounds; load average at the end {load} on {os.cpu_count()} cores\n\n{table(bare, ours)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
