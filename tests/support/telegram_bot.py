"""The real bot against the stand-in for Telegram, with commands of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import MappingProxyType

from bot.commands.ask import Ask
from bot.commands.command import Command, Scope
from bot.edges.store.store import Store
from bot.model import Answer, Button, Chart, Piece
from bot.telegram.parts import Words
from bot.telegram.service import Account, TelegramService
from tests.support.telegram import FakeTelegram
from tests.support.telegram_pictures import tiny_png

CHART = Chart("Difficulty", "Down 11.16 %", "T", ())


class Commands:
    """Commands that say back what they were asked; `asked` keeps every line in its order."""

    def __init__(self, draw: Callable[[Chart], bytes] | None = None) -> None:
        self.asked: list[Ask] = []
        self.draw = draw or (lambda chart: tiny_png())

    @property
    def words(self) -> Words:
        known = {
            name: Command(name, f"about {name}", f"/{name}", lambda desk, ask: Answer(()), scope)
            for name, scope in [
                ("sales", Scope.EVERYWHERE),
                ("difficulty", Scope.EVERYWHERE),
                ("metrics", Scope.HIDDEN),
                ("subscribe", Scope.EVERYWHERE),
                ("fail", Scope.HIDDEN),
                ("start", Scope.PRIVATE),
            ]
        }
        return Words(self.reply, lambda ask: ask.name == "subscribe", MappingProxyType(known), self.draw)

    def reply(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        if ask.name == "fail":
            raise ZeroDivisionError
        if ask.name == "subscribe" and not ask.may_change:
            return Answer(((Piece("not allowed"),),))
        said = " ".join((ask.name or "?", *ask.args))
        lines = ((Piece(f"<{said}> & more"),),)
        page = int(ask.args[-1][1:]) if ask.args and ask.args[-1].startswith("p") else 1
        buttons = ((Button("Next", f"/{ask.name} p{page + 1}"), Button("Chart", "/difficulty"), Button("Sales", "/sales")),)
        return Answer(lines, buttons, CHART if ask.name in ("difficulty", "metrics") else None)


@asynccontextmanager
async def running(telegram: FakeTelegram, store: Store, commands: Commands, **account) -> AsyncIterator[TelegramService]:
    """The service over the block, connected and polling; stopped in good order after it."""
    async with running_with(telegram, store, commands.words, Account(telegram.token, telegram.root, **account)) as service:
        yield service


@asynccontextmanager
async def running_with(telegram: FakeTelegram, store: Store, words: Words, account: Account) -> AsyncIterator[TelegramService]:
    """As `running`, with commands of any kind."""
    stop = asyncio.Event()
    service = TelegramService(account, store, words)
    task = asyncio.create_task(service.run(stop))
    try:
        await telegram.until(lambda: telegram.called("getUpdates") or task.done())
        yield service
    finally:
        stop.set()
        async with asyncio.timeout(20):
            await task
