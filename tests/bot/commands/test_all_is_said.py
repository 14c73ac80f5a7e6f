"""Whatever a command answers is said, word for word: past the catalogues come names, units and what is typed, and nothing else."""

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import COMMANDS, OPERATORS, reply
from bot.model import Chat, ChatKind, Place
from tests.support.asking import tell_the_news
from tests.support.brackets import speaking_in_brackets, unsaid, words_of
from tests.support.newsroom import newsroom
from tests.support.tales import NOW

ADA = Chat(7, ChatKind.PRIVATE, "Ada")
ASKED = [
    *("/sales", "/sales 30d", "/sales by miner", "/sales chart", "/sales nobody", "/sales >abc", "/difficulty", "/digest", "/digest week"),
    *("/digest 08:00 Europe/Berlin", "/digest a b c d e", "/miner CANG", "/miner", "/miner xyz", "/claims", "/metrics", "/hashprice"),
    *("/puell", "/price", "/why 1", "/why 999", "/why", "/sources", "/subscribe", "/subscribe weekly Tue quiet 22:00-07:00"),
    *("/unsubscribe foo", "/unsubscribe digest", "/unsubscribe", "/unsubscribe", "/settings", "/settings quiet", "/settings zone x"),
    *("/settings zone berlim", "/language", "/language xyz", "/help", "/about", "/start", "/foo", "hello", "/health", "/feeds", "/aside"),
    *(
        "/settings 1",
        "/settings size",
        "/settings CANG off",
        "/settings de",
        "/settings zone utc+1",
        "/settings foo",
        "/subscribe CANG any",
    ),
    *("/help settings", "/help sales", "/sales since 2026-01-15", "/digest 90d", "/miner CANG RIOT"),
    *("/mute x", "/unmute", "/again 1", "/wrong 1", "/right 1", "/broadcast", "/broadcast 7"),
]
NAMES = (
    *("Assay", "Report", "Bitfarms", "BITF", "Cango", "CANG", "Core Scientific", "CORZ", "Riot Platforms", "RIOT", "Riot", "MARA"),
    *("Block", "XYZ", "TheMinerMag", "StockTitan", "Protos", "Jack Jin", "chief technology officer", "Europe/Berlin", "CET"),
    *("English", "Brackets", "Español", "Русский", "中文", "Berlin", "Zurich", "Vienna"),
)
TYPED = (
    "nobody",
    "abc",
    "foo",
    "xyz",
    "berlim",
    "quiet",
    "off",
    "zone",
    "sales",
    "retargets",
    "digest",
    "weekly",
    "claims",
    "--language de",
    "/language de",
    "de",
    "any size",
    "any",
    "utc+1",
)


def test_every_command_is_asked_here() -> None:
    assert {Ask(text).name for text in ASKED if text.startswith("/")} >= {*COMMANDS, *OPERATORS}


@pytest.mark.parametrize("text", ASKED)
def test_an_answer_is_said_word_for_word(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with newsroom() as room, speaking_in_brackets(monkeypatch):
        tell_the_news(room)
        room.store.chats.see(ADA)
        said = reply(Desk(room.store, NOW), Ask(text, Place(7), ADA, 7, True, True))
    assert "⟦" in words_of(said)
    assert unsaid(words_of(said), (*NAMES, *TYPED)) == []
