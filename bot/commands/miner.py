"""`/miner CANG`: one miner's sales, production and holdings, how much of its output it sold, and its latest stories."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.arguments import LISTED, Company, read_companies, read_words, unread
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.join import context
from bot.decisions.lines import BLANK, bold, joined, line, press, rows
from bot.decisions.names import titled
from bot.decisions.ratios import Ratio, ratio_words, ratios_of
from bot.decisions.sales import Sums, total
from bot.decisions.telling import headline, sale_lines, source_piece, when
from bot.decisions.wishes import MisreadError
from bot.errors import UsageError
from bot.model import Answer, Line, SalesQuery, StoredStory
from bot.speech import say, say_line, say_many
from extractors.model import Kind

_YEAR = timedelta(days=365)
_MONTHS, _SALES = 4, 3


def miner(desk: Desk, ask: Ask) -> Answer:
    """What is known of one miner, each figure with its source."""
    words = read_words(ask.args, forms=LISTED | {"size", "days"})
    if not words.rest:
        raise UsageError(say("Which miner? A name or a ticker is enough, such as {example}", example="/miner CANG"))
    known, *others = read_companies(desk, words.rest, "/miner")
    if others:
        raise MisreadError(say("{command} tells of one miner at a time", command="/miner"), f"/miner {known.key}")
    stories = {kind: desk.stories(SalesQuery(kind=kind, company=known.name, names=known.names)) for kind in Kind}
    if not any(stories.values()):
        return Answer((say_line("{miner}: no story is known of it yet", miner=bold(_title(known))),))
    sales, mined, held = stories[Kind.SALE], stories[Kind.PRODUCTION], stories[Kind.HOLDINGS]
    blocks = [
        [line(bold(_title(known)))],
        [*_holdings(desk, held), *_sold_in_a_year(desk, sales)],
        _output(desk, mined, sales),
        _latest(desk, sales),
        _moves(desk, [*stories[Kind.PURCHASE], *stories[Kind.TRANSFER]]),
    ]
    # What narrows a list has no say here: the figures are those of a year.
    blocks.append([left] if (left := unread(words.formed)) else [])
    lines = tuple(each for block in blocks if block for each in (BLANK, *block))[1:]
    return Answer(lines, rows([press(say("All its sales"), f"/sales {known.key}") if sales else None]))


def _title(known: Company) -> str:
    return titled(known.name, known.ticker)


def _holdings(desk: Desk, held: list[StoredStory]) -> list[Line]:
    """The last stated holdings."""
    stated = [
        (story.story.period.end, story.id, story, story.story.btc) for story in held if story.story.btc is not None and story.story.period
    ]
    if not stated:
        return []
    day, _, story, coins = max(stated)
    return [joined((say_line("Held {coins} on {day}", coins=bold(money.btc(coins)), day=money.day(day)), _source(desk, story)))]


def _sold_in_a_year(desk: Desk, sales: list[StoredStory]) -> list[Line]:
    since = (desk.now - _YEAR).date()
    year = [story for story in sales if story.story.period is None or story.story.period.end >= since]
    sums = total(year)
    if not sums.count:
        return []
    return [line(_sold(sums))]


def _sold(sums: Sums) -> str:
    """What was sold in a year; the dollars of all sales, or of those that state them."""
    # Translators: stands in the place of an amount, as in "Sold bitcoin for $3M".
    coins = money.btc(sums.btc) if sums.coins else say("bitcoin")
    dollars, n = money.usd(sums.usd), money.whole(sums.count)
    if not sums.usd:
        return say_many(
            "Sold {coins} in {n} sale of the last 365 days", "Sold {coins} in {n} sales of the last 365 days", sums.count, coins=coins, n=n
        )
    if sums.priced == sums.count:
        return say_many(
            "Sold {coins} for {dollars} in {n} sale of the last 365 days",
            "Sold {coins} for {dollars} in {n} sales of the last 365 days",
            sums.count,
            coins=coins,
            dollars=dollars,
            n=n,
        )
    return say_many(
        "Sold {coins}, {dollars} stated in {n} sale of the last 365 days",
        "Sold {coins}, {dollars} stated in {n} sales of the last 365 days",
        sums.count,
        coins=coins,
        dollars=dollars,
        n=n,
    )


def _output(desk: Desk, mined: list[StoredStory], sales: list[StoredStory]) -> list[Line]:
    """Output period by period, with what was sold in the same days."""
    lines = [joined((_mined(one), ratio_words(one), _source(desk, one.mined))) for one in ratios_of(mined, sales)[:_MONTHS]]
    return [line(bold(say("Mined and sold"))), *lines] if lines else []


def _mined(one: Ratio) -> str:
    return say("{period}: mined {coins}", period=money.period(one.days), coins=money.btc(one.coins))


def _latest(desk: Desk, sales: list[StoredStory]) -> list[Line]:
    lines: list[Line] = []
    facts = desk.facts(sales[:_SALES])
    for stored in sales[:_SALES]:
        lines += [BLANK, *sale_lines(stored, desk.sources(stored), context(stored, facts, desk.now))]
    return [line(bold(say("Latest sales"))), *lines[1:]] if lines else []


def _moves(desk: Desk, moves: list[StoredStory]) -> list[Line]:
    lines = [joined((headline(stored.story, desk.sources(stored)), when(stored), _source(desk, stored))) for stored in moves[:_SALES]]
    return [line(bold(say("Purchases and transfers"))), *lines] if lines else []


def _source(desk: Desk, stored: StoredStory) -> Line:
    sources = desk.sources(stored)
    return line(source_piece(sources[0])) if sources else ()
