"""Asking the sources: each within its time, and what one of them fails at is left to the next or to a later pass."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from bot.decisions import network, upkeep
from bot.decisions.upkeep import Stored
from bot.edges.chain.source import ChainSource, PriceSource
from bot.errors import SourceError
from bot.model import BlockHeader, Day, Quote, Report, Retarget

PATIENCE = 25.0
"""Seconds that one source may take; the others do not wait longer for it."""

Answer = TypeVar("Answer")


async def report(source: ChainSource) -> Report:
    """Its newest blocks, or why there are none."""
    try:
        return Report(source.name, await _in_time(source.newest()), own=source.own)
    except SourceError as error:
        return Report(source.name, error=str(error), own=source.own)


async def quote(source: PriceSource, now: datetime) -> Quote:
    """Its price, or why there is none."""
    try:
        return await _in_time(source.quote(now))
    except SourceError as error:
        return Quote(source.name, error=str(error))


async def _in_time(answer: Awaitable[Answer]) -> Answer:
    try:
        async with asyncio.timeout(PATIENCE):
            return await answer
    except TimeoutError:
        raise SourceError("no answer in time") from None


async def fetch(source: ChainSource, heights: Sequence[int]) -> list[BlockHeader]:
    """Blocks at and about the heights, as far as the source gives them; ends at its first failure."""
    found: dict[int, BlockHeader] = {}
    for height in heights:
        if height > 0 and height not in found:
            try:
                found |= {block.height: block for block in await _in_time(source.headers(height))}
            except SourceError:
                break
    return list(found.values())


async def confirmed(learnt: Sequence[Retarget], others: Sequence[ChainSource], stored: Stored) -> tuple[Retarget, ...]:
    """The retargets, without those that another agreeing source tells otherwise or that the chain before them forbids."""
    bits = {retarget.height: retarget.bits for retarget in (*stored.history, *learnt)}
    known = {retarget.height: retarget for retarget in stored.history}
    kept = []
    for new in learnt:
        before = bits.get(new.height - network.EPOCH_BLOCKS)
        possible = before is None or network.is_possible(before, new.bits)
        if possible and (known.get(new.height) == new or await _seen_alike(new, others)):
            kept.append(new)
    return tuple(kept)


async def _seen_alike(new: Retarget, others: Sequence[ChainSource]) -> bool:
    """Whether the first other source that answers tells the same header; True if none answers."""
    for source in others:
        try:
            block = (await _in_time(source.headers(new.height)))[-1]
        except SourceError:
            continue
        return (block.bits, block.time) == (new.bits, new.time)
    return True


async def first_fees(sources: Sequence[ChainSource]) -> tuple[Decimal | None, str]:
    """Mean fees a block of the first source that tells them, with its name."""
    for source in sorted(sources, key=lambda source: source.own):  # a node must be asked block by block
        try:
            fees = await _in_time(source.mean_fees())
        except SourceError:
            continue
        if fees is not None:
            return fees, source.name
    return None, ""


async def offered(sources: Sequence[PriceSource], wanted: Sequence[date], near: Decimal) -> tuple[Day, ...]:
    """Days of the first source that offers any that can be used."""
    for source in sources:
        try:
            days = upkeep.usable_days(await _in_time(source.days(wanted[0])), wanted, near)
        except SourceError:
            continue
        if days:
            return days
    return ()
