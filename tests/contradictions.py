"""What may never stand beside each other, one function a pair. Each reads a visit, gives every two things that it held
beside each other, and says which of them contradict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from said_pages import (
    AMBITION,
    ASK,
    BETTER,
    CARD,
    CHANGE,
    FACTS,
    HEAD,
    MATRIX,
    MATRIX_ROW,
    RESTATED,
    ROW,
    YEARLY,
    Said,
    SaidPage,
    Visit,
    downloads_of,
    rows_of,
)

from improvement_board.declared.plan import Ambition
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import MONTHS, format_month
from improvement_board.figures.series import Series, TeamComparison
from improvement_board.page_models.models import IndicatorPage, KpiOutline, PlanPage


@dataclass(frozen=True)
class Beside:
    """Two things that stand beside each other, and whether one contradicts the other."""

    says: str
    beside: str
    contradicts: bool


Pair = Callable[[Visit], Iterator[Beside]]

FIGURE = r"−?[\d,]+(?:\.\d+)?(?:%| per 10,000| days)?"
MONTH = rf"(?:{'|'.join(MONTHS)}) \d{{4}}"
CLAIM = re.compile(
    rf"(?P<moved>rose to|fell to|stood at|stayed at|edged up to|edged down to) (?P<figure>{FIGURE})"
    rf"(?: \((?P<part>[\d,.]+) of (?P<whole>[\d,.]+)\))?"
    rf"(?: (?:from|against) (?:an average of|the) (?P<usual>{FIGURE}))?"
)
SINCE = re.compile(rf": (?:better|worse|higher|lower) since (?P<month>{MONTH})")
EARLIER = re.compile(
    rf"(?<!of )(?<![\d,.])(?P<figure>{FIGURE}) in (?P<month>{MONTH})"
    rf"(?: \((?P<read>{FIGURE}) as the last meeting read it\))?"
)
RECORD = re.compile(r"[Tt]arget met in (?P<met>\d+) of (?:the last )?(?P<told>\d+) months")
NEVER = re.compile(r"[Tt]arget not met in (?:the last |the )?(?P<told>\d+) months")
MET_SINCE = re.compile(rf"[Tt]arget met (?:since|from) (?P<month>{MONTH})")
LONG_MET = re.compile(rf"The target was met for (?P<months>\d+) months until (?P<month>{MONTH})")
STANDS_OUT = re.compile(rf"What is different in (?P<team>[^(]+) \((?P<figure>{FIGURE}|\d+ of \d+)")
THREE_MONTHS = re.compile(rf"The average of the last three months is (?P<recent>{FIGURE})")
RESTATED_FROM = re.compile(
    rf"(?P<month>{MONTH})(?: was restated|,| restated) from (?P<before>{FIGURE}) to (?P<now>{FIGURE})"
)
TALLY = re.compile(r"(\d+) (worse|moved|without real change|better|too few to say|not shown|not judged)\b(?! than)")
WORDS = {  # as a page says a verdict, and the verdict
    "better": r": better\b|\bBetter\b",
    "worse": r": worse\b|\bWorse\b",
    "moved": r": (?:higher|lower)\b|\b(?:Higher|Lower)\b",
    "no real change": r"\bno real change from\b|\bNo real change\b",
    "too few to say": r"\btoo few to say whether\b|\bToo few to say\b|; too few to say\b",
    "not shown": r"whether that is a change is not shown|\bNot shown\b",
}
JUDGED = frozenset({"worse", "better", "moved", "no real change"})
OF_MATRIX = {"Higher or lower": "moved"}
OF_CHANGE = {"Worse": "worse", "Better": "better", "Moved": "moved", "As before again": "no real change"}
OF_TALLY = {"without real change": "no real change"}
OF_CARD = {"partly better and partly worse": "mixed", "without real change": "no real change"}
MET = re.compile(r"\bmeeting the target\b|\b[Tt]arget met since\b|\bTarget always met\b")
MISSED = re.compile(r"\bmissing the target\b|\b[Tt]arget not met\b")
YEAR = 12
CLOSE = 1e-9


def better_beside_three_worse_months(visit: Visit) -> Iterator[Beside]:
    """ "Better" where all three latest months are worse than the same months a year before and than the month before
    them, which the last meeting read; and the other way round; and so of "higher" and "lower"."""
    for page, outline in _outlines(visit):
        series, side = _full(visit, outline), _side_told(visit, page, outline.series.definition.id)
        months = [end for end in series.period_ends if _value(series, end) is not None]
        if series.grain != "month" or not side or len(months) < 4:
            continue
        recent = [_value(series, end) for end in months[-3:]]
        others = [*(_value(series, _year_before(end)) for end in months[-3:]), *[_value(series, months[-4])] * 3]
        is_against = all(
            now is not None and then is not None and (now - then) * side < 0
            for now, then in zip([*recent, *recent], others, strict=True)
        )
        yield Beside(
            f"{side}: {outline.headline}", f"{recent}, a year before and at the last meeting {others}", is_against
        )


def met_beside_not_met(visit: Visit) -> Iterator[Beside]:
    """A target that is met in one sentence, mark, cell or change, and missed in another."""
    for kpi in _kpis(visit):
        told = [(said, _states(said)) for page in _pages_of_choice(visit) for said in page.of(kpi)]
        told = [(said, states) for said, states in told if states]
        for (said, states), (other, others) in pairwise(told):
            yield Beside(_quote(said), _quote(other), len(states | others) > 1)


def record_beside_its_months(visit: Visit) -> Iterator[Beside]:
    """ "Target met in 9 of 12", "not met", "since June" beside months that met it more or less often."""
    for page, outline in _outlines(visit):
        series = _full(visit, outline)
        if series.grain != "month" or series.latest is None:
            continue
        states = _met_by_month(series)
        year = [state for end, state in states.items() if _apart(end, series.period_ends[series.latest]) < YEAR]
        for said in page.of(series.definition.id):
            record, never, since = (pattern.search(said.words) for pattern in (RECORD, NEVER, MET_SINCE))
            if record:
                told = (int(record["met"]), int(record["told"]))
                yield Beside(_quote(said), f"met {sum(year)} of {len(year)}", told != (sum(year), len(year)))
            if never:
                yield Beside(
                    _quote(said), f"met {sum(year)} of {len(year)}", any(year) or int(never["told"]) != len(year)
                )
            if since:
                run = [state for end, state in states.items() if end >= _month_end(since["month"])]
                yield Beside(_quote(said), f"since then {run}", not run or not all(run))
            if said.part == MATRIX and year and said.words != "No target":
                column = "always" if all(year) else "at times" if any(year) else "not met"
                yield Beside(_quote(said), f"met {sum(year)} of {len(year)}", column not in said.words)


def target_met_cell_beside_the_page(visit: Visit) -> Iterator[Beside]:
    """A download's `target_met` of the latest month beside a sentence that says otherwise."""
    for page in visit.pages:
        for row in _latest_rows(page):
            states = {state for said in page.of(row["kpi"], HEAD, ROW) for state in _states(said)}
            cell = {"yes": "met", "no": "missed", "within tolerance": "missed"}.get(row["target_met"])
            if states and cell:
                yield Beside(str(states), f"target_met {row['target_met']}", states != {cell})


