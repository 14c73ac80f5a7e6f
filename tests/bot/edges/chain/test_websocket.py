"""The websocket as a bell: it rings for every block, survives what servers do, and comes back by itself."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.edges.chain.websocket import MempoolBell, blocks_of
from bot.errors import SourceError
from tests.support.chain_bell import FakeBell
from tests.support.chain_world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def fake():
    world = World(start=935_424, tip=935_500, now=datetime(2026, 2, 8, tzinfo=UTC), bits={464: 0x17023C7E})
    with FakeBell(world) as bell:
        yield bell


@contextlib.asynccontextmanager
async def listening(fake: FakeBell, silence: float = 5) -> AsyncIterator[list[int]]:
    rung: list[int] = []
    bell = MempoolBell(fake.root, silence=silence, first_pause=0.01)
    task = asyncio.create_task(bell.listen(lambda block: rung.append(block.height)))
    try:
        await until(lambda: rung)
        yield rung
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(condition) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in a thread
            await asyncio.sleep(0.01)


async def test_it_rings_for_the_newest_block_and_for_every_new_one(fake: FakeBell) -> None:
    async with listening(fake) as rung:
        assert rung == [935_500]
        for _ in range(2):
            fake.world.mine()
            fake.ring()
        await until(lambda: len(rung) == 3)
        assert rung == [935_500, 935_501, 935_502]


async def test_a_block_told_twice_rings_once(fake: FakeBell) -> None:
    async with listening(fake) as rung:
        fake.ring()
        fake.world.mine()
        fake.ring()
        fake.ring()
        await until(lambda: len(rung) == 2)
        assert rung == [935_500, 935_501]


async def test_a_lost_connection_is_made_anew_and_tells_what_was_missed(fake: FakeBell) -> None:
    async with listening(fake) as rung:
        fake.drop()
        fake.world.mine(3)
        await until(lambda: rung[-1] == 935_503)


@pytest.mark.parametrize("message", ["no json", "[1, 2]", "null", '{"block": {"height": "x"}}', '{"blocks": [{}]}', "[" * 100_000])
async def test_nonsense_is_survived(fake: FakeBell, message: str) -> None:
    async with listening(fake) as rung:
        fake.send(message)
        fake.world.mine()
        await until(lambda: len(fake.asked) == 2)  # it connected anew
        await until(lambda: rung[-1] == 935_501)


async def test_silence_is_asked_and_a_deaf_server_left(fake: FakeBell) -> None:
    async with listening(fake, silence=0.1):
        await until(lambda: {"action": "ping"} in fake.asked)
        assert len(fake.connections) == 1
        fake.deaf = True
        await until(lambda: len(fake.connections) >= 2)


async def test_other_messages_ring_nothing(fake: FakeBell) -> None:
    async with listening(fake) as rung:
        for message in ({"pong": True}, {"conversions": {"USD": 1}}, {"blocks": None}, {"block": None, "da": {}}, {"blocks": []}):
            fake.send(message)
        fake.world.mine()
        fake.ring()
        await until(lambda: len(rung) == 2)
        assert len(fake.connections) == 1


class Talker:
    """A connection over which the test itself sends."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[str] = asyncio.Queue()

    async def send(self, message: str) -> None:
        pass

    async def recv(self) -> str:
        return await self.messages.get()


async def test_an_end_that_comes_together_with_a_message_is_an_end() -> None:
    talker = Talker()
    task = asyncio.create_task(MempoolBell("http://127.0.0.1:9/api")._hear(talker, lambda block: None))  # type: ignore[arg-type]
    await asyncio.sleep(0.01)
    talker.messages.put_nowait("{}")
    task.cancel()
    await asyncio.wait({task}, timeout=1)
    assert task.cancelled()


def test_a_message_that_is_no_object_is_told() -> None:
    with pytest.raises(SourceError, match="no object"):
        blocks_of("3")
    assert blocks_of("{}") == []
