"""The chain job against services on loopback: what it keeps, whom it believes, and that no fault makes it wrong or crash."""

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.decisions import network
from bot.decisions.chain_words import rank_words
from bot.decisions.figures import Known, Standing
from bot.decisions.history import join_history, shipped_history
from bot.decisions.remarks import told
from bot.decisions.standing import standing
from bot.edges.chain.build import Sources, open_sources
from bot.edges.store.store import Store
from bot.jobs.chain import ChainJob, ChainNews
from bot.model import Gauge
from bot.model.bits import difficulty
from bot.settings import load_settings
from tests.support.chain import LAG, FakeService
from tests.support.chain_faults import CHAIN_FAULTS, HTTP_FAULTS, PRICE_FAULTS, Fault
from tests.support.chain_services import Coinbase, CoinGecko, Core, Esplora, Kraken, Mempool, Service
from tests.support.chain_world import World
from tests.support.remarks import said

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
BITS = {463: 0x1701FCA1, 464: 0x17023C7E, 465: 0x1701F303}
RETARGET = 935_424


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def a_world(tip: int = 935_820, now: datetime = NOW) -> World:
    return World(start=933_408, tip=tip, now=now, bits=dict(BITS))


@dataclass
class Bench:
    """Fakes, a store and the job between them."""

    world: World
    fakes: list[FakeService]
    store: Store
    sources: Sources
    job: ChainJob

    async def poll(self) -> ChainNews:
        return await self.job.poll(self.world.now)

    def standing(self) -> Standing:
        chain, now = self.store.chain, self.world.now
        readings = [reading for gauge in Gauge for reading in chain.latest(gauge, now)]
        days = {day.day: day for day in chain.days((now - timedelta(days=366)).date(), now.date())}
        history = join_history(shipped_history(), chain.retargets())
        return standing(Known(history, chain.blocks(), tuple(readings), days), now)

    def restart(self) -> None:
        self.job = ChainJob(self.sources, self.store)


@contextlib.asynccontextmanager
async def bench(world: World, *services: Service):
    with contextlib.ExitStack() as stack:
        fakes = [stack.enter_context(FakeService(world, service)) for service in services]
        store = stack.enter_context(Store.open("sqlite://"))
        async with open_sources(settings_of(fakes), timeout=0.8, first_pause=0.01) as sources:
            yield Bench(world, fakes, store, sources, ChainJob(sources, store))


def settings_of(fakes: list[FakeService]):
    def roots(kind: type[Service]) -> Iterator[str]:
        return (fake.root for fake in fakes if type(fake.service) is kind)

    prices = {Kraken: "kraken", Coinbase: "coinbase", CoinGecko: "coingecko"}
    core = next(roots(Core), None)
    return load_settings(
        _env_file=None,
        mempool_urls=",".join(roots(Mempool)),
        esplora_urls=",".join(roots(Esplora)),
        core_rpc_url=core and core.replace("http://", "http://us%2Fer:p%40ss@"),
        price_urls=",".join(f"{prices[type(fake.service)]}={fake.root}" for fake in fakes if type(fake.service) in prices),
    )


# --- what it keeps


async def test_one_mempool_server_gives_every_figure_of_the_chain() -> None:
    async with bench(a_world(), Mempool(), Kraken()) as b:
        news = await b.poll()
        assert not news.faults
        assert news.tip.height == 935_820
        now = b.standing()
        assert now.difficulty.value == difficulty(0x17023C7E)
        assert now.height.value == 935_820
        assert now.height.source == b.fakes[0].name
        assert now.epoch.done == 396
        assert not now.epoch.estimated
        assert now.change.pct.quantize(Decimal("0.01")) == Decimal("-11.16")
        assert rank_words(now).startswith("the largest fall since July 2021, the 10th largest ever")
        assert now.projection.blocks_left == 1620
        assert abs(now.projection.change_pct) < Decimal("0.1")
        assert set(now.hashrates) == {144, 432, 1008}
        assert now.hashrates[144].value == network.hashrate(difficulty(0x17023C7E))
        assert now.price.value == b.world.price
        assert now.fees.value == pytest.approx(Decimal("0.02000003"), rel=Decimal("0.00001"))
        reward = Decimal("3.125") + now.fees.value
        assert now.hashprice.value == network.hashprice(b.world.price, reward, network.hashrate(now.difficulty.value))
        assert now.puell is not None
        assert now.puell_days == 365


