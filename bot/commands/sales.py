"""`/sales [miner] [30d] [>500] [by miner]`, in any order: who sold, how much, when, for how much, why, and where it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.arguments import Words, read_miner, read_words
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.join import context
from bot.decisions.lines import BLANK, bold, line, press, rows
from bot.decisions.names import names_of, short_key
from bot.decisions.pictures import sales_chart
from bot.decisions.sales import MinerSums, Sums, by_miner, page_of, total
from bot.decisions.telling import sale_lines
from bot.decisions.wishes import MisreadError
from bot.model import Answer, Button, Line, SalesQuery, StoredStory
from extractors.model import Status

PAGE, MINERS_PAGE = 5, 10
_FLAGS = frozenset({"by-miner", "all", "chart"})
_SPANS = {"d": "day", "w": "week", "m": "month", "y": "year"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: the query, and the words that ask for it again."""

    query: SalesQuery
    words: Words
    company: str | None = None
    key: str | None = None

    def command(self, *, page: int = 1, span: str | None = None, grouped: bool | None = None) -> str:
        """The command line of this list with something changed."""
        span = self.words.span if span is None else span
        grouped = self.query.by_miner if grouped is None else grouped
        least = f">{self.words.least.normalize():f}" if self.words.least is not None else None
        parts = ("/sales", self.key, span or None, least, "by miner" if grouped else None, f"p{page}" if page > 1 else None)
        return " ".join(part for part in parts if part)


def sales(desk: Desk, ask: Ask) -> Answer:
    """A page of sales, newest first, or of miners, most coins first, under the sums of them all."""
    wish = _read(desk, ask)
    found = desk.stories(wish.query)
    if not found:
        return _nothing(wish)
    if "chart" in wish.words.flags and (chart := sales_chart(found, desk.history, desk.now)):
        return Answer((*_head(wish, found), BLANK, line(chart.caption)), rows([press("One by one", wish.command())]), chart)
    return _grouped(wish, found) if wish.query.by_miner else _listed(desk, wish, found)


def _read(desk: Desk, ask: Ask) -> Wish:
    words = read_words(ask.args, _FLAGS)
    since, grouped = words.since(desk.now), "by-miner" in words.flags
    if not words.rest:
        return Wish(SalesQuery(since=since, min_btc=words.least, by_miner=grouped), words)
    try:
        miner = read_miner(words.rest, "/sales")
    except MisreadError:
        # A miner that no registry knows may still have been told of.
        name = " ".join(words.rest)
        if not desk.stories(SalesQuery(company=name)):
            raise
        return Wish(SalesQuery(company=name, since=since, min_btc=words.least, by_miner=grouped), words, name, name)
    query = SalesQuery(company=miner.name, names=names_of(miner), since=since, min_btc=words.least, by_miner=grouped)
    return Wish(query, words, miner.name, short_key(miner))


# --- how it reads ----------------------------------------------------------------------------------------------------


def _listed(desk: Desk, wish: Wish, found: Sequence[StoredStory]) -> Answer:
    shown, page, pages = page_of(found, wish.words.page, PAGE)
    facts = desk.facts(shown)
    lines = _head(wish, found)
    for stored in shown:
        lines += [BLANK, *sale_lines(stored, desk.sources(stored), context(stored, facts, desk.now), brief=True)]
    return Answer((*lines, *_foot(page, pages)), _buttons(wish, page, pages))


def _grouped(wish: Wish, found: Sequence[StoredStory]) -> Answer:
    groups = by_miner(found)
    shown, page, pages = page_of(groups, wish.words.page, MINERS_PAGE)
    lines = [*_head(wish, found), BLANK, *map(_group_line, shown)]
    return Answer((*lines, *_foot(page, pages)), _buttons(wish, page, pages))


def _group_line(group: MinerSums) -> Line:
    name = f"{group.company} ({group.ticker})" if group.ticker else group.company
    return line(bold(name), f": {_amounts(group.sums)} in {money.count(group.sums.count, 'sale')}, last {money.day(group.last)}")


def _head(wish: Wish, found: Sequence[StoredStory]) -> list[Line]:
    sums = total(found)
    counted = f"{money.count(sums.count, 'completed sale')}: {_amounts(sums)}" if sums.count else "No completed sale"
    statuses = Counter(stored.story.status for stored in found)
    others = {
        "planned": statuses[Status.PLANNED],
        "rumoured": statuses[Status.RUMOURED],
        "part of another": statuses[Status.COMPLETED] - sums.count,
    }
    also = ", ".join(f"{number} {what}" for what, number in others.items() if number)
    return [line(bold("Bitcoin sales by miners"), _scope(wish)), line(counted, f"; not in the sum: {also}" if also else "")]


def _amounts(sums: Sums) -> str:
    """`5,001 BTC, $305M (dollars stated for 1 of 2)`."""
    coins = money.btc(sums.btc) if sums.coins else "coins not stated"
    if not sums.priced:
        return f"{coins}, dollars not stated"
    partly = f" (dollars stated for {sums.priced} of {sums.count})" if sums.priced < sums.count else ""
    return f"{coins}, {money.usd(sums.usd)}{partly}"


def _scope(wish: Wish) -> str:
    """`, Cango, last 30 days, of 500 BTC or more`."""
    parts = [wish.company, _span(wish.words.span), f"of {money.btc(wish.words.least)} or more" if wish.words.least is not None else None]
    return "".join(f", {part}" for part in parts if part)


def _span(span: str | None) -> str | None:
    if span is None:
        return None
    number, unit = int(span[:-1]), _SPANS[span[-1]]
    return f"last {money.count(number, unit)}" if number != 1 else f"last {unit}"


def _foot(page: int, pages: int) -> list[Line]:
    return [BLANK, line(f"Page {page} of {pages}")] if pages > 1 else []


def _nothing(wish: Wish) -> Answer:
    lines = (line(bold("Bitcoin sales by miners"), _scope(wish)), line("None is known here."))
    widen = press("All sales", "/sales") if wish.key or wish.words.span or wish.words.least is not None else None
    whole = (
        press(f"All of {wish.company}", f"/sales {wish.key}") if wish.key and (wish.words.span or wish.words.least is not None) else None
    )
    return Answer(lines, rows([whole, widen]))


def _buttons(wish: Wish, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    newer = press("« Newer" if not wish.query.by_miner else "« More", wish.command(page=page - 1)) if page > 1 else None
    older = press("Older »" if not wish.query.by_miner else "Fewer »", wish.command(page=page + 1)) if page < pages else None
    month = press("Last 30 days", wish.command(span="30d")) if wish.words.span != "30d" else press("All time", wish.command(span=""))
    group = press("One by one", wish.command(grouped=False)) if wish.query.by_miner else press("By miner", wish.command(grouped=True))
    chart = press("Chart", f"{wish.command(grouped=False)} chart") if page == 1 else None
    return rows([newer, older], [month, None if wish.key else group, chart])
