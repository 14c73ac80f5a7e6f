"""Updates out of Telegram: long polling that nothing stops, and one lane a chat, so that a chat is answered in its order.

Updates of a batch are confirmed when they are done with, or after a moment if one takes long: what was being answered when the
process died is asked for again. A single update that cannot be read is skipped; it must not stop all that follow.
A poll that hangs looks like a quiet hour. So where calls fail, polls are short and soon taken for hanging, and one that began before
is given up: nobody's question waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.edges.sender import POLL_MARGIN, ApiError, UpdatesBot

LONG_POLL, SHORT_POLL = 10, 1
CONFIRM_AFTER = 1.0
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0
LOOK_EVERY = 0.5  # seconds between looks at the weather while a long poll lasts
WANTED = ["message", "channel_post", "callback_query", "inline_query", "my_chat_member"]

_LOG = logging.getLogger(__name__)
Handle = Callable[[Update], Awaitable[None]]


class Lanes:
    """Hands updates to `handle`, in order within a chat, side by side across chats."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._tails: dict[int, asyncio.Task[None]] = {}

    def put(self, update: Update) -> asyncio.Task[None]:
        """Queues the update behind those of its chat."""
        lane = lane_of(update)
        task = asyncio.create_task(self._run(update, self._tails.get(lane)), name=f"update {update.update_id}")
        self._tails[lane] = task
        task.add_done_callback(lambda done: self._tails.pop(lane) if self._tails.get(lane) is done else None)
        return task

    async def _run(self, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            await self._handle(update)
        except Exception:  # noqa: BLE001 - the handlers have told the chat; a lane goes on whatever comes
            _LOG.exception("Update %d failed", update.update_id)

    async def finish(self, seconds: float) -> None:
        """Waits for what is being answered, then drops it."""
        if tasks := set(self._tails.values()):
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()


def lane_of(update: Update) -> int:
    """The chat an update belongs to, or the user if it has none."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


async def poll(bot: UpdatesBot, lanes: Lanes, stop: asyncio.Event) -> None:
    """Fetches updates until `stop` is set; failures are waited out, longer each time."""
    offset, failures = 0, 0
    while not stop.is_set():
        try:
            batch = await _fetch(bot, offset, failures, stop)
            failures = 0
        except TelegramError as error:
            failures += 1
            await _wait_out(error, failures, stop)
            continue
        if batch:
            tasks = {lanes.put(update) for raw in batch if (update := _read(raw, bot)) is not None}
            if tasks:
                await asyncio.wait(tasks, timeout=CONFIRM_AFTER)
            offset = max(raw["update_id"] for raw in batch) + 1
    if offset:
        await _confirm(bot, offset)


async def _fetch(bot: UpdatesBot, offset: int, failures: int, stop: asyncio.Event) -> list[dict[str, Any]]:
    """The next updates; nothing if the end or rough weather comes first. A slow network is given more time with each failure."""
    short = bot.weather.rough
    seconds, margin = (SHORT_POLL, min(POLL_MARGIN, 1.0 + failures)) if short else (LONG_POLL, POLL_MARGIN)
    fetching = asyncio.ensure_future(bot.fetch_updates(offset, seconds, WANTED, margin=margin))
    ending = asyncio.create_task(stop.wait())
    while not (fetching.done() or ending.done() or bot.weather.rough > short):
        await asyncio.wait({fetching, ending}, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if fetching.done():
        return fetching.result()
    fetching.cancel()
    await asyncio.wait({fetching})
    return []


async def _confirm(bot: UpdatesBot, offset: int) -> None:
    try:
        await bot.fetch_updates(offset, 0, WANTED)
    except TelegramError as error:
        _LOG.info("The last updates could not be confirmed: %s", error)


async def _wait_out(error: TelegramError, failures: int, stop: asyncio.Event) -> None:
    seconds = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, 10))
    if isinstance(error, ApiError):
        seconds = max(seconds, float(error.parameters.get("retry_after") or 0))
        if error.code == 409:
            _LOG.warning("Another process asks for this bot's updates; only one may.")
    _LOG.log(logging.WARNING if failures in (2, 10) or failures % 100 == 0 else logging.INFO, "No updates: %s", error)
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _read(raw: dict[str, Any], bot: Bot) -> Update | None:
    try:
        return Update.de_json(raw, bot)
    except Exception:  # noqa: BLE001 - whatever is wrong with one update, those that follow are read
        _LOG.exception("Update %s could not be read", raw["update_id"])
        return None
