"""What an operator does to the database: bring its schema up to date, copy it, read its articles anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from bot.app.base import open_store
from bot.decisions.verdicts import Facts
from bot.edges.store.store import Store
from bot.errors import UsageError
from bot.jobs.read import Read, chain_facts, keep, merge_due
from bot.jobs.share import ASKING_AGAIN, Share
from bot.model import StoredArticle
from bot.settings import Settings
from extractors.door import extract
from extractors.jsonl import dumps, event_json
from extractors.model import Extraction


def upgrade(settings: Settings) -> str:
    """Opening the store brings the schema up to date; says so."""
    with open_store(settings):
        return "The schema is up to date."


def backup(settings: Settings, file: Path, *, replace: bool = False) -> str:
    """Writes a safe copy to `file`; UsageError if it exists and is not to be replaced, StoreError if it cannot be written."""
    if file.exists() and not replace:
        raise UsageError(f"{file} exists; --replace writes over it")
    with open_store(settings) as store:
        store.backup(file)
    return f"Copied to {file}."


def reextract(settings: Settings, *, apply: bool, advance: Callable[[int], None]) -> list[str]:
    """A line for each event that the present rules find differently than what is stored; with `apply` they are stored.

    An article that cannot be read keeps what is stored of it, and gets a line that says so. What differs is stored at the end, in one
    go and in the service's stead: stories merged out of old and new readings, half of each, would be told as corrections.
    """
    with open_store(settings) as store:
        by = chain_facts(store, now := datetime.now(UTC)), now
        changes: list[str] = []
        differing: list[tuple[StoredArticle, Extraction]] = []
        for stored in store.articles.all():
            advance(1)
            try:
                after = extract(stored.article)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is this article's alone
                changes.append(f"! {_where(stored)}: cannot be read: {error or type(error).__name__}")
                continue
            if found := _changes(stored, store.articles.extraction(stored.id), after):
                changes += found
                differing.append((stored, after))
            elif apply:
                keep(store, stored, after, by)
        if apply:
            asyncio.run(_in_turn(store, lambda: _store_anew(store, differing, by)))
    return changes


async def _in_turn(store: Store, work: Callable[[], None]) -> None:
    """Does the work while no service reads news or merges stories."""
    share = Share(store, f"reextract {token_hex(4)}")
    while True:
        async with share.turn("news") as turn:
            if turn.ours:
                return await asyncio.to_thread(work)
        await asyncio.sleep(ASKING_AGAIN)


def _store_anew(store: Store, differing: Iterable[tuple[StoredArticle, Extraction]], by: tuple[Facts, datetime]) -> None:
    for stored, after in differing:
        keep(store, stored, after, by)
    merge_due(store, Read(), by[1])


def _changes(stored: StoredArticle, before: Extraction, after: Extraction) -> list[str]:
    old, new = _said(before), _said(after)
    where = _where(stored)
    return [f"- {where}: {event}" for event in old if event not in new] + [f"+ {where}: {event}" for event in new if event not in old]


def _where(stored: StoredArticle) -> str:
    return f"article {stored.id} ({stored.article.title[:60]})"


def _said(extraction: Extraction) -> list[str]:
    """The events as lines, without their spans."""
    lines = []
    for event in extraction.events:
        fields = {name: value for name, value in event_json(event).items() if name != "evidence" and value not in (None, [])}
        lines.append(dumps(fields))
    return lines
