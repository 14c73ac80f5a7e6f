"""In which language an update is answered: that of the chat it comes from, which for an inline query is the asker's own chat.

A chat of many starts in the language of who sets it up there, until somebody chooses one.
One door for all of them: whatever a handler says while it works on an update, a line, a button's toast or that something failed, comes in
that language. Threads are told with `in_thread`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from contextvars import copy_context
from dataclasses import replace
from typing import ParamSpec, TypeVar

from telegram import Update, User

from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.model import Chat, ChatKind
from bot.speech import LANGUAGES, language_of, speaking

_P = ParamSpec("_P")
_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)


def in_its_language(store: Store, handle: Callable[[Update], Awaitable[None]]) -> Callable[[Update], Awaitable[None]]:
    """Handles each update in the language of its chat."""

    async def handled(update: Update) -> None:
        with speaking(await asyncio.to_thread(_language, store, update)):
            await handle(update)

    return handled


async def in_thread(threads: Executor, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Runs what blocks on one of the threads, in the language that is spoken here."""
    context = copy_context()
    return await asyncio.get_running_loop().run_in_executor(threads, lambda: context.run(function, *args, **kwargs))


def language_of_person(store: Store, user: User) -> str:
    """The language of someone's own chat with the bot. It blocks."""
    return _chosen(store, Chat(user.id, ChatKind.PRIVATE, native=user.language_code))


def begin(store: Store, chat: Chat, code: str) -> Chat:
    """The chat, spoken to in the language with that code from now on, unless one was chosen for it. It blocks.

    English is what it is spoken to in without a choice.
    """
    if chat.language is not None or LANGUAGES[code].is_english:
        return chat
    store.chats.set_language(chat.id, code)
    return replace(chat, language=code)


def _language(store: Store, update: Update) -> str | None:
    chat, user = update.effective_chat, update.effective_user
    if user is not None and (chat is None or chat.type == ChatKind.PRIVATE):
        return language_of_person(store, user)
    return None if chat is None else _chosen(store, Chat(chat.id, ChatKind(chat.type)))


def _chosen(store: Store, chat: Chat) -> str:
    """The language of a chat as it is seen now, with what is kept of it."""
    try:
        kept = store.chats.get(chat.id)
    except StoreError as error:  # whoever answers will meet it as well
        _LOG.warning("The language of chat %d is not known: %s", chat.id, error)
        return language_of(chat)
    return language_of(chat if kept is None else replace(kept, native=chat.native or kept.native))
