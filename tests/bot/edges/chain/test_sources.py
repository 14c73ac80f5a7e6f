"""Every source against any JSON: what comes back is right in form or a `SourceError` in one line; and the door they go through."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edges.chain.build import open_sources
from bot.edges.chain.core import CoreSource
from bot.edges.chain.esplora import EsploraSource
from bot.edges.chain.http import Door, NotOfferedError, host_of
from bot.edges.chain.mempool import MempoolSource
from bot.edges.chain.prices.coinbase import CoinbasePrices
from bot.edges.chain.prices.coingecko import CoinGeckoPrices
from bot.edges.chain.prices.kraken import KrakenPrices
from bot.edges.chain.prices.mempool import MempoolPrices
from bot.errors import SettingsError, SourceError
from bot.settings import load_settings

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
ROOT = "http://127.0.0.1:9/api"
HASH = "00" * 32

words = ["id", "height", "timestamp", "bits", "previousblockhash", "extras", "totalFees", "result", "error", "c", "XXBTZUSD", "last"]
words += ["data", "amount", "currency", "bitcoin", "usd", "last_updated_at", "usd_24h_change", "time", "USD", "prices", "blocks", "headers"]
words += ["bestblockhash", "hash", "chain", "totalFee", "startBlock", "endBlock", "initialblockdownload", "confirmations"]
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([HASH, "1.5", "NaN", "-1", "1e999", 935_424, 0x17023C7E, 1_770_000_000]),
)
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(words), inner, max_size=6), max_leaves=20
)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def door(answer, **options) -> Door:
    """A door to a server that answers as `answer(request)` says."""
    return Door(
        httpx.AsyncClient(transport=httpx.MockTransport(answer), follow_redirects=True, max_redirects=3), ROOT, first_pause=0, **options
    )


def json_door(value: object, status: int = 200) -> Door:
    return door(lambda _: httpx.Response(status, json=value) if finite(value) else httpx.Response(status, text=json.dumps(value)))


def finite(value: object) -> bool:
    text = json.dumps(value)
    return "NaN" not in text and "Infinity" not in text


@settings(max_examples=150)
@given(anything)
def test_any_json_is_read_or_refused_in_one_line(value: object) -> None:
    async def ask() -> None:
        here = json_door(value)
        esplora, mempool, core = EsploraSource(here, ROOT), MempoolSource(here, ROOT), CoreSource(here)
        prices = (KrakenPrices(here), CoinbasePrices(here), CoinGeckoPrices(here), MempoolPrices(here))
        calls = [call for source in (esplora, mempool, core) for call in (source.newest(), source.headers(935_424), source.mean_fees())]
        calls += [call for source in prices for call in (source.quote(NOW), source.days(date(2026, 1, 1)))]
        for call in calls:
            try:
                await call
            except SourceError as error:
                assert "\n" not in str(error)
                assert len(str(error)) < 200

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("service", "value", "price"),
    [
        (KrakenPrices, {"error": [], "result": {"XXBTZUSD": {"c": ["65279.80000", "0.01"]}}}, "65279.8"),
        (CoinbasePrices, {"data": {"amount": "67187.335", "base": "BTC", "currency": "USD"}}, "67187.335"),
        (CoinGeckoPrices, {"bitcoin": {"usd": 67187.3, "usd_24h_change": None, "last_updated_at": 1_770_000_000}}, "67187.3"),
        (MempoolPrices, {"time": 1_770_000_000, "USD": 43753, "EUR": -1}, "43753"),
    ],
)
async def test_prices_are_exact(service: type, value: object, price: str) -> None:
    assert (await service(json_door(value)).quote(NOW)).price == Decimal(price)


@pytest.mark.parametrize(
    ("service", "value"),
    [
        (KrakenPrices, {"error": ["EGeneral:Too many requests"]}),
        (KrakenPrices, {"error": [], "result": {}}),
        (KrakenPrices, {"error": [], "result": {"XXBTZUSD": {"c": ["-1", "0"]}}}),
        (CoinbasePrices, {"data": {"amount": "67187.335", "currency": "EUR"}}),
        (CoinbasePrices, {"data": {"amount": "NaN", "currency": "USD"}}),
        (CoinGeckoPrices, {}),
        (CoinGeckoPrices, {"bitcoin": {"usd": True}}),
        (CoinbasePrices, {"data": {"amount": "1e-999999999", "currency": "USD"}}),
        (CoinbasePrices, {"data": {"amount": "1e999999999", "currency": "USD"}}),
        (MempoolPrices, {"time": 1_770_000_000, "USD": -1}),
        (MempoolPrices, {"time": 0, "USD": 43753}),
    ],
)
async def test_what_is_no_price_is_refused(service: type, value: object) -> None:
    with pytest.raises(SourceError):
        await service(json_door(value)).quote(NOW)


async def test_the_running_day_is_no_day_yet() -> None:
    day = 1_770_595_200  # 2026-02-09
    candles = [[day + n * 86_400, "70", "72", "69", "71", "70", "1", 5] for n in range(2)]
    days = await KrakenPrices(json_door({"error": [], "result": {"XXBTZUSD": candles, "last": day}})).days(date(2026, 2, 1))
    assert [(each.day, each.price_low, each.price_high, each.price_close) for each in days] == [(date(2026, 2, 9), 69, 72, 71)]


async def test_a_mempool_server_closes_days_with_its_last_price_before_midnight() -> None:
    start = datetime(2026, 2, 9, tzinfo=UTC)
    prices = [{"time": int((start + timedelta(hours=hour)).timestamp()), "USD": 70_000 + hour} for hour in (1, 22, 24, 30)]
    days = await MempoolPrices(json_door({"prices": [*reversed(prices), {"time": 0, "USD": 0}]})).days(date(2026, 2, 1))
    assert [(each.day, each.price_close) for each in days] == [(date(2026, 2, 9), 70_024)]


# --- the door


async def test_a_server_that_recovers_is_asked_again() -> None:
    states = iter([502, 429, 200])
    assert await door(lambda _: httpx.Response(next(states), json={"a": 1})).json("/x") == {"a": 1}


@pytest.mark.parametrize("wait", ["7200", format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)])
async def test_a_long_pause_is_kept_without_asking(wait: str) -> None:
    calls = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        return httpx.Response(429, headers={"Retry-After": wait})

    here = door(answer)
    with pytest.raises(SourceError, match="too many requests"):
        await here.json("/x")
    with pytest.raises(SourceError, match=r"pause, (600|599) s"):
        await here.json("/x")
    assert len(calls) == 1


@pytest.mark.parametrize("status", [400, 404, 410])
async def test_what_is_not_there_is_told_apart(status: int) -> None:
    with pytest.raises(NotOfferedError):
        await json_door({}, status).json("/x")


@pytest.mark.parametrize("body", [b"<html>", b"", b"{", b"\xff\xfe", b"[1e99999999999999999999]", b"9" * 5000, b"[" * 200_000])
async def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        await door(lambda _: httpx.Response(200, content=body)).json("/x")


async def test_redirects_without_end_are_refused() -> None:
    with pytest.raises(SourceError, match="TooManyRedirects"):
        await door(lambda _: httpx.Response(302, headers={"Location": "/again"})).json("/x")


def test_no_password_is_shown() -> None:
    assert host_of("http://user:secret@node.example:8332/wallet") == "node.example:8332"
    assert host_of("https://mempool.space/api") == "mempool.space"


async def test_sources_are_built_from_the_settings_with_the_own_node_first() -> None:
    made = load_settings(
        _env_file=None,
        core_rpc_url="http://u:p%40ss@127.0.0.1",
        mempool_urls="http://127.0.0.1:1/api,http://127.0.0.1:1/other/api",
        esplora_urls="",
        price_urls="mempool=http://127.0.0.1:1/api,mempool=http://127.0.0.1:2/api",
    )
    async with open_sources(made) as sources:
        assert [source.name for source in sources.chain] == ["own node", "127.0.0.1:1", "127.0.0.1:1 #2"]
        assert [source.name for source in sources.prices] == ["mempool", "mempool #2"]
        assert len(sources.bells) == 2
        assert "p@ss" not in repr(sources)


@pytest.mark.parametrize("url", ["127.0.0.1:8332", "ftp://u:p@host", "http://u:p@host:port"])
def test_an_address_of_the_node_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="ASSAY_CORE_RPC_URL"):
        open_sources(load_settings(_env_file=None, core_rpc_url=url))
