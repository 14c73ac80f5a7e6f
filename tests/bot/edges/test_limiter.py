"""No window ever holds more than Telegram allows, and a broadcast still goes at 27 messages a second or more."""

import asyncio
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edges.limiter import Limiter
from bot.edges.windows import NEVER, Limits, Windows

CHATS = st.sampled_from([1, 2, 3, -10, -11])


def most_within(times: list[float], window: float) -> int:
    """The largest number of times in any half-open window of that length."""
    return max((index + 1 - bisect_left(times, time - window + 1e-9) for index, time in enumerate(times)), default=0)


def send_all(windows: Windows, wanted: list[tuple[float, int, float, float]]) -> list[tuple[float, int]]:
    """Sends as early as the rule allows: pause before asking, chat, seconds until the arrival, seconds from there to the answer."""
    now, arrived = 1000.0, []
    under_way: list[tuple[float, int]] = []
    for pause, chat, out, back in wanted:
        now += pause
        while (ready := max(windows.ready_at(), windows.chat_ready_at(chat))) > now or any(end <= now for end, _ in under_way):
            end, other = min(under_way, default=(NEVER, 0))
            now = max(now, min(ready, end))
            if end <= now:
                windows.settle(other, end)
                under_way.remove((end, other))
        windows.take(chat, now)
        arrived.append((now + out, chat))
        under_way.append((now + out + back, chat))
    return sorted(arrived)


PAUSES = st.sampled_from([0.0, 0.0, 0.01, 0.4, 3.0])
OUT = st.one_of(st.floats(0, 0.06), st.floats(0, 0.45))  # a busy machine lets a message go, and sends it when it can
BACK = st.floats(0.02, 0.12)


@settings(max_examples=60)
@given(st.lists(st.tuples(PAUSES, CHATS, OUT, BACK), max_size=150))
def test_no_window_ever_holds_too_many(wanted: list[tuple[float, int, float, float]]) -> None:
    arrived = send_all(Windows(), wanted)
    assert most_within([at for at, _ in arrived], 1.0) <= 30
    for chat in {chat for _, chat in arrived}:
        own = [at for at, to in arrived if to == chat]
        assert most_within(own, 1.0) <= 1
        assert chat > 0 or most_within(own, 60.0) <= 20


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 0.2), OUT, BACK), min_size=100, max_size=300))
def test_many_chats_keep_within_thirty_in_every_second(steps: list[tuple[float, float, float]]) -> None:
    wanted = [(pause if pause > 0.15 else 0.0, chat, out, back) for chat, (pause, out, back) in enumerate(steps, 1)]
    assert most_within([at for at, _ in send_all(Windows(), wanted)], 1.0) <= 30


def test_a_stall_between_the_turn_and_the_sending_crowds_no_second() -> None:
    stalled = [(0.0, chat, 0.3 if chat < 30 else 0.0, 0.02) for chat in range(1, 61)]
    assert most_within([at for at, _ in send_all(Windows(), stalled)], 1.0) <= 30


def test_a_broadcast_keeps_up_its_pace_although_every_wake_comes_late() -> None:
    windows, now = Windows(), 0.0
    for chat in range(1, 1001):
        now = max(now, windows.ready_at()) + (0.002 if chat % 10 else 0.05)
        windows.take(chat, now)
        windows.settle(chat, now + 0.003)
    assert 1000 / now >= 27


def test_a_broadcast_keeps_up_its_pace_while_answers_take_their_time() -> None:
    arrived = send_all(Windows(), [(0.0, chat, 0.002, 0.02 + chat % 11 / 100) for chat in range(1, 1001)])
    assert 999 / (arrived[-1][0] - arrived[0][0]) >= 27.5


def test_calls_that_hang_slow_the_others_down_a_little_and_stop_nobody() -> None:
    arrived = send_all(Windows(), [(0.0, chat, 0.002, 30.0 if chat % 20 == 0 else 0.05) for chat in range(1, 1001)])
    assert 999 / (arrived[-1][0] - arrived[0][0]) >= 27


def test_a_hold_stops_that_chat_alone() -> None:
    windows = Windows()
    windows.hold(30, 100.0, 7)
    assert (windows.chat_ready_at(7), windows.chat_ready_at(8), windows.ready_at()) == (130.0, 0.0, 0.0)
    assert windows.waiting(100.0) == {7: 30.0}


def test_refusals_of_five_chats_in_a_row_hold_everyone_and_a_success_between_does_not() -> None:
    windows = Windows()
    for chat in (1, 2, 3, 4):
        windows.hold(3, 100.0, chat)
    windows.passed()
    windows.hold(3, 100.0, 5)
    assert windows.ready_at() == 0.0
    for chat in (6, 7, 8, 9):
        windows.hold(3, 100.0, chat)
    assert windows.ready_at() == 103.0


def test_one_call_at_a_time_is_under_way_in_a_chat() -> None:
    windows = Windows()
    windows.take(1, 100.0)
    assert windows.chat_ready_at(1) == NEVER
    windows.settle(1, 109.0)
    assert windows.chat_ready_at(1) == pytest.approx(109.0 + Limits().chat_gap), "on a busy machine it may have left as late as that"


def test_a_turn_that_was_not_used_counts_nowhere() -> None:
    windows = Windows()
    for chat in range(1, 31):
        windows.take(chat, 100.0)
    assert windows.ready_at() > 101
    windows.waive(30)
    assert windows.ready_at() < 101
    assert windows.chat_ready_at(30) == 0.0


def test_chats_that_need_no_watch_are_forgotten() -> None:
    windows = Windows()
    for chat in range(1, 500):
        windows.take(chat, 100.0)
        windows.settle(chat, 100.0)
    windows.waiting(200.0)
    assert not windows._chats


# --- waiting for a turn ----------------------------------------------------------------------------------------------

QUICK = Limits(overall=4, overall_window=0.2, gap=0.01, chat_gap=0.05, crowd=3, crowd_window=0.5)


@pytest.mark.anyio
async def test_answers_to_people_go_ahead_of_a_broadcast() -> None:
    limiter, order = Limiter(QUICK), []

    async def send(chat: int, urgency: int) -> None:
        async with limiter.turn(chat, urgency):
            order.append((urgency, chat))

    broadcast = [asyncio.create_task(send(chat, 2)) for chat in range(1, 9)]
    await asyncio.sleep(0.1)
    await asyncio.gather(send(99, 0), *broadcast)
    assert order.index((0, 99)) in (4, 5)
    assert [chat for urgency, chat in order if urgency == 2] == list(range(1, 9))


@pytest.mark.anyio
async def test_who_gives_up_waiting_costs_nobody_a_turn() -> None:
    limiter, done = Limiter(QUICK), []

    async def send(chat: int) -> None:
        async with limiter.turn(chat):
            done.append(chat)

    limiter.hold(0.05, 1)
    tired, patient = asyncio.create_task(send(1)), asyncio.create_task(send(1))
    await asyncio.sleep(0.01)
    tired.cancel()
    async with asyncio.timeout(1):
        await patient
    assert done == [1]
    assert tired.cancelled()


@pytest.mark.anyio
async def test_a_call_that_fails_gives_its_chat_free() -> None:
    limiter = Limiter(QUICK)
    with pytest.raises(ZeroDivisionError):
        async with limiter.turn(1):
            raise ZeroDivisionError
    async with asyncio.timeout(1), limiter.turn(1):
        assert limiter.waiting() == {1: NEVER}
