"""How a story is told: one sentence of who did what, then its days and price, its purpose, its context and its sources.

What was only planned or rumoured says so in its verb. Stated figures stand as stated; what we worked out is said with
"about". Every story ends with where it was read, and with the command that shows the words behind each figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from bot.decisions import money
from bot.decisions.join import Context
from bot.decisions.lines import bold, joined, line
from bot.decisions.sales import implied, reported_at
from bot.model import Line, Piece, Source, StoredStory
from extractors.model import Difference, Kind, Period, Purpose, Status, Story

PURPOSES: Mapping[Purpose, str] = {
    Purpose.DEBT_REPAYMENT: "debt repayment",
    Purpose.OPERATING_COSTS: "operating costs",
    Purpose.CAPEX_GROWTH: "growth",
    Purpose.AI_HPC: "AI and HPC",
    Purpose.BALANCE_SHEET: "balance sheet",
    Purpose.ACQUISITION: "an acquisition",
    Purpose.MARKET_TIMING: "market timing",
    Purpose.FORCED: "forced sale",
    Purpose.SHAREHOLDER_RETURNS: "shareholder returns",
}

_VERBS: Mapping[tuple[Kind, Status], str] = {
    (Kind.SALE, Status.COMPLETED): "sold",
    (Kind.SALE, Status.PLANNED): "plans to sell",
    (Kind.SALE, Status.RUMOURED): "is said to have sold",
    (Kind.PURCHASE, Status.COMPLETED): "bought",
    (Kind.PURCHASE, Status.PLANNED): "plans to buy",
    (Kind.PURCHASE, Status.RUMOURED): "is said to have bought",
    (Kind.TRANSFER, Status.COMPLETED): "moved",
    (Kind.TRANSFER, Status.PLANNED): "plans to move",
    (Kind.TRANSFER, Status.RUMOURED): "is said to have moved",
}
_FIELDS = {"btc": "coins", "usd": "dollars", "price_usd": "price", "period": "dates", "status": "status", "purposes": "purpose"}
_MOST_SOURCES = 3


def company(story: Story) -> str:
    """`Cango (CANG)`; `MARA` alone, whose ticker is its name."""
    return f"{story.company} ({story.ticker})" if story.ticker and story.ticker != story.company else story.company


def headline(story: Story) -> Line:
    """Who did what: "Cango (CANG) sold 4,451 BTC for $305M in USDT"."""
    verb = _VERBS.get((story.kind, story.status)) or ("mined" if story.kind is Kind.PRODUCTION else "held")
    doubt = " (not confirmed)" if story.status is Status.RUMOURED else ""
    return line(bold(company(story)), f" {verb} ", *_amount(story), doubt)


def _amount(story: Story) -> Line:
    """Coins and dollars as stated; whatever one of them is missing is not made up."""
    settled = f" in {story.settlement}" if story.settlement and story.usd else ""
    if story.btc is None:
        return line(bold(money.usd(story.usd)), f" of bitcoin{settled}") if story.usd is not None else line("bitcoin, amount not stated")
    if story.usd is None:
        return line(bold(money.btc(story.btc)))
    between = " for " if story.kind in (Kind.SALE, Kind.PURCHASE) else ", worth "
    return line(bold(money.btc(story.btc)), between, bold(money.usd(story.usd)), settled)


def when(stored: StoredStory) -> str:
    """The story's own days, or when it was reported if it tells none."""
    story = stored.story
    if story.period:
        days = money.period(story.period)
        return f"by {money.day(story.period.end)}" if story.status is Status.PLANNED else days
    return f"reported {money.day((reported_at(story) or stored.found_at).date())}"


def price_words(story: Story) -> str | None:
    """`about $68.5k a coin` from the two amounts; a stated price stands beside it where it reads differently, or alone."""
    worked_out = implied(story)
    if worked_out is None:
        return f"{money.price(story.price_usd)} a coin" if story.price_usd is not None else None
    about = f"about {money.coin_price(worked_out)} a coin"
    if story.price_usd is None or money.coin_price(story.price_usd) == money.coin_price(worked_out):
        return about
    return f"{about}, stated as {money.price(story.price_usd)}"