def two_latest_figures(visit: Visit) -> Iterator[Beside]:
    """Two figures of an indicator, in its claim, its card, a table or a chart, neither of which names its period."""
    for page, outline in _outlines(visit):
        series, title = outline.series, outline.series.definition.title
        index = series.latest
        if index is None or series.is_banded or is_few_at(series, index):
            continue
        for said in page.of(series.definition.id, ASK, BETTER, CARD, ROW, HEAD, YEARLY):
            shown = [claim["figure"] for claim in CLAIM.finditer(said.words)]
            beside_title = re.match(
                rf"{re.escape(title)} (?:C )?(?:{re.escape(title)}.*?)?(?P<figure>{FIGURE}) ", said.words
            )
            if said.part == CARD and beside_title:
                shown.append(beside_title["figure"])
            for figure in shown:
                yield Beside(_quote(said), f"latest {series.values[index]}", not _agrees(figure, series.values[index]))


def a_count_that_is_not_the_percentage(visit: Visit) -> Iterator[Beside]:
    """ "259 of 403" beside a percentage that it is not."""
    for page in visit.pages:
        for said in page.said:
            for claim in CLAIM.finditer(said.words):
                if claim["part"] and claim["figure"].endswith("%"):
                    part, whole = (float(claim[name].replace(",", "")) for name in ("part", "whole"))
                    yield Beside(_quote(said), f"{part} of {whole}", not _agrees(claim["figure"], 100 * part / whole))


