"""How long the commands take from what is stored: those of the chain against one plain read, those of stories after a month and a year.

No command waits for the network. The aim is under 50 ms an answer; what is printed first is the ratio, which holds on any machine.
The stories of a year are a dozen times those of a month: an answer about a day or a miner should not feel that. "first" is the
first answer of a process, which has built no story yet.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.history import shipped_history
from bot.edges.store.store import Store
from bot.model import BlockHeader, Day, FeedKind, FeedSource, Gauge, Reading
from extractors.merge import merge
from extractors.model import Article, Event, Extraction, Kind, Period, Span

COMMANDS = ("/difficulty", "/metrics", "/puell", "/hashprice", "/price", "/start", "/digest")
OF_STORIES = ("/start", "/digest", "/digest week", "/miner CANG", "/sales 30d", "/sales 1y", "/sales 1y by miner")
MINERS = ("Cango", "Riot Platforms", "MARA", "CleanSpark", "Bitdeer", "Hut 8", "HIVE", "Core Scientific", "TeraWulf", "Cipher")
SALES_A_DAY, OUTLETS = 2, 2
PROSE = "The company runs data centers in several states and has expanded its fleet over the past year, according to a statement. " * 12
ROUNDS = 9


def filled(store: Store) -> datetime:
    """A store as after a year: two thousand headers behind the tip, a price and issuance for each day; the time of the tip."""
    last = shipped_history()[-1]
    tip = last.time + timedelta(minutes=10 * 1999)
    headers = [
        BlockHeader(last.height + n, f"{n:064x}", last.time + timedelta(minutes=10 * n), last.bits, 2_000_000, f"{n - 1:064x}")
        for n in range(2000)
    ]
    store.chain.add_blocks(headers)
    store.chain.record_days(
        Day((tip - timedelta(days=n)).date(), Decimal(80_000 + n), blocks=144, issuance=Decimal(450), source="bench") for n in range(374)
    )
    store.chain.record(
        [Reading(Gauge.PRICE, Decimal(82_000), "bench", tip), Reading(Gauge.HEIGHT, Decimal(headers[-1].height), "bench", tip)]
    )
    return tip


def told(store: Store, now: datetime, days: int) -> None:
    """The stories of so many days up to `now`: sales in several outlets each, and what every miner mined and holds month by month."""
    store.feeds.ensure([FeedSource("https://news.example/feed", "News", FeedKind.NEWS)])
    feed, random = store.feeds.all()[0].id, Random(7)
    for back in range(days, 0, -1):
        at = now - timedelta(days=back)
        facts = [
            _event(Kind.SALE, miner, random.randrange(20, 1500), at, 1)
            for miner in random.sample(MINERS, SALES_A_DAY)
            for _ in range(OUTLETS)
        ]
        if at.day == 1:
            facts += [
                _event(kind, miner, random.randrange(600, 9000), at, 30) for miner in MINERS for kind in (Kind.PRODUCTION, Kind.HOLDINGS)
            ]
        articles = [_article(f"{back}-{number}", fact, at) for number, fact in enumerate(facts)]
        for number, fact in zip(store.articles.add_all(articles, feed, at), facts, strict=True):
            store.articles.save_extraction(number, Extraction((fact,)), "bench")
    for due in store.stories.due():
        store.stories.replace(due.company, due.kind, merge(store.articles.tellings(due.company, due.kind)), now, [due])


def _event(kind: Kind, miner: str, coins: int, at: datetime, days: int) -> Event:
    end = at.date() - timedelta(days=1)
    usd = Decimal(coins * 80_000) if kind is Kind.SALE else None
    body = _words(miner, Decimal(coins), usd)
    spans = {"btc": str(coins)} | ({"usd": str(usd)} if usd else {})
    evidence = {field: Span(body.index(word), body.index(word) + len(word)) for field, word in spans.items()}
    return Event(kind, miner, btc=Decimal(coins), usd=usd, period=Period(end - timedelta(days=days - 1), end), evidence=evidence)


def _words(miner: str, coins: Decimal, usd: Decimal | None) -> str:
    return f"{miner}: {coins} BTC\nThat is ${usd or 0}. {PROSE}"


def _article(guid: str, fact: Event, at: datetime) -> Article:
    title, _, text = _words(fact.company, fact.btc or Decimal(0), fact.usd).partition("\n")
    return Article(id=guid, title=title, text=f"{text}{guid}", published=at, link=f"https://news.example/{guid}")


def median(work: Callable[[], object]) -> float:
    """Seconds, the middle of some rounds after one to warm up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[ROUNDS // 2]


def _answer(store: Store, now: datetime, command: str) -> object:
    return reply(Desk(store, now), Ask(command))


def _of_the_chain() -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/bench.sqlite3") as store:
        now = filled(store).astimezone(UTC)
        plain = median(lambda: (store.chain.blocks(), store.chain.days((now - timedelta(days=366)).date(), now.date())))
        print(f"one plain read of the stored headers and days: {plain * 1000:.1f} ms")
        for command in COMMANDS:
            taken = median(partial(_answer, store, now, command))
            print(f"{command:12} {taken / plain:5.2f} times that, {taken * 1000:5.1f} ms")


def _of_stories() -> None:
    taken: dict[tuple[str, int], float] = {}
    first: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for days in (30, 365):
            url = f"sqlite:///{folder}/{days}.sqlite3"
            with Store.open(url) as store:
                now = filled(store).astimezone(UTC)
                told(store, now, days)
            with Store.open(url) as store:
                begun = time.perf_counter()
                _answer(store, now, "/sales 1y")
                first[days] = time.perf_counter() - begun
                taken |= {(command, days): median(partial(_answer, store, now, command)) for command in OF_STORIES}
    print(f"a year of {365 * SALES_A_DAY * OUTLETS} articles of sales against a month of them:")
    for command in OF_STORIES:
        month, year = taken[command, 30], taken[command, 365]
        print(f"{command:18} {year / month:5.2f} times, {month * 1000:5.1f} and {year * 1000:5.1f} ms")
    print(f"{'/sales 1y, first':18} {first[365] / first[30]:5.2f} times, {first[30] * 1000:5.1f} and {first[365] * 1000:5.1f} ms")


def main() -> None:
    """Prints a line for each command."""
    _of_the_chain()
    _of_stories()


if __name__ == "__main__":
    main()
