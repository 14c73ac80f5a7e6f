"""Headers over the Esplora API (`/blocks`, `/block/:hash`, `/block-height/:height`), as served by block explorers.

It knows no fees of a block and no price. `read_header` reads the shape of a block that mempool's servers share.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.edges.chain import shapes
from bot.edges.chain.http import Door, NotOfferedError, host_of
from bot.errors import SourceError
from bot.model import BlockHeader


def read_header(block: Any) -> BlockHeader:
    """A block of the Esplora or mempool form, with its fees where `extras` tells them."""
    block = shapes.mapping(block, "a block")
    extras = block.get("extras")
    fees = extras.get("totalFees") if isinstance(extras, dict) else None
    return BlockHeader(
        height=shapes.integer(shapes.field(block, "height"), "the height"),
        hash=shapes.block_hash(shapes.field(block, "id")),
        time=shapes.seconds(shapes.field(block, "timestamp"), "the block's time"),
        bits=shapes.bits(shapes.field(block, "bits")),
        fees=None if fees is None else shapes.integer(fees, "the fees", most=21 * 10**14),
        previous=shapes.block_hash(block["previousblockhash"]) if block.get("previousblockhash") else "",
    )


def in_order(blocks: Sequence[BlockHeader]) -> tuple[BlockHeader, ...]:
    """The blocks by height; SourceError unless each follows the one before."""
    ordered = tuple(sorted(blocks, key=lambda block: block.height))
    for before, after in itertools.pairwise(ordered):
        if after.height != before.height + 1 or (after.previous and after.previous != before.hash):
            raise SourceError(f"its blocks {before.height:,} and {after.height:,} do not follow each other")
    return ordered


class EsploraSource:
    """One Esplora server."""

    def __init__(self, door: Door, root: str) -> None:
        self.name = host_of(root)
        self.own = False
        self._door = door

    async def newest(self) -> tuple[BlockHeader, ...]:
        """The ten newest blocks, or the tip alone from a server without that path."""
        try:
            return await self._page("/blocks")
        except NotOfferedError:
            return (await self._block(await self._door.text("/blocks/tip/hash")),)

    async def headers(self, top: int) -> tuple[BlockHeader, ...]:
        """Ten blocks up to `top`, or that one alone from a server without that path."""
        try:
            found = await self._page(f"/blocks/{top}")
        except NotOfferedError:
            found = (await self._block(await self._door.text(f"/block-height/{top}")),)
        return held_to(found, top)

    async def mean_fees(self) -> Decimal | None:
        """Not told."""
        return None

    async def _page(self, path: str) -> tuple[BlockHeader, ...]:
        return in_order([read_header(block) for block in shapes.array(await self._door.json(path), "the list of blocks")])

    async def _block(self, block: str) -> BlockHeader:
        return read_header(await self._door.json(f"/block/{shapes.block_hash(block)}"))


def held_to(blocks: tuple[BlockHeader, ...], top: int) -> tuple[BlockHeader, ...]:
    """The blocks, if the last is the one at `top` that was asked for."""
    if blocks[-1].height != top:
        raise SourceError(f"asked for block {top:,} it sent block {blocks[-1].height:,}")
    return blocks
