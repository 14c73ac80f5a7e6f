"""Sends one message of ours through the library's bot and says what became of it. It neither waits nor tries again.

Text is Telegram's HTML, link previews are off. A message that replaces another edits text, caption or picture, whichever that one
has. Where a chat allows no photos, the words of a photo are sent alone: a digest without its chart is better than none.
"""

from __future__ import annotations

import asyncio

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.edges.sender.outcomes import Outcome, Sent, Unknown
from bot.edges.sender.wire import ApiError
from bot.edges.sender.words import NO_PHOTOS, NO_TEXT, NOT_MODIFIED, outcome_of, says
from bot.model import Button, Message, Place

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """The way out. `paid` lets broadcasts pass Telegram's limits for Stars (`allow_paid_broadcast`)."""

    def __init__(self, bot: Bot, *, paid: bool = False, seconds: float = 40) -> None:
        self.bot = bot
        self._paid = paid or None
        self._seconds = seconds

    async def send(self, place: Place, message: Message) -> Outcome:
        """Sends or edits; every error of the library becomes an outcome. A call that hangs ends as `Unknown`."""
        try:
            async with asyncio.timeout(self._seconds):
                return await (self._post(place, message) if message.edits is None else self._edit(place, message, message.edits))
        except TimeoutError:
            return Unknown(f"no answer in {self._seconds:g} s")
        except TelegramError as error:
            return outcome_of(error)

    async def _post(self, place: Place, message: Message) -> Sent:
        if message.photo is None:
            return await self._post_text(place, message)
        try:
            return await self._post_photo(place, message, message.photo)
        except ApiError as error:
            if not says(error, NO_PHOTOS) or not message.html:
                raise
            return await self._post_text(place, message)

    async def _post_text(self, place: Place, message: Message) -> Sent:
        sent = await self.bot.send_message(
            place.chat_id,
            message.html,
            parse_mode=ParseMode.HTML,
            message_thread_id=place.topic_id,
            disable_notification=message.silent or None,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(message.buttons),
            allow_paid_broadcast=self._paid,
        )
        return Sent(sent.message_id)

    async def _post_photo(self, place: Place, message: Message, photo: bytes) -> Sent:
        sent = await self.bot.send_photo(
            place.chat_id,
            photo,
            caption=message.html or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=place.topic_id,
            disable_notification=message.silent or None,
            reply_markup=keyboard(message.buttons),
            allow_paid_broadcast=self._paid,
            filename="chart.png",
        )
        return Sent(sent.message_id)

    async def _edit(self, place: Place, message: Message, message_id: int) -> Sent:
        try:
            if message.photo is None:
                await self._edit_words(place, message, message_id)
            else:
                media = InputMediaPhoto(message.photo, caption=message.html or None, parse_mode=ParseMode.HTML, filename="chart.png")
                await self.bot.edit_message_media(media, place.chat_id, message_id, reply_markup=keyboard(message.buttons))
        except ApiError as error:
            if not says(error, NOT_MODIFIED):
                raise
        return Sent(message_id)

    async def _edit_words(self, place: Place, message: Message, message_id: int) -> TelegramMessage | bool:
        markup = keyboard(message.buttons)
        try:
            return await self.bot.edit_message_text(
                message.html,
                place.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup,
            )
        except ApiError as error:
            if not says(error, *NO_TEXT):
                raise
        return await self.bot.edit_message_caption(
            place.chat_id, message_id, caption=message.html, parse_mode=ParseMode.HTML, reply_markup=markup
        )


def keyboard(buttons: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Telegram's keyboard of our rows, None without any."""
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data, url=one.url) for one in row] for row in buttons if row]
    return InlineKeyboardMarkup(rows) if rows else None
