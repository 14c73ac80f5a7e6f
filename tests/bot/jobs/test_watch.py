"""New blocks are heard of at once, from any of the bells, until the end."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.edges.chain.websocket import MempoolBell
from bot.jobs.watch import listen
from bot.model import BlockHeader
from tests.support.chain_bell import FakeBell
from tests.support.chain_world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class SilentBell:
    """A bell that never rings."""

    name = "silent"

    async def listen(self, ring: Callable[[BlockHeader], None]) -> None:
        await asyncio.Event().wait()


async def test_any_bell_rings_and_the_end_ends_all() -> None:
    world = World(start=935_424, tip=935_440, now=datetime(2026, 2, 8, tzinfo=UTC), bits={464: 0x17023C7E})
    with FakeBell(world) as fake:
        stop, rung = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(listen((SilentBell(), MempoolBell(fake.root)), rung.set, stop))
        async with asyncio.timeout(10):
            await rung.wait()
            stop.set()
            await task


async def test_without_bells_there_is_only_the_end() -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(listen((), lambda: None, stop))
    stop.set()
    await asyncio.wait_for(task, 5)
