"""How a story is told: one sentence of who did what, then its days and price, its purpose, its context and its sources.

What was only planned or rumoured says so in its verb. Stated figures stand as stated; what we worked out is said with
"about". Every story ends with where it was read, and with the command that shows the words behind each figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo
from decimal import Decimal, InvalidOperation
from functools import reduce
from urllib.parse import urlsplit

from bot.decisions import moments, money
from bot.decisions.bounds import bounded
from bot.decisions.join import Context
from bot.decisions.lines import bold, enumerated, in_turn, joined, line, listed
from bot.decisions.names import titled
from bot.decisions.sales import implied, reported_at
from bot.model import Correction, Line, Piece, Source, StoredStory
from bot.speech import marked, say, say_line, say_many
from extractors.model import Difference, Kind, Period, Purpose, Status, Story

_PURPOSES: Mapping[Purpose, str] = {
    Purpose.DEBT_REPAYMENT: marked("debt repayment"),
    Purpose.OPERATING_COSTS: marked("operating costs"),
    Purpose.CAPEX_GROWTH: marked("growth"),
    Purpose.AI_HPC: marked("AI and HPC"),
    Purpose.BALANCE_SHEET: marked("balance sheet"),
    Purpose.ACQUISITION: marked("an acquisition"),
    Purpose.MARKET_TIMING: marked("market timing"),
    Purpose.FORCED: marked("forced sale"),
    Purpose.SHAREHOLDER_RETURNS: marked("shareholder returns"),
}

_DEEDS: Mapping[tuple[Kind, Status], str] = {
    (Kind.SALE, Status.COMPLETED): marked("{miner} sold {amount}"),
    (Kind.SALE, Status.PLANNED): marked("{miner} plans to sell {amount}"),
    (Kind.SALE, Status.RUMOURED): marked("{miner} is said to have sold {amount} (not confirmed)"),
    (Kind.PURCHASE, Status.COMPLETED): marked("{miner} bought {amount}"),
    (Kind.PURCHASE, Status.PLANNED): marked("{miner} plans to buy {amount}"),
    (Kind.PURCHASE, Status.RUMOURED): marked("{miner} is said to have bought {amount} (not confirmed)"),
    (Kind.TRANSFER, Status.COMPLETED): marked("{miner} moved {amount}"),
    (Kind.TRANSFER, Status.PLANNED): marked("{miner} plans to move {amount}"),
    (Kind.TRANSFER, Status.RUMOURED): marked("{miner} is said to have moved {amount} (not confirmed)"),
    (Kind.PRODUCTION, Status.RUMOURED): marked("{miner} mined {amount} (not confirmed)"),
    (Kind.HOLDINGS, Status.RUMOURED): marked("{miner} held {amount} (not confirmed)"),
}
_FIELDS = {
    "btc": marked("coins: {figures}"),
    "usd": marked("dollars: {figures}"),
    "price_usd": marked("price: {figures}"),
    "period": marked("dates: {figures}"),
    "settlement": marked("settlement: {figures}"),
}
_MOST_SOURCES = 3


def company(story: Story) -> str:
    """The miner as its story names it: `Cango (CANG)`."""
    return titled(story.company, story.ticker)


def headline(story: Story, sources: Sequence[Source] = ()) -> Line:
    """Who did what: "Cango (CANG) sold 4,451 BTC for $305M in USDT"; of a plan with what its sources say before the figures, "up to"."""
    otherwise = marked("{miner} mined {amount}") if story.kind is Kind.PRODUCTION else marked("{miner} held {amount}")
    deed = _DEEDS.get((story.kind, story.status), otherwise)
    return say_line(deed, miner=bold(company(story)), amount=_amount(story, sources if story.status is Status.PLANNED else ()))


def _amount(story: Story, sources: Sequence[Source]) -> Line:
    """Coins and dollars as stated; whatever one of them is missing is not made up."""
    coins = bounded(bold(money.btc(story.btc)), "btc", story.btc, sources) if story.btc is not None else None
    dollars = bounded(bold(money.usd(story.usd)), "usd", story.usd, sources) if story.usd is not None else None
    settled = story.settlement if story.usd else None
    if dollars is None:
        return line(coins) if coins else line(say("bitcoin, amount not stated"))
    if coins is None:
        if settled:
            return say_line("{dollars} of bitcoin in {settlement}", dollars=dollars, settlement=settled)
        return say_line("{dollars} of bitcoin", dollars=dollars)
    return _traded(coins, dollars, settled) if story.kind in (Kind.SALE, Kind.PURCHASE) else _worth(coins, dollars, settled)


def _traded(coins: Line, dollars: Line, settled: str | None) -> Line:
    if settled:
        return say_line("{coins} for {dollars} in {settlement}", coins=coins, dollars=dollars, settlement=settled)
    return say_line("{coins} for {dollars}", coins=coins, dollars=dollars)


def _worth(coins: Line, dollars: Line, settled: str | None) -> Line:
    if settled:
        return say_line("{coins}, worth {dollars} in {settlement}", coins=coins, dollars=dollars, settlement=settled)
    return say_line("{coins}, worth {dollars}", coins=coins, dollars=dollars)


def when(stored: StoredStory) -> str:
    """The story's own days, or when it was reported if it tells none."""
    story = stored.story
    if story.period is None:
        return say("reported {day}", day=money.day((reported_at(story) or stored.found_at).date()))
    if story.status is Status.PLANNED:
        return say("by {day}", day=money.day(story.period.end))
    return money.period(story.period)


