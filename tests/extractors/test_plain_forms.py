"""Clear wire copy, put together at random from miners, verbs, amounts, sums, times, purposes and who said so, is read without a mistake."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from extractors import Article, Event, Kind, Purpose, Status, extract

PUBLISHED = date(2025, 6, 11)  # a Wednesday
MINERS = {
    "Riot Platforms": ("RIOT", "Riot Platforms"),
    "MARA Holdings": ("MARA", "MARA"),
    "CleanSpark": ("CLSK", "CleanSpark"),
    "Bitfarms": ("BITF", "Bitfarms"),
    "Hut 8": ("HUT", "Hut 8"),
    "Cipher Mining": ("CIFR", "Cipher Mining"),
    "Core Scientific": ("CORZ", "Core Scientific"),
    "TeraWulf": ("WULF", "TeraWulf"),
    "Argo Blockchain": ("ARBK", "Argo Blockchain"),
    "DMG Blockchain": ("DMGI", "DMG Blockchain"),
}
VERBS = ("sold", "offloaded", "liquidated", "disposed of", "has sold", "unloaded", "parted with")
WHO = ("the bitcoin miner", "the company", "the Nasdaq-listed miner", "it", "the miner")
SAID = ("said", "announced", "reported", "disclosed")
PURPOSES = {
    "to fund the expansion of its data centers": Purpose.CAPEX_GROWTH,
    "to pay for new mining machines": Purpose.CAPEX_GROWTH,
    "to repay a bitcoin-backed loan": Purpose.DEBT_REPAYMENT,
    "to pay down debt": Purpose.DEBT_REPAYMENT,
    "to cover operating costs": Purpose.OPERATING_COSTS,
    "to buy back shares": Purpose.SHAREHOLDER_RETURNS,
    "to finance its move into AI and high-performance computing": Purpose.AI_HPC,
}
MAY, FIRST_QUARTER = (date(2025, 5, 1), date(2025, 5, 31)), (date(2025, 1, 1), date(2025, 3, 31))
SPANS = {
    "in May": MAY,
    "last month": MAY,
    "during May 2025": MAY,
    "in the first quarter": FIRST_QUARTER,
    "in Q1 2025": FIRST_QUARTER,
    "over the weekend": (date(2025, 6, 7), date(2025, 6, 8)),
}

# What stands beside sales in the news and is none, nor their dollars, day or purpose. The first part may open an article.
OF_OTHERS = (
    "Bitcoin traded around $104,000 at press time.",
    "Mining difficulty rose 4.4% to 126.98 trillion last month.",
    "Rivals have taken the same path: public miners sold more than 115% of what they mined in May.",
    "Analysts at Compass Point rate the shares a buy with a $20 target.",
    "Strategy, the largest corporate holder, bought 1,045 BTC last week for $110 million.",
    "Germany sold 50,000 BTC last summer.",
    "Spot bitcoin ETFs took in $431 million on Monday.",
    "Hashprice stood at $52 per petahash per day.",
)
BESIDE = (
    "The stock fell 3.2% to $11.40 on Tuesday.",
    "The company had $62 million in cash at the end of March.",
    "It also raised $250 million through a convertible note offering in May.",
    "The company operates 36 EH/s across sites in Texas and Paraguay.",
    "The company plans to add 2.5 EH/s by the end of the year.",
    "It bought 5,000 machines from Bitmain for $12 million in April.",
    "Its largest shareholder sold 2 million shares for $14 million.",
    "Its fleet efficiency improved to 19.2 J/TH.",
)


@dataclass(frozen=True)
class Told:
    """One sale and the words for its parts; `when`, `dollars` and `use` are empty where nothing is said of them."""

    miner: str
    amount: str
    dollars: str
    when: str
    use: str


def some_sale(draw: Random) -> tuple[Told, tuple[object, ...]]:
    """A sale as told, and as it should be read: company, BTC, dollars, period, purposes."""
    name = draw.choice(list(MINERS))
    ticker, company = MINERS[name]
    coins = draw.choice([draw.randint(12, 99), draw.randint(100, 4999), draw.randint(100, 9999) / 10])
    sum_ = round(coins * draw.uniform(0.09, 0.11), 1)
    day = PUBLISHED - timedelta(days=draw.randint(1, 25))
    near = PUBLISHED - timedelta(days=draw.randint(1, 5))
    times = {f"on {day:%B} {day.day}": (day, day), f"on {day.day} {day:%B} {day.year}": (day, day), f"on {near:%A}": (near, near), "": None}
    when, period = draw.choice([*times.items(), *SPANS.items()])
    use, purpose = draw.choice([*PURPOSES.items(), *[("", None)] * 5])
    dollars = draw.choice([f"${sum_} million", f"US${sum_} million", f"${sum_}M", f"about ${sum_} million", ""])
    told = Told(
        draw.choice([name, f"{name} ({ticker})", f"{name} (NASDAQ: {ticker})", f"Bitcoin miner {name}"]),
        draw.choice([f"{coins:,} BTC", f"{coins:,} bitcoin", f"{coins:,} bitcoins", f"BTC {coins:,}", f"₿{coins:,}"]),
        dollars,
        when,
        use,
    )
    return told, (company, coins, round(sum_ * 1e6) if dollars else None, period, [purpose] if purpose else [])


def some_wording(draw: Random, told: Told) -> str:
    """One of the ways in which an agency would put it."""
    verb, who, said = draw.choice(VERBS), draw.choice(WHO), draw.choice(SAID)
    paid = f" for {told.dollars}" if told.dollars else ""
    when, use = (f" {words}" if words else "" for words in (told.when, told.use))
    first = f"{told.when[0].upper()}{told.when[1:]}, " if told.when else ""
    afterwards = f" The sale brought in {told.dollars}." if told.dollars else ""
    ways = [
        f"{told.miner} {verb} {told.amount}{paid}{when}{use}, {who} {said}.",
        f"{told.miner} {verb} {told.amount}{paid}{when}{use}.",
        f"{told.miner} {verb} {told.amount}{when}{paid}, {who} {said}.{f' The proceeds will be used {told.use}.' if told.use else ''}",
        f"{told.miner} {said} that it {verb.removeprefix('has ')} {told.amount}{paid}{when}{use}.",
        f"{told.miner} {verb} {told.amount}{when}{use}.{afterwards}",
        f"{first}{told.miner} {verb} {told.amount}{paid}{use}.",
    ]
    if told.amount[0].isdigit():
        ways.append(f"{told.amount} were sold by {told.miner}{when}{paid}{use}.")
    if told.dollars:
        ways.append(f"{told.miner} raised {told.dollars} from the sale of {told.amount}{when}{use}.")
    return draw.choice(ways)


def as_read(event: Event) -> tuple[object, ...]:
    period = (event.period.start, event.period.end) if event.period else None
    return (event.company, float(event.btc or 0), round(event.usd) if event.usd else None, period, list(event.purposes))


@pytest.mark.parametrize("seed", range(8))
def test_clear_wire_copy_is_read_without_a_mistake(seed: int) -> None:
    draw = Random(seed)
    for _ in range(60):
        told, expected = some_sale(draw)
        text = some_wording(draw, told)
        found = extract(Article("wire", "Miner news", text, datetime(2025, 6, 11, 12, tzinfo=UTC))).events
        assert [event.kind for event in found] == [Kind.SALE], text
        assert found[0].status is Status.COMPLETED, text
        assert as_read(found[0]) == expected, text


@pytest.mark.parametrize("seed", range(8))
def test_what_stands_beside_a_sale_adds_nothing_to_it(seed: int) -> None:
    draw = Random(100 + seed)
    for _ in range(40):
        told, expected = some_sale(draw)
        opening, behind = draw.sample(OF_OTHERS, draw.randint(0, 2)), draw.sample(OF_OTHERS + BESIDE, draw.randint(1, 3))
        text = " ".join([*opening, some_wording(draw, told), *(sentence for sentence in behind if sentence not in opening)])
        found = extract(Article("wire", "Miner news", text, datetime(2025, 6, 11, 12, tzinfo=UTC))).events
        assert [event.kind for event in found] == [Kind.SALE], text
        assert as_read(found[0]) == expected, text