async def test_the_hashrate_of_a_window_over_a_retarget_minds_both_difficulties() -> None:
    async with bench(a_world(), Mempool()) as b:
        await b.poll()
        seen = b.standing().hashrates[1008]
        before, after = difficulty(0x1701FCA1), difficulty(0x17023C7E)
        mean = (before * (1008 - 397) + after * 397) / 1008
        assert float(seen.value) == pytest.approx(float(network.hashrate(mean)))


@pytest.mark.parametrize("service", [Mempool, Esplora, Core])
async def test_every_kind_of_chain_source_tells_the_same(service: type[Service]) -> None:
    async with bench(a_world(), service()) as b:
        await b.poll()
        now = b.standing()
        assert (now.height.value, now.epoch.done, set(now.hashrates)) == (935_820, 396, {144, 432, 1008})
        assert now.difficulty.value == difficulty(0x17023C7E)


@pytest.mark.parametrize("missing", ["/v1/blocks", "/v1"])
async def test_a_mempool_server_without_its_own_paths_is_asked_the_esplora_way(missing: str) -> None:
    async with bench(a_world(), Mempool()) as b:
        b.fakes[0].missing = {missing}
        await b.poll()
        assert b.standing().height.value == 935_820


async def test_a_mempool_server_that_tells_no_blocks_is_read_by_its_summaries() -> None:
    async with bench(a_world(), Mempool()) as b:
        b.fakes[0].missing = {"/v1/blocks", "/blocks/9", "/block/", "/block-height", "/v1/mining/reward-stats"}
        b.fakes[0].missing_exactly = {"/blocks"}
        await b.poll()
        now = b.standing()
        assert (now.height.value, now.epoch.done) == (935_820, 396)
        assert now.difficulty.value == difficulty(0x17023C7E)
        assert now.change.pct.quantize(Decimal("0.01")) == Decimal("-11.16")
        assert abs(now.projection.change_pct) < Decimal("0.1")
        assert now.hashrates == {}