def purpose_words(story: Story) -> str | None:
    """`debt repayment, balance sheet`."""
    return ", ".join(PURPOSES[purpose] for purpose in story.purposes) or None


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
        headline(story),
        joined((when(stored), price_words(story), market)),
        line(f"Purpose: {purpose}") if purpose else None,
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
    span = f"{money.coin_price(context.market.low)} to {money.coin_price(context.market.high)}"
    return f"market {span}" if context.market.fits else f"outside the market's {span}"


def own_words(context: Context) -> list[str]:
    """What the sale is to the miner, each share with the figure it rests on."""
    words: list[str] = []
    held, mined = context.held.story if context.held else None, context.mined.story if context.mined else None
    if held and held.btc and held.period and context.held_share is not None:
        words.append(f"{money.share(context.held_share, Decimal(1))} of the {money.btc(held.btc)} it held on {money.day(held.period.end)}")
    if mined and mined.btc and mined.period and context.mined_share is not None:
        words.append(f"{money.share(context.mined_share, Decimal(1))} of the {money.btc(mined.btc)} it mined in the same days")
    elif mined and mined.period and context.mined_days is not None:
        words.append(f"{money.days(context.mined_days)} of its mining at the pace of {money.period(mined.period)}")
    return words


def wide_words(context: Context) -> list[str]:
    """What the sale is to the network and the sector."""
    words: list[str] = []
    if context.issuance_days is not None and context.issuance_days >= Decimal("0.1"):
        words.append(f"{money.days(context.issuance_days)} of network issuance")
    if context.month_share is not None:
        words.append(f"{money.share(context.month_share, Decimal(1))} of the coins sold in 30 days ({context.month_sales} sales)")
    return words


# --- sources ---------------------------------------------------------------------------------------------------------


def outlet(source: Source) -> str:
    """The name of the feed, else of the host, that a source came from."""
    host = (urlsplit(source.link).hostname or "") if source.link else ""
    return source.feed or host.removeprefix("www.") or "an article"


def source_piece(source: Source) -> Piece:
    """The outlet's name, linked to the article."""
    return Piece(outlet(source), link=source.link)


def source_line(sources: Sequence[Source]) -> Line:
    """`Sources: TheMinerMag, Yellow, Protos and 2 more`, each outlet once, the primary source first."""
    outlets = {outlet(source): source for source in reversed(sources)}
    named = [source_piece(source) for source in reversed(outlets.values())]
    rest = len(named) - _MOST_SOURCES
    label = "Source: " if len(named) == 1 else "Sources: "
    more = f" and {rest} more" if rest > 0 else ""
    return line(label, joined(named[:_MOST_SOURCES], ", "), more) if named else ()


def differ_line(differ: Sequence[Difference]) -> Line | None:
    """Where the articles disagree: "Outlets differ on coins: 4,451 BTC or 4,450 BTC"."""
    parts = [
        f"{_FIELDS.get(each.field, each.field)}: {' or '.join(_shown(each.field, value) for value, _ in each.values)}" for each in differ
    ]
    return line(f"Outlets differ on {'; '.join(parts)}") if parts else None


def corrected_line(stored: StoredStory) -> Line | None:
    """What the story said before it was corrected: "Corrected Mon 9 Feb 2026, 14:00 UTC: 4,415 BTC before"; None if it never was."""
    wrong = [one for one in stored.corrected if _shown(one.field, one.before) != _figure(stored.story, one.field)]
    if not wrong:
        return None
    before = ", ".join(f"{_shown(one.field, one.before)}{' a coin' if one.field == 'price_usd' else ''}" for one in wrong)
    return line(bold("Corrected"), f" {money.moment(wrong[-1].at, UTC)}: {before} before")


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