def movement_against_its_figures(visit: Visit) -> Iterator[Beside]:
    """ "Rose to" a figure that lies below what it rose from; "better" where it moved the other way."""
    for page, outline in _outlines(visit):
        for said in page.of(outline.series.definition.id, ASK, BETTER, CARD, HEAD, ROW, CHANGE):
            for claim in CLAIM.finditer(said.words):
                if not claim["usual"] or claim["moved"] == "stood at":
                    continue
                moved = _number(claim["figure"]) - _number(claim["usual"])
                expected = 1 if claim["moved"] == "rose to" else -1
                yield Beside(_quote(said), f"{moved} apart", moved * expected <= 0)
                side = _side_told(visit, page, outline.series.definition.id) or expected
                yield Beside(_quote(said), f"verdict on the side {side}", side != expected)


def item_in_the_wrong_list(visit: Visit) -> Iterator[Beside]:
    """What is better among what to ask about; what is worse, or has only moved, among what got better."""
    for said in visit.plan.said:
        if said.part in (ASK, BETTER):
            allowed = {"better"} if said.part == BETTER else {"worse", "moved"}
            yield Beside(said.part, _quote(said), not _told(said) or not _told(said) <= allowed)


def nothing_is_worse_beside_one_that_is(visit: Visit) -> Iterator[Beside]:
    """ "No indicator … is worse", or better, beside one that is."""
    for word, part in (("worse", ASK), ("better", BETTER)):
        is_none = f"No indicator of which a verdict is shown is {word}" in visit.plan.text
        named = [said.kpi for said in visit.plan.said if said.part == MATRIX and said.under.lower() == word]
        yield Beside(f"no indicator {word}: {is_none}", f"{named} in the matrix", is_none and bool(named))
        listed = [said.kpi for said in visit.plan.said if said.part == part and word in _told(said)]
        yield Beside(f"{listed} in the list", f"{named} in the matrix", not set(listed) <= set(named))


def another_word_for_one_indicator(visit: Visit) -> Iterator[Beside]:
    """An indicator's verdict in another word on the plan, an ambition's, its own, the team's and the changes' page."""
    for kpi in _kpis(visit):
        told = [(page, said) for page in _pages_of_choice(visit) for said in page.of(kpi) if _told(said)]
        for (page, said), (other_page, other) in pairwise(told):
            words, others = _told(said), _told(other)
            yield Beside(f"{page.name}: {_quote(said)}", f"{other_page.name}: {_quote(other)}", len(words | others) > 1)


def another_word_in_the_download(visit: Visit) -> Iterator[Beside]:
    """A download's `verdict` in another word than its page says."""
    for page in visit.pages:
        for row in _latest_rows(page):
            told = {word for said in page.of(row["kpi"], HEAD, ROW) for word in _told(said)}
            if row["verdict"] and told:
                yield Beside(str(told), f"verdict {row['verdict']}", told != {row["verdict"]})


def another_word_in_another_role(visit: Visit) -> Iterator[Beside]:
    """A verdict, on an indicator or an ambition, that another role reads otherwise: it may only be not shown."""
    if visit.exact is None:
        return
    for kpi in _kpis(visit):
        exact, told = ({word for said in each.plan.of(kpi) for word in _told(said)} for each in (visit.exact, visit))
        if exact and told:
            yield Beside(
                f"analyst: {kpi} {exact}", f"{visit.look.viewer.role}: {told}", not told <= exact | {"not shown"}
            )
    for card, other in zip(_plan_page(visit.exact).cards, _plan_page(visit).cards, strict=True):
        differs = other.verdict.word not in (card.verdict.word, "not shown", "not judged")
        yield Beside(f"analyst: {card.id} {card.verdict.word}", other.verdict.word, differs)


def another_figure_in_another_role(visit: Visit) -> Iterator[Beside]:
    """A month's figure that another role reads otherwise."""
    if visit.exact is None:
        return
    exact = _of_plan(visit.exact)
    for outline in _plan_page(visit).outlines:
        series, theirs = outline.series, exact.get(outline.series.definition.id)
        if theirs is None or (series.grain, series.category) != (theirs.grain, theirs.category):
            continue
        for end, value in zip(series.period_ends, series.values, strict=True):
            known = _value(theirs, end)
            if value is not None and known is not None:
                yield Beside(f"{outline.headline}: {value} {end}", f"analyst: {known}", not _is_same(value, known))


