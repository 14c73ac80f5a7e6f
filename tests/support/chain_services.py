"""How each kind of chain or price service answers on the wire, strict about paths and parameters.

What mempool servers tell of difficulty changes and hashrate by themselves is made wrong on purpose (a change of 0, hashrates
of 0): nobody may believe it.
"""

import base64
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from tests.support.chain_faults import Fault
from tests.support.chain_world import Block, World


class NotServed(Exception):  # noqa: N818
    """A path, parameter or block that the service does not have."""


class Request:
    """One call as the service sees it."""

    def __init__(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> None:
        self.method, self.path, self.query, self.headers, self.body = method, path, query, headers, body


class Shown(Protocol):
    """What a service may know of the server it runs on."""

    world: World
    faults: set[Fault]

    def blocks(self) -> dict[int, Block]: ...

    def price(self) -> str: ...


class Service:
    """How a kind of service answers."""

    prefix = ""

    def answer(self, fake: Shown, request: Request) -> Any:
        raise NotImplementedError


def _only(request: Request, *allowed: str) -> None:
    if request.method != "GET" or set(request.query) - set(allowed):
        raise NotServed


class Mempool(Service):
    """mempool.space's REST paths, and the Esplora paths it serves too."""

    prefix = "/api"

    def answer(self, fake: Shown, request: Request) -> Any:
        match request.path.removeprefix("/api/").split("/"):
            case ["v1", "mining", *rest]:
                _only(request)
                return self._mining(fake.blocks(), rest)
            case ["v1", "blocks", *rest]:
                _only(request)
                return [mempool_block(block) for block in _page(fake.blocks(), rest, 15)]
            case ["v1", "ws"]:
                return 404, {}  # no websocket here: see chain_bell
            case ["v1", *rest]:
                return self._rest(fake, request, rest)
        return Esplora().answer(fake, request)

    def _mining(self, blocks: dict[int, Block], parts: list[str]) -> Any:
        match parts:
            case ["reward-stats", count]:
                return _reward_stats([blocks[height] for height in sorted(blocks)[-int(count) :]])
            case ["difficulty-adjustments", "6m"]:
                starts = [block for height, block in sorted(blocks.items(), reverse=True) if height % 2016 == 0]
                return [[block.time, block.height, block.difficulty, 0] for block in starts]
            case ["hashrate", _]:
                return {"hashrates": [], "difficulty": [], "currentHashrate": 0, "currentDifficulty": 0}
        raise NotServed

    def _rest(self, fake: Shown, request: Request, parts: list[str]) -> Any:
        match parts:
            case ["prices"]:
                _only(request)
                price = int(float(fake.price()))
                stamp = int(fake.world.now.timestamp()) - (7 * 3600 if Fault.OLD_PRICE in fake.faults else 600)
                return {"time": stamp, "USD": price, "EUR": -1, "GBP": price, "CAD": 1, "CHF": 1, "AUD": 1, "JPY": 1}
            case ["historical-price"]:
                _only(request, "currency", "timestamp")
                return {"prices": _history(fake), "exchangeRates": {"USDEUR": 0.92}}
            case ["difficulty-adjustment"]:
                return _adjustment(fake.blocks())
        raise NotServed


def _adjustment(blocks: dict[int, Block]) -> dict[str, Any]:
    tip = blocks[max(blocks)]
    start, done = blocks[tip.height - tip.height % 2016], tip.height % 2016
    return {
        "difficultyChange": 0,
        "previousRetarget": 0,
        "remainingBlocks": 2016 - done,
        "nextRetargetHeight": start.height + 2016,
        "previousTime": start.time,
        "timeAvg": (tip.time - start.time) * 1000 // max(done, 1),
    }


def _reward_stats(counted: list[Block]) -> dict[str, Any]:
    fees = sum(block.fees for block in counted)
    return {
        "startBlock": counted[0].height,
        "endBlock": counted[-1].height,
        "totalReward": str(fees + len(counted) * 312_500_000),
        "totalFee": str(fees),
        "totalTx": "400000",
    }


class Esplora(Service):
    """Esplora's paths."""

    prefix = "/api"

    def answer(self, fake: Shown, request: Request) -> Any:
        _only(request)
        blocks = fake.blocks()
        match request.path.removeprefix("/api/").split("/"):
            case ["blocks", "tip", "height"]:
                return str(max(blocks))
            case ["blocks", "tip", "hash"]:
                return blocks[max(blocks)].hash
            case ["blocks", *rest]:
                return [_esplora_block(block) for block in _page(blocks, rest, 10)]
            case ["block", wanted]:
                return _esplora_block(_found(blocks, wanted))
            case ["block-height", height] if height.isdigit() and int(height) in blocks:
                return blocks[int(height)].hash
        raise NotServed


class Core(Service):
    """Bitcoin Core's RPC, for user `u:ser` with password `p@ss`."""

    auth = "Basic " + base64.b64encode(b"us/er:p@ss").decode()

    def __init__(self) -> None:
        self.catching_up = False

    def answer(self, fake: Shown, request: Request) -> Any:
        if request.method != "POST" or request.path != "/":
            raise NotServed
        if request.headers.get("Authorization") != self.auth:
            return 401, ""
        call = json.loads(request.body)
        assert set(call) == {"jsonrpc", "id", "method", "params"}
        try:
            result, error = self._call(fake.blocks(), call["method"], call["params"]), None
        except LookupError:
            result, error = None, {"code": -5, "message": "Block not found"}
        return (500 if error else 200), {"result": result, "error": error, "id": call["id"]}

    def _call(self, blocks: dict[int, Block], method: str, params: list[Any]) -> Any:
        tip = blocks[max(blocks)]
        match method, params:
            case "getblockchaininfo", []:
                ahead = 192 if self.catching_up else 0
                return {
                    "chain": "main",
                    "blocks": tip.height,
                    "headers": tip.height + ahead,
                    "bestblockhash": tip.hash,
                    "difficulty": tip.difficulty,
                    "initialblockdownload": self.catching_up,
                    "warnings": [],
                }
            case "getblockcount", []:
                return tip.height
            case "getblockhash", [int(height)]:
                return blocks[height].hash
            case "getblockheader", [str(wanted), True]:
                block = _found(blocks, wanted)
                return {
                    "hash": block.hash,
                    "confirmations": tip.height - block.height + 1,
                    "height": block.height,
                    "time": block.time,
                    "mediantime": block.time - 3000,
                    "bits": f"{block.bits:08x}",
                    "difficulty": block.difficulty,
                    "previousblockhash": block.previous,
                }
            case "getblockstats", [int(height), ["totalfee"]]:
                return {"totalfee": blocks[height].fees}
        raise NotServed


class Kraken(Service):
    """Kraken's ticker and candles."""

    def answer(self, fake: Shown, request: Request) -> Any:
        _only(request, "pair", "interval", "since")
        if Fault.NO_PRICE in fake.faults:
            return {"error": ["EService:Unavailable"]}
        price = fake.price()
        match request.path, request.query:
            case "/0/public/Ticker", {"pair": "XBTUSD"}:
                return {"error": [], "result": {"XXBTZUSD": {"a": [price, "1", "1.000"], "c": [price, "0.01"], "o": "1.0"}}}
            case "/0/public/OHLC", {"pair": "XBTUSD", "interval": "1440"}:
                candles = [
                    [int(day.timestamp()), close, _times(close, 1.02), _times(close, 0.97), close, close, "9", 9]
                    for day, close in _closes(fake)
                ]
                return {"error": [], "result": {"XXBTZUSD": candles[-720:], "last": candles[-2][0]}}
        raise NotServed


class Coinbase(Service):
    """Coinbase's spot price."""

    def answer(self, fake: Shown, request: Request) -> Any:
        _only(request)
        if request.path != "/v2/prices/BTC-USD/spot":
            raise NotServed
        if not request.headers.get("User-Agent"):
            return 403, {}
        return {"data": {"amount": fake.price(), "base": "BTC", "currency": "USD"}}


class CoinGecko(Service):
    """CoinGecko's simple price."""

    def answer(self, fake: Shown, request: Request) -> Any:
        _only(request, "ids", "vs_currencies", "include_24hr_change", "include_last_updated_at")
        if request.path != "/api/v3/simple/price":
            raise NotServed
        stamp = int(fake.world.now.timestamp()) - (7 * 3600 if Fault.OLD_PRICE in fake.faults else 60)
        return {"bitcoin": {"usd": float(fake.price()), "usd_24h_change": -3.48, "last_updated_at": stamp}}


def _page(blocks: dict[int, Block], rest: Iterable[str], size: int) -> list[Block]:
    match list(rest):
        case []:
            top = max(blocks)
        case [height] if height.isdigit() and int(height) in blocks:
            top = int(height)
        case _:
            raise NotServed(f"{list(rest)}")
    return [blocks[height] for height in range(top, top - size, -1) if height in blocks]


def _found(blocks: dict[int, Block], wanted: str) -> Block:
    for block in blocks.values():
        if block.hash == wanted:
            return block
    raise LookupError(wanted)


def _esplora_block(block: Block) -> dict[str, Any]:
    return {
        "id": block.hash,
        "height": block.height,
        "version": 0x20000000,
        "timestamp": block.time,
        "bits": block.bits,
        "nonce": 1,
        "difficulty": block.difficulty,
        "tx_count": 3000,
        "previousblockhash": block.previous,
        "mediantime": block.time - 3000,
    }


def mempool_block(block: Block) -> dict[str, Any]:
    extras = {"totalFees": block.fees, "reward": 312_500_000 + block.fees, "pool": {"id": 1, "name": "Unknown"}, "matchRate": None}
    return {**_esplora_block(block), "extras": extras}


def _closes(fake: Shown) -> list[tuple[datetime, str]]:
    """Starts and closes of the last 400 days, the running one last."""
    today = fake.world.now.replace(hour=0, minute=0, second=0, microsecond=0)
    base = float(fake.price())
    return [(today - timedelta(days=back), f"{base * (1 + back / 1000):.1f}") for back in range(400, -1, -1)]


def _history(fake: Shown) -> list[dict[str, Any]]:
    """Newest first, a price just before each midnight, and the row of zeros that stands at the end."""
    prices = [{"time": int((day + timedelta(hours=23)).timestamp()), "USD": float(close)} for day, close in reversed(_closes(fake))]
    return [*prices, {"time": 0, "USD": 0}]


def _times(price: str, factor: float) -> str:
    return f"{float(price) * factor:.1f}"
