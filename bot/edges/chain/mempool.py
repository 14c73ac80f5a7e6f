"""Headers and fees over the REST API of mempool.space and of every server that speaks it.

Only headers are believed (`/v1/blocks`, 15 at a time); the server's own difficulty changes and hashrates are not read, since
they can be zero, stale or of another unit while the answer is HTTP 200. Servers without `/v1/blocks` are asked the Esplora way.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bot.edges.chain import shapes
from bot.edges.chain.esplora import EsploraSource, held_to
from bot.edges.chain.http import NotOfferedError
from bot.model import BlockHeader

_DAY_BLOCKS = 144
_ALL_COINS = 21 * 10**14


class MempoolSource(EsploraSource):
    """One mempool server."""

    async def newest(self) -> tuple[BlockHeader, ...]:
        """The 15 newest blocks with their fees."""
        try:
            return await self._page("/v1/blocks")
        except NotOfferedError:
            return await super().newest()

    async def headers(self, top: int) -> tuple[BlockHeader, ...]:
        """15 blocks up to `top`."""
        try:
            return held_to(await self._page(f"/v1/blocks/{top}"), top)
        except NotOfferedError:
            return await super().headers(top)

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

    async def height_before(self, when: datetime) -> int | None:
        """Height of the last block at or before a time."""
        try:
            found = await self._door.json(f"/v1/mining/blocks/timestamp/{int(when.timestamp())}")
        except NotOfferedError:
            return None
        return shapes.integer(shapes.field(found, "height"), "the height")