def ambition_beside_its_indicators(visit: Visit) -> Iterator[Beside]:
    """An ambition's verdict that the words of its indicators do not make by the plan's rule, or that names as worse or
    better one that is not."""
    store, shown = visit.look.desk.store, visit.plan
    for ambition, card in zip(store.plan.ambition, _plan_page(visit).cards, strict=True):
        words = {planned.kpi: _word_of(shown, planned.kpi) for planned in ambition.kpi}
        verdict = _opening_of(shown, card.title)
        until = None if visit.frame.is_narrowed else ambition.verdict_until
        expected = _by_rule(ambition, words, store.plan.verdicts.ambition)
        if ambition.verdict and until and visit.frame.edition_day <= until:
            yield Beside(f"{card.title}: {verdict}", f"the plan: {ambition.verdict}", verdict != ambition.verdict)
        elif verdict == "not judged":
            yield Beside(f"{card.title}: {verdict}", f"{words}", bool(JUDGED.intersection(words.values())))
        elif verdict:
            yield Beside(f"{card.title}: {verdict}", f"{words}", verdict not in ("not shown", expected))
        for word, titles in (("worse", card.verdict.worse), ("better", card.verdict.better)):
            named = [store.definitions[kpi].title for kpi, said in words.items() if said == word]
            yield Beside(f"{card.title}: {word} {titles}", f"{named}", sorted(titles) != sorted(named))


def first_sentence_beside_the_ambitions(visit: Visit) -> Iterator[Beside]:
    """The plan's first sentence that counts the ambitions otherwise than the cards below it stand."""
    said = re.match(r"Of (\d+) ambitions?, (.*?)\.", visit.plan.text)
    if not said:
        return
    cards = Counter(card.verdict.word for card in _plan_page(visit).cards)
    told = {
        OF_CARD.get(label, label): int(many)
        for many, label in re.findall(r"(\d+) (?:is|are) ([a-z ]+?)(?=,| and \d|$)", said[2])
    }
    yield Beside(said[0], str(cards), told != dict(cards) or int(said[1]) != sum(cards.values()))


def counts_of_another(visit: Visit) -> Iterator[Beside]:
    """How many indicators are worse, better and unchanged, in the plan's line, the matrix and the cards."""
    words = Counter(_word_of(visit.plan, kpi) for kpi in _kpis_of_plan(visit))
    words.pop("", None)
    line = re.search(r"(?:of \d+ indicators?, )(?P<counts>[^.]*)\.", visit.plan.text)
    if line and _plan_page(visit).matrix:
        told = {OF_TALLY.get(label, label): int(many) for many, label in TALLY.findall(line["counts"])}
        told.pop("not judged", None)
        yield Beside(line[0], f"{dict(words)} in the matrix", told != dict(words))
    for said in visit.plan.said:
        if said.part == MATRIX_ROW:
            label = OF_MATRIX.get(said.under, said.under.lower())
            yield Beside(_quote(said), str(words), int(said.words.split()[0]) != words[label])


def another_month_than_chosen(visit: Visit) -> Iterator[Beside]:
    """A month after the last that is chosen, in a sentence, a mark, a question, a table."""
    last = visit.look.address.last or visit.frame.edition_day
    for page in _pages_of_choice(visit):
        for outline in page.outlines:
            ends = outline.series.period_ends
            yield Beside(outline.headline, f"up to {last}", any(end > last for end in ends))
        for said in page.said:
            for month in re.findall(rf"(?<!until )(?<!until \d )(?<!until \d\d ){MONTH}", said.words):
                yield Beside(_quote(said), f"up to {last}", _month_end(month) > last)


def another_team_than_chosen(visit: Visit) -> Iterator[Beside]:
    """A figure or a sentence of another team than the one chosen, or of the whole service, without saying so."""
    chosen = visit.look.address.team
    others = {record.team for record in visit.look.desk.store.teams} - {chosen}
    for page in _pages_of_choice(visit):
        says_whole = any("the whole service is shown" in notice for notice in getattr(page.shown, "notices", ()))
        for outline in page.outlines:
            yield Beside(outline.headline, f"team {chosen}", outline.series.team != chosen and not says_whole)
        for said in page.said if chosen else ():
            named = [team for team in others if re.search(rf"\b{re.escape(team)}: ", said.words)]
            yield Beside(_quote(said), f"team {chosen}", bool(named))


def another_edition_than_chosen(visit: Visit) -> Iterator[Beside]:
    """A page of one edition under the heading of another."""
    name = visit.look.desk.store.name
    asked, is_latest = visit.look.address.edition, str(name) == visit.look.shelf.served[0]
    says_earlier = visit.heading.startswith(("As presented", "An earlier edition"))
    yield Beside(visit.heading, f"edition {name}, asked {asked}", asked not in (None, str(name)))
    yield Beside(visit.heading, f"edition {name}", f"figures to {format_month(name.day)}" not in visit.heading)
    yield Beside(visit.heading, f"edition {name}", says_earlier == is_latest)


