"""As few messages are under way as keep the pace, and never so few that it is lost."""

import asyncio

import pytest

from bot.jobs.under_way import BEHIND, HANGS, UnderWay

pytestmark = pytest.mark.anyio
SLOT = 1 / 28


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def places(clock: Clock) -> UnderWay:
    return UnderWay(SLOT, clock)


async def is_let_in(places: UnderWay, late: float = 0.0) -> bool:
    """Whether one more may go now; it is under way from then on."""
    asking = asyncio.create_task(places.begin(late))
    for _ in range(5):
        await asyncio.sleep(0)
    if not asking.done():
        asking.cancel()
        await asyncio.wait({asking})
    return not asking.cancelled()


async def test_one_waits_until_the_one_before_is_marked(places: UnderWay, clock: Clock) -> None:
    first = await places.begin(0.0)
    second = asyncio.create_task(places.begin(0.0))
    await asyncio.sleep(0.02)
    assert not second.done()
    clock.now += SLOT / 2
    places.end(first)
    assert await asyncio.wait_for(second, 5) == clock.now
    assert not await is_let_in(places)


async def test_those_who_wait_go_in_the_order_of_asking(places: UnderWay) -> None:
    gone: list[int] = []

    async def go(number: int) -> None:
        begun = await places.begin(0.0)
        gone.append(number)
        await asyncio.sleep(0)
        places.end(begun)

    await asyncio.gather(*(go(number) for number in range(6)))
    assert gone == list(range(6))


async def test_slow_answers_let_as_many_go_side_by_side_as_the_pace_asks_for(places: UnderWay, clock: Clock) -> None:
    for _ in range(30):
        begun = await places.begin(0.0)
        clock.now += 2.5 * SLOT
        places.end(begun)
    assert [await is_let_in(places) for _ in range(4)] == [True, True, True, False]


async def test_being_late_opens_a_place_more(places: UnderWay) -> None:
    await places.begin(0.0)
    assert not await is_let_in(places, BEHIND / 2)
    assert await is_let_in(places, BEHIND * 1.5)
    assert not await is_let_in(places, BEHIND * 1.5)
    assert await is_let_in(places, BEHIND * 2.5)


async def test_a_call_that_hangs_is_not_waited_for(places: UnderWay, clock: Clock) -> None:
    await places.begin(0.0)
    assert not await is_let_in(places)
    clock.now += HANGS + 0.01
    assert await is_let_in(places)
    assert not await is_let_in(places)


async def test_who_gives_up_waiting_leaves_no_trace(places: UnderWay) -> None:
    first = await places.begin(0.0)
    assert not await is_let_in(places)
    places.end(first)
    assert await is_let_in(places)
