"""How much of its output each miner sold: the output of a period, and the sales that lie within the same days.

Output is told by month, mostly weeks after; so a miner is shown with the newest period that it told, if that is not long past.
Of several figures for a period the one told most often stands. A miner of whose sales in those days nothing is known is not
said to have sold nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.decisions import money
from bot.decisions.choice import Choice
from bot.decisions.lines import bold, joined, line
from bot.decisions.names import canonical
from bot.decisions.sales import Sums, is_known, total
from bot.decisions.telling import company, source_piece
from bot.model import Line, Part, Passage, Source, StoredStory
from bot.speech import say, say_line, say_many
from extractors.model import Kind, Period, Status

NEWEST = timedelta(days=75)
"""How long after its end a period is still shown: a month is told until the next one has been, which may take six weeks."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Coins of one miner mined in `days`, by the story that tells it, and its `sales` within them (`sold.coins` 0: none is known)."""

    mined: StoredStory
    days: Period
    coins: Decimal
    sold: Sums
    sales: tuple[StoredStory, ...] = ()

    @property
    def share(self) -> Decimal | None:
        """Sold over mined; None where no sale is known."""
        return self.sold.btc / self.coins if self.sold.coins else None


def ratios_of(mined: Iterable[StoredStory], sales: Sequence[StoredStory]) -> list[Ratio]:
    """One miner's periods of output with coins, newest first, and of two that end together the shorter."""
    best: dict[Period, Ratio] = {}
    for story in sorted(mined, key=lambda story: (len(story.story.articles), story.story.btc or 0)):
        if ratio := ratio_of(story, sales):
            best[ratio.days] = ratio
    return [best[days] for days in sorted(best, key=lambda days: (days.end, days.start), reverse=True)]


def ratio_of(mined: StoredStory, sales: Iterable[StoredStory]) -> Ratio | None:
    """Some output against those of the same miner's sales that lie within its days; None without coins or days."""
    coins, days, name = mined.story.btc, mined.story.period, canonical(mined.story.company)
    if not coins or not days or mined.story.status is not Status.COMPLETED:
        return None
    within = tuple(sale for sale in _within(sales, days) if canonical(sale.story.company) == name)
    return Ratio(mined, days, coins, total(within), within)


def _within(sales: Iterable[StoredStory], days: Period) -> list[StoredStory]:
    return [sale for sale in sales if (own := sale.story.period) and days.start <= own.start and own.end <= days.end]


def latest_ratios(stories: Iterable[StoredStory], now: datetime, choice: Choice | None = None) -> list[Ratio]:
    """The newest ratio of each miner (of the choice) known at `now`, the largest share first, those without known sales last."""
    mined: dict[str, list[StoredStory]] = defaultdict(list)
    sales: dict[str, list[StoredStory]] = defaultdict(list)
    for stored in stories:
        groups = {Kind.PRODUCTION: mined, Kind.SALE: sales}.get(stored.story.kind)
        if groups is None or not is_known(stored, now) or (groups is mined and not _is_new(stored, now)):
            continue
        name = canonical(stored.story.company)
        if not choice or not choice.miners or name in choice.miners:
            groups[name].append(stored)
    newest = [found[0] for name in mined if (found := ratios_of(mined[name], sales[name]))]
    return sorted(newest, key=_rank)


def _is_new(mined: StoredStory, now: datetime) -> bool:
    return mined.story.period is not None and now.date() - mined.story.period.end <= NEWEST


def _rank(one: Ratio) -> tuple[Decimal, Decimal, str]:
    return -one.share if one.share is not None else Decimal(1), -one.coins, one.mined.story.company


# --- how it reads ----------------------------------------------------------------------------------------------------


def ratio_words(one: Ratio) -> str:
    """`sold 550.03 BTC, 111 % of it`; where nothing is known of it `no sale in Oct 2026 is known`."""
    if not one.sold.coins:
        return say("no sale in {period} is known", period=money.period(one.days))
    return say("sold {coins}, {share} of it", coins=money.btc(one.sold.btc), share=money.share(one.sold.btc, one.coins))


def ratio_passages(ratios: Sequence[Ratio], sources: Mapping[int, Sequence[Source]], most: int) -> list[Passage]:
    """A line for each of the first miners, under what they come to together; nothing without any."""
    if not ratios:
        return []
    head = Passage((ratios_head(ratios),), Part.RATIOS, tuple(story for one in ratios for story in (one.mined, *one.sales)))
    shown = [Passage((ratio_line(one, sources.get(one.mined.id, ())),), Part.RATIO, (one.mined, *one.sales)) for one in ratios[:most]]
    return [head, *shown, *([Passage((line(_more(len(ratios) - most)),))] if len(ratios) > most else [])]


def ratio_line(one: Ratio, sources: Sequence[Source] = ()) -> Line:
    """`Cango (CANG), Jan 2026: mined 496 BTC · sold 550.03 BTC, 111 % of it · TheMinerMag`."""
    return joined((_mined_line(one), ratio_words(one), *map(source_piece, sources[:1])))


def _mined_line(one: Ratio) -> Line:
    miner = bold(company(one.mined.story))
    return say_line("{miner}, {period}: mined {coins}", miner=miner, period=money.period(one.days), coins=money.btc(one.coins))


def _more(number: int) -> str:
    n = money.whole(number)
    return say_many("and {n} more miner: {command}", "and {n} more miners: {command}", number, n=n, command="/miner")


def ratios_head(ratios: Iterable[Ratio]) -> Line:
    """The title, with what the miners that tell both come to together, where there are several."""
    title, both = bold(say("Sold against mined")), [one for one in ratios if one.sold.coins]
    if len(both) < 2:
        return line(title)
    sold, mined = sum((one.sold.btc for one in both), Decimal(0)), sum((one.coins for one in both), Decimal(0))
    together = say_many(
        "{share} of {coins} by the {n} that tells both",
        "{share} of {coins} by the {n} that tell both",
        len(both),
        share=money.share(sold, mined),
        coins=money.btc(mined),
        n=money.whole(len(both)),
    )
    return say_line("{title}: {together}", title=title, together=together)
