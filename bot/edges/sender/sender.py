"""Sends one message of ours through the library's bot and says what became of it. It neither waits nor tries again.

Text is Telegram's HTML, link previews are off. A message that replaces another edits text, caption or picture, whichever that one
has. Where a chat allows no photos, the words of a photo are sent alone: a digest without its chart is better than none.
A server that does not take date entities gets the same message without. What is refused for one of these reasons may be tried again
at once, in a turn of its own: by then it is known how.
A picture is uploaded once and goes by Telegram's id of it from then on; if Telegram refuses the id, it is uploaded again.
Where Telegram refuses to be paid for a message, it is sent as any other, and no further payment is offered.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.edges.sender.learned import Learned
from bot.edges.sender.outcomes import Outcome, Refused, RetryLater, Sent, Unknown
from bot.edges.sender.pictures import Pictures
from bot.edges.sender.times import without_times
from bot.edges.sender.wire import ApiError, UpdatesBot
from bot.edges.sender.words import NO_PHOTOS, NO_STARS, NO_TEXT, NOT_MODIFIED, NOT_PARSED, outcome_of, says
from bot.model import Button, Message, Place

LONGEST = 40.0  # seconds for a call, with a picture to upload
LONGEST_ASKED = {False: 4.0, True: 0.8}  # seconds for one that someone waits for, in rough weather: True
UPLOAD = 4.0  # seconds more where a picture goes along
AT_ONCE = 0.0

_T = TypeVar("_T")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LOG = logging.getLogger(__name__)


class _Lesson(Exception):  # noqa: N818 - no error, but what the next call has to know
    """Refused for a reason that is known from now on."""


class Sender:
    """The way out. `paid`: messages may pass Telegram's limits for Stars (`allow_paid_broadcast`), where the caller says so.

    `times`: moments go as date entities (Bot API 9.5), until the server refuses one.
    """

    def __init__(self, bot: UpdatesBot, *, paid: bool = False, times: bool = False) -> None:
        self.bot = bot
        self.paid = paid
        self.times = times
        self._pictures = Pictures()
        self._without_photos, self._captions = Learned(), Learned()

    @property
    def username(self) -> str | None:
        """What the bot is called; None if Telegram has not told."""
        try:
            return self.bot.username
        except RuntimeError:  # the library's word for a bot that was not introduced yet
            return None

    def ready(self, message: Message) -> AbstractAsyncContextManager[None]:
        """The block in which a message is to be sent: entered, perhaps after some seconds, when its picture need not be uploaded twice."""
        return self._pictures.ready(message.photo)

    async def send(self, place: Place, message: Message, *, paid: bool = False, asked: bool = False) -> Outcome:
        """Sends or edits; every error of the library becomes an outcome. A call that hangs ends as `Unknown`.

        `asked`: someone waits for it, so it is taken for hanging early, the earlier where calls have just been failing.
        """
        seconds = LONGEST_ASKED[self.bot.weather.rough] + (UPLOAD if message.photo else 0.0) if asked else LONGEST
        given = message if self.times else without_times(message)
        try:
            async with asyncio.timeout(seconds):
                return await self._send(place, given, paid=paid)
        except TimeoutError:
            self.bot.weather.failed()
            return Unknown(f"no answer in {seconds:g} s")
        except _Lesson as lesson:
            return RetryLater(AT_ONCE, str(lesson))
        except TelegramError as error:
            if says(error, NOT_PARSED) and without_times(given) is not given:
                if self.times:
                    _LOG.warning("The server takes no date entities, so times are sent as words: %s", error)
                self.times = False
                return RetryLater(AT_ONCE, str(error))
            return outcome_of(error)

    async def _send(self, place: Place, message: Message, *, paid: bool) -> Sent:
        if message.edits is not None:
            return await self._edit(place, message, message.edits)
        return await (self._post_paid if paid and self.paid else self._post)(place, message)

    async def _post_paid(self, place: Place, message: Message) -> Sent:
        try:
            return await self._post(place, message, paid=True)
        except ApiError as error:
            if not says(error, *NO_STARS):
                raise
            _LOG.warning("Telegram takes no payment for broadcasts, so they go at the ordinary pace: %s", error)
            self.paid = False
        return await self._post(place, message)

    async def _post(self, place: Place, message: Message, *, paid: bool | None = None) -> Sent:
        if message.photo is None or (message.html and place.chat_id in self._without_photos):
            return await self._post_text(place, message, paid)
        try:
            return await self._post_photo(place, message, message.photo, paid)
        except ApiError as error:
            if not says(error, NO_PHOTOS) or not message.html:
                raise
            self._without_photos.add(place.chat_id)
            raise _Lesson(str(error)) from None

    async def _post_text(self, place: Place, message: Message, paid: bool | None) -> Sent:
        sent = await self.bot.send_message(
            place.chat_id,
            message.html,
            parse_mode=ParseMode.HTML,
            message_thread_id=place.topic_id,
            disable_notification=message.silent or None,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(message.buttons),
            allow_paid_broadcast=paid,
        )
        return Sent(sent.message_id)

    async def _post_photo(self, place: Place, message: Message, photo: bytes, paid: bool | None) -> Sent:
        async def post(picture: bytes | str) -> TelegramMessage:
            return await self.bot.send_photo(
                place.chat_id,
                picture,
                caption=message.html or None,
                parse_mode=ParseMode.HTML,
                message_thread_id=place.topic_id,
                disable_notification=message.silent or None,
                reply_markup=keyboard(message.buttons),
                allow_paid_broadcast=paid,
                filename="chart.png",
            )

        sent = await self._with_picture(photo, post)
        return Sent(sent.message_id)

    async def _with_picture(self, photo: bytes, call: Callable[[bytes | str], Awaitable[_T]]) -> _T:
        """The call with the picture's id, or with its bytes where it has none that Telegram takes."""
        known = self._pictures.id_of(photo)
        if known is not None:
            try:
                return await call(known)
            except ApiError as error:
                if not isinstance(outcome_of(error), Refused) or says(error, NO_PHOTOS, NOT_MODIFIED, NOT_PARSED, *NO_STARS):
                    raise
                _LOG.info("A picture is uploaded again: %s", error)
                self._pictures.refuse(photo)
        sent = await call(photo)
        if isinstance(sent, TelegramMessage) and sent.photo:
            self._pictures.learn(photo, max(sent.photo, key=lambda size: size.width * size.height).file_id)
        return sent

    async def _edit(self, place: Place, message: Message, message_id: int) -> Sent:
        try:
            if message.photo is None:
                await self._edit_words(place, message, message_id)
            else:
                await self._edit_photo(place, message, (message_id, message.photo))
        except ApiError as error:
            if not says(error, NOT_MODIFIED):
                raise
        return Sent(message_id)

    async def _edit_photo(self, place: Place, message: Message, shown: tuple[int, bytes]) -> None:
        """Gives the message of that number that picture."""
        message_id, photo = shown

        async def edit(picture: bytes | str) -> TelegramMessage | bool:
            media = InputMediaPhoto(picture, caption=message.html or None, parse_mode=ParseMode.HTML, filename="chart.png")
            return await self.bot.edit_message_media(media, place.chat_id, message_id, reply_markup=keyboard(message.buttons))

        await self._with_picture(photo, edit)

    async def _edit_words(self, place: Place, message: Message, message_id: int) -> TelegramMessage | bool:
        markup, which = keyboard(message.buttons), (place.chat_id, message_id)
        if which in self._captions:
            return await self.bot.edit_message_caption(*which, caption=message.html, parse_mode=ParseMode.HTML, reply_markup=markup)
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
            self._captions.add(which)
            raise _Lesson(str(error)) from None


def keyboard(buttons: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Telegram's keyboard of our rows, None without any."""
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data, url=one.url) for one in row] for row in buttons if row]
    return InlineKeyboardMarkup(rows) if rows else None