def price_words(story: Story) -> str | None:
    """`about $68.5k a coin` from the two amounts; a stated price stands beside it where it reads differently, or alone."""
    worked_out = implied(story)
    if worked_out is None:
        return say("{price} a coin", price=money.price(story.price_usd)) if story.price_usd is not None else None
    about = money.coin_price(worked_out)
    if story.price_usd is None or money.coin_price(story.price_usd) == about:
        return say("about {price} a coin", price=about)
    return say("about {price} a coin, stated as {stated}", price=about, stated=money.price(story.price_usd))


def purpose_words(story: Story) -> str | None:
    """`debt repayment, balance sheet`."""
    return enumerated(say(_PURPOSES[purpose]) for purpose in story.purposes) or None


# --- a sale in full --------------------------------------------------------------------------------------------------


def sale_lines(
    stored: StoredStory, sources: Sequence[Source], context: Context | None = None, *, marked: bool = False, brief: bool = False
) -> list[Line]:
    """A sale as a few lines, the last with its sources; `marked` adds the miner's hashtag for a channel's search.

    Brief: of the context only how the price stands to the market, for lists.
    """
    story, purpose = stored.story, purpose_words(stored.story)
    wider = None if brief else context
    market = market_words(context) if context else None
    lines = [
        headline(story, sources),
        joined((when(stored), price_words(story), market)),
        line(say("Purpose: {purpose}", purpose=purpose)) if purpose else None,
        joined(own_words(wider)) if wider else None,
        joined(wide_words(wider)) if wider else None,
        differ_line(story.differ),
        joined((source_line(sources), f"/why_{stored.id}", hashtag(story) if marked else None)),
    ]
    return [each for each in lines if each]


def hashtag(story: Story) -> str | None:
    """`#CANG`, by which a channel finds all posts of a miner."""
    tag = "".join(char for char in story.ticker or story.company if char.isalnum())
    return f"#{tag}" if tag and not tag.isdigit() else None


def market_words(context: Context) -> str | None:
    """The market's range over the days of the sale, and whether the price lies in it."""
    if context.market is None:
        return None
    low, high = money.coin_price(context.market.low), money.coin_price(context.market.high)
    if context.market.fits:
        return say("market {low} to {high}", low=low, high=high)
    return say("outside the market's {low} to {high}", low=low, high=high)


def own_words(context: Context) -> list[str]:
    """What the sale is to the miner, each share with the figure it rests on."""
    words: list[str] = []
    held, mined = context.held.story if context.held else None, context.mined.story if context.mined else None
    if held and held.btc and held.period and context.held_share is not None:
        share, day = money.share(context.held_share, Decimal(1)), money.day(held.period.end)
        words.append(say("{share} of the {coins} it held on {day}", share=share, coins=money.btc(held.btc), day=day))
    if mined and mined.btc and mined.period and context.mined_share is not None:
        share = money.share(context.mined_share, Decimal(1))
        words.append(say("{share} of the {coins} it mined in the same days", share=share, coins=money.btc(mined.btc)))
    elif mined and mined.period and context.mined_days is not None:
        days, period = money.days(context.mined_days), money.period(mined.period)
        words.append(say("{days} of its mining at the pace of {period}", days=days, period=period))
    return words


def wide_words(context: Context) -> list[str]:
    """What the sale is to the network and the sector."""
    words: list[str] = []
    if context.issuance_days is not None and context.issuance_days >= Decimal("0.1"):
        words.append(say("{days} of network issuance", days=money.days(context.issuance_days)))
    if context.month_share is not None and context.month_end is not None:
        words.append(_month_words(money.share(context.month_share, Decimal(1)), context.month_sales, context.month_end))
    return words


