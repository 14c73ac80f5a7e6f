"""The service: everything connected, every loop running, and a good end on SIGINT or SIGTERM.

Reading news, watching the chain, owing digests and alerts, and Telegram run beside each other; what one of them owes wakes the
delivery. Every loop survives its own failures; only a token that Telegram does not know ends the service.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from datetime import UTC, datetime
from secrets import token_hex

from bot.app.base import open_store
from bot.app.feeds import configured_feeds
from bot.app.logs import log_to_stderr
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.inline import Offer, offers
from bot.commands.registry import COMMANDS, OPERATORS, changes_settings, reply
from bot.edges.chain.build import Sources, open_sources
from bot.edges.fetch import Fetcher, Guard
from bot.edges.reader import FeedReader
from bot.edges.store.alone import alone
from bot.edges.store.store import Store
from bot.errors import AssayError
from bot.jobs.alerts import owe_retarget, owe_stories
from bot.jobs.chain import ChainJob
from bot.jobs.claims import owe_claims
from bot.jobs.digest import DigestJob
from bot.jobs.loop import Bell, every
from bot.jobs.milestones import owe_milestones
from bot.jobs.poll import Poller
from bot.jobs.read import read_new
from bot.jobs.share import Share
from bot.jobs.watch import listen
from bot.model import Answer, Chart
from bot.settings import Settings
from bot.telegram.parts import Words
from bot.telegram.service import Account, TelegramService

NEWS_SECONDS, CHAIN_SECONDS, DIGEST_SECONDS = 5.0, 30.0, 20.0
STOPPING = 12.0  # seconds that one which was told to stop may still need


async def serve(settings: Settings) -> int:
    """Runs until it is told to stop; the exit code. Settings that cannot work raise SettingsError or StoreError at once."""
    log_to_stderr(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    feeds = configured_feeds(settings)
    with await asyncio.to_thread(open_store, settings) as store, alone(store.database, STOPPING):
        await asyncio.to_thread(store.feeds.ensure, feeds)
        guard = Guard(settings.allow_private_hosts)
        async with Fetcher(guard) as fetcher, FeedReader() as reader, open_sources(settings) as sources:
            share = Share(store, worker_name(settings))
            telegram = TelegramService(_account(settings, share.worker), store, _words(store))
            await asyncio.to_thread(store.feeds.release, share.worker)
            poller = Poller(store, (fetcher, reader), share.worker, settings.poll_seconds)
            await _run_all(_Loops(share, poller, reader, telegram, stop), sources)
    return 0


class _Loops:
    """One round of each job; what it owes wakes the delivery."""

    def __init__(self, share: Share, poller: Poller, reader: FeedReader, telegram: TelegramService, stop: asyncio.Event) -> None:
        self.share = share
        self.store = share.store
        self.poller = poller
        self.reader = reader
        self.telegram = telegram
        self.stop = stop
        self._digests = DigestJob(self.store, _draw)

    async def news(self) -> None:
        await self.poller.poll_due(_now())
        async with self.share.turn("news") as turn:
            if not turn.ours:
                return
            await read_new(self.store, self.reader.extract, _now)
            for owe in (owe_stories, owe_claims):
                self._owed(await asyncio.to_thread(owe, self.store, _now()))

    async def digests(self) -> None:
        async with self.share.turn("digests") as turn:
            if turn.ours:
                self._owed(await asyncio.to_thread(self._digests.tick, Desk(self.store, _now())))

    async def chain(self, job: ChainJob) -> None:
        await job.poll(_now())
        for owe in (owe_retarget, owe_milestones):
            self._owed(await asyncio.to_thread(owe, self.store, _now()))

    def _owed(self, count: int) -> None:
        if count:
            self.telegram.nudge()


async def _run_all(loops: _Loops, sources: Sources) -> None:
    job, block = ChainJob(sources, loops.store), Bell()

    async def poll_chain() -> None:
        await loops.chain(job)

    async def watch(end: asyncio.Event) -> None:
        await every(CHAIN_SECONDS, poll_chain, end, block)

    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_until_end(loops.telegram, loops.stop))
            tasks.create_task(listen(sources.bells, block.ring, loops.stop))
            tasks.create_task(loops.share.hold("chain", watch, loops.stop))
            for seconds, beat in ((NEWS_SECONDS, loops.news), (DIGEST_SECONDS, loops.digests)):
                tasks.create_task(every(seconds, beat, loops.stop))
    except* AssayError as group:
        raise _first(group) from None


def _first(group: BaseExceptionGroup[AssayError]) -> AssayError:
    """One reason is enough for a person: the group's first."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


async def _until_end(telegram: TelegramService, stop: asyncio.Event) -> None:
    try:
        await telegram.run(stop)
    finally:
        stop.set()


def _account(settings: Settings, worker: str) -> Account:
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return Account(
        token,
        settings.telegram_api,
        settings.admins,
        worker,
        paid=settings.paid_broadcast,
        times=settings.date_entities,
    )


def _words(store: Store) -> Words:
    def answer(ask: Ask) -> Answer:
        return reply(Desk(store, _now()), ask)

    def offered(query: str) -> list[Offer]:
        return offers(Desk(store, _now()), query)

    return Words(answer, changes_settings, COMMANDS, _draw, OPERATORS, offered)


def _draw(chart: Chart) -> bytes:
    from bot.decisions.charts import draw  # matplotlib takes its time, and not every chat asks for a chart

    return draw(chart)


def worker_name(settings: Settings) -> str:
    """A name for this process among those that share a database, another at each call.

    Host and number are for people: in containers both may be the same for several, and who shares a name shares its claims. SQLite
    serves one process: it has the same name always, and takes up at once what it had claimed when it was killed.
    """
    return "assay" if settings.database.startswith("sqlite") else f"{socket.gethostname()}:{token_hex(4)}:{os.getpid()}"


def _now() -> datetime:
    return datetime.now(UTC)