def changes_of_the_service_on_a_narrowed_page(visit: Visit) -> Iterator[Beside]:
    """What changed in the whole service up to the edition's month, told of a team or of earlier months; or told without
    saying of what it is."""
    told = [said for said in visit.plan.said if said.part == CHANGE and said.under != "Data caveat"]
    if visit.frame.is_narrowed:
        for said in visit.changes.said:
            yield Beside(_quote(said), "narrowed plan page", said.words in [each.words for each in told])
    for page in (visit.plan, visit.changes):
        of = f"whole service, up to {format_month(visit.frame.edition_day)}"
        if "What changed since" in page.text:
            yield Beside(page.name, of, re.search(rf"What changed since [^:]*: {of}", page.text) is None)


def number_of_changes_beside_their_list(visit: Visit) -> Iterator[Beside]:
    """ "All 23 changes" beside a page that lists more or fewer; "nothing changed" beside one that did."""
    said = re.search(r"All (\d+) changes, by ambition|The change on a page of its own", visit.plan.text)
    listed = len(visit.changes.said)
    told = 0 if not said else int(said[1] or 1)
    yield Beside(f"{told} changes", f"{listed} on their page", told != listed)
    if "no target newly met or missed, no figure restated" in visit.plan.text:
        kinds = {each.under for each in visit.changes.said}
        yield Beside("nothing else changed", str(kinds), bool(kinds & {"Target met", "Target missed", RESTATED}))


def earlier_figure_of_no_edition(visit: Visit) -> Iterator[Beside]:
    """A figure of an earlier month, or one "as the last meeting read it", that is not that month's, or was not in the
    edition that the meeting read."""
    for page, outline in _outlines(visit):
        series, read = _full(visit, outline), _read_before(visit, outline)
        if series.is_banded:
            continue
        for said in page.of(series.definition.id, FACTS):
            for earlier in EARLIER.finditer(said.words):
                end = _month_end(earlier["month"])
                known = _value(series, end)
                yield Beside(_quote(said), f"{known}", not _agrees(earlier["figure"], known))
                if earlier["read"] and visit.before:
                    yield Beside(_quote(said), f"edition before: {read}", not _agrees(earlier["read"], read))
                elif said.under != HEAD and read is not None and end == _previous_day(visit):
                    yield Beside(_quote(said), f"edition before: {read}", not _agrees(earlier["figure"], read))


def since_a_month_that_it_is_not(visit: Visit) -> Iterator[Beside]:
    """ "Since June" where a month since then lies back on the other side of what it is held against."""
    for page, outline in _outlines(visit):
        series, verdict = _full(visit, outline), outline.series.verdict
        if verdict is None or verdict.baseline is None or verdict.baseline.season or series.definition.seasonal:
            continue
        for said in page.of(series.definition.id, ASK, BETTER, HEAD):
            since = SINCE.search(said.words)
            side = _side_told(visit, page, outline.series.definition.id)
            if since and side:
                run = [_value(series, end) for end in series.period_ends if end >= _month_end(since["month"])]
                apart = [(value - verdict.baseline.mean) * side for value in run if value is not None]
                yield Beside(_quote(said), f"{apart} from {verdict.baseline.mean}", not apart or min(apart) <= 0)


def average_that_its_months_are_not(visit: Visit) -> Iterator[Beside]:
    """ "The average of the last three months is 82%" beside three months of another average."""
    for page, outline in _outlines(visit):
        series = _full(visit, outline)
        said = THREE_MONTHS.search(page.text) if isinstance(page.shown, IndicatorPage) else None
        if said and not series.definition.seasonal:
            last = [value for value in series.values if value is not None][-3:]
            yield Beside(said[0], str(last), not _agrees(said["recent"], sum(last) / 3))


def team_that_does_not_stand_out(visit: Visit) -> Iterator[Beside]:
    """ "What is different in East (45%)?" where the indicator's page shows a team beyond it, another figure of it, or
    East within its limits; "no single team explains it" where one is beyond them."""
    for said in visit.plan.said:
        page = visit.indicator(said.kpi) if said.part == ASK else None
        teams = page.shown.teams if page and isinstance(page.shown, IndicatorPage) else None
        outline = page.outlines[0] if page and page.outlines else None
        if page is None or outline is None:
            continue
        named, side = STANDS_OUT.search(said.words), _side_told(visit, page, outline.series.definition.id)
        beyond = _teams_beyond(teams, side)
        if named:
            worst = [
                team for team, value in beyond.items() if value * side == max(other * side for other in beyond.values())
            ]
            is_worst = named["team"] in worst and _agrees(named["figure"], beyond[named["team"]])
            yield Beside(_quote(said), f"beyond their limits {beyond}", not is_worst)
        if "No single team explains it" in said.words:
            yield Beside(_quote(said), f"beyond their limits {beyond}", bool(beyond))


