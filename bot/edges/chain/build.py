"""Every source that the settings name, opened once: the operator's own node first, then the others in the order given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from bot.edges.chain.core import CoreSource
from bot.edges.chain.esplora import EsploraSource
from bot.edges.chain.http import FIRST_PAUSE, TIMEOUT, Client, Door, open_client
from bot.edges.chain.mempool import MempoolSource
from bot.edges.chain.prices.coinbase import CoinbasePrices
from bot.edges.chain.prices.coingecko import CoinGeckoPrices
from bot.edges.chain.prices.kraken import KrakenPrices
from bot.edges.chain.prices.mempool import MempoolPrices
from bot.edges.chain.source import BlockBell, ChainSource, PriceSource
from bot.edges.chain.websocket import MempoolBell
from bot.errors import SettingsError
from bot.settings import Settings

_CORE_PORT = 8332
_PRICES: dict[str, Callable[[Door], PriceSource]] = {
    "kraken": KrakenPrices,
    "coinbase": CoinbasePrices,
    "coingecko": CoinGeckoPrices,
    "mempool": MempoolPrices,
}


Auth = tuple[str, str] | None
_Named = TypeVar("_Named", ChainSource, PriceSource)


@dataclass(frozen=True, slots=True)
class Sources:
    """What may be asked about the chain and the market. Close it when done, or use it as a context manager."""

    chain: tuple[ChainSource, ...] = ()
    prices: tuple[PriceSource, ...] = ()
    bells: tuple[BlockBell, ...] = ()
    client: Client | None = field(default=None, repr=False)

    async def aclose(self) -> None:
        """Closes every connection."""
        if self.client is not None:
            await self.client.aclose()

    async def __aenter__(self) -> Sources:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def open_sources(settings: Settings, *, timeout: float = TIMEOUT, first_pause: float = FIRST_PAUSE) -> Sources:
    """The sources of the settings; no request is made yet. SettingsError for an address of the node that cannot be used.

    `timeout`: seconds without a byte before a request fails; `first_pause`: about the wait before it is tried again.
    """
    client = open_client(timeout)

    def door(root: str, auth: Auth = None) -> Door:
        return Door(client, root, auth=auth, first_pause=first_pause)

    own = () if settings.core_rpc_url is None else (_core(door, settings.core_rpc_url.get_secret_value()),)
    mempools = tuple(MempoolSource(door(root), root) for root in settings.mempool_urls)
    esploras = tuple(EsploraSource(door(root), root) for root in settings.esplora_urls)
    priced = (part.partition("=") for part in settings.price_urls)
    return Sources(
        chain=_named_apart((*own, *mempools, *esploras)),
        prices=_named_apart([_PRICES[name](door(root)) for name, _, root in priced]),
        bells=tuple(MempoolBell(root) for root in settings.mempool_urls),
        client=client,
    )


def _core(door: Callable[[str, Auth], Door], url: str) -> CoreSource:
    parts = urlsplit(url)
    try:
        port = parts.port or _CORE_PORT
    except ValueError:
        port = 0
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port:
        raise SettingsError("ASSAY_CORE_RPC_URL: give it as http://user:password@host:port")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    root = f"{parts.scheme}://{host}:{port}{parts.path}"
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return CoreSource(door(root, auth))


def _named_apart(sources: Sequence[_Named]) -> tuple[_Named, ...]:
    """The sources, those after the first of a name numbered: two paths of one host are two sources."""
    seen: dict[str, int] = {}
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        if seen[source.name] > 1:
            source.name = f"{source.name} #{seen[source.name]}"
    return tuple(sources)
