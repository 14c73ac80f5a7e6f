"""Inline mode: what somebody types after the bot's name in any chat, answered with articles to send there.

An article is one message of plain Telegram HTML with a link back to the bot, where the same question goes on with pages and buttons;
buttons of our own would not work in a chat that the bot is not in. Its times are words: what the server refuses of a query cannot be
sent again. Queries come letter by letter, so one that Telegram has given up on meanwhile is no fault.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from hashlib import sha256

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.commands.inline import Offer
from bot.decisions.deep_links import link_to, linked
from bot.decisions.markup import to_messages
from bot.edges.sender import timeless
from bot.speech import say
from bot.telegram.parts import Parts
from bot.telegram.tongues import in_thread

CACHE_SECONDS = 60
MOST_RESULTS = 20

_LOG = logging.getLogger(__name__)


class Inline:
    """Answers inline queries."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def on_query(self, query: InlineQuery) -> None:
        """Offers what the query may mean."""
        offers = [] if query.offset else await in_thread(self._parts.threads, self._parts.words.offers, query.query)
        articles = list(articles_of(offers, self._parts.bot.username))[:MOST_RESULTS]
        button = None if articles or query.offset else InlineQueryResultsButton(say("Nothing fits. What I answer"), start_parameter="help")
        try:
            await self._parts.bot.answer_inline_query(query.id, articles, cache_time=CACHE_SECONDS, is_personal=True, button=button)
        except TelegramError as error:
            _LOG.info("An inline query could not be answered: %s", error)


def articles_of(offers: list[Offer], username: str) -> Iterator[InlineQueryResultArticle]:
    """An article for each offer that says something; of a long answer its first message."""
    for offer in offers:
        messages = to_messages(linked(offer.answer, username))
        if not messages:
            continue
        content = InputTextMessageContent(
            timeless(messages[0].html), parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        )
        link = link_to(username, offer.line)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton(say("More"), url=link)]]) if link else None
        name = sha256(offer.line.encode()).hexdigest()[:32]
        yield InlineQueryResultArticle(name, offer.title, content, reply_markup=markup, description=offer.description or None)
