"""Classes of wording that were once misread, each in many words: `told_otherwise.toml`."""

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.door import find_events
from extractors.model import Article, Event

ROWS: dict[str, list[list[Any]]] = tomllib.loads(Path(__file__).with_name("told_otherwise.toml").read_text(encoding="utf-8"))
CASES = [(name, *row) for name, rows in ROWS.items() for row in rows]
FURTHER = re.compile(r" (?=(?:in 20|at (?:\d|no price)|to [a-z]))")


def in_words(event: Event, further: list[str]) -> str:
    """The event as the file tells it, with what is asked of it further."""
    amount = f" {event.btc.normalize():f}" if event.btc is not None else ""
    dollars = f" ${float(event.usd) / 1e6:g}M" if event.usd is not None else ""
    status = "" if event.status == "completed" else f" {event.status}"
    said = {
        "in": f"{event.period.start}..{event.period.end}" if event.period else "no time",
        "at": f"{event.price_usd.normalize():f}" if event.price_usd else "no price",
        "to": "+".join(sorted(event.purposes)) or "nothing",
    }
    return f"{event.kind} {event.company}{amount}{dollars}{status}" + "".join(f" {word[:2]} {said[word[:2]]}" for word in further)


def test_each_class_has_several_sentences() -> None:
    assert len(ROWS) >= 10
    assert min(map(len, ROWS.values())) >= 3


@pytest.mark.parametrize(("sort", "title", "text", "day", "told"), CASES, ids=[f"{case[0]}-{case[2][:50]}" for case in CASES])
def test_a_wording_tells_these_events_and_no_others(sort: str, title: str, text: str, day: str, told: list[str]) -> None:
    found = find_events(Article("x", title, text, datetime.fromisoformat(day).replace(tzinfo=UTC)))
    asked = {FURTHER.split(each)[0]: FURTHER.split(each)[1:] for each in told}
    assert sorted(in_words(event, asked.get(in_words(event, []), [])) for event in found) == sorted(told), sort