def _month_words(share: str, sales: int, end: date) -> str:
    return say_many(
        "{share} of the coins of the {n} sale reported in the 30 days to {day}",
        "{share} of the coins of the {n} sales reported in the 30 days to {day}",
        sales,
        share=share,
        n=money.whole(sales),
        day=money.day(end),
    )


# --- sources ---------------------------------------------------------------------------------------------------------


def outlet(source: Source) -> str:
    """The name of the feed, else of the host, that a source came from."""
    host = (urlsplit(source.link).hostname or "") if source.link else ""
    return source.feed or host.removeprefix("www.") or say("an article")


def source_piece(source: Source) -> Piece:
    """The outlet's name, linked to the article."""
    return Piece(outlet(source), link=source.link)


def source_line(sources: Sequence[Source]) -> Line:
    """`Sources: TheMinerMag, Business Wire (primary), Protos and 2 more`: each outlet once, in the order in which they came.

    So whoever is named stays where they were when more outlets tell the story; a primary source is never among those only counted.
    """
    outlets: dict[str, Source] = {}
    for source in sorted(sources, key=came):
        known = outlets.setdefault(outlet(source), source)
        if source.primary and not known.primary:
            outlets[outlet(source)] = source
    first = sorted(outlets.values(), key=lambda source: not source.primary)[:_MOST_SOURCES]
    named = [named_source(source) for source in outlets.values() if source in first]
    if len(named) < 2:
        return say_line("Source: {source}", source=named[0]) if named else ()
    rest = len(outlets) - len(named)
    if rest > 0:
        return say_line("Sources: {sources} and {n} more", sources=listed(named), n=money.whole(rest))
    return say_line("Sources: {sources}", sources=listed(named))


def came(source: Source) -> tuple[tuple[bool, float], ...]:
    """The order in which articles came: by when they were seen, else published; what is not known comes last."""
    return tuple((at is None, at.timestamp() if at else 0.0) for at in (source.seen_at, source.published))


def named_source(source: Source) -> Line:
    """The outlet's name with its link, marked if it is a primary source."""
    # Translators: an outlet that is a primary source: a filing, or the miner's own release.
    return say_line("{source} (primary)", source=source_piece(source)) if source.primary else (source_piece(source),)


def differ_line(differ: Sequence[Difference]) -> Line | None:
    """Where the articles disagree: "Outlets differ on coins: 4,451 BTC or 4,450 BTC"."""
    parts = [_differing(each) for each in differ]
    return line(say("Outlets differ on {parts}", parts=in_turn(parts))) if parts else None


def _differing(differ: Difference) -> str:
    """`coins: 4,451 BTC or 4,450 BTC`."""
    values = (_shown(differ.field, value) for value, _ in differ.values)
    figures = reduce(lambda told, value: say("{told} or {next}", told=told, next=value), values)
    label = _FIELDS.get(differ.field)
    return say(label, figures=figures) if label else figures


def corrected_line(stored: StoredStory, zone: tzinfo = UTC) -> Line | None:
    """What the story said before it was corrected: "Corrected Mon 9 Feb 2026, 14:00 UTC: 4,415 BTC before"; None if it never was."""
    wrong = [one for one in stored.corrected if _shown(one.field, one.before) != _figure(stored.story, one.field)]
    if not wrong:
        return None
    before, at = enumerated(_before(one) for one in wrong), moments.time(wrong[-1].at, zone)
    return say_line("{corrected} {time}: {figures} before", corrected=bold(say("Corrected")), time=at, figures=before)


def _before(one: Correction) -> str:
    shown = _shown(one.field, one.before)
    return say("{price} a coin", price=shown) if one.field == "price_usd" else shown


def _figure(story: Story, field: str) -> str | None:
    """The present figure of a field, printed as `_shown` prints the former one."""
    if field == "period":
        return money.period(story.period) if story.period else None
    amount = getattr(story, field, None)
    return _shown(field, str(amount)) if amount is not None else None


def _shown(field: str, value: str) -> str:
    """A figure as the merge keeps it, in print; dates are kept as "2026-02-07/2026-02-08"."""
    printers = {"btc": money.btc, "usd": money.usd, "price_usd": money.price}
    try:
        if field == "period":
            return money.period(Period(*map(date.fromisoformat, value.split("/"))))
        return printers[field](Decimal(value)) if field in printers else value
    except (InvalidOperation, ValueError, TypeError):
        return value
