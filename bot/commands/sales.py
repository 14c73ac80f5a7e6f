"""`/sales [miner] [30d] [>500] [by miner]`, in any order: who sold, how much, when, for how much, why, and where it was read.

Several miners may be named, and days of the calendar in the place of a span: `2026-01`, `yesterday`, `since 2026-01-15`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands.arguments import LISTED, Words, read_companies, read_words
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.join import context
from bot.decisions.lines import BLANK, bold, enumerated, line, press, rows
from bot.decisions.names import titled
from bot.decisions.pictures import sales_chart
from bot.decisions.sales import MinerSums, Sums, by_miner, day_of, page_of, total
from bot.decisions.telling import sale_lines, when
from bot.model import Answer, Button, Line, SalesQuery, StoredStory
from bot.speech import say, say_line, say_many
from extractors.model import Status

PAGE, MINERS_PAGE = 5, 10
_FLAGS = frozenset({"by-miner", "all", "any", "chart"})
_FORMS = LISTED | {"size", "days"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: the query, and the words that ask for it again; `alone` if nobody can ask for another page.

    `company` is what the miners are called that were asked for, `key` the least that names them.
    """

    query: SalesQuery
    words: Words
    company: str | None = None
    key: str | None = None
    alone: bool = False

    def command(self, *, page: int = 1, span: str | None = None, grouped: bool | None = None) -> str:
        """The command line of this list with something changed."""
        span = self.words.span or self.words.days if span is None else span
        grouped = self.query.by_miner if grouped is None else grouped
        least = f">{self.words.least.normalize():f}" if self.words.least is not None else None
        parts = ("/sales", self.key, span or None, least, "by miner" if grouped else None, f"p{page}" if page > 1 else None)
        return " ".join(part for part in parts if part)


def sales(desk: Desk, ask: Ask) -> Answer:
    """A page of sales, newest first, or of miners, most coins first, under the sums of them all."""
    wish = replace(_read(desk, ask), alone=ask.alone)
    days = wish.words.period(desk.now)
    found = [sale for sale in desk.stories(wish.query) if days is None or day_of(sale) <= days.end]
    if not found:
        return _nothing(wish, desk.now)
    if "chart" in wish.words.flags and (chart := sales_chart(found, desk.history, desk.now)):
        head, told = _head(wish, found, desk.now), money.btc(total(found).btc) in chart.caption
        words = head if told else [*head, BLANK, line(chart.caption)]  # the sum is not said twice
        return Answer(tuple(words), rows([press(say("One by one"), wish.command())]), chart)
    return _grouped(wish, found, desk.now) if wish.query.by_miner else _listed(desk, wish, found)


def _read(desk: Desk, ask: Ask) -> Wish:
    words = read_words(ask.args, _FLAGS, _FORMS)
    since, grouped = words.since(desk.now), "by-miner" in words.flags
    if not words.rest:
        return Wish(SalesQuery(since=since, min_btc=words.least, by_miner=grouped), words)
    companies = read_companies(desk, words.rest, "/sales")
    names = frozenset(name for company in companies for name in (company.name, *company.names))
    only = companies[0].name if len(companies) == 1 else None
    query = SalesQuery(company=only, names=names, since=since, min_btc=words.least, by_miner=grouped)
    return Wish(query, words, enumerated(company.name for company in companies), " ".join(company.key for company in companies))


# --- how it reads ----------------------------------------------------------------------------------------------------


def _listed(desk: Desk, wish: Wish, found: Sequence[StoredStory]) -> Answer:
    shown, page, pages = page_of(found, wish.words.page, PAGE)
    facts = desk.facts(shown)
    lines = _head(wish, found, desk.now)
    for stored in shown:
        lines += [BLANK, *sale_lines(stored, desk.sources(stored), context(stored, facts, desk.now), brief=True)]
    return Answer((*lines, *_foot(wish, page, pages)), _buttons(wish, page, pages))


def _grouped(wish: Wish, found: Sequence[StoredStory], now: datetime) -> Answer:
    groups = by_miner(found)
    shown, page, pages = page_of(groups, wish.words.page, MINERS_PAGE)
    lines = [*_head(wish, found, now), BLANK, *map(_group_line, shown)]
    return Answer((*lines, *_foot(wish, page, pages)), _buttons(wish, page, pages))


def _group_line(group: MinerSums) -> Line:
    name = titled(group.company, group.ticker)
    sums = say_many(
        "{amounts} in {n} sale, latest: {day}",
        "{amounts} in {n} sales, latest: {day}",
        group.sums.count,
        amounts=_amounts(group.sums),
        n=money.whole(group.sums.count),
        day=when(group.latest),
    )
    return say_line("{miner}: {sums}", miner=bold(name), sums=sums)


