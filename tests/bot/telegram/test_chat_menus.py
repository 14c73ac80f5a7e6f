"""The menu of commands of a chat follows the language chosen there, for every reader, and goes with the choice."""

import pytest

from bot.commands.registry import COMMANDS
from bot.edges.store.store import Store
from bot.model import Chat, ChatKind
from bot.speech import LANGUAGES, say, speaking
from bot.telegram.service import Account
from tests.support.real_words import real_words
from tests.support.tales import NOW
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import running_with
from tests.support.telegram_world import Json, Room

pytestmark = pytest.mark.anyio


def bot(telegram: FakeTelegram, store: Store, *admins: Json):
    account = Account(telegram.token, telegram.root, frozenset(admin["id"] for admin in admins))
    return running_with(telegram, store, real_words(store, NOW), account)


def spoken(telegram: FakeTelegram, chat_id: int, tag: str = "") -> str | None:
    """The language of the menu that is registered for a chat alone, for readers whose Telegram speaks `tag`."""
    told = telegram.desk.commands.get(f"chat/{chat_id}/{tag}".rstrip("/"))
    if told is None:
        return None
    [sales] = [command["description"] for command in told if command["command"] == "sales"]
    for code in LANGUAGES:
        with speaking(code):
            if sales == say(COMMANDS["sales"].summary):
                return code
    raise AssertionError(sales)


def seen(store: Store, room: Room, language: str | None) -> None:
    store.chats.see(Chat(room.id, ChatKind(room.kind), room.title))
    store.chats.set_language(room.id, language)


async def test_a_person_who_chooses_a_language_has_the_menu_in_it_until_the_choice_is_taken_back(
    telegram: FakeTelegram, store: Store
) -> None:
    ada = telegram.person(language="de")
    async with bot(telegram, store):
        telegram.say(ada, "/language español")
        await telegram.until(lambda: spoken(telegram, ada["id"]) == "es")
        own = {command["command"] for command in telegram.desk.commands[f"chat/{ada['id']}"]}
        assert own == {command["command"] for command in telegram.desk.commands["all_private_chats"]}
        shown = await telegram.until(telegram.with_text(ada, "Español"))
        telegram.press(shown, "Русский", by=ada)
        await telegram.until(lambda: spoken(telegram, ada["id"]) == "ru")
        telegram.say(ada, "/language auto")
        await telegram.until(lambda: spoken(telegram, ada["id"]) is None)


async def test_a_group_has_its_menu_from_its_administrators_alone(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person(), telegram.person("Bob")
    group = telegram.group(owner=ada)
    group.members[bob["id"]] = "member"
    async with bot(telegram, store):
        telegram.say(group, "/language zh", by=bob)
        await telegram.until(lambda: len(telegram.shown(group)) == 1)
        telegram.say(group, "/sales", by=bob)
        await telegram.until(lambda: len(telegram.shown(group)) == 2)
        assert spoken(telegram, group.id) is None
        telegram.say(group, "/language de", by=ada)
        await telegram.until(lambda: spoken(telegram, group.id) == "de")
        own = {command["command"] for command in telegram.desk.commands[f"chat/{group.id}"]}
        assert own == {command["command"] for command in telegram.desk.commands["all_group_chats"]}


async def test_a_group_that_becomes_a_supergroup_keeps_its_menu(telegram: FakeTelegram, store: Store) -> None:
    group = telegram.group(owner=telegram.person(), kind="group")
    seen(store, group, "ru")
    async with bot(telegram, store):
        new = telegram.migrate(group)
        await telegram.until(lambda: spoken(telegram, new.id) == "ru")


async def test_a_group_that_throws_the_bot_out_and_takes_it_back_has_its_menu_again(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada)
    seen(store, group, "es")
    async with bot(telegram, store):
        await telegram.until(lambda: spoken(telegram, group.id) == "es")
        telegram.set_bot(group, "kicked", by=ada)
        await telegram.until(lambda: telegram.called("deleteMyCommands"))
        telegram.desk.commands.pop(f"chat/{group.id}")
        telegram.set_bot(group, "member", by=ada)
        await telegram.until(lambda: spoken(telegram, group.id) == "es")
    assert store.chats.get(group.id).language == "es"


async def test_a_group_that_comes_anew_has_no_menu_of_an_earlier_time(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada, bot="left")
    telegram.desk.commands[f"chat/{group.id}"] = [{"command": "sales", "description": "from before it was forgotten"}]
    async with bot(telegram, store):
        telegram.set_bot(group, "member", by=ada)
        await telegram.until(lambda: f"chat/{group.id}" not in telegram.desk.commands)


async def test_a_channel_has_no_menu_whatever_it_speaks(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    channel = telegram.group("Mining", owner=ada, kind="channel", bot="administrator", username="mining")
    async with bot(telegram, store):
        telegram.say(ada, "/language @mining de")
        await telegram.until(lambda: (kept := store.chats.get(channel.id)) and kept.language == "de")
        telegram.say(ada, "/sales")
        await telegram.until(lambda: len(telegram.shown(ada)) == 2)
    assert spoken(telegram, channel.id) is None
    assert spoken(telegram, ada["id"]) is None


async def test_an_operators_menu_speaks_what_the_operator_chose_whatever_their_telegram_does(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person(language="ru")
    async with bot(telegram, store, ada):
        await telegram.until(lambda: spoken(telegram, ada["id"], "zh"))
        assert spoken(telegram, ada["id"], "ru") == "ru"
        telegram.say(ada, "/language de")
        await telegram.until(lambda: {spoken(telegram, ada["id"], tag) for tag in ("", "de", "es", "ru", "zh")} == {"de"})
        assert "health" in {command["command"] for command in telegram.desk.commands[f"chat/{ada['id']}"]}


async def test_who_is_no_operator_any_more_keeps_the_menu_of_the_language_they_chose(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with bot(telegram, store, ada):
        telegram.say(ada, "/language es")
        await telegram.until(lambda: spoken(telegram, ada["id"], "zh") == "es")
    async with bot(telegram, store):
        await telegram.until(lambda: store.operators.all() == frozenset() and spoken(telegram, ada["id"]) == "es")
    assert "health" not in {command["command"] for command in telegram.desk.commands[f"chat/{ada['id']}"]}
    assert spoken(telegram, ada["id"], "zh") is None


async def test_a_menu_that_telegram_refuses_costs_nothing_but_the_menu(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with bot(telegram, store):
        await telegram.until(lambda: "all_private_chats/zh" in telegram.desk.commands)
        telegram.faults.add("error", methods=("setMyCommands",))
        telegram.say(ada, "/language de")
        await telegram.until(telegram.with_text(ada, "Deutsch"))
        telegram.say(ada, "/language es")
        await telegram.until(lambda: spoken(telegram, ada["id"]) == "es")
