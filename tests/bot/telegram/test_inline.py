"""Inline mode over the wire: every query is answered, with nothing that Telegram would refuse."""

import pytest

from bot.decisions.markup import to_plain
from bot.edges.store.store import Store
from bot.telegram.service import Account
from tests.support.asking import answered, tell_the_news
from tests.support.newsroom import Newsroom
from tests.support.real_words import real_words
from tests.support.tales import NOW
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import Commands, running, running_with
from tests.support.telegram_world import Json

pytestmark = pytest.mark.anyio
QUERIES = [
    "",
    "cango",
    "difficulty",
    "sales 30d",
    "ca",
    "c",
    "/why 1",
    "digest week",
    "xyzzy",
    "<b>&amp;\u202e🟧" + "x" * 240,
    "settings off",
]


async def asked(telegram: FakeTelegram, store: Store, *queries: str) -> list[Json]:
    """What each query was answered, in the order of asking."""
    ada = telegram.person()
    async with running_with(telegram, store, real_words(store, NOW), Account(telegram.token, telegram.root)):
        numbers = [telegram.inline(ada, query) for query in queries]
        await telegram.until(lambda: len(telegram.desk.answered) == len(queries))
    answers = {answer["inline_query_id"]: answer for answer in telegram.desk.answered}
    return [answers[number] for number in numbers]


async def test_every_query_is_answered_and_cached_for_a_while(telegram: FakeTelegram, store: Store) -> None:
    tell_the_news(Newsroom(store))
    for answer in await asked(telegram, store, *QUERIES):
        assert answer["cache_time"] == 60
        for result in answer["results"]:
            assert result["type"] == "article"
            assert len(result["title"]) <= 64
            assert result["input_message_content"]["message_text"]


async def test_a_miner_is_offered_with_its_sales_and_a_link_that_goes_on(telegram: FakeTelegram, store: Store) -> None:
    tell_the_news(Newsroom(store))
    [answer] = await asked(telegram, store, "cango")
    overview, *sales = answer["results"]
    assert overview["title"] == "Cango (CANG)"
    assert overview["description"].startswith("Held 7,474 BTC on 31 Jan 2026")
    assert overview["reply_markup"]["inline_keyboard"] == [[{"text": "More", "url": "https://t.me/assay_test_bot?start=miner_CANG"}]]
    assert [sale["title"] for sale in sales] == ["Cango (CANG) sold 4,451 BTC for $305M in USDT", "Cango (CANG) sold 550.03 BTC"]
    assert "#CANG" in sales[0]["input_message_content"]["message_text"]
    assert sales[0]["input_message_content"]["parse_mode"] == "HTML"
    assert '<a href="https://t.me/assay_test_bot?start=why_' in sales[0]["input_message_content"]["message_text"]


async def test_an_empty_query_offers_the_standing_answers(telegram: FakeTelegram, store: Store) -> None:
    tell_the_news(Newsroom(store))
    [answer] = await asked(telegram, store, "  ")
    titles = [result["title"] for result in answer["results"]]
    assert titles[0] == "Bitcoin sales by miners, last 30 days, by day of sale"
    assert titles[1].startswith("Difficulty 125.86 T")
    assert len({result["id"] for result in answer["results"]}) == len(titles) == 6


async def test_what_is_sent_elsewhere_names_no_page_that_could_not_be_turned_there(telegram: FakeTelegram, store: Store) -> None:
    room = Newsroom(store)
    tell_the_news(room)
    assert "Page 1 of 2" in to_plain(answered(room, "/sales"))
    [answer] = await asked(telegram, store, "sales")
    [text] = [result["input_message_content"]["message_text"] for result in answer["results"]]
    assert text.startswith("<b>Bitcoin sales by miners</b>")
    assert "Page" not in text


async def test_what_begins_a_name_or_a_command_is_completed(telegram: FakeTelegram, store: Store) -> None:
    tell_the_news(Newsroom(store))
    beginning, ending = await asked(telegram, store, "diff", "riot plat")
    assert [result["title"][:10] for result in beginning["results"]] == ["Difficulty"]
    assert [result["title"] for result in ending["results"]] == ["Riot Platforms (RIOT)"]


async def test_what_fits_nothing_leads_into_the_chat(telegram: FakeTelegram, store: Store) -> None:
    tell_the_news(Newsroom(store))
    nothing, setting = await asked(telegram, store, "xyzzy", "digest 08:00")
    assert (nothing["results"], setting["results"]) == ([], [])
    assert nothing["button"]["start_parameter"] == "help"


async def test_a_query_that_telegram_gave_up_on_disturbs_nothing(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    telegram.faults.add("refuse", methods=("answerInlineQuery",), times=1, description="Bad Request: query is too old")
    async with running(telegram, store, Commands()):
        telegram.inline(ada, "cango")
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "<sales>"))
