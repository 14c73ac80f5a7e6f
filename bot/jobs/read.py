"""From stored articles to stories: extract what is unread, judge its claims, merge what changed.

Each step leaves its mark in the store before the next begins, so that a process may die anywhere between them: what was
not done is found again. A merge is of one miner under all its names, past and present, and of one kind of event.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.decisions.closes import join_days, shipped_closes
from bot.decisions.history import join_history, shipped_history
from bot.decisions.names import canonical, find_miner, names_of
from bot.decisions.verdicts import Facts, judge_all
from bot.edges.store.store import Store
from bot.model import Day, Due, Gauge, StoredArticle
from extractors import VERSION
from extractors.merge import merge
from extractors.model import Article, Extraction, Kind

Extractor = Callable[[Article], Awaitable[Extraction]]
"""Reads one article, off the event loop; raises what went wrong."""

_BATCH = 50
_FIRST_PRICE = date(2010, 7, 17)
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Read:
    """What one pass did: articles read, those that could not be, events found, stories new, changed or withdrawn."""

    articles: int = 0
    failed: int = 0
    events: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def stories(self) -> int:
        """Stories that are to be told or told anew."""
        return self.new + self.changed + self.gone


def chain_facts(store: Store, now: datetime) -> Facts:
    """What claims are judged by: the shipped retargets and closes, and over them those that are stored."""
    days = store.chain.days(_FIRST_PRICE, now.date())
    if not days or days[-1].day != now.date() or days[-1].price_close is None:
        days += _today(store, now)
    return Facts(join_history(shipped_history(), store.chain.retargets()), join_days(shipped_closes(), days))


def _today(store: Store, now: datetime) -> list[Day]:
    """The day that is not over, with its lowest and highest price so far, if any was read."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    prices = [reading.value for reading in store.chain.series(Gauge.PRICE, midnight, now)]
    return [Day(now.date(), price_low=min(prices), price_high=max(prices))] if prices else []


async def read_new(
    store: Store, extract: Extractor, clock: Callable[[], datetime], advance: Callable[[int], None] = lambda _: None
) -> Read:
    """Reads every article whose words no extractor has read, then merges the stories that this touched."""
    done = Read()
    while waiting := await asyncio.to_thread(store.articles.unextracted, _BATCH):
        # Only now: a round without news, which is nearly every one, need not read years of days.
        facts = await asyncio.to_thread(chain_facts, store, clock())
        for stored in waiting:
            extraction = await _attempt(extract, stored)
            done.articles += 1
            done.failed += extraction is None
            done.events += len(extraction.events) if extraction else 0
            await asyncio.to_thread(keep, store, stored, extraction or Extraction(), (facts, clock()))
            advance(1)
    await asyncio.to_thread(merge_due, store, done, clock())
    return done


async def _attempt(extract: Extractor, stored: StoredArticle) -> Extraction | None:
    """None if the article cannot be read: it is marked as read all the same, one bad article never stops the others."""
    try:
        return await extract(stored.article)
    except Exception:  # noqa: BLE001  # whatever it is, it is this article's alone
        _LOG.exception("article %s (%s) could not be read", stored.id, stored.article.link)
        return None


def keep(store: Store, stored: StoredArticle, extraction: Extraction, by: tuple[Facts, datetime]) -> None:
    """Stores an extraction with the verdicts on its claims, judged by the facts (`by` holds them and the time)."""
    facts, now = by
    published = stored.article.published or stored.seen_at
    # A claim whose parts do not share a verdict is kept as several: that is how they are told.
    judged = judge_all(extraction.claims, published.date(), facts)
    store.articles.save_extraction(stored.id, replace(extraction, claims=tuple(one.claim for one in judged)), VERSION, stored.revision)
    for kept, verdict in zip(store.claims.of_article(stored.id), judged, strict=False):
        if kept.claim == verdict.claim:  # not if another worker has read a later revision meanwhile, which tells others
            store.claims.judge(kept.id, verdict, now)


def merge_due(store: Store, done: Read, now: datetime) -> None:
    """Merges the stories of every miner and kind whose tellings changed, and counts in `done` what that changed."""
    for (miner, kind), due in _by_miner(store.stories.due()).items():
        found = find_miner(miner)
        names = {miner, *(names_of(found) if found else ()), *(one.company for one in due)}
        tellings = store.articles.tellings(names, kind)
        changes = store.stories.replace(names, kind, merge(tellings), now, due)
        done.new += len(changes.new)
        done.changed += len(changes.changed)
        done.gone += len(changes.gone)


def _by_miner(due: Iterable[Due]) -> dict[tuple[str, Kind], list[Due]]:
    groups: dict[tuple[str, Kind], list[Due]] = defaultdict(list)
    for one in due:
        groups[canonical(one.company), one.kind].append(one)
    return groups
