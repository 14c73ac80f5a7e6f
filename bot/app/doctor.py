"""`assay doctor`: looks at everything the service needs and says what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.app.base import open_store
from bot.app.feeds import Finding, check_addresses, configured_feeds
from bot.decisions.remarks import told
from bot.edges.chain.build import open_sources
from bot.edges.sender.account import who_am_i
from bot.edges.store.store import Store
from bot.errors import AssayError, SettingsError
from bot.jobs.chain import ChainJob
from bot.settings import Settings


async def examine(settings: Settings) -> list[Finding]:
    """Token, database, feeds, chain and price sources, in that order."""
    findings = [await _token(settings)]
    try:
        store = await asyncio.to_thread(open_store, settings)
    except AssayError as error:
        return [*findings, Finding("Database", False, str(error), "Set ASSAY_DATABASE_URL to an address that can be reached.")]
    with store:
        findings.append(Finding("Database", True, f"{store.articles.count()} articles, schema up to date"))
        findings += await _feeds(settings, store)
        findings += await _sources(settings, store)
    return findings


async def _token(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        return Finding("Telegram", True, "no ASSAY_TELEGRAM_TOKEN: `assay run` opens a chat at the terminal")
    try:
        name = await who_am_i(settings.telegram_token.get_secret_value(), settings.telegram_api)
    except AssayError as error:
        remedy = "Ask @BotFather for the token (/mybots) and set ASSAY_TELEGRAM_TOKEN; check ASSAY_TELEGRAM_API if you set it."
        return Finding("Telegram", False, str(error), remedy)
    return Finding("Telegram", True, f"the token is that of @{name}")


async def _feeds(settings: Settings, store: Store) -> list[Finding]:
    """The feeds that the service would poll: those of the list and the user's own, without removed and muted ones."""
    try:
        store.feeds.ensure(configured_feeds(settings))
    except SettingsError as error:
        return [Finding("Feeds", False, str(error), "Mend the file, or unset ASSAY_FEEDS to use the built-in list.")]
    polled = [feed for feed in store.feeds.all() if not feed.muted]
    if not polled:
        return [Finding("Feeds", False, "there is none to poll", "Add one with `assay feeds add URL`, or set ASSAY_FEEDS.")]
    found = await check_addresses(settings, [(feed.source.title, feed.address) for feed in polled])
    remedy = "Remove it with `assay feeds remove`, or wait: a feed that fails is asked less and less often."
    return [finding if finding.ok else Finding(finding.what, False, finding.state, remedy) for finding in found]


async def _sources(settings: Settings, store: Store) -> list[Finding]:
    """One pass over the chain and price sources, as the service makes it."""
    async with open_sources(settings) as sources:
        names = [source.name for source in sources.chain] + [source.name for source in sources.prices]
        news = await ChainJob(sources, store).poll(datetime.now(UTC))
    remedy = "Check its address in ASSAY_MEMPOOL_URLS, ASSAY_ESPLORA_URLS, ASSAY_CORE_RPC_URL or ASSAY_PRICE_URLS."
    if not names:
        return [Finding("Chain", True, "no source is set: figures come from the shipped history alone")]
    bad = [Finding(name, False, told(fault), remedy) for name, fault in news.faults.items()]
    return bad + [Finding(name, True, told(news.remarks.get(name, ())) or "answers") for name in names if name not in news.faults]
