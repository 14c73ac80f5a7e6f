"""What a digest says of its sales: whose they are, their sums, how many it leaves out and where those are listed, what is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo

from bot.decisions import moments, money
from bot.decisions.bounds import bounded
from bot.decisions.choice import Choice
from bot.decisions.figures import Figure, Standing
from bot.decisions.lines import bold, enumerated, headed, joined
from bot.decisions.sales import Sums, day_of
from bot.decisions.telling import company
from bot.model import Line, Piece, Source, StoredStory
from bot.speech import say, say_line, say_many
from extractors.model import Status, Story


def sales_title(choice: Choice) -> str:
    """`Sales reported`, with what the chat chose: `Sales reported, of 500 BTC or more, by Cango`."""
    size = say("of {coins} or more", coins=money.btc(choice.min_btc)) if choice.min_btc else None
    miners = say("by {miners}", miners=enumerated(sorted(choice.miners))) if choice.miners else None
    return enumerated((say("Sales reported"), size, miners))


def nothing(choice: Choice) -> str:
    """That no sale was reported, or none of those that the chat chose."""
    if choice.min_btc or choice.miners:
        return say("no sale such as chosen here was reported")
    return say("no sale by a miner was reported")


def sums_words(sums: Sums) -> str:
    """`2 completed sales, 5,001.03 BTC and $305M stated`."""
    if not sums.count:
        return say("no completed sale")
    sales = say_many("{n} completed sale", "{n} completed sales", sums.count, n=money.whole(sums.count))
    coins, dollars = money.btc(sums.btc), money.usd(sums.usd)
    if sums.btc and sums.usd:
        return say("{sales}, {coins} and {dollars} stated", sales=sales, coins=coins, dollars=dollars)
    if sums.usd:
        return say("{sales}, {dollars} stated", sales=sales, dollars=dollars)
    return say("{sales}, {coins}", sales=sales, coins=coins) if sums.btc else sales


def rest(stories: Sequence[StoredStory], since: datetime, until: datetime) -> str:
    """`and 5 smaller completed sales, 1 planned sale; all by day of sale: /sales 2d`.

    Of the sales that are not listed, at least one; the list that is named reaches back to them all.
    """
    statuses = Counter(stored.story.status for stored in stories)
    smaller, planned, rumoured = (statuses[status] for status in (Status.COMPLETED, Status.PLANNED, Status.RUMOURED))
    kinds = (
        say_many("{n} smaller completed sale", "{n} smaller completed sales", smaller, n=money.whole(smaller)) if smaller else None,
        say_many("{n} planned sale", "{n} planned sales", planned, n=money.whole(planned)) if planned else None,
        say_many("{n} rumoured sale", "{n} rumoured sales", rumoured, n=money.whole(rumoured)) if rumoured else None,
    )
    first = min(since.date(), *map(day_of, stories))
    command = f"/sales {(until.date() - first).days}d"
    return say("and {sales}; all by day of sale: {command}", sales=enumerated(kinds), command=command)


def planned(story: Story, ends: date, sources: Sequence[Source]) -> Line:
    """`Core Scientific (CORZ): planned sale of up to 2,500 BTC by 31 Mar 2026`."""
    miner, day = company(story), money.day(ends)
    if story.btc:
        coins = bounded(Piece(money.btc(story.btc)), "btc", story.btc, sources)
        return say_line("{miner}: planned sale of {coins} by {day}", miner=miner, coins=coins, day=day)
    return say_line("{miner}: planned sale by {day}", miner=miner, day=day)


def stale_line(now: Standing, zone: tzinfo = UTC) -> Line | None:
    """`Stale: difficulty, hashrate as of Sun 22 Nov 2026, 13:05 UTC`; None where nothing is."""
    names = {
        "difficulty": say("difficulty"),
        "hashrate": say("hashrate"),
        "price": say("price"),
        "hashprice": say("hashprice"),
        "puell": say("Puell multiple"),
    }
    old: dict[datetime, list[str]] = {}
    for name, words in names.items():
        if (figure := _figure(now, name)) and figure.stale:
            old.setdefault(figure.at, []).append(words)
    told = [
        say_line("{figures} as of {time}", figures=enumerated(figures), time=moments.at(at, now.now, zone)) for at, figures in old.items()
    ]
    return headed(say("Stale:"), joined(told)) if told else None


def without_marks(now: Standing) -> Standing:
    """The standing without marks of what is stale, where that is told apart."""
    names = ("height", "difficulty", "hashrate", "price", "hashprice", "puell")
    return replace(now, **{name: replace(figure, stale=False) for name in names if (figure := _figure(now, name))})  # type: ignore[arg-type]


def _figure(now: Standing, name: str) -> Figure | None:
    found: Figure | None = getattr(now, name)
    return found


def corrected_head(at: datetime, zone: tzinfo, *, words: bool, picture: bool, shares: bool) -> Line:
    """That a message was corrected, when, and what of it still reads as it did; without `words` of sales only its picture tells them."""
    gaps = {"corrected": bold(say("Corrected")), "time": moments.time(at, zone)}
    if not words:
        return say_line("{corrected} {time}: the picture and its sum still count a sale that no longer holds", **gaps)
    if picture and shares:
        return say_line(
            "{corrected} {time}: what is struck out no longer holds; the picture still counts it, other sales' shares are from before",
            **gaps,
        )
    if picture:
        return say_line("{corrected} {time}: what is struck out no longer holds; the picture still counts it", **gaps)
    if shares:
        return say_line("{corrected} {time}: what is struck out no longer holds; other sales' shares are from before", **gaps)
    return say_line("{corrected} {time}: what is struck out no longer holds", **gaps)
