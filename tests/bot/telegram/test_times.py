"""Moments in answers and in what is owed: by the reader's own clock where the server knows date entities, in words everywhere else."""

import pytest

from bot.decisions.markup import to_messages
from bot.decisions.moments import time
from bot.edges.store.store import Store
from bot.model import Answer, Chat, ChatKind, Delivery, DeliveryKind, Place
from bot.telegram.service import Account
from tests.support.real_words import real_words
from tests.support.tales import NOW, utc
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import running_with

pytestmark = pytest.mark.anyio
DUE = time(utc("2026-02-19T08:00"), utc("2026-02-19T08:00").tzinfo)


@pytest.mark.parametrize(
    ("times", "knows", "shown"), [(False, True, False), (True, True, True), (True, False, False), (False, False, False)]
)
async def test_answers_and_alerts_arrive_on_any_server_with_the_same_words(
    telegram: FakeTelegram, store: Store, times: bool, knows: bool, shown: bool
) -> None:
    telegram.desk.knows_times = knows
    if times and not knows:
        telegram.flood = None  # the one message that is refused goes again at once
    ada, bob = telegram.person("Ada"), telegram.person("Bob")
    store.chats.see(Chat(bob["id"], ChatKind.PRIVATE))
    [alert] = to_messages(Answer(((DUE,),)))
    store.outbox.owe([Delivery(Place(bob["id"]), DeliveryKind.ALERT, "retarget:1", alert, not_before=NOW)])
    account = Account(telegram.token, telegram.root, times=times)
    async with running_with(telegram, store, real_words(store, NOW), account):
        telegram.say(ada, "/difficulty")
        answer = await telegram.until(telegram.with_text(ada, "Next retarget"))
        owed = await telegram.until(telegram.with_text(bob, "Thu 19 Feb 2026, 08:00 UTC"))
    assert owed.text == DUE.text
    for message in (answer, owed):
        assert any(entity["type"] == "date_time" for entity in message.entities) is shown
    assert store.outbox.aside(None) == []


async def test_what_is_offered_inline_tells_times_in_words(telegram: FakeTelegram, store: Store) -> None:
    telegram.desk.knows_times = False
    ada = telegram.person("Ada")
    async with running_with(telegram, store, real_words(store, NOW), Account(telegram.token, telegram.root, times=True)):
        telegram.inline(ada, "difficulty")
        await telegram.until(lambda: telegram.desk.answered)
    [answered] = telegram.desk.answered
    assert "As of" in answered["results"][0]["input_message_content"]["message_text"]
