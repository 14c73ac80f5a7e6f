"""Whatever is told passes through the catalogues: in a language made of wide letters, only names, units and what is typed stay narrow."""

import re
from collections.abc import Iterator

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import COMMANDS, OPERATORS, reply
from bot.decisions.alerts import claim_alert, retarget_alert, sale_alert
from bot.model import Answer, Chat, ChatKind, Line, Piece, Place, SalesQuery, Style
from bot.speech import LANGUAGES, Language, speaking
from tests.support.asking import tell_the_news
from tests.support.newsroom import Newsroom, newsroom
from tests.support.tales import NOW

WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
ADA = Chat(7, ChatKind.PRIVATE, "Ada")
ASKED = [
    *("/sales", "/sales 30d", "/sales by miner", "/sales chart", "/sales nobody", "/sales >abc", "/difficulty", "/digest", "/digest week"),
    *("/digest 08:00 Europe/Berlin", "/digest a b c d e", "/miner CANG", "/miner", "/miner xyz", "/claims", "/metrics", "/hashprice"),
    *("/puell", "/price", "/why 1", "/why 999", "/why", "/sources", "/subscribe", "/subscribe weekly Tue quiet 22:00-07:00"),
    *("/unsubscribe foo", "/unsubscribe digest", "/unsubscribe", "/unsubscribe", "/settings", "/settings quiet", "/settings zone x"),
    *("/settings zone berlim", "/language", "/language xyz", "/help", "/about", "/start", "/foo", "hello", "/health", "/feeds", "/aside"),
    *("/mute x", "/unmute", "/again 1", "/wrong 1", "/right 1", "/broadcast", "/broadcast 7"),
]
NAMES = (
    *(
        "Assay",
        "Report",
        "Bitfarms",
        "BITF",
        "Cango",
        "CANG",
        "Core Scientific",
        "CORZ",
        "Riot Platforms",
        "RIOT",
        "Riot",
        "MARA",
        "Block",
        "XYZ",
    ),
    *(
        "TheMinerMag",
        "StockTitan",
        "Protos",
        "Jack Jin",
        "chief technology officer",
        "Ada",
        "Deutsch",
        "Wide",
        "English",
        "Español",
        "Europe/Berlin",
        "USDT",
    ),
)
UNITS = (
    "BTC",
    "EH/s",
    "T",
    "UTC",
    "CET",
    "k",
    "M",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Nov",
    "Dec",
    "Mon",
    "Tue",
    "Wed",
    "Sat",
    "July",
    "April",
    "Berlin",
)
TYPED = (
    "nobody",
    "abc",
    "foo",
    "xyz",
    "berlim",
    "x",
    "quiet",
    "off",
    "zone",
    "sales",
    "retargets",
    "digest",
    "weekly",
    "claims",
    "week",
    "d",
)


class WideLetters(Language):
    """English, every letter of a message wide and its gaps left as they are."""

    is_english = True

    def message(self, english: str) -> str:
        return "".join(part if part.startswith("{") else part.translate(WIDE) for part in re.split(r"(\{\w+\})", english))

    def counted(self, one: str, many: str, count: int) -> str:
        return self.message(one if count == 1 else many)


@pytest.fixture
def wide() -> Iterator[str]:
    LANGUAGES["wide"] = WideLetters("wide", "Wide", "Wide")
    yield "wide"
    del LANGUAGES["wide"]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as made:
        tell_the_news(made)
        made.store.chats.see(ADA)
        yield made


def narrow(said: Answer) -> set[str]:
    """The words that came past the catalogue; what is quoted, typed or a link is nobody's to translate."""
    labels = [(Piece(button.label),) for row in said.buttons for button in row]
    chart = [said.chart.title, said.chart.caption, said.chart.unit, *(one.label for one in said.chart.series)] if said.chart else []
    return {word for line in (*said.lines, *labels, *((Piece(each),) for each in chart)) for word in _narrow(line)}


def _narrow(line: Line) -> list[str]:
    text = "".join(piece.text if piece.style not in (Style.CODE, Style.ITALIC) and not piece.link else " " for piece in line)
    text = re.sub(r"“[^”]*”|#\w+|(?<!\w)/\w+|https?://\S+", " ", text)
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, " ")
    return [word for word in re.findall(r"[A-Za-z][A-Za-z/]*", text) if word not in (*UNITS, *TYPED)]


def test_every_command_is_asked_here() -> None:
    assert {Ask(text).name for text in ASKED if text.startswith("/")} >= {*COMMANDS, *OPERATORS}


def test_what_passes_the_catalogue_is_found(wide: str) -> None:
    assert narrow(Answer(((Piece("Sold 12 BTC by Cango"),),))) == {"Sold", "by"}


@pytest.mark.parametrize("text", ASKED)
def test_an_answer_is_said_word_for_word(room: Newsroom, wide: str, text: str) -> None:
    with speaking(wide):
        said = reply(Desk(room.store, NOW), Ask(text, Place(7), ADA, 7, True, True))
    assert said.lines
    assert narrow(said) == set()


def test_alerts_are_said_word_for_word(room: Newsroom, wide: str) -> None:
    desk = Desk(room.store, NOW)
    sales, claims = desk.stories(SalesQuery()), room.store.claims.told(NOW.replace(day=1), NOW)
    assert sales
    assert claims
    with speaking(wide):
        said = [*(sale_alert(one, desk.sources(one), desk.context(one)) for one in sales), retarget_alert(desk.standing)]
        said += [claim_alert(one) for one in claims]
    assert [narrow(one) for one in said] == [set()] * len(said)
