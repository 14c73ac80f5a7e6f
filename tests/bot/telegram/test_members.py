"""The bot comes, goes, moves with its groups and keeps to their topics."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.edges.store.store import Store
from bot.jobs.alerts import owe_stories
from bot.model import Chat, ChatKind, ChatState, Place, Subscription, Topic
from bot.telegram.service import Account
from tests.support.newsroom import Newsroom, events
from tests.support.real_words import real_words
from tests.support.tales import stored
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import Commands, running, running_with

pytestmark = pytest.mark.anyio
SALES = frozenset({Topic.SALES})


def now() -> datetime:
    return datetime.now(UTC)


def state(store: Store, chat_id: int) -> tuple[ChatState, str | None] | None:
    chat = store.chats.get(chat_id)
    return (chat.state, chat.pause_reason) if chat else None


async def test_a_group_that_adds_the_bot_is_greeted_once(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada, bot="left")
    async with running(telegram, store, Commands()):
        telegram.set_bot(group, "member")
        await telegram.until(telegram.with_text(group, "<start>"))
        telegram.set_bot(group, "administrator")
        telegram.say(group, "/sales", by=ada)
        await telegram.until(telegram.with_text(group, "<sales>"))
    assert len(telegram.shown(group)) == 2


async def test_a_chat_that_throws_the_bot_out_is_paused_and_comes_back_with_its_settings(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada)
    store.subscriptions.put(Subscription(Place(group.id), SALES))
    async with running(telegram, store, Commands()):
        telegram.set_bot(group, "kicked", by=ada)
        await telegram.until(lambda: state(store, group.id) == (ChatState.PAUSED, "the bot was removed"))
        assert store.subscriptions.all() == []
        telegram.set_bot(group, "member", by=ada)
        await telegram.until(telegram.with_text(group, "<settings>"))
    assert state(store, group.id) == (ChatState.ACTIVE, None)
    assert [one.place for one in store.subscriptions.all()] == [Place(group.id)]
    assert len(telegram.shown(group)) == 1


async def test_someone_who_blocks_the_bot_is_left_alone_until_they_unblock_it(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        telegram.set_bot(ada, "kicked")
        await telegram.until(lambda: state(store, ada["id"]) == (ChatState.PAUSED, "blocked by the user"))
        telegram.set_bot(ada, "member")
        await telegram.until(lambda: state(store, ada["id"]) == (ChatState.ACTIVE, None))
    assert telegram.shown(ada) == []


async def test_a_paused_chat_that_asks_is_alive(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    store.chats.see(Chat(ada["id"], ChatKind.PRIVATE, "Ada"))
    store.chats.pause(ada["id"], "400 Bad Request: chat not found", datetime.now(UTC))
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))
    assert state(store, ada["id"]) == (ChatState.ACTIVE, None)


async def test_a_group_may_forbid_the_bot_to_write(telegram: FakeTelegram, store: Store) -> None:
    group = telegram.group(owner=telegram.person())
    async with running(telegram, store, Commands()):
        telegram.set_bot(group, "restricted")
        await telegram.until(lambda: state(store, group.id) == (ChatState.PAUSED, "the bot may not write here"))


async def test_who_makes_the_bot_administrator_of_a_channel_is_told_and_the_channel_is_not(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    channel = telegram.group("Sales & more", owner=ada, kind="channel", bot="left", username="minersales")
    async with running(telegram, store, Commands()):
        telegram.set_bot(channel, "administrator", by=ada)
        shown = await telegram.until(telegram.with_text(ada, "I can post to Sales & more now."))
        telegram.set_bot(channel, "administrator", by=ada, rights=frozenset())
        await telegram.until(lambda: state(store, channel.id) == (ChatState.PAUSED, "the bot may not write here"))
    assert shown.rows == [[{"text": "Set up", "callback_data": "/subscribe @minersales"}]]
    codes = [shown.text[one["offset"] : one["offset"] + one["length"]] for one in shown.entities if one["type"] == "code"]
    assert "/subscribe @minersales sales >100 digest" in codes, "a tap copies the line, where a command would be sent without its words"
    assert telegram.shown(channel) == []


async def test_a_channel_that_lets_the_bot_post_again_has_its_settings_still(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    channel = telegram.group("Ore", owner=ada, kind="channel", bot="administrator", username="orechannel")
    store.subscriptions.put(Subscription(Place(channel.id), SALES))
    async with running(telegram, store, Commands()):
        telegram.set_bot(channel, "administrator", by=ada, rights=frozenset())
        await telegram.until(lambda: state(store, channel.id) == (ChatState.PAUSED, "the bot may not write here"))
        telegram.set_bot(channel, "administrator", by=ada)
        shown = await telegram.until(telegram.with_text(ada, "I can post to Ore now."))
    assert "Its settings were kept" in shown.text
    assert "Set up" not in shown.text
    assert "aused" not in shown.text
    assert shown.rows == [[{"text": "Settings", "callback_data": "/settings @orechannel"}]]


@pytest.mark.parametrize(("kind", "standing"), [("channel", "administrator"), ("supergroup", "member")])
async def test_what_was_posted_before_the_bot_was_thrown_out_is_corrected_when_it_is_back(
    telegram: FakeTelegram, store: Store, kind: str, standing: str
) -> None:
    owner = telegram.person()
    room = telegram.group("Ore", owner=owner, kind=kind, bot=standing)
    store.chats.see(Chat(room.id, ChatKind(kind), "Ore"))
    store.subscriptions.put(Subscription(Place(room.id), SALES))
    async with running_with(telegram, store, real_words(store, now()), Account(telegram.token, telegram.root)) as service:
        for company, coins in (("Riot Platforms", "1080"), ("Bitfarms", "77")):
            Newsroom(store).tell(*events([stored(company=company, btc=coins)]), outlet=company, at=now() - timedelta(minutes=20))
        assert owe_stories(store, now()) == 2
        service.nudge()
        await telegram.until(lambda: len(telegram.shown(room)) == 2)
        first, second = telegram.shown(room)
        telegram.set_bot(room, "kicked", by=owner)
        await telegram.until(lambda: state(store, room.id) == (ChatState.PAUSED, "the bot was removed"))
        store.stories.mark_wrong(1, True, now())
        assert owe_stories(store, now()) == 1, "owed while it is away"
        second.deleted = True
        telegram.set_bot(room, standing, by=owner)
        await telegram.until(lambda: state(store, room.id) == (ChatState.ACTIVE, None))
        store.stories.mark_wrong(2, True, now())
        owe_stories(store, now())
        service.nudge()
        await telegram.until(lambda: store.outbox.counts(now()).owed == 0)
        assert first.edits == 1
    assert store.outbox.counts(now()).set_aside == 1, "what is not there any more is not tried again"
    assert state(store, room.id) == (ChatState.ACTIVE, None)


async def test_a_group_that_has_the_bot_back_is_not_told_that_it_is_paused(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada, kind="supergroup")
    store.subscriptions.put(Subscription(Place(group.id), SALES))
    async with running_with(telegram, store, real_words(store, now()), Account(telegram.token, telegram.root)):
        telegram.set_bot(group, "kicked", by=ada)
        await telegram.until(lambda: state(store, group.id) == (ChatState.PAUSED, "the bot was removed"))
        telegram.set_bot(group, "member", by=ada)
        shown = await telegram.until(telegram.with_text(group, "This chat gets"))
    assert "Paused" not in shown.text


async def test_an_administrator_whom_the_bot_may_not_write_to_does_no_harm(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person(started=False)
    channel = telegram.group(owner=ada, kind="channel", bot="left")
    async with running(telegram, store, Commands()):
        telegram.set_bot(channel, "administrator", by=ada)
        await telegram.until(lambda: telegram.called("sendMessage"))
        telegram.say(channel, "/sales")
        await telegram.until(telegram.with_text(channel, "<sales>"))


async def test_a_group_that_becomes_a_supergroup_keeps_what_it_asked_for(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada)
    store.chats.see(Chat(group.id, ChatKind.GROUP, "Miners"))
    store.subscriptions.put(Subscription(Place(group.id), SALES))
    async with running(telegram, store, Commands()):
        new = telegram.migrate(group)
        await telegram.until(lambda: store.subscriptions.get(Place(new.id)))
        telegram.say(new, "/sales", by=ada)
        await telegram.until(telegram.with_text(new, "<sales>"))
    assert [one.place for one in store.subscriptions.all()] == [Place(new.id)]


async def test_a_topic_that_closes_pauses_alone_and_goes_on_when_it_opens(telegram: FakeTelegram, store: Store) -> None:
    forum = telegram.group(owner=telegram.person(), kind="supergroup")
    topics = [telegram.topic(forum, "Sales"), telegram.topic(forum, "Network")]
    for topic in topics:
        store.subscriptions.put(Subscription(Place(forum.id, topic), SALES))
    async with running(telegram, store, Commands()):
        telegram.close_topic(forum, topics[0])
        await telegram.until(lambda: [one.place.topic_id for one in store.subscriptions.all()] == topics[1:])
        telegram.reopen_topic(forum, topics[0])
        await telegram.until(lambda: [one.place.topic_id for one in store.subscriptions.all()] == topics)


async def test_a_channel_is_set_up_from_a_private_chat_by_its_administrator(telegram: FakeTelegram, store: Store) -> None:
    ada, bob, commands = telegram.person("Ada"), telegram.person("Bob"), Commands()
    channel = telegram.group("Sales", owner=ada, kind="channel", bot="administrator", username="minersales")
    async with running(telegram, store, commands):
        telegram.say(ada, "/subscribe @minersales sales >100")
        shown = await telegram.until(telegram.with_text(ada, "<subscribe sales >100>"))
        telegram.press(shown, "Next", by=ada)
        await telegram.until(telegram.with_text(ada, "<subscribe p2>"))
        telegram.say(ada, "/digest 08:00 Europe/Berlin @minersales")
        await telegram.until(telegram.with_text(ada, "<digest 08:00 Europe/Berlin>"))
        telegram.say(bob, "/subscribe @minersales sales")
        await telegram.until(telegram.with_text(bob, "Only administrators of @minersales"))
        telegram.say(bob, "/subscribe @nowhere sales")
        await telegram.until(telegram.with_text(bob, "I do not find @nowhere"))
        telegram.set_bot(channel, "administrator", rights=frozenset(), by=ada)
        telegram.say(ada, f"/subscribe {channel.id} sales")
        await telegram.until(telegram.with_text(ada, "I may not post"))
    assert {(ask.place, ask.chat.title, ask.may_change, ask.aimed) for ask in commands.asked} == {
        (Place(channel.id), "Sales", True, "@minersales")
    }
    assert shown.rows[0][0]["callback_data"] == "/subscribe @minersales p3"
    assert telegram.shown(channel) == []
