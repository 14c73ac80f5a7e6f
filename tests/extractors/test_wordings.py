"""Many ways of telling the same few events, and of telling none: `wordings.toml`."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.door import extract, find_events
from extractors.model import Article, Event

ROWS: dict[str, list[list[Any]]] = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text(encoding="utf-8"))
ALL = [row for rows in ROWS.values() for row in rows]


def article(title: str, text: str, day: str) -> Article:
    return Article("x", title, text, datetime.fromisoformat(day).replace(tzinfo=UTC))


def in_words(event: Event) -> str:
    amount = f" {event.btc.normalize():f}" if event.btc is not None else ""
    dollars = f" ${float(event.usd) / 1e6:g}M" if event.usd is not None else ""
    return f"{event.kind} {event.company}{amount}{dollars}" + ("" if event.status == "completed" else f" {event.status}")


def test_there_are_sentences_of_each_sort() -> None:
    assert set(ROWS) == {"sales", "silent", "layouts"}
    assert len(ROWS["sales"]) > 100
    assert len(ROWS["silent"]) > 40


@pytest.mark.parametrize(("title", "text", "day", "told"), ALL, ids=[row[0] + row[1][:40] for row in ALL])
def test_a_wording_tells_these_events_and_no_others(title: str, text: str, day: str, told: list[str]) -> None:
    assert sorted(map(in_words, find_events(article(title, text, day)))) == sorted(told)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("CleanSpark mined 600 BTC.\u202e CleanSpark sold 158.63\u202c BTC in January.", "158.63"),
        ("CleanSpark\u200b sold \u2060158.63\u2060 BTC in Jan\u00aduary.", "158.63"),
        ("CleanSpark sold <b>158.63</b>&nbsp;BTC in <i>January</i>.", "158.63"),
        ("<table><tr><td>CleanSpark</td><td>BTC</td></tr><tr><td>BTC sold</td><td>158.63</td></tr></table>", "158.63"),
    ],
)
def test_what_is_not_seen_hides_nothing_and_moves_no_span(text: str, figure: str) -> None:
    told = article("CleanSpark's January", text, "2026-02-05")
    sale = next(event for event in extract(told).events if event.kind == "sale")
    start, end = sale.evidence["btc"]
    assert f"{sale.btc}" == figure
    assert told.body[start:end].startswith(figure)


def test_text_without_anything_hidden_is_read_as_it_is() -> None:
    told = article("Riot & friends", "Riot sold 475 BTC at a price < $100,000.", "2025-05-05")
    start, end = find_events(told)[0].evidence["btc"]
    assert told.body[start:end] == "475 BTC"
