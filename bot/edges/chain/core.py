"""Headers from a Bitcoin Core node over JSON-RPC: the operator's own node, which comes first.

A node that is still catching up (initial download, or blocks behind headers) or is not on the main network is no source.
Old and new versions differ: an RPC error comes with HTTP 500, 404 or 200, `bits` is a hex string.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.edges.chain import shapes
from bot.edges.chain.esplora import held_to, in_order
from bot.edges.chain.http import Door
from bot.errors import SourceError
from bot.model import OWN_NODE, BlockHeader

_RPC_STATES = frozenset({404, 500})
_BACK = 5  # headers before the tip, one call each: enough to see a reorganisation
_CATCHING_UP = 2
_FEE_BLOCKS = 12


class CoreSource:
    """One node."""

    def __init__(self, door: Door, name: str = OWN_NODE) -> None:
        self.name = name
        self.own = True
        self._door = door

    async def newest(self) -> tuple[BlockHeader, ...]:
        """The tip and a few blocks before it; SourceError while the node is catching up."""
        info = shapes.mapping(await self._call("getblockchaininfo"), "the answer")
        if info.get("chain", "main") != "main":
            raise SourceError(f"the node is on {shapes.shown(info['chain'])}, not on the main network")
        height = shapes.integer(shapes.field(info, "blocks"), "the height")
        ahead = shapes.integer(info.get("headers", height), "the height of headers")
        if info.get("initialblockdownload") is True or ahead - height > _CATCHING_UP:
            raise SourceError(f"the node is catching up: {height:,} of {ahead:,} blocks")
        return await self._back_from(shapes.block_hash(shapes.field(info, "bestblockhash")), _BACK)

    async def headers(self, top: int) -> tuple[BlockHeader, ...]:
        """The block at `top` alone."""
        found = shapes.block_hash(await self._call("getblockhash", top))
        return held_to((await self._header(found),), top)

    async def mean_fees(self) -> Decimal | None:
        """Mean fees of the last two hours' worth of blocks; None from a node that cannot tell (pruned, or an old version)."""
        height = shapes.integer(await self._call("getblockcount"), "the height")
        total = 0
        for back in range(min(_FEE_BLOCKS, height)):
            stats = await self._call("getblockstats", height - back, ["totalfee"])
            total += shapes.integer(shapes.field(stats, "totalfee"), "the fees", most=21 * 10**14)
        return Decimal(total).scaleb(-8) / min(_FEE_BLOCKS, height) if height else None

    async def _back_from(self, block: str, back: int) -> tuple[BlockHeader, ...]:
        found = [await self._header(block)]
        while len(found) <= back and found[-1].previous:
            found.append(await self._header(found[-1].previous))
        return in_order(found)

    async def _header(self, block: str) -> BlockHeader:
        header = shapes.mapping(await self._call("getblockheader", block, True), "a header")
        if header.get("confirmations") == -1:
            raise SourceError("its tip has left the main chain")
        return BlockHeader(
            height=shapes.integer(shapes.field(header, "height"), "the height"),
            hash=shapes.block_hash(shapes.field(header, "hash")),
            time=shapes.seconds(shapes.field(header, "time"), "the block's time"),
            bits=shapes.bits(shapes.field(header, "bits")),
            previous=shapes.block_hash(header["previousblockhash"]) if header.get("previousblockhash") else "",
        )

    async def _call(self, method: str, *params: Any) -> Any:
        body = {"jsonrpc": "1.0", "id": method, "method": method, "params": list(params)}
        answer = shapes.mapping(await self._door.post(body, _RPC_STATES), "the answer")
        error = answer.get("error")
        if error is not None:
            said = error.get("message") if isinstance(error, dict) else error
            raise SourceError(f"{method}: {shapes.shown(said)}")
        return shapes.field(answer, "result")
