"""People ask and are answered: in private, in groups, in topics, in channels, by typing and by buttons."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.edges.store.store import Store
from bot.model import ChatKind, Delivery, DeliveryKind, Message, Place, Subscription, Topic
from bot.telegram.answers import BUSY, FAILED, NOT_YOURS
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import Commands, running
from tests.support.telegram_pictures import tiny_png

pytestmark = pytest.mark.anyio


async def test_a_command_in_private_is_answered_with_escaped_words_and_buttons(telegram: FakeTelegram, store: Store) -> None:
    commands, ada = Commands(), telegram.person("Ada <&>")
    async with running(telegram, store, commands):
        telegram.say(ada, "/sales CANG 30d")
        shown = await telegram.until(telegram.with_text(ada, "<sales CANG 30d> & more"))
    assert shown.labels == ["Next", "Chart", "Sales"]
    (ask,) = commands.asked
    assert (ask.place, ask.chat.kind, ask.user_id, ask.may_change, ask.admin) == (
        Place(ada["id"]),
        ChatKind.PRIVATE,
        ada["id"],
        True,
        False,
    )
    kept = store.chats.get(ada["id"])
    assert kept
    assert kept.title == "Ada <&>"


async def test_text_that_is_no_command_is_answered_in_private_alone(telegram: FakeTelegram, store: Store) -> None:
    commands, ada = Commands(), telegram.person()
    group = telegram.group(owner=ada, bot="administrator")
    async with running(telegram, store, commands):
        telegram.say(group, "what sells?", by=ada)
        telegram.say(group, "/unknown", by=ada)
        telegram.say(group, "/sales@other_bot", by=ada)
        telegram.say(ada, "what sells?")
        await telegram.until(telegram.with_text(ada, "<? what sells?>"))
    assert telegram.shown(group) == []


async def test_a_group_is_answered_by_name_and_without(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada)
    async with running(telegram, store, Commands()):
        telegram.say(group, "/sales", by=ada)
        telegram.say(group, "/sales@assay_test_bot RIOT", by=ada)
        telegram.say(group, "/unknown@assay_test_bot", by=ada)
        await telegram.until(telegram.with_text(group, "<unknown>"))
    assert [text.split(">")[0] for text in telegram.texts(group)] == ["<sales", "<sales RIOT", "<unknown"]


async def test_an_answer_stays_in_its_topic(telegram: FakeTelegram, store: Store) -> None:
    ada, commands = telegram.person(), Commands()
    forum = telegram.group(owner=ada, kind="supergroup")
    topic = telegram.topic(forum, "Sales")
    async with running(telegram, store, commands):
        telegram.say(forum, "/sales", by=ada, topic=topic)
        shown = await telegram.until(telegram.with_text(forum, "<sales>"))
        telegram.press(shown, "Next", by=ada)
        await telegram.until(telegram.with_text(forum, "<sales p2>"))
    assert [message.topic_id for message in telegram.shown(forum)] == [topic]
    assert {ask.place for ask in commands.asked} == {Place(forum.id, topic)}


async def test_a_post_in_a_channel_is_a_command_with_its_authors_rights(telegram: FakeTelegram, store: Store) -> None:
    ada, commands = telegram.person(), Commands()
    channel = telegram.group("Miners' sales", owner=ada, kind="channel", bot="administrator")
    async with running(telegram, store, commands):
        telegram.say(channel, "good morning")
        telegram.say(channel, "/subscribe sales")
        await telegram.until(telegram.with_text(channel, "<subscribe sales>"))
    assert [(ask.chat.kind, ask.may_change) for ask in commands.asked] == [(ChatKind.CHANNEL, True)]


async def test_a_button_changes_its_message_in_place(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        shown = await telegram.until(telegram.with_text(ada, "<sales>"))
        for page in (2, 3):
            telegram.press(shown, "Next", by=ada)
            shown = await telegram.until(telegram.with_text(ada, f"<sales p{page}>"))
        telegram.press(shown, "Next", by=ada)
        telegram.press(shown, "Next", by=ada)  # twice the same page: nothing changes, nothing is said twice
        await telegram.until(lambda: not telegram.open_callbacks)
        await telegram.until(telegram.with_text(ada, "<sales p4>"))
    assert len(telegram.shown(ada)) == 1


async def test_a_press_in_a_crowded_group_is_told_of_the_wait_and_answered_before_broadcasts(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada)
    async with running(telegram, store, Commands()):
        telegram.say(group, "/sales", by=ada)
        shown = await telegram.until(telegram.with_text(group, "<sales>"))
        now = datetime.now(UTC)
        store.outbox.hold_chat(group.id, now + timedelta(minutes=1))
        store.outbox.owe([Delivery(Place(group.id), DeliveryKind.ALERT, "sale", Message("sold"), now)])
        telegram.press(shown, "Next", by=ada)
        await telegram.until(lambda: len(store.outbox.waiting()) == 2)
        await telegram.until(lambda: telegram.desk.answered)
    answer, alert = store.outbox.waiting()
    assert (answer.kind, alert.key) == (DeliveryKind.ANSWER, "sale")
    assert "&lt;sales p2&gt;" in answer.message.html
    assert answer.not_before < now + timedelta(seconds=30), "it leaves as soon as the chat may be written to"
    assert telegram.desk.answered[0]["text"] == BUSY
    assert not telegram.desk.answered[0].get("show_alert")


async def test_a_command_in_a_topic_that_was_closed_ends_its_pause(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    forum = telegram.group(owner=ada, kind="supergroup")
    place = Place(forum.id, telegram.topic(forum, "Sales"))
    store.subscriptions.put(Subscription(place, frozenset({Topic.SALES})))
    store.subscriptions.pause_topic(place, "the topic was closed", datetime.now(UTC))
    async with running(telegram, store, Commands()):
        telegram.say(forum, "/sales", by=ada, topic=place.topic_id)
        await telegram.until(telegram.with_text(forum, "<sales>"))
    assert store.subscriptions.why_paused(place) is None


async def test_only_administrators_change_what_a_group_gets(telegram: FakeTelegram, store: Store) -> None:
    ada, bob, commands = telegram.person("Ada"), telegram.person("Bob"), Commands()
    group = telegram.group(owner=ada)
    async with running(telegram, store, commands):
        telegram.say(group, "/subscribe", by=bob)
        await telegram.until(telegram.with_text(group, "not allowed"))
        telegram.say(group, "/subscribe sales", by=ada)
        shown = await telegram.until(telegram.with_text(group, "<subscribe sales>"))
        telegram.press(shown, "Next", by=bob)
        await telegram.until(lambda: telegram.desk.answered)
        telegram.press(shown, "Next", by=ada)
        await telegram.until(telegram.with_text(group, "<subscribe p2>"))
        telegram.say(group, "/subscribe digest", anonymous=True)
        await telegram.until(telegram.with_text(group, "<subscribe digest>"))
    assert telegram.desk.answered[0]["text"] == NOT_YOURS
    assert [ask.may_change for ask in commands.asked] == [False, True, True, True]


async def test_operators_are_known_by_their_id(telegram: FakeTelegram, store: Store) -> None:
    ada, bob, commands = telegram.person(), telegram.person(), Commands()
    async with running(telegram, store, commands, admins=frozenset({ada["id"]})):
        telegram.say(ada, "/sales")
        telegram.say(bob, "/sales")
        await telegram.until(lambda: telegram.shown(ada) and telegram.shown(bob))
    assert {ask.user_id: ask.admin for ask in commands.asked} == {ada["id"]: True, bob["id"]: False}


async def test_a_chart_comes_as_a_photo_with_the_words_as_its_caption(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/difficulty")
        shown = await telegram.until(telegram.with_text(ada, "<difficulty> & more"))
    assert shown.photo == tiny_png()


async def test_a_button_turns_words_into_a_picture_and_a_picture_into_another_but_never_a_picture_into_words(
    telegram: FakeTelegram, store: Store
) -> None:
    ada = telegram.person()
    pictures = iter([tiny_png(2, 2), tiny_png(4, 4)])
    async with running(telegram, store, Commands(lambda chart: next(pictures))):
        telegram.say(ada, "/sales")
        shown = await telegram.until(telegram.with_text(ada, "<sales>"))
        telegram.press(shown, "Chart", by=ada)
        shown = await telegram.until(telegram.with_text(ada, "<difficulty>"))
        telegram.press(shown, "Next", by=ada)
        shown = await telegram.until(telegram.with_text(ada, "<difficulty p2>"))
        assert (shown.photo, len(telegram.shown(ada))) == (tiny_png(4, 4), 1)
        telegram.press(shown, "Sales", by=ada)
        await telegram.until(telegram.with_text(ada, "<sales>"))
    assert [message.photo is None for message in telegram.shown(ada)] == [False, True]


async def test_a_chart_that_takes_long_follows_its_words(telegram: FakeTelegram, store: Store) -> None:
    def slowly(chart) -> bytes:
        time.sleep(1.3)
        return tiny_png()

    ada = telegram.person()
    async with running(telegram, store, Commands(slowly)):
        telegram.say(ada, "/difficulty")
        await telegram.until(lambda: len(telegram.shown(ada)) == 2)
    assert [(message.text, message.photo is None) for message in telegram.shown(ada)] == [
        ("<difficulty> & more", True),
        ("Down 11.16 %", False),
    ]


async def test_a_chart_that_fails_costs_nobody_the_words(telegram: FakeTelegram, store: Store, caplog) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands(lambda chart: 1 / 0)):  # type: ignore[arg-type, return-value]
        telegram.say(ada, "/difficulty")
        await telegram.until(telegram.with_text(ada, "<difficulty>"))
    assert "could not be drawn" in caplog.text


async def test_a_failure_is_a_polite_line_in_the_chat_and_a_traceback_in_the_log(telegram: FakeTelegram, store: Store, caplog) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/fail")
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))
    assert telegram.texts(ada)[0] == FAILED
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("kind", ["flood", "error", "bad_gateway", "cut_before"])
async def test_an_answer_is_not_lost_to_a_fault(telegram: FakeTelegram, store: Store, kind: str) -> None:
    ada = telegram.person()
    telegram.faults.add(kind, seconds=1)
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))
    assert len(telegram.shown(ada)) == 1


async def test_a_poll_that_hangs_keeps_no_question_once_calls_are_seen_to_fail(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person("Ada"), telegram.person("Bob")
    async with running(telegram, store, Commands()):
        telegram.faults.add("hang_before", methods=("getUpdates",), times=2, seconds=60)
        telegram.say(ada, "/sales")  # ends the poll that lasts; the next one hangs
        await telegram.until(lambda: telegram.faults.met["hang_before"] == 1)
        telegram.say(bob, "/sales")
        telegram.faults.add("error", methods=("sendMessage",))
        store.outbox.owe([Delivery(Place(ada["id"]), DeliveryKind.DIGEST, "digest", Message("digest"), datetime.now(UTC))])
        await telegram.until(telegram.with_text(bob, "<sales>"))
    assert telegram.faults.met["hang_before"] == 2, "the short poll after it hung as well and was given up"


async def test_a_chat_is_answered_in_the_order_of_asking(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        for number in range(3):
            telegram.say(ada, f"/sales {number}")
        await telegram.until(telegram.with_text(ada, "<sales 2>"))
    assert [text.split(">")[0] for text in telegram.texts(ada)] == ["<sales 0", "<sales 1", "<sales 2"]


async def test_a_question_asked_during_a_restart_is_answered_after_it(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        await asyncio.sleep(0)
    telegram.say(ada, "/sales")
    async with running(telegram, store, Commands()):
        await telegram.until(telegram.with_text(ada, "<sales>"))
    async with running(telegram, store, Commands()):
        await asyncio.sleep(0.3)
    assert len(telegram.shown(ada)) == 1
