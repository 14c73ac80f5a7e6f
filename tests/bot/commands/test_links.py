"""Deep links lead to the answer of a command, and never to a change."""

import re

import pytest

from bot.decisions.deep_links import asked_by, link_to, linked
from bot.decisions.lines import answer
from bot.decisions.markup import to_html, to_plain
from bot.model import Chat, ChatKind, Place
from tests.support.asking import answered
from tests.support.newsroom import Newsroom

ADA = Chat(7, ChatKind.PRIVATE, "Ada")


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        ("why_1", "/why 1"),
        ("miner_CANG", "/miner CANG"),
        ("sales", "/sales"),
        ("sales_CANG_30d", "/sales CANG 30d"),
        ("difficulty", "/difficulty"),
        ("digest_week", "/digest week"),
        ("settings", "/settings"),
        ("q-c2FsZXMgPjUwMA", "/sales >500"),
    ],
)
def test_a_link_asks_what_its_payload_says(told: Newsroom, payload: str, line: str) -> None:
    assert answered(told, f"/start {payload}", chat=ADA) == answered(told, line, chat=ADA)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "q-",
        "q-x",
        "q-c3Vic2NyaWJl",
        "q-c2FsZXMKCg",
        "q-_-8",
        "something",
        "subscribe",
        "unsubscribe",
        "digest_off",
        "settings_all",
        "start",
        "start_why_1",
        "why_1 2",
        "q" * 65,
        "why<1",
    ],
)
def test_any_other_payload_leads_to_the_start_and_changes_nothing(told: Newsroom, payload: str) -> None:
    assert "Assay reads bitcoin-mining news" in to_plain(answered(told, f"/start {payload}", chat=ADA))
    assert told.store.subscriptions.get(Place(7)) is None


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("/miner CANG", "https://t.me/b?start=miner_CANG"),
        ("/why 12", "https://t.me/b?start=why_12"),
        ("/sales >500", "https://t.me/b?start=q-c2FsZXMgPjUwMA"),
        ("/sales " + "x" * 60, None),
    ],
)
def test_a_line_becomes_a_link_where_one_can_carry_it(line: str, link: str | None) -> None:
    assert link_to("b", line) == link


@pytest.mark.parametrize("line", ["/sales 30d >500 CANG p2", "/miner Core.Scientific", "/miner Ölmühle", "/why 12", "/sales >0.5"])
def test_a_link_asks_the_line_that_it_was_made_of(line: str) -> None:
    link = link_to("b", line)
    assert link is not None
    payload = link.removeprefix("https://t.me/b?start=")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert asked_by(payload) == line


def test_commands_of_an_answer_that_is_read_elsewhere_become_links() -> None:
    said = linked(answer("Hashprice $34 per PH/s a day · /why_12", "and 3 smaller ones: /sales 7d", "From 2 articles: /sources"), "b")
    [html] = to_html(said)
    assert html.splitlines() == [
        'Hashprice $34 per PH/s a day · <a href="https://t.me/b?start=why_12">/why_12</a>',
        'and 3 smaller ones: <a href="https://t.me/b?start=sales_7d">/sales 7d</a>',
        'From 2 articles: <a href="https://t.me/b?start=sources">/sources</a>',
    ]