def _head(wish: Wish, found: Sequence[StoredStory], now: datetime) -> list[Line]:
    sums = total(found)
    counted, also = _counted(sums), enumerated(_left_out(found, sums))
    told = say("{counted}; not in the sum: {others}", counted=counted, others=also) if also else counted
    return [_title(wish, now), line(told)]


def _counted(sums: Sums) -> str:
    if not sums.count:
        return say("No completed sale")
    return say_many(
        "{n} completed sale: {amounts}",
        "{n} completed sales: {amounts}",
        sums.count,
        n=money.whole(sums.count),
        amounts=_amounts(sums),
    )


def _left_out(found: Sequence[StoredStory], sums: Sums) -> Iterator[str]:
    """What is listed and not in the sum: `2 planned`, `3 part of another`."""
    statuses = Counter(stored.story.status for stored in found)
    planned, rumoured, parts = statuses[Status.PLANNED], statuses[Status.RUMOURED], statuses[Status.COMPLETED] - sums.count
    if planned:
        yield say_many("{n} planned", "{n} planned", planned, n=money.whole(planned))
    if rumoured:
        yield say_many("{n} rumoured", "{n} rumoured", rumoured, n=money.whole(rumoured))
    if parts:
        # Translators: so many sales that another sale in the list contains already.
        yield say_many("{n} part of another", "{n} part of another", parts, n=money.whole(parts))


def _amounts(sums: Sums) -> str:
    """`5,001 BTC, $305M (dollars stated for 1 of 2)`."""
    coins, dollars = money.btc(sums.btc) if sums.coins else say("coins not stated"), money.usd(sums.usd)
    if not sums.priced:
        return say("{coins}, dollars not stated", coins=coins)
    if sums.priced == sums.count:
        return enumerated((coins, dollars))
    return say(
        "{coins}, {dollars} (dollars stated for {some} of {all})",
        coins=coins,
        dollars=dollars,
        some=money.whole(sums.priced),
        all=money.whole(sums.count),
    )


def _title(wish: Wish, now: datetime) -> Line:
    """`Bitcoin sales by miners, Cango, last 30 days, by day of sale, of 500 BTC or more`: a digest's are by day of report."""
    title, least = bold(say("Bitcoin sales by miners")), wish.words.least
    size = say("of {coins} or more", coins=money.btc(least)) if least is not None else None
    span = _days(wish, now) or _span(wish.words.span)
    scope = enumerated((wish.company, span, say("by day of sale") if span else None, size))
    return say_line("{title}, {scope}", title=title, scope=scope) if scope else line(title)


def _days(wish: Wish, now: datetime) -> str | None:
    """`Jan 2026`, `since 15 Jan 2026`."""
    days = wish.words.period(now)
    if days is None:
        return None
    return say("since {day}", day=money.day(days.start)) if (wish.words.days or "").startswith("since") else money.period(days)


def _span(span: str | None) -> str | None:
    """`last 30 days`, `last month`."""
    if span is None:
        return None
    number, unit = int(span[:-1]), span[-1]
    n = money.whole(number)
    match unit:
        case "d":
            return say("last day") if number == 1 else say_many("last {n} day", "last {n} days", number, n=n)
        case "w":
            return say("last week") if number == 1 else say_many("last {n} week", "last {n} weeks", number, n=n)
        case "m":
            return say("last month") if number == 1 else say_many("last {n} month", "last {n} months", number, n=n)
        case _:
            return say("last year") if number == 1 else say_many("last {n} year", "last {n} years", number, n=n)


def _foot(wish: Wish, page: int, pages: int) -> list[Line]:
    if pages == 1 or wish.alone:
        return []
    return [BLANK, line(say("Page {page} of {pages}", page=money.whole(page), pages=money.whole(pages)))]


def _nothing(wish: Wish, now: datetime) -> Answer:
    narrowed = wish.words.since(now) is not None or wish.words.least is not None
    widen = press(say("All sales"), "/sales") if wish.key or narrowed else None
    whole = press(say("All of {miner}", miner=wish.company or wish.key), f"/sales {wish.key}") if wish.key and narrowed else None
    return Answer((_title(wish, now), line(say("None is known here."))), rows([whole, widen]))


def _buttons(wish: Wish, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    grouped = wish.query.by_miner
    # Translators: the pages before and behind, with the miners that sold more coins, and fewer.
    more, fewer = say("« Larger sellers"), say("Smaller sellers »")
    newer = press(more if grouped else say("« Newer"), wish.command(page=page - 1)) if page > 1 else None
    older = press(fewer if grouped else say("Older »"), wish.command(page=page + 1)) if page < pages else None
    month = (
        press(say("All time"), wish.command(span="")) if wish.words.span == "30d" else press(say("Last 30 days"), wish.command(span="30d"))
    )
    group = press(say("One by one") if grouped else say("By miner"), wish.command(grouped=not grouped))
    chart = press(say("Chart"), f"{wish.command(grouped=False)} chart") if page == 1 else None
    return rows([newer, older], [month, None if wish.key else group, chart])
