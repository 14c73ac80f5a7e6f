"""Asking the commands in tests: a store with known news, and an answer after a check that Telegram would take it."""

from datetime import datetime

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.markup import to_html
from bot.model import Answer, Chat, ChatKind, Place
from extractors.model import Kind, Purpose, Status
from tests.support.newsroom import Newsroom, events
from tests.support.tales import NOW, cango, claim, days, note, stored, utc
from tests.support.telegram_markup import read_html, units

GROUP = Chat(-100, ChatKind.SUPERGROUP, "Miners & friends")
JANUARY = days("2026-01-01", "2026-01-31")


def tell_the_news(room: Newsroom) -> None:
    """The seed sale, its context, other miners' sales, a plan, a claim and a note."""
    own = [cango(), stored(btc="550.03", period=JANUARY)]
    words = "Cango sold 4,451 BTC for $305 million in USDT. Difficulty slid 14% last weekend. Jack Jin joins as CTO."
    room.tell(*events(own), claim().claim, note().note, text=words)
    room.tell(*events([cango()]), outlet="StockTitan", at=utc("2026-02-09T11:00"))
    figures = [stored(kind=Kind.PRODUCTION, btc="496", period=JANUARY), stored(kind=Kind.HOLDINGS, btc="7474", period=days("2026-01-31"))]
    room.tell(*events(figures), at=utc("2026-02-02T11:00"))
    plan = stored(
        company="Core Scientific",
        ticker="CORZ",
        btc="2500",
        status=Status.PLANNED,
        purposes=(Purpose.AI_HPC,),
        period=days("2026-01-01", "2026-03-31"),
    )
    room.tell(*events([plan]), at=utc("2026-02-10T03:00"))
    riot = [
        stored(company="Riot Platforms", ticker="RIOT", btc="1818", usd="161600000", period=days("2025-12-01", "2025-12-31")),
        stored(company="Riot Platforms", ticker="RIOT", btc="383", period=days("2025-11-01", "2025-11-30")),
    ]
    room.tell(*events(riot), outlet="Protos", at=utc("2026-01-06T03:00"))
    others = [
        stored(company="Bitfarms", ticker="BITF", btc="363", period=days("2025-12-01", "2025-12-31")),
        stored(company="MARA", ticker="MARA", kind=Kind.TRANSFER, btc="288"),
    ]
    room.tell(*events(others), at=utc("2026-01-03T03:00"))


def answered(room: Newsroom, text: str, now: datetime = NOW, chat: Chat = GROUP, **more: object) -> Answer:
    """The answer, after a check that Telegram would take it and its buttons."""
    said = reply(Desk(room.store, now), Ask(text, Place(chat.id), chat, **more))  # type: ignore[arg-type]
    parts = to_html(said)
    assert parts, "an answer of nothing"
    assert all(units(read_html(part)[0]) <= 4096 for part in parts)
    for button in (button for row in said.buttons for button in row):
        assert button.url or (button.data and button.data.startswith("/") and len(button.data.encode()) <= 64)
        assert button.label
    return said
