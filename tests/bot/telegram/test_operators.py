"""Operators in Telegram: a menu of their own, and a broadcast from its text to every chat."""

from datetime import UTC, datetime

import pytest

from bot.commands.registry import COMMANDS, OPERATORS
from bot.edges.store.store import Store
from bot.model import Chat, ChatKind
from bot.speech import LANGUAGES
from bot.telegram.service import Account
from tests.support.real_words import real_words
from tests.support.tales import NOW
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import running_with
from tests.support.telegram_world import Json

pytestmark = pytest.mark.anyio


def operated(telegram: FakeTelegram, *admins: Json) -> Account:
    return Account(telegram.token, telegram.root, frozenset(admin["id"] for admin in admins))


def menus(telegram: FakeTelegram) -> dict[str, set[str]]:
    return {scope: {one["command"] for one in commands} for scope, commands in telegram.desk.commands.items()}


async def test_the_menu_of_an_operators_private_chat_tells_more_than_that_of_others(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    async with running_with(telegram, store, real_words(store, NOW), operated(telegram, ada)):
        await telegram.until(lambda: f"chat/{ada['id']}/zh" in menus(telegram))
    shown = set(COMMANDS) - {"start"}
    for scope, names in menus(telegram).items():
        assert names == (shown | set(OPERATORS) if scope.startswith(f"chat/{ada['id']}") else shown)


async def test_an_operator_who_was_not_there_at_the_start_gets_the_menu_when_they_come(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    telegram.faults.add("refuse", methods=("setMyCommands",), times=2, description="Bad Request: chat not found")
    async with running_with(telegram, store, real_words(store, NOW), operated(telegram, ada)):
        telegram.say(ada, "/sales")
        await telegram.until(lambda: telegram.shown(ada))
        telegram.say(ada, "/start")
        await telegram.until(lambda: f"chat/{ada['id']}" in menus(telegram))


async def test_who_is_no_operator_any_more_loses_the_menu_at_the_next_start(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person(), telegram.person()
    words, own = real_words(store, NOW), f"chat/{ada['id']}"

    def of_ada() -> set[str]:
        return {scope for scope in menus(telegram) if scope.startswith(own)}

    async with running_with(telegram, store, words, operated(telegram, ada, bob)):
        await telegram.until(lambda: len(of_ada()) == len(LANGUAGES) and f"chat/{bob['id']}" in menus(telegram))
    telegram.faults.add("error", methods=("deleteMyCommands",))
    async with running_with(telegram, store, words, operated(telegram, bob)):
        await telegram.until(lambda: telegram.called("deleteMyCommands"))
    assert own in of_ada(), "Telegram had a fault"
    for _ in range(2):
        async with running_with(telegram, store, words, operated(telegram, bob)):
            await telegram.until(lambda: store.operators.all() == {bob["id"]})
    assert of_ada() == set()
    assert f"chat/{bob['id']}" in menus(telegram)
    assert len(telegram.called("deleteMyCommands")) == 1 + len(LANGUAGES)


async def test_an_operator_who_left_telegram_is_given_up(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    store.operators.add(ada["id"])
    telegram.faults.add("refuse", methods=("deleteMyCommands",), times=len(LANGUAGES), description="Bad Request: chat not found")
    async with running_with(telegram, store, real_words(store, NOW), operated(telegram)):
        await telegram.until(lambda: store.operators.all() == frozenset())


async def test_in_a_group_an_operators_command_is_nobodys(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    group = telegram.group(owner=ada)
    async with running_with(telegram, store, real_words(store, NOW), operated(telegram, ada)):
        telegram.say(group, "/health", by=ada)
        telegram.say(group, "/health@assay_test_bot", by=ada)
        await telegram.until(lambda: telegram.shown(group))
    assert telegram.texts(group) == ["There is no command /health. Did you mean /help? /help lists all."]


async def test_a_broadcast_goes_from_its_text_over_a_button_to_every_chat(telegram: FakeTelegram, store: Store) -> None:
    ada, others = telegram.person(), [telegram.person() for _ in range(4)]
    for user in others:
        store.chats.see(Chat(user["id"], ChatKind.PRIVATE))
    async with running_with(telegram, store, real_words(store, datetime.now(UTC)), operated(telegram, ada)):
        telegram.say(ada, "/broadcast Assay rests tonight\nfrom 22:00 <UTC>")
        preview = await telegram.until(telegram.with_text(ada, "To 5 chats"))
        assert not any(telegram.shown(user) for user in others)
        telegram.press(preview, "Send to 5 chats", by=ada)
        await telegram.until(lambda: all(telegram.texts(user) == ["Assay rests tonight\nfrom 22:00 <UTC>"] for user in others))
        await telegram.until(lambda: len(telegram.shown(ada)) == 2)
    assert telegram.texts(ada)[0].startswith("5 messages owed")