def team_figure_without_its_period(visit: Visit) -> Iterator[Beside]:
    """A team's figure of twelve months in a question, where the team's own page shows another of its latest month."""
    for said in visit.plan.said:
        page = visit.indicator(said.kpi) if said.part == ASK else None
        named = STANDS_OUT.search(said.words)
        if page and named and isinstance(page.shown, IndicatorPage):
            own = next(each for each in page.shown.team_series if each.team == named["team"])
            period = re.search(r"\d+ months to", said.words[named.end() :])
            is_same = _agrees(named["figure"], own.latest_value)
            yield Beside(_quote(said), f"latest {own.latest_value}", not is_same and period is None)


def target_long_met_that_was_not(visit: Visit) -> Iterator[Beside]:
    """ "The target was met for 8 months until July" where it was not, or is met now."""
    for page, outline in _outlines(visit):
        series = _full(visit, outline)
        for said in page.of(series.definition.id, ASK):
            asked = LONG_MET.search(said.words)
            if asked:
                states, turned = _met_by_month(series), _month_end(asked["month"])
                before = [state for end, state in states.items() if end < turned][-int(asked["months"]) :]
                after = [state for end, state in states.items() if end >= turned]
                yield Beside(_quote(said), f"{before}, then {after}", not all(before) or any(after))


def new_though_it_was_said_before(visit: Visit) -> Iterator[Beside]:
    """ "New" on an item of which the edition before said the same; none on one of which it said another thing."""
    if visit.before is None or visit.frame.is_narrowed:
        return
    for said in visit.plan.said:
        if said.part not in (ASK, BETTER):
            continue
        then = _word_of(visit.before.plan, said.kpi)
        before = next((each for each in visit.before.plan.outlines if each.series.definition.id == said.kpi), None)
        now = next(each for each in visit.plan.outlines if each.series.definition.id == said.kpi)
        if then and then != "not shown" and before and before.series.verdict and now.series.verdict:
            is_same = (then, before.series.verdict.side) == (next(iter(_told(said))), now.series.verdict.side)
            is_new = said.words.partition(":")[2].lstrip().startswith("New ") or " New " in said.words
            yield Beside(_quote(said), f"the edition before: {then}", is_new == is_same)


def restated_from_what_was_not_said(visit: Visit) -> Iterator[Beside]:
    """ "Restated from 78% to 75%" where the edition before did not say 78%, or the page does not say 75%."""
    if visit.before is None:
        return
    whole, before = _of_plan(visit.plain or visit), _of_plan(visit.before)
    for page in (visit.plan, visit.changes):
        for said in page.said:
            restated = RESTATED_FROM.search(said.words)
            if not restated or said.kpi not in whole or said.kpi not in before:
                continue
            end = _month_end(restated["month"])
            then, now = _value(before[said.kpi], end), _value(whole[said.kpi], end)
            is_said = _agrees(restated["before"], then) and _agrees(restated["now"], now)
            yield Beside(_quote(said), f"then {then}, now {now}", not is_said)


def earlier_edition_beside_the_figures(visit: Visit) -> Iterator[Beside]:
    """ "Figure now" of an earlier edition's month that is not the figure of that month."""
    for page in visit.of_indicators:
        for said in page.shown.earlier if isinstance(page.shown, IndicatorPage) else ():
            service = _of_plan(visit.plain or visit).get(page.name)
            known = _value(service, said.period_end) if service else None
            is_same = not known if said.now is None else _is_same(said.now, known)  # nothing, or no event, is no figure
            yield Beside(f"{page.name}: {said.edition} {said.period_end} now {said.now}", f"{known}", not is_same)


def side_of_england_beside_the_figures(visit: Visit) -> Iterator[Beside]:
    """ "2 better than England" in the plan's line beside distances from England that are worse."""
    distances = [said.under.partition("; ")[2] for said in visit.plan.said if said.part == YEARLY]
    told = Counter(side for distance in distances for side in ("better", "worse") if distance.endswith(side))
    line = visit.plan.text.partition(" The ambitions ")[0]
    counts = {side: int(many) for many, side in re.findall(r"(\d+) (better|worse) than England", line)}
    if distances:
        yield Beside(line, f"{dict(told)} in the table", counts != dict(told))


