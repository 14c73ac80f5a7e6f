"""The bot as one thing that runs: connect, poll, answer, deliver, and stop in good order.

Nothing is done before `run`. The library's application routes updates to the handlers; polling, pace and delivery are our own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import wraps
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, ChatMemberHandler, InlineQueryHandler, MessageHandler, filters

from bot.edges import secrets
from bot.edges.limiter import Limiter
from bot.edges.sender import ApiError, Sender, UpdatesBot, open_bot
from bot.edges.store.pace import PAID_GAP
from bot.edges.store.store import Store
from bot.errors import SettingsError, StoreError
from bot.jobs.deliver import Deliverer
from bot.jobs.share import Share
from bot.speech import say
from bot.telegram.answers import FAILED, Answers
from bot.telegram.chat_menus import show_chat_menus
from bot.telegram.courier import Courier
from bot.telegram.inline import Inline
from bot.telegram.lanes import Lanes, poll
from bot.telegram.members import Members
from bot.telegram.menu import show_menu
from bot.telegram.nouns import place_of
from bot.telegram.operators import show_operators_menus
from bot.telegram.parts import Parts, Words
from bot.telegram.tongues import in_its_language

THREADS = 4
FAREWELL = 10.0
LONGEST_WAIT = 30.0
STORE_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)

_LOG = logging.getLogger(__name__)
_Context = CallbackContext[Any, Any, Any, Any]
_Handle = Callable[[Update, _Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Account:
    """Which bot, where: its token, the root of the Bot API, the operators' user ids; `worker` names this process in the outbox.

    `paid` lets what nobody asked for pass Telegram's limits for Stars; `times` sends moments as date entities.
    """

    token: str
    root: str
    admins: frozenset[int] = frozenset()
    worker: str = "assay"
    paid: bool = False
    times: bool = False


class TelegramService:
    """The bot. `nudge` wakes the delivery of what was owed just now."""

    def __init__(self, account: Account, store: Store, words: Words) -> None:
        secrets.hide(account.token)
        self._account = account
        self._store = store
        self._words = words
        self._bot = open_bot(account.token, account.root)
        self._limiter = Limiter()
        self._sender = Sender(self._bot, paid=account.paid, times=account.times)
        if account.paid:
            store.outbox.gap = PAID_GAP
        self._deliverer = Deliverer(store, self._sender, self._limiter, account.worker)

    def nudge(self) -> None:
        """Something is owed: look at once."""
        self._deliverer.nudge()

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set. SettingsError if Telegram does not know the token."""
        with ThreadPoolExecutor(THREADS, "answers") as threads:
            try:
                if await self._connect(stop):
                    await self._serve(stop, threads)
            finally:
                await self._bot.shutdown()

    async def _connect(self, stop: asyncio.Event) -> bool:
        """Finds out who the bot is, however long the network takes; False if the end comes first."""
        wait = 0.5
        while not stop.is_set():
            try:
                await self._bot.initialize()
                await self._bot.delete_webhook()
                _LOG.info("Connected as @%s", self._bot.username)
                return True
            except TelegramError as error:
                if isinstance(error, ApiError) and error.code in (401, 404):
                    raise SettingsError(f"ASSAY_TELEGRAM_TOKEN: Telegram does not know this token ({error})") from None
                _LOG.warning("Telegram cannot be reached, trying again in %g s: %s", wait, error)
            await _sleep(wait, stop)
            wait = min(LONGEST_WAIT, wait * 2)
        return False

    async def _serve(self, stop: asyncio.Event, threads: ThreadPoolExecutor) -> None:
        courier = Courier(self._store, self._sender, self._limiter, self.nudge)
        parts = Parts(self._bot, self._store, courier, self._words, threads, self._account.admins)
        application = _application(self._bot, parts)
        lanes = Lanes(in_its_language(self._store, application.process_update))
        async with application, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._deliverer.run(stop))
            tasks.create_task(_show_menus(parts, stop))
            tasks.create_task(_polling(self._bot, lanes, Share(self._store, self._account.worker), stop))


async def _show_menus(parts: Parts, stop: asyncio.Event) -> None:
    """Everybody's, the operators', then those of chats, which an operator of before may have taken away with theirs."""
    await show_menu(parts.bot, parts.words)
    await show_operators_menus(parts)
    await show_chat_menus(parts, stop)


async def _polling(bot: UpdatesBot, lanes: Lanes, share: Share, stop: asyncio.Event) -> None:
    """Asks for updates while that is ours to do: Telegram gives them to one process at a time."""

    async def ask(end: asyncio.Event) -> None:
        await poll(bot, lanes, end)

    await share.hold("updates", ask, stop)
    await lanes.finish(FAREWELL)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _application(bot: Bot, parts: Parts) -> Application[Any, Any, Any, Any, Any, Any]:
    """The library's application with our handlers; it neither polls nor keeps time."""
    answers = Answers(parts)
    members, inline = Members(parts, answers), Inline(parts)

    @_patiently
    async def on_text(update: Update, _: _Context) -> None:
        if update.effective_message is not None:
            await answers.on_text(update.effective_message, str(update.update_id))

    @_patiently
    async def on_press(update: Update, _: _Context) -> None:
        if update.callback_query is not None:
            await answers.on_press(update.callback_query, str(update.update_id))

    async def on_inline(update: Update, _: _Context) -> None:
        if update.inline_query is not None:
            await inline.on_query(update.inline_query)

    @_patiently
    async def on_member(update: Update, _: _Context) -> None:
        if update.my_chat_member is not None:
            await members.on_change(update.my_chat_member, str(update.update_id))

    @_patiently
    async def on_service(update: Update, _: _Context) -> None:
        if update.effective_message is not None:
            await members.on_service(update.effective_message)

    async def on_error(update: object, context: _Context) -> None:
        _LOG.error("An update could not be handled", exc_info=context.error)
        if isinstance(update, Update) and update.effective_message is not None and not _is_quiet(update):
            await answers.say(place_of(update.effective_message), say(FAILED), f"{update.update_id}:failed")

    written = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    application = Application.builder().bot(bot).updater(None).job_queue(None).build()
    application.add_handler(MessageHandler(written & filters.TEXT, on_text))
    application.add_handler(MessageHandler(written & filters.StatusUpdate.ALL, on_service))
    application.add_handler(CallbackQueryHandler(on_press))
    application.add_handler(InlineQueryHandler(on_inline))
    application.add_handler(ChatMemberHandler(on_member, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(on_error)
    return application


def _patiently(handle: _Handle) -> _Handle:
    """Handles an update again while the database is away: Telegram gives each of them once, and somebody waits for an answer."""

    @wraps(handle)
    async def handling(update: Update, context: _Context) -> None:
        for wait in STORE_WAITS:
            try:
                return await handle(update, context)
            except StoreError as error:
                _LOG.warning("Update %d waits for the database: %s", update.update_id, error)
                await asyncio.sleep(wait)
        return await handle(update, context)

    return handling


def _is_quiet(update: Update) -> bool:
    """Whether nobody waits for an answer to it."""
    if update.callback_query is not None:
        return False
    return update.my_chat_member is not None or (update.effective_message is not None and not update.effective_message.text)
