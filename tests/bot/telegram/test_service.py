"""The bot as a whole: it connects however the network is, shows its menu, keeps its token to itself and stops in good order."""

import asyncio
import logging
from datetime import UTC, datetime
from io import StringIO

import pytest

from bot.commands.registry import COMMANDS, OPERATORS
from bot.edges import secrets
from bot.edges.store.chats import Chats
from bot.edges.store.store import Store
from bot.errors import SettingsError, StoreError
from bot.model import Chat, Delivery, DeliveryKind, Message, Place
from bot.speech import LANGUAGES, say, speaking
from bot.telegram.menu import DESCRIPTION, SHORT_DESCRIPTION
from bot.telegram.service import Account, TelegramService
from tests.support.real_words import real_words
from tests.support.tales import NOW
from tests.support.telegram import TOKEN, FakeTelegram
from tests.support.telegram_bot import Commands, running, running_with

pytestmark = pytest.mark.anyio


async def test_the_menu_shows_the_commands_by_scope_and_language(telegram: FakeTelegram, store: Store) -> None:
    async with running(telegram, store, Commands()):
        await telegram.until(lambda: len(telegram.desk.settings) == 2 * len(LANGUAGES))
    names = {scope: [one["command"] for one in commands] for scope, commands in telegram.desk.commands.items()}
    everywhere = ["sales", "difficulty", "subscribe"]
    scopes = {
        "default": everywhere,
        "all_group_chats": everywhere,
        "all_chat_administrators": everywhere,
        "all_private_chats": [*everywhere, "start"],
    }
    assert names == {f"{scope}{tag}": commands for scope, commands in scopes.items() for tag in ("", "/de", "/es", "/ru", "/zh")}


async def test_menus_and_descriptions_fit_in_every_language(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    account = Account(telegram.token, telegram.root, frozenset({ada["id"]}))
    async with running_with(telegram, store, real_words(store, NOW), account):
        await telegram.until(lambda: len([scope for scope in telegram.desk.commands if scope.startswith("chat/")]) == len(LANGUAGES))
    for code in LANGUAGES:
        with speaking(code):
            tag = "" if code == "en" else f"/{code}"
            assert telegram.desk.settings[f"description{tag}"]["description"] == say(DESCRIPTION)
            assert telegram.desk.settings[f"short_description{tag}"]["short_description"] == say(SHORT_DESCRIPTION)
            shown = {one["command"]: one["description"] for one in telegram.desk.commands[f"chat/{ada['id']}{tag}"]}
            assert shown == {one.name: say(one.summary) for one in (*COMMANDS.values(), *OPERATORS.values()) if one.name in shown}


async def test_a_menu_that_cannot_be_set_keeps_nobody_from_answers(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    telegram.faults.add("refuse", methods=("setMyCommands",), times=None, description="Bad Request: BOT_COMMANDS_INVALID")
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))


async def test_what_is_owed_is_delivered_while_people_are_answered(telegram: FakeTelegram, store: Store) -> None:
    people, ada = [telegram.person() for _ in range(60)], telegram.person()
    now = datetime.now(UTC)
    async with running(telegram, store, Commands()) as service:
        store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.DIGEST, "digest", Message("digest"), now) for user in people)
        service.nudge()
        await telegram.until(lambda: len(telegram.called("sendMessage")) > 10)
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"), within=2)
        assert not all(telegram.shown(user) for user in people)
        await telegram.until(lambda: all(telegram.shown(user) for user in people))
    assert telegram.flood
    assert telegram.flood.most <= 30


async def test_it_connects_when_telegram_comes_into_reach(telegram: FakeTelegram, store: Store) -> None:
    telegram.faults.add("bad_gateway", methods=("getMe",))
    telegram.faults.add("cut_before", methods=("deleteWebhook",))
    telegram.faults.add("refuse", methods=("getUpdates",), code=409, description="Conflict: terminated by other getUpdates request")
    telegram.faults.add("flood", methods=("getUpdates",), seconds=1)
    ada = telegram.person()
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"), within=15)


async def test_an_update_that_cannot_be_read_hides_no_other(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    telegram.queue("message", {"message_id": "seven", "date": None, "chat": []})
    telegram.queue("message", {})
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))


async def test_a_question_waits_while_the_database_is_away(telegram: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, see, tries = telegram.person(), Chats.see, []

    def seeing(*given: object) -> Chat:
        tries.append(given)
        if len(tries) < 3:
            raise StoreError("the database is away")
        return see(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Chats, "see", seeing)
    async with running(telegram, store, Commands()):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))
    assert len(telegram.shown(ada)) == 1, "nobody is told of a fault that passes"


async def test_a_token_that_telegram_does_not_know_is_said_plainly(telegram: FakeTelegram, store: Store) -> None:
    wrong = "7314159265:AAF-another_token_that_is_not_known"
    service = TelegramService(Account(wrong, telegram.root), store, Commands().words)
    with pytest.raises(SettingsError, match="ASSAY_TELEGRAM_TOKEN") as caught:
        await service.run(asyncio.Event())
    assert wrong not in repr(caught.value) + str(caught.value.__cause__) + str(caught.value.__context__)


async def test_a_stop_before_telegram_is_in_reach_ends_at_once(telegram: FakeTelegram, store: Store) -> None:
    telegram.faults.add("bad_gateway", methods=("getMe",), times=None)
    stop = asyncio.Event()
    task = asyncio.create_task(TelegramService(Account(telegram.token, telegram.root), store, Commands().words).run(stop))
    await telegram.until(lambda: telegram.called("getMe"))
    stop.set()
    async with asyncio.timeout(2):
        await task


async def test_the_token_appears_in_no_log_at_any_level(telegram: FakeTelegram, store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    stream, root = StringIO(), logging.getLogger()
    handler, level, make = logging.StreamHandler(stream), root.level, logging.getLogRecordFactory()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    secrets.hide(TOKEN)
    for name in secrets.QUIET:  # someone may want to see everything
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        ada = telegram.person()
        telegram.faults.add("bad_gateway")
        telegram.faults.add("cut_before", methods=("getUpdates",))
        async with running(telegram, store, Commands()):
            logging.getLogger("httpx").setLevel(logging.DEBUG)
            telegram.say(ada, "/fail")
            telegram.say(ada, "/sales")
            await telegram.until(telegram.with_text(ada, "<sales>"), within=20)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.setLogRecordFactory(make)
        for name in secrets.QUIET:
            logging.getLogger(name).setLevel(logging.NOTSET)
    seen = stream.getvalue() + "".join(capfd.readouterr())
    assert "/bot[secret]/getUpdates" in seen
    assert TOKEN not in seen
    assert TOKEN.partition(":")[2] not in seen
