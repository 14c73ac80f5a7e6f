"""`assay refresh`: one pass over everything outside, with a line on what each source gave."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bot.app.base import open_store
from bot.app.feeds import configured_feeds
from bot.decisions import money
from bot.decisions.remarks import told
from bot.edges.chain.build import open_sources
from bot.edges.fetch import Fetcher, Guard
from bot.edges.reader import FeedReader
from bot.jobs.alerts import owe_retarget, owe_stories
from bot.jobs.chain import ChainJob, ChainNews
from bot.jobs.claims import owe_claims
from bot.jobs.milestones import owe_milestones
from bot.jobs.poll import Polled, Poller
from bot.jobs.read import Read, read_new
from bot.settings import Settings


async def refresh_once(settings: Settings, advance: Callable[[int], None]) -> list[str]:
    """Polls every feed that is due, reads what is new, asks the chain and price sources; the lines of a report."""
    feeds = configured_feeds(settings)
    with await asyncio.to_thread(open_store, settings) as store:
        await asyncio.to_thread(store.feeds.ensure, feeds)
        async with Fetcher(Guard(settings.allow_private_hosts)) as fetcher, FeedReader() as reader, open_sources(settings) as sources:
            now = datetime.now(UTC)
            polled = await Poller(store, (fetcher, reader), _worker_name(), settings.poll_seconds).poll_due(now, advance)
            read = await read_new(store, reader.extract, lambda: datetime.now(UTC), advance)
            chain = await ChainJob(sources, store).poll(datetime.now(UTC))
            advance(1)
        # What a running bot would post is owed now and sent when it runs.
        for owe in (owe_stories, owe_claims, owe_retarget, owe_milestones):
            await asyncio.to_thread(owe, store, datetime.now(UTC))
    return [*_news_lines(polled, read), *_chain_lines(chain)]


def _worker_name() -> str:
    """A name of its own: what a running service has claimed is not this call's to take."""
    return f"refresh {socket.gethostname()}:{os.getpid()}"


def _news_lines(polled: list[Polled], read: Read) -> Iterator[str]:
    for each in polled:
        yield f"{each.feed.source.title}: {each.error or money.count(each.articles, 'new article')}"
    if not polled:
        yield "No feed was due."
    yield (
        f"Read {money.count(read.articles, 'article')}: {money.count(read.events, 'event')}, "
        f"{money.count(read.new, 'new story', 'new stories')}, {read.changed + read.gone} changed."
    )


def _chain_lines(chain: ChainNews) -> Iterator[str]:
    if chain.tip is not None:
        yield f"Chain: block {chain.tip.height:,}, {money.count(chain.blocks, 'header')} learnt."
    if chain.price is not None:
        yield f"Price: {money.usd(chain.price.price)} from {chain.price.source}."
    for name, fault in chain.faults.items():
        yield f"{name}: {told(fault)}"
    for name, remark in chain.remarks.items():
        yield f"{name}: {told(remark)}"
