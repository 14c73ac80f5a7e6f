"""Sentences in which others sell, or nobody does, and roundabout ways of telling a sale or a holding: `others.toml`."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.door import find_events
from extractors.model import Article, Event

ROWS = tomllib.loads(Path(__file__).with_name("others.toml").read_text(encoding="utf-8"))


def told_by(title: str, text: str) -> list[str]:
    events = find_events(Article("x", title, text, datetime(2025, 8, 5, tzinfo=UTC)))
    return sorted(map(in_words, events))


def in_words(event: Event) -> str:
    amount = f" {event.btc.normalize():f}" if event.btc is not None else ""
    dollars = f" ${float(event.usd) / 1e6:g}M" if event.usd is not None else ""
    return f"{event.kind} {event.company}{amount}{dollars}" + ("" if event.status == "completed" else f" {event.status}")


def test_there_are_sentences_of_both_sorts() -> None:
    assert len(ROWS["silent"]) > 80
    assert len(ROWS["told"]) > 60


@pytest.mark.parametrize(("title", "text"), ROWS["silent"], ids=[text[:40] for _, text in ROWS["silent"]])
def test_what_others_sell_and_what_nobody_sold_is_no_event(title: str, text: str) -> None:
    assert told_by(title, text) == []


@pytest.mark.parametrize(("title", "text", "told"), ROWS["told"], ids=[title + text[:40] for title, text, _ in ROWS["told"]])
def test_a_roundabout_wording_tells_these_events_and_no_others(title: str, text: str, told: list[str]) -> None:
    assert told_by(title, text) == sorted(told)