def year_before_beside_the_figures(visit: Visit) -> Iterator[Beside]:
    """ "Up on the year before" beside a change on the year before that is down."""
    for outline in _plan_page(visit).outlines:
        for said in visit.plan.of(outline.series.definition.id, YEARLY):
            moved = re.search(r", (up|down) .* on the year before", outline.headline)
            sign = {"+": "up", "−": "down"}.get(said.under[:1], "")
            yield Beside(outline.headline, _quote(said), (moved[1] if moved else "") != sign)


PAIRS: tuple[Pair, ...] = (
    better_beside_three_worse_months,
    met_beside_not_met,
    record_beside_its_months,
    target_met_cell_beside_the_page,
    two_latest_figures,
    a_count_that_is_not_the_percentage,
    movement_against_its_figures,
    item_in_the_wrong_list,
    nothing_is_worse_beside_one_that_is,
    another_word_for_one_indicator,
    another_word_in_the_download,
    another_word_in_another_role,
    another_figure_in_another_role,
    ambition_beside_its_indicators,
    first_sentence_beside_the_ambitions,
    counts_of_another,
    another_month_than_chosen,
    another_team_than_chosen,
    another_edition_than_chosen,
    changes_of_the_service_on_a_narrowed_page,
    number_of_changes_beside_their_list,
    earlier_figure_of_no_edition,
    since_a_month_that_it_is_not,
    average_that_its_months_are_not,
    team_that_does_not_stand_out,
    team_figure_without_its_period,
    target_long_met_that_was_not,
    new_though_it_was_said_before,
    restated_from_what_was_not_said,
    earlier_edition_beside_the_figures,
    side_of_england_beside_the_figures,
    year_before_beside_the_figures,
)


def _plan_page(visit: Visit) -> PlanPage:
    assert isinstance(visit.plan.shown, PlanPage)
    return visit.plan.shown


def _pages_of_choice(visit: Visit) -> Sequence[SaidPage]:
    """The pages that follow what is chosen: where it narrows, that of the changes does not, and says so."""
    return [page for page in visit.pages if page is not visit.changes or not visit.frame.is_narrowed]


def _outlines(visit: Visit) -> Iterator[tuple[SaidPage, KpiOutline]]:
    """Each indicator that each page shows, once a page."""
    for page in visit.pages:
        yield from ((page, outline) for outline in {each.series.definition.id: each for each in page.outlines}.values())


def _kpis_of_plan(visit: Visit) -> list[str]:
    return [outline.series.definition.id for outline in _plan_page(visit).outlines]


def _kpis(visit: Visit) -> list[str]:
    """The indicators that every page is of: with a team chosen, those that have a figure of it."""
    return _kpis_of_plan(visit)


def _full(visit: Visit, outline: KpiOutline) -> Series:
    """The series from its first month on, whichever a page begins with."""
    plain = visit.plain if visit.plain and visit.look.address.team is None and not visit.look.address.last else visit
    if outline.series.level == "service" and outline.series.category is None:
        return _of_plan(plain).get(outline.series.definition.id, outline.series)
    return outline.series.uncut or outline.series


def _of_plan(visit: Visit) -> dict[str, Series]:
    """The series of the plan page, by indicator."""
    return {outline.series.definition.id: outline.series for outline in _plan_page(visit).outlines}


def _read_before(visit: Visit, outline: KpiOutline) -> float | None:
    """What the edition before said of its own month, of the whole service."""
    if visit.before is None or visit.frame.is_narrowed:
        return None
    series, day = _of_plan(visit.before).get(outline.series.definition.id), _previous_day(visit)
    return _value(series, day) if series and day and series.unit == outline.series.unit else None


def _previous_day(visit: Visit) -> date | None:
    return date.fromisoformat(visit.frame.previous[:10]) if visit.frame.previous else None


def _side_told(visit: Visit, page: SaidPage, kpi: str) -> int:
    """Which way the page says that an indicator moved: 1 up, -1 down, 0 where it does not say so."""
    definition, planned = visit.look.desk.store.definitions[kpi], visit.look.desk.store.plan.planned(kpi)
    watched = {"high": -1, "low": 1}.get((planned and planned.watch) or "", 0)
    good = {"higher": 1, "lower": -1}.get(definition.better, watched)
    sides = {"higher": 1, "lower": -1, "better": good, "worse": -good}
    for said in page.of(kpi, ASK, BETTER, CARD, HEAD, ROW, CHANGE):
        claim = re.search(r" (?:from|against) (?:an average of|the) .*?: (higher|lower|better|worse)\b", said.words)
        if claim:
            return sides[claim[1]]
    return 0