async def test_retargets_after_the_shipped_history_are_learnt_and_kept() -> None:
    start = 969_696
    bits = {start // 2016: 0x17021EF0, start // 2016 + 1: 0x17020000, start // 2016 + 2: 0x17021000}
    world = World(start=start, tip=start + 5000, now=datetime(2026, 11, 7, tzinfo=UTC), bits=bits)
    async with bench(world, Mempool(), Esplora()) as b:
        news = await b.poll()
        assert not news.faults
        assert [retarget.bits for retarget in b.store.chain.retargets()[-2:]] == [0x17020000, 0x17021000]
        now = b.standing()
        assert now.change.after.height == start + 4032
        assert now.change.pct == network.change_pct(0x17020000, 0x17021000)
        assert not news.retargets, "what was found at the first look is no news"


async def test_without_a_source_in_reach_the_last_known_values_stand_with_their_age() -> None:
    async with bench(a_world(), Mempool(), Coinbase()) as b:
        await b.poll()
        for fake in b.fakes:
            fake.befall(Fault.CUT)
        b.world.now += timedelta(hours=5)
        news = await b.poll()
        assert set(news.faults) == {b.fakes[0].name, "coinbase"}
        assert news.tip is None
        now = b.standing()
        assert now.difficulty.value == difficulty(0x17023C7E)
        assert now.height.stale
        assert now.price.stale
        assert now.hashprice.stale
        assert now.height.age == now.price.age == timedelta(hours=5)
        assert {problem.source for problem in now.problems} == {b.fakes[0].name, "coinbase"}


async def test_a_pass_costs_few_requests() -> None:
    async with bench(a_world(), Mempool(), Kraken()) as b:
        await b.poll()
        assert len(b.fakes[0].calls) <= 8
        assert len(b.fakes[1].calls) == 2
        b.fakes[0].calls.clear()
        b.world.mine()
        await b.poll()
        assert b.fakes[0].calls == ["GET /api/v1/blocks"]


async def test_what_sources_said_is_forgotten_and_what_was_shown_is_kept() -> None:
    async with bench(a_world(), Mempool(), Coinbase()) as b:
        await b.poll()
        b.world.now += timedelta(days=20)
        b.fakes[1].befall(Fault.CUT)
        await b.poll()
        start = NOW - timedelta(days=1)
        assert len(b.store.chain.series(Gauge.QUOTE, start, b.world.now)) == 0
        assert len(b.store.chain.series(Gauge.PRICE, start, b.world.now)) == 1


# --- retargets


async def test_a_retarget_is_news_once_also_over_a_restart() -> None:
    world = a_world(tip=RETARGET - 1, now=datetime(2026, 2, 7, 13, 40, tzinfo=UTC))
    async with bench(world, Mempool(), Esplora()) as b:
        assert not (await b.poll()).retargets
        world.mine()
        news = await b.poll()
        assert [(retarget.height, retarget.bits) for retarget in news.retargets] == [(RETARGET, 0x17023C7E)]
        assert b.standing().change.pct.quantize(Decimal("0.01")) == Decimal("-11.16")
        assert not (await b.poll()).retargets
        b.restart()
        world.mine()
        assert not (await b.poll()).retargets


async def test_a_reorganisation_at_the_boundary_corrects_the_retarget() -> None:
    world = a_world(tip=RETARGET, now=datetime(2026, 2, 7, 13, 50, tzinfo=UTC))
    async with bench(world, Mempool(), Esplora()) as b:
        await b.poll()
        world.bits[464] = 0x17023C80
        world.reorganise(3, later=20)
        news = await b.poll()
        assert news.replaced
        assert not news.retargets
        assert [(retarget.height, retarget.bits) for retarget in news.corrected] == [(RETARGET, 0x17023C80)]
        assert b.store.chain.retargets()[-1].bits == 0x17023C80
        assert not (await b.poll()).corrected


async def test_a_halving_is_news() -> None:
    world = World(start=1_048_320, tip=1_049_999, now=NOW, bits={520: 0x17021EF0})
    async with bench(world, Mempool()) as b:
        b.fakes[0].missing = {"/older"}  # what came before is not served
        await b.poll()
        world.mine(2)
        assert (await b.poll()).halvings == (1_050_000,)


async def test_blocks_missed_while_away_are_no_reason_to_miss_a_retarget() -> None:
    world = a_world(tip=RETARGET - 1, now=datetime(2026, 2, 7, 13, 40, tzinfo=UTC))
    async with bench(world, Mempool()) as b:
        await b.poll()
        world.mine(120)
        assert [retarget.height for retarget in (await b.poll()).retargets] == [RETARGET]


# --- whom it believes


async def test_one_that_lags_is_left_out_and_named() -> None:
    async with bench(a_world(), Mempool(), Esplora(), Core()) as b:
        b.fakes[0].befall(Fault.LAGS)
        news = await b.poll()
        assert said(news.faults) == {b.fakes[0].name: f"{LAG} blocks behind"}
        now = b.standing()
        assert now.height.value == 935_820
        assert b.fakes[0].name not in now.sources
        assert [told(problem.note) for problem in now.problems] == [f"{LAG} blocks behind"]


@pytest.mark.parametrize(
    ("fault", "liar"),
    [
        (Fault.LAGS, 2),
        (Fault.AHEAD, 0),
        (Fault.AHEAD, 2),
        (Fault.OTHER_CHAIN, 1),
        (Fault.OTHER_CHAIN, 2),
        (Fault.WRONG_BITS, 0),
        (Fault.FUTURE, 2),
    ],
)
async def test_of_three_the_one_that_lies_is_found(fault: Fault, liar: int) -> None:
    async with bench(a_world(), Mempool(), Esplora(), Core()) as b:
        b.fakes[liar].befall(fault)
        news = await b.poll()
        assert len(news.faults) == 1
        now = b.standing()
        assert now.height.value == 935_820
        assert now.difficulty.value == difficulty(0x17023C7E)
        assert not now.height.stale


@pytest.mark.parametrize(("fault", "liar"), [(fault, number % 2) for number, fault in enumerate(CHAIN_FAULTS)])
async def test_of_two_the_one_that_continues_what_is_known_is_believed(fault: Fault, liar: int) -> None:
    async with bench(a_world(), Mempool(), Esplora()) as b:
        await b.poll()
        b.fakes[liar].befall(fault)
        b.world.mine(4, seconds=600)
        await b.poll()
        now = b.standing()
        assert now.height.value == 935_824
        assert now.difficulty.value == difficulty(0x17023C7E)
        b.fakes[liar].befall()
        await b.poll()
        news = await b.poll()
        assert not news.faults
        assert set(b.standing().sources) == {fake.name for fake in b.fakes}


@pytest.mark.parametrize("fault", CHAIN_FAULTS)
async def test_a_single_source_that_starts_to_lie_is_not_believed(fault: Fault) -> None:
    async with bench(a_world(), Mempool()) as b:
        await b.poll()
        b.fakes[0].befall(fault)
        b.world.now += timedelta(minutes=5)
        await b.poll()
        now = b.standing()
        assert now.height.value == 935_820
        assert now.difficulty.value == difficulty(0x17023C7E)
        b.fakes[0].befall()
        b.world.mine(3)
        await b.poll()
        assert b.standing().height.value == 935_823


async def test_a_block_of_difference_at_the_tip_is_no_fault() -> None:
    world, other = a_world(), a_world()
    async with bench(world, Mempool(), Esplora()) as b:
        b.fakes[1].world = other
        await b.poll()
        other.reorganise(1, longer=0)
        news = await b.poll()
        assert not news.faults
        assert said(news.remarks) == {b.fakes[1].name: "has another block 935,820"}
        world.mine()
        assert not (await b.poll()).faults


async def test_the_own_node_leads_and_one_that_catches_up_is_no_source() -> None:
    core = Core()
    async with bench(a_world(), Mempool(), core) as b:
        await b.poll()
        assert set(b.standing().sources) == {"own node", b.fakes[0].name}
        core.catching_up = True
        news = await b.poll()
        assert said(news.faults) == {"own node": "the node is catching up: 935,820 of 936,012 blocks"}


# --- prices


async def test_prices_are_compared_and_never_averaged() -> None:
    async with bench(a_world(), Kraken(), Coinbase(), CoinGecko()) as b:
        b.fakes[0].befall(Fault.TENFOLD)
        news = await b.poll()
        assert news.price.price == b.world.price
        assert said(news.faults) == {"kraken": "says $691,234, +900.0 % off coinbase"}
        assert b.standing().price_change_24h.value == Decimal("-3.48")


async def test_two_prices_that_differ_are_both_shown() -> None:
    async with bench(a_world(), Kraken(), Coinbase()) as b:
        b.fakes[1].befall(Fault.TENFOLD)
        await b.poll()
        assert told(b.standing().price.note) == "coinbase says $691,234"


async def test_a_leap_that_nothing_confirms_is_not_believed() -> None:
    async with bench(a_world(), Kraken()) as b:
        await b.poll()
        b.fakes[0].befall(Fault.TENFOLD)
        b.world.now += timedelta(minutes=30)
        news = await b.poll()
        assert said(news.faults) == {"kraken": "says $691,234, which nothing confirms"}
        now = b.standing()
        assert now.price.value == b.world.price
        assert now.price.age == timedelta(minutes=30)


@pytest.mark.parametrize("service", [Kraken, Coinbase, CoinGecko])
async def test_every_price_service_is_read(service: type[Service]) -> None:
    async with bench(a_world(), service()) as b:
        await b.poll()
        assert b.standing().price.value == b.world.price


async def test_the_change_of_a_day_follows_from_the_stored_price_where_nobody_tells_it() -> None:
    async with bench(a_world(), Kraken()) as b:
        await b.poll()
        assert b.standing().price_change_24h is None
        b.world.now += timedelta(days=1)
        b.world.price *= Decimal("1.1")
        await b.poll()
        assert b.standing().price_change_24h.value == 10


async def test_an_old_price_is_no_price() -> None:
    async with bench(a_world(), CoinGecko()) as b:
        b.fakes[0].befall(Fault.OLD_PRICE)
        news = await b.poll()
        assert news.price is None
        assert said(news.faults) == {"coingecko": "its price is of 2026-02-10 02:00 UTC"}


# --- days


async def test_days_are_backfilled_with_price_range_and_issuance() -> None:
    async with bench(a_world(), Mempool(), Kraken()) as b:
        await b.poll()
        yesterday = b.store.chain.day(datetime(2026, 2, 9, tzinfo=UTC).date())
        assert yesterday.price_low < yesterday.price_close < yesterday.price_high
        assert abs(yesterday.issuance - yesterday.blocks * Decimal("3.125")) < 2
        assert yesterday.source == "kraken, blocks spread evenly"
        assert len(b.store.chain.days(datetime(2025, 1, 1, tzinfo=UTC).date(), NOW.date())) == 365


async def test_a_day_that_was_watched_has_its_blocks_counted() -> None:
    async with bench(a_world(), Mempool(), Kraken()) as b:
        for _ in range(25):
            await b.poll()
            b.world.mine(10)
        await b.poll()
        day = b.store.chain.day(datetime(2026, 2, 10, tzinfo=UTC).date())
        assert day is None or "spread" in day.source, "its first hours were not seen"
        for _ in range(15):
            b.world.mine(10)
            await b.poll()
        day = b.store.chain.day(datetime(2026, 2, 11, tzinfo=UTC).date())
        assert (day.blocks, day.issuance, day.source) == (144, Decimal(450), "kraken, blocks counted")


async def test_a_close_is_kept_from_our_own_readings_where_no_source_has_candles() -> None:
    async with bench(a_world(now=datetime(2026, 2, 9, 23, 30, tzinfo=UTC)), Mempool(), Coinbase()) as b:
        await b.poll()
        b.world.mine(5)
        await b.poll()
        day = b.store.chain.day(datetime(2026, 2, 9, tzinfo=UTC).date())
        assert day.price_close == b.world.price
        assert b.standing().puell_days == 1
        assert b.standing().puell is None


# --- faults


@pytest.mark.parametrize("fault", HTTP_FAULTS)
async def test_no_answer_of_any_kind_crashes_or_misleads(fault: Fault) -> None:
    async with bench(a_world(), Mempool(), Coinbase()) as b:
        await b.poll()
        for fake in b.fakes:
            fake.retry_after = "0"
            fake.befall(fault)
        news = await b.poll()
        assert set(news.faults) == {b.fakes[0].name, "coinbase"}
        assert all("\n" not in why and "http://" not in why for why in said(news.faults).values())
        now = b.standing()
        assert (now.height.value, now.price.value) == (935_820, b.world.price)
        for fake in b.fakes:
            fake.befall()
        b.world.mine()
        assert not (await b.poll()).faults
        assert b.standing().height.value == 935_821


async def test_all_faults_in_turn_on_every_source_leave_only_right_figures() -> None:
    services = (Mempool(), Esplora(), Core(), Kraken(), Coinbase(), CoinGecko())
    async with bench(a_world(), *services) as b:
        await b.poll()
        chain, prices = (*HTTP_FAULTS, *CHAIN_FAULTS), (*HTTP_FAULTS, *PRICE_FAULTS)
        quick = [fault for fault in chain if fault not in {Fault.HANG, Fault.HUGE}]
        for turn, fault in enumerate(quick):
            for place, fake in enumerate(b.fakes):
                pool = quick if place < 3 else [each for each in prices if each in quick or each in PRICE_FAULTS]
                fake.retry_after = "0"
                fake.befall(*(() if (turn + place) % 3 == 0 else (pool[(turn * (place + 1)) % len(pool)],)))
            b.world.mine()
            await b.poll()
            now = b.standing()
            assert now.height.value == b.world.tip, fault
            assert now.difficulty.value == difficulty(0x17023C7E)
            assert now.price.value == b.world.price
            assert not now.height.stale
            assert now.change.pct.quantize(Decimal("0.01")) == Decimal("-11.16")
        for fake in b.fakes:
            fake.befall()
        b.world.mine()
        await b.poll()
        assert not (await b.poll()).faults


@pytest.mark.parametrize("pair", list(itertools.combinations([Fault.HTML_429, Fault.WRONG_TYPES, Fault.LAGS, Fault.WRONG_BITS], 2)))
async def test_two_faulty_sources_leave_the_third(pair: tuple[Fault, Fault]) -> None:
    async with bench(a_world(), Mempool(), Esplora(), Core()) as b:
        await b.poll()
        b.fakes[0].befall(pair[0])
        b.fakes[1].befall(pair[1])
        b.world.mine()
        await b.poll()
        now = b.standing()
        assert now.height.value == 935_821
        assert now.difficulty.value == difficulty(0x17023C7E)


async def test_a_server_that_asks_for_time_is_left_alone_for_it() -> None:
    async with bench(a_world(), Mempool()) as b:
        b.fakes[0].retry_after = "120"
        b.fakes[0].befall(Fault.WAIT)
        assert "429" in told((await b.poll()).faults[b.fakes[0].name])
        calls = len(b.fakes[0].calls)
        news = await b.poll()
        assert "asked for a pause" in told(news.faults[b.fakes[0].name])
        assert len(b.fakes[0].calls) == calls == 1
