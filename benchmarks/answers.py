"""How long the chain's commands take from what is stored: against one plain read of the same rows, in the same run.

No command waits for the network. The aim is under 50 ms an answer; what is printed first is the ratio, which holds on any machine.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.history import shipped_history
from bot.edges.store.store import Store
from bot.model import BlockHeader, Day, Gauge, Reading

COMMANDS = ("/difficulty", "/metrics", "/puell", "/hashprice", "/price", "/start", "/digest")
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


def main() -> None:
    """Prints a line for each command."""
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/bench.sqlite3") as store:
        now = filled(store).astimezone(UTC)
        plain = median(lambda: (store.chain.blocks(), store.chain.days((now - timedelta(days=366)).date(), now.date())))
        print(f"one plain read of the stored headers and days: {plain * 1000:.1f} ms")
        for command in COMMANDS:
            taken = median(partial(_answer, store, now, command))
            print(f"{command:12} {taken / plain:5.2f} times that, {taken * 1000:5.1f} ms")


if __name__ == "__main__":
    main()
