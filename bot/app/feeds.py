"""`assay feeds`: the list of sources, changed and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.app.base import open_store
from bot.decisions import money
from bot.decisions.feedlist import feed_source, matching, read_feed_list, write_opml
from bot.edges.fetch import Fetcher, Guard
from bot.edges.reader import FeedReader
from bot.errors import AssayError, SettingsError, UsageError
from bot.model import Feed, FeedSource
from bot.settings import Settings
from extractors.errors import InputError
from extractors.resources import data_path

_MOST_NAMED = 8  # feeds that one line tells


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, how it is, and what to do if it is not."""

    what: str
    ok: bool
    state: str
    remedy: str = ""


def configured_feeds(settings: Settings) -> tuple[FeedSource, ...]:
    """The feeds of ASSAY_FEEDS, or the built-in list; SettingsError if the file cannot be used."""
    path = settings.feeds or Path(data_path("feeds.toml"))
    try:
        return read_feed_list(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"ASSAY_FEEDS: {path}: {error.strerror or error}") from None


def listed(settings: Settings) -> list[tuple[str, ...]]:
    """A row for each feed: title, kind, address, last good poll, state."""
    with open_store(settings) as store:
        store.feeds.ensure(configured_feeds(settings))
        return [_row(feed, datetime.now(UTC)) for feed in store.feeds.all()]


def _row(feed: Feed, now: datetime) -> tuple[str, ...]:
    polled = money.age(feed.last_success, now) if feed.last_success else "never"
    state = "muted" if feed.muted else feed.error or ("ok" if feed.last_success else "not polled yet")
    return feed.source.title, feed.source.kind.value, feed.address, polled, state


def add(settings: Settings, url: str, title: str) -> str:
    """Adds a feed and says so."""
    try:
        source = feed_source(url, title)
    except SettingsError as error:
        raise UsageError(str(error)) from None
    with open_store(settings) as store:
        store.feeds.add(source)
    return f"Added {source.title}. `assay feeds check {source.url}` tries it."


def remove(settings: Settings, name: str) -> str:
    """Removes the feed of that name or address; UsageError if there is none, or several."""
    with open_store(settings) as store:
        store.feeds.ensure(configured_feeds(settings))  # what the list names can be removed before the first poll
        feed = _named(store.feeds.all(), name)
        store.feeds.remove(feed.source.url)
    return f"Removed {feed.source.title}, {feed.source.url}."


def _named(feeds: Sequence[Feed], name: str) -> Feed:
    """The feed of that name, beginning of a name, or address; UsageError if there is none, or several."""
    found = matching(feeds, name)
    if not found:
        raise UsageError(f"there is no feed {name!r}; `assay feeds list` shows them, and an address begins with https://")
    if len(found) > 1:
        several = ", ".join(feed.source.title for feed in found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise UsageError(f"{name!r} may be any of: {several}{more}")
    return found[0]


def import_bytes(settings: Settings, data: bytes, name: str) -> str:
    """Adds the feeds of a list; UsageError if it cannot be read."""
    try:
        sources = read_feed_list(data)
    except SettingsError as error:
        raise UsageError(f"{name}: {error}") from None
    with open_store(settings) as store:
        for source in sources:
            store.feeds.add(source)
    return f"Added {money.count(len(sources), 'feed')} of {name}."


def export(settings: Settings) -> str:
    """All feeds as OPML."""
    with open_store(settings) as store:
        store.feeds.ensure(configured_feeds(settings))
        return write_opml([feed.source for feed in store.feeds.all()]).rstrip("\n")


async def check(settings: Settings, name: str | None) -> list[Finding]:
    """Fetches and reads every feed, or the one of that name or address, and says what came; nothing is stored.

    An address need not be on the list; UsageError for what is neither that nor on it, and for what may be several.
    """
    with open_store(settings) as store:
        store.feeds.ensure(configured_feeds(settings))
        feeds = store.feeds.all()
    if name is not None and "://" in name and not matching(feeds, name):
        return await check_addresses(settings, [(name, name)])
    wanted = feeds if name is None else [_named(feeds, name)]
    return await check_addresses(settings, [(feed.source.title, feed.address) for feed in wanted])


async def check_addresses(settings: Settings, addresses: Sequence[tuple[str, str]]) -> list[Finding]:
    """One finding for each (title, address)."""
    async with Fetcher(Guard(settings.allow_private_hosts)) as fetcher, FeedReader() as reader:
        return [await _check(fetcher, reader, title, address) for title, address in addresses]


async def _check(fetcher: Fetcher, reader: FeedReader, title: str, address: str) -> Finding:
    try:
        fetched = await fetcher.fetch(address)
        articles = await reader.read_feed(fetched.body, url=fetched.url, charset=fetched.charset)
    except (AssayError, InputError) as error:
        return Finding(title or address, False, str(error))
    newest = max((article.published for article in articles if article.published), default=None)
    age = f", the newest of {newest:%Y-%m-%d %H:%M} UTC" if newest else ""
    return Finding(title or address, True, f"{money.count(len(articles), 'entry', 'entries')}{age}")
