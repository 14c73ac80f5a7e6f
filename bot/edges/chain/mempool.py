"""Headers and fees over the REST API of mempool.space and of every server that speaks it.

Only headers are believed (`/v1/blocks`, 15 at a time); the server's own difficulty changes and hashrates are not read, since
they can be zero, stale or of another unit while the answer is HTTP 200. Servers without `/v1/blocks` are asked the Esplora way,
and of those without any blocks the summaries are read: levels of difficulty, from which bits follow, and times.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.edges.chain import shapes
from bot.edges.chain.esplora import EsploraSource, held_to
from bot.edges.chain.http import NotOfferedError
from bot.errors import SourceError
from bot.model import BlockHeader
from bot.model.bits import bits_of_difficulty

_DAY_BLOCKS, _EPOCH = 144, 2016
_ALL_COINS = 21 * 10**14


class MempoolSource(EsploraSource):
    """One mempool server."""

    async def newest(self) -> tuple[BlockHeader, ...]:
        """The 15 newest blocks with their fees."""
        try:
            return await self._page("/v1/blocks")
        except NotOfferedError:
            pass
        try:
            return await super().newest()
        except NotOfferedError:
            return (await self._summary(),)

    async def headers(self, top: int) -> tuple[BlockHeader, ...]:
        """15 blocks up to `top`."""
        try:
            return held_to(await self._page(f"/v1/blocks/{top}"), top)
        except NotOfferedError:
            pass
        try:
            return await super().headers(top)
        except NotOfferedError:
            return (await self._first_of_epoch(top),)

    async def _summary(self) -> BlockHeader:
        """The tip as the summaries tell it. Its time is the server's present, since no header tells when it was found."""
        block = shapes.block_hash(await self._door.text("/blocks/tip/hash"))
        now = await self._door.json("/v1/difficulty-adjustment")
        left = shapes.integer(shapes.field(now, "remainingBlocks"), "the blocks left", _EPOCH)
        height = shapes.integer(shapes.field(now, "nextRetargetHeight"), "the next retarget") - left
        mean = shapes.amount(shapes.field(now, "timeAvg"), "the mean block time") / 1000
        start = shapes.integer(shapes.field(now, "previousTime"), "the epoch's start", most=2**33)
        first = await self._first_of_epoch(height - height % _EPOCH)
        return replace(first, height=height, hash=block, time=shapes.seconds(start + int(mean * (height % _EPOCH))))

    async def _first_of_epoch(self, height: int) -> BlockHeader:
        """An epoch's first block without its hash, from the list of retargets: its bits are those that give the difficulty told."""
        for row in shapes.array(await self._door.json("/v1/mining/difficulty-adjustments/6m"), "the retargets"):
            told = shapes.array(row, "a retarget")
            if len(told) > 2 and told[1] == height:
                level = shapes.amount(told[2], "the difficulty")
                bits = bits_of_difficulty(level)
                if bits is None:
                    raise SourceError(f"no bits give the difficulty {shapes.shown(str(level))}")
                return BlockHeader(height, "", shapes.seconds(told[0]), bits)
        raise NotOfferedError(f"block {height:,} is not told")

    async def mean_fees(self) -> Decimal | None:
        """Mean fees of 144 blocks in BTC, from the server's sums."""
        try:
            stats = await self._door.json(f"/v1/mining/reward-stats/{_DAY_BLOCKS}")
        except NotOfferedError:
            return None
        fees = shapes.digits(shapes.field(stats, "totalFee"), "the sum of fees", _ALL_COINS)
        first = shapes.integer(shapes.field(stats, "startBlock"), "the first block")
        last = shapes.integer(shapes.field(stats, "endBlock"), "the last block")
        blocks = last - first + 1
        return Decimal(fees).scaleb(-8) / blocks if 0 < blocks <= 10 * _DAY_BLOCKS else None
