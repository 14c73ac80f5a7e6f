"""Who reads a channel cannot ask anything there: what stands there leads to the bot by links, while elsewhere commands are words."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.commands.desk import Desk
from bot.decisions.deep_links import asked_by
from bot.decisions.markup import MOST_ENTITIES
from bot.edges.store.store import Store
from bot.jobs.alerts import owe_stories
from bot.jobs.digest import DigestJob
from bot.model import Button, Chat, ChatKind, Delivery, DeliveryKind, Message, Place
from bot.telegram.answers import NOT_YOURS
from bot.telegram.service import Account
from tests.support.deliveries import delivering
from tests.support.newsroom import Newsroom, events
from tests.support.real_words import real_words
from tests.support.tales import stored, subscription
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import Commands, running, running_with
from tests.support.telegram_world import Posted, Room

pytestmark = pytest.mark.anyio
BOT = "https://t.me/assay_test_bot?start="


def now() -> datetime:
    return datetime.now(UTC)


def place(telegram: FakeTelegram, store: Store, kind: ChatKind) -> Room:
    """A chat of that kind in which the bot may post."""
    room = telegram.group("Sales", owner=telegram.person("Owner"), kind=kind.value, bot="administrator")
    store.chats.see(Chat(room.id, kind, "Sales"))
    return room


def asks(link: str) -> str:
    """What a deep link says to the bot when it is followed."""
    return f"/start {parse_qs(urlsplit(link).query)['start'][0]}"


async def test_an_alert_its_edit_and_a_digest_are_linked_in_a_channel_alone(telegram: FakeTelegram, store: Store) -> None:
    channel, group = (place(telegram, store, kind) for kind in (ChatKind.CHANNEL, ChatKind.SUPERGROUP))
    for room in (channel, group):
        store.subscriptions.put(subscription(room.id, digest_at=(now() - timedelta(minutes=1)).time().replace(second=0, microsecond=0)))
    news = Newsroom(store)
    ada = telegram.person()
    async with running_with(telegram, store, real_words(store, now()), Account(telegram.token, telegram.root)) as service:

        async def arrive(*posts: str) -> None:
            """All that is owed, and only that, stands in both chats."""
            service.nudge()
            await telegram.until(lambda: store.outbox.counts(now()).owed == 0)
            for room in (channel, group):
                assert len(telegram.shown(room)) == len(posts)
                assert all(words in text for words, text in zip(posts, telegram.texts(room), strict=True))

        news.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=now() - timedelta(minutes=20))
        assert owe_stories(store, now()) == 2
        await arrive("1,080 BTC")
        [alert] = telegram.shown(channel)
        [why] = [link for link in alert.links if link.startswith(BOT)]
        assert f"/{why.removeprefix(BOT)}" in alert.text
        assert telegram.texts(channel) == telegram.texts(group), "the words are the same, linked or not"

        grown = stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")
        news.tell(*events([grown]), outlet="StockTitan", at=now() - timedelta(minutes=15))
        assert owe_stories(store, now()) == 2
        await arrive("$96M")
        [edited] = telegram.shown(channel)
        assert why in edited.links
        assert owe_stories(store, now()) == 0

        assert DigestJob(store).tick(Desk(store, now())) == 2
        await arrive("$96M", "/sources")
        digest = telegram.shown(channel)[-1]
        assert {f"{BOT}sources", why} <= set(digest.links)
        for link in (why, f"{BOT}sources"):
            telegram.say(ada, asks(link))
            telegram.say(ada, f"/{link.removeprefix(BOT)}")
        await telegram.until(lambda: len(telegram.texts(ada)) == 4, within=20)
        followed, typed = telegram.texts(ada)[::2], telegram.texts(ada)[1::2]
        assert followed == typed
        assert "Riot Platforms" in followed[0]
    for post in telegram.shown(group):
        assert not [link for link in post.links if link.startswith(BOT)]
        assert "/why_" in post.text


def owe(store: Store, room: Room, html: str, kind: DeliveryKind = DeliveryKind.ALERT, *, edits: int | None = None) -> None:
    key = f"{kind}:{edits}"
    assert store.outbox.owe([Delivery(Place(room.id), kind, key, Message(html, edits=edits), not_before=now())]) == 1


async def test_an_edit_that_changes_nothing_is_none_and_what_was_owed_before_a_restart_is_linked_after_it(
    telegram: FakeTelegram, store: Store
) -> None:
    channel = place(telegram, store, ChatKind.CHANNEL)
    owe(store, channel, "<b>Riot</b> sold · /why_12")
    async with delivering(telegram, store):
        pass
    [post] = telegram.shown(channel)
    assert post.links == [f"{BOT}why_12"]
    owe(store, channel, "<b>Riot</b> sold · /why_12", edits=post.message_id)
    async with delivering(telegram, store, after_start=1.01):
        pass
    assert [call.code for call in telegram.called("editMessageText")] == [400], "not modified"
    assert (post.edits, store.outbox.counts(now()).sent) == (0, 2)


async def test_an_answer_to_who_writes_in_a_channel_keeps_its_commands(telegram: FakeTelegram, store: Store) -> None:
    channel = place(telegram, store, ChatKind.CHANNEL)
    owe(store, channel, "more: /sales 7d", DeliveryKind.ANSWER)
    async with delivering(telegram, store):
        pass
    [post] = telegram.shown(channel)
    assert (post.text, post.links) == ("more: /sales 7d", [])


async def test_links_and_code_stay_and_no_more_is_linked_than_telegram_takes(telegram: FakeTelegram, store: Store) -> None:
    channel = place(telegram, store, ChatKind.CHANNEL)
    kept = '<a href="https://a.example/why_1">told /why_1</a> <code>/sales 7d</code> and/or <b>/claims</b> &lt;/miner&gt;'
    owe(store, channel, kept + " /why_2" * MOST_ENTITIES)
    async with delivering(telegram, store):
        pass
    [post] = telegram.shown(channel)
    assert post.links == ["https://a.example/why_1", *[f"{BOT}why_2"] * (MOST_ENTITIES - 3)], "reasons before everything else"
    assert post.text.count("/why_2") == MOST_ENTITIES - 3, "what cannot be followed is left out"
    assert "/claims" not in post.text
    assert len([one for one in post.entities if one["type"] in {"text_link", "code", "bold"}]) == MOST_ENTITIES - 1, "bold words went"


async def test_a_bot_without_a_name_posts_commands(telegram: FakeTelegram, store: Store) -> None:
    telegram.world.bot["username"] = ""
    channel = place(telegram, store, ChatKind.CHANNEL)
    owe(store, channel, "sold · /why_12")
    async with delivering(telegram, store):
        pass
    [post] = telegram.shown(channel)
    assert (post.text, post.links) == ("sold · /why_12", [])


# --- answers ---------------------------------------------------------------------------------------------------------


def buttons(post: Posted) -> dict[str, str]:
    """The command that each button asks in the chat with the bot."""
    assert all(set(one) == {"text", "url"} for row in post.rows for one in row), "nothing to press that turns what others read"
    return {one["text"]: asked_by(one["url"].removeprefix(BOT)) or "" for row in post.rows for one in row}


async def test_an_answer_in_a_channel_leads_each_reader_to_his_own_chat(telegram: FakeTelegram, store: Store) -> None:
    channel, ada = place(telegram, store, ChatKind.CHANNEL), telegram.person()
    news = Newsroom(store)
    for number in range(7):
        news.tell(
            *events([stored(company="Riot Platforms", ticker="RIOT", btc=f"{1000 + 97 * number}")]), at=now() - timedelta(days=number)
        )
    async with running_with(telegram, store, real_words(store, now()), Account(telegram.token, telegram.root)):
        telegram.say(channel, "/sales >500")
        listed = await telegram.until(telegram.with_text(channel, "Page 1 of 2"))
        assert buttons(listed) == {
            "Older »": "/sales >500 p2",
            "Last 30 days": "/sales 30d >500",
            "By miner": "/sales >500 by miner",
            "Chart": "/sales >500 chart",
        }
        assert [link for link in listed.links if link.startswith(BOT)] == [f"{BOT}{one}" for one in re.findall(r"why_\d+", listed.text)]
        [older] = [one["url"] for row in listed.rows for one in row if one["text"] == "Older »"]
        telegram.say(ada, asks(older))
        await telegram.until(telegram.with_text(ada, "Page 2 of 2"))
        telegram.say(channel, "/start")
        begun = await telegram.until(telegram.with_text(channel, "All commands"))
        assert "Subscribe this chat" not in begun.labels, "that would subscribe the reader's chat, not this one"
        assert f"{BOT}help" in begun.links
        telegram.say(channel, "/difficulty")
        charted = await telegram.until(telegram.with_text(channel, "Hashrate"))
        assert buttons(charted) == {"All figures": "/metrics", "Sales": "/sales 30d"}


async def test_a_page_of_a_channel_that_could_still_be_turned_is_opened_for_who_pressed(telegram: FakeTelegram, store: Store) -> None:
    channel, bob, commands = place(telegram, store, ChatKind.CHANNEL), telegram.person("Bob"), Commands()
    rows = ((Button("Next", "/sales >500 p2"), Button("Far", "/sales >" + "9" * 56), Button("Set", "/subscribe sales")),)
    delivery = Delivery(Place(channel.id), DeliveryKind.ALERT, "old", Message("sales", rows), not_before=now())
    store.outbox.owe([delivery])
    async with running(telegram, store, commands):
        shown = await telegram.until(telegram.with_text(channel, "sales"))
        for number, button in enumerate(("Next", "Far", "Set"), 1):
            telegram.press(shown, button, by=bob)
            await telegram.until(lambda number=number: len(telegram.desk.answered) == number)
    turned, far, changing = telegram.desk.answered
    assert asked_by(turned["url"].removeprefix(BOT)) == "/sales >500 p2"
    assert "@assay_test_bot" in far["text"]
    assert changing["text"] == NOT_YOURS
    assert (telegram.texts(channel), commands.asked) == (["sales"], [])


async def test_a_command_of_a_channel_is_not_answered_again_in_its_discussion_group(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group("Talk", owner=ada, kind="supergroup", bot="administrator")
    async with running(telegram, store, Commands()):
        forwarded = {"message_id": 1, "date": 1, "chat": group.json(), "text": "/sales", "is_automatic_forward": True}
        telegram.queue("message", forwarded)
        telegram.say(group, "/metrics", by=ada)
        await telegram.until(telegram.with_text(group, "<metrics>"))
    assert not telegram.with_text(group, "<sales>")()
