"""The outbox against the least that any durable outbox must do: one insert and one update a message, each its own transaction.

The score is the time of owing, claiming and marking a message divided by the time of that baseline, both on SQLite files in the same
folder with the same durability (write-ahead log, synchronous=FULL), in turns, so that a slow disk weighs on both. The outbox's
clock is made up: slots are given out as in life and not waited for.

Usage: python -m benchmarks.outbox [MESSAGES]
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Message, Place

MESSAGES = 600
ROUNDS = 6
BATCH = 8  # as many as a sender claims at once
TEXT = "<b>Digest</b>\n" + "\n".join(["A line of the digest."] * 30)
START = datetime(2026, 2, 10, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Run:
    """Milliseconds a message: of the outbox in all, of its three steps, and of the baseline."""

    owe: float
    claim: float
    mark: float
    baseline: float

    @property
    def ratio(self) -> float:
        """How many times the baseline's time the outbox takes."""
        return (self.owe + self.claim + self.mark) / self.baseline


def measure(messages: int = MESSAGES) -> Run:
    """Runs both in turns."""
    each = max(BATCH, messages // ROUNDS)
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/assay.sqlite3") as store:
        plain = _open_plain(Path(folder) / "plain.sqlite3")
        spent = [0.0, 0.0, 0.0, 0.0]
        for number in range(ROUNDS):
            steps = (*_outbox(store, number, each), _plain(plain, number, each))
            spent = [before + now for before, now in zip(spent, steps, strict=True)]
        plain.close()
    return Run(*(1000 * seconds / (each * ROUNDS) for seconds in spent))


def _outbox(store: Store, number: int, count: int) -> tuple[float, float, float]:
    now, started = START + timedelta(hours=number), time.perf_counter()
    store.outbox.owe(Delivery(Place(chat), DeliveryKind.DIGEST, f"digest {number}", Message(TEXT), now) for chat in range(1, count + 1))
    owe, claim, mark, left = time.perf_counter() - started, 0.0, 0.0, count
    while left:
        now += timedelta(seconds=0.5)
        started = time.perf_counter()
        claimed = store.outbox.claim("bench", now, BATCH, timedelta(seconds=60))
        claim += time.perf_counter() - started
        started = time.perf_counter()
        for delivery in claimed:
            store.outbox.mark_sent(delivery.id or 0, delivery.place.chat_id, now)
        mark += time.perf_counter() - started
        left -= len(claimed)
    return owe, claim, mark


def _open_plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, chat INTEGER, key TEXT, html TEXT, sent INTEGER, UNIQUE (chat, key))")
    return connection


def _plain(connection: sqlite3.Connection, number: int, count: int) -> float:
    started = time.perf_counter()
    for chat in range(count):
        made = connection.execute("INSERT INTO message (chat, key, html) VALUES (?, ?, ?)", (chat, f"digest {number}", TEXT))
        connection.execute("UPDATE message SET sent = 1 WHERE id = ?", (made.lastrowid,))
    return time.perf_counter() - started


if __name__ == "__main__":
    run = measure(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)
    print(f"outbox {run.ratio:.1f} times a plain insert and update ({run.baseline:.2f} ms)")
    print(f"a message: owed {run.owe:.2f} ms, claimed {run.claim:.2f} ms, marked {run.mark:.2f} ms; Telegram allows one in 33 ms")
