"""Broadcasts that are paid for pass the overall limit and say so; answers and edits keep to the ordinary one."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.edges.limiter import Limiter
from bot.edges.sender import Sender, Sent, open_bot
from bot.edges.store.pace import PAID_GAP
from bot.edges.store.store import Store
from bot.edges.windows import Limits, Windows
from bot.jobs.deliver import Deliverer
from bot.jobs.leaving import Pace
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.telegram import FakeTelegram
from tests.support.telegram_pictures import tiny_png

pytestmark = pytest.mark.anyio
CHATS = 90


def owed(chat: int, key: str, kind: DeliveryKind = DeliveryKind.DIGEST, **message) -> Delivery:
    return Delivery(Place(chat), kind, key, Message(f"<b>{key}</b>", **message), datetime.now(UTC))


async def test_a_paid_broadcast_is_faster_than_thirty_a_second_and_silent_where_it_should_be(tmp_path: Path) -> None:
    with FakeTelegram(watch_flood=False) as telegram, Store.open(f"sqlite:///{tmp_path}/assay.sqlite3") as store:
        people = [telegram.person()["id"] for _ in range(CHATS)]
        store.outbox.gap = PAID_GAP
        store.outbox.owe(owed(chat, "digest", silent=chat % 2 == 0) for chat in people)
        store.outbox.owe([owed(people[0], "alert", DeliveryKind.ALERT), owed(people[1], "answer", DeliveryKind.ANSWER)])
        async with open_bot(telegram.token, telegram.root) as bot:
            stop = asyncio.Event()
            running = asyncio.create_task(
                Deliverer(store, Sender(bot, paid=True), Limiter(), "here", Pace(idle=0.05, after_start=0.0)).run(stop)
            )
            await telegram.until(lambda: store.outbox.counts(datetime.now(UTC)).owed == 0)
            stop.set()
            await running
        calls = telegram.called("sendMessage")
        assert len(calls) == CHATS + 2
        assert {call.given["text"]: call.given.get("allow_paid_broadcast") for call in calls} == {
            "<b>digest</b>": True,
            "<b>alert</b>": True,
            "<b>answer</b>": None,
        }
        digests = [call for call in calls if "digest" in call.given["text"]]
        assert {call.chat_id % 2 == 0: call.given.get("disable_notification") for call in digests} == {True: True, False: None}
        times = [call.at for call in calls]
        assert max(sum(start <= at < start + 1 for at in times) for start in times) > 31


async def test_who_does_not_pay_says_nothing_of_it(tmp_path: Path) -> None:
    with FakeTelegram() as telegram:
        ada = telegram.person()
        async with open_bot(telegram.token, telegram.root) as bot:
            assert isinstance(await Sender(bot).send(Place(ada["id"]), Message("x"), paid=True), Sent)
        assert "allow_paid_broadcast" not in telegram.called("sendMessage")[0].given


async def test_a_payment_that_telegram_refuses_costs_nobody_the_message(caplog: pytest.LogCaptureFixture) -> None:
    with FakeTelegram(watch_flood=False) as telegram:
        ada = telegram.person()
        telegram.faults.add("refuse", methods=("sendPhoto",), times=1, description="Bad Request: BALANCE_TOO_LOW")
        async with open_bot(telegram.token, telegram.root) as bot:
            sender = Sender(bot, paid=True)
            for _ in range(2):
                assert isinstance(await sender.send(Place(ada["id"]), Message("x", photo=tiny_png()), paid=True), Sent)
            assert not sender.paid
        offered = [call.given.get("allow_paid_broadcast") for call in telegram.called("sendPhoto")]
        assert offered == [True, None, None]
        assert "ordinary pace" in caplog.text


def test_paid_and_unpaid_messages_have_windows_of_their_own_and_a_chat_has_one_for_both() -> None:
    windows = Windows(Limits(overall=2, paid=3))
    for chat in (1, 2, 3):
        windows.take(chat, 100.0, paid=True)
        windows.settle(chat, 100.0)
    assert windows.ready_at() == 0.0
    assert windows.ready_at(paid=True) == pytest.approx(100.0 + Limits().overall_window)
    assert windows.chat_ready_at(1) == pytest.approx(100.0 + Limits().chat_gap)
    windows.take(4, 100.0)
    assert windows.ready_at() == pytest.approx(100.0 + Limits().gap)


async def test_an_answer_does_not_wait_for_its_turn_behind_what_is_paid_for() -> None:
    limiter, order = Limiter(Limits(overall=1, overall_window=0.1, paid=1000, chat_gap=0.01)), []

    async def send(chat: int, urgency: int, *, paid: bool) -> None:
        async with limiter.turn(chat, urgency, paid=paid):
            order.append(chat)

    async with asyncio.timeout(2):
        await asyncio.gather(send(1, 0, paid=False), send(2, 0, paid=False), *(send(chat, 2, paid=True) for chat in range(10, 20)))
    assert order == [1, *range(10, 20), 2]