def _told(said: Said) -> set[str]:
    """The verdicts that a part of a page says, in the words of downloads."""
    if said.part == MATRIX:
        return {OF_MATRIX.get(said.under, said.under.lower())}
    if said.part == CHANGE:
        return {OF_CHANGE[said.under]} if said.under in OF_CHANGE else set()
    return {word for word, pattern in WORDS.items() if re.search(pattern, said.words)}


def _word_of(page: SaidPage, kpi: str) -> str:
    """The verdict on an indicator in the matrix; empty where it bears none."""
    return next((word for said in page.of(kpi, MATRIX) for word in _told(said)), "")


def _states(said: Said) -> set[str]:
    """Whether a part of a page says that the target is met, or missed, now."""
    if said.under == RESTATED:  # of another month
        return set()
    text = f"{said.under} {said.words}"
    states = {state for state, pattern in (("met", MET), ("missed", MISSED)) if pattern.search(text)}
    if said.part == CHANGE:
        states |= {"met"} if said.under == "Target met" else {"missed"} if said.under == "Target missed" else set()
    return states


def _opening_of(page: SaidPage, title: str) -> str:
    """The verdict that an ambition's card opens with; empty where it bears none."""
    said = next(said.words for said in page.said if said.part == AMBITION and said.under == title)
    label = re.split(r"[:.]", said)[0].lower()
    return OF_CARD.get(label, label)


def _by_rule(ambition: Ambition, words: dict[str, str], rule: str) -> str:
    """The verdict that the words of its indicators make of an ambition, by the plan's rule."""
    leads = {planned.kpi for planned in ambition.leads} if rule == "leads" else set()
    decided = {word for kpi, word in words.items() if kpi in leads and word in ("worse", "better")}
    decided = decided or {word for word in words.values() if word in ("worse", "better")}
    return "mixed" if len(decided) > 1 else next(iter(decided), "no real change")


def _teams_beyond(teams: TeamComparison | None, side: int) -> dict[str, float]:
    """The teams beyond their limits on a side, with their figures."""
    outside = "above" if side == 1 else "below"
    return {dot.team: dot.value or 0.0 for dot in teams.dots if dot.outside == outside} if teams else {}


def _latest_rows(page: SaidPage) -> Iterator[dict[str, str]]:
    """The row of the latest figure of each indicator in a page's download."""
    latest: dict[str, dict[str, str]] = {}
    for download in downloads_of(page):
        for row in rows_of(download):
            if "verdict" in row and row["value"]:
                latest[row["kpi"]] = dict(row)
    yield from latest.values()


def _met_by_month(series: Series) -> dict[date, bool]:
    """Whether each month with a figure and a target met it."""
    sign = 1 if series.definition.better == "higher" else -1
    return {
        end: (value - target) * sign >= -CLOSE
        for index, (end, value, target) in enumerate(
            zip(series.period_ends, series.values, series.targets, strict=True)
        )
        if value is not None and target is not None and not is_few_at(series, index)
    }


def _value(series: Series, end: date | None) -> float | None:
    return series.values[series.period_ends.index(end)] if end in series.period_ends else None


def _month_end(month: str) -> date:
    name, year = month.split()
    following = int(year) * YEAR + MONTHS.index(name) + 1
    return date.fromordinal(date(following // YEAR, following % YEAR + 1, 1).toordinal() - 1)


def _year_before(end: date) -> date:
    return _month_end(f"{MONTHS[end.month - 1]} {end.year - 1}")


def _apart(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * YEAR + later.month - earlier.month


def _number(figure: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.−]", "", figure.split(" ", maxsplit=1)[0]).replace("−", "-"))


def _agrees(figure: str, value: float | None) -> bool:
    """Whether a figure as it is written is a value, rounded; "3 of 7" is not compared."""
    if value is None or " of " in figure:
        return value is not None
    decimals = re.search(r"\.(\d+)", figure)
    places = len(decimals[1]) if decimals else 0
    return abs(float(_number(figure)) - value) <= 0.5 * 10**-places + 1e-6


def _is_same(value: float, other: float | None) -> bool:
    return other is not None and abs(value - other) <= CLOSE * max(abs(value), 1.0)


def _quote(said: Said) -> str:
    return f"{said.part} {said.kpi}{f' ({said.under})' if said.under else ''}: {said.words}"
