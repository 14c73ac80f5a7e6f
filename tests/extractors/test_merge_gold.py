"""The merge alone against the story set: the events that a careful reader found, merged, give the reader's stories.

Pairs of articles that tell the same sale, taken per miner, as the story set counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from extractors.jsonl import event_from_json, loads, read_moment
from extractors.merge import merge
from extractors.merge.facts import company_key
from extractors.model import Kind, Told
from extractors.resources import data_path

LEAST_PRECISION, LEAST_RECALL = 0.98, 0.99
Pair = tuple[str, str, str]


@pytest.fixture(scope="module")
def gold() -> Path:
    try:
        return data_path("gold", "stories.dev.jsonl").parent
    except FileNotFoundError:
        pytest.skip("the dev set is not in data/gold")


def lines(path: Path) -> list[dict[str, Any]]:
    return [loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def tellings(gold: Path) -> Iterator[Told]:
    for name in ("dev.jsonl", "claims.dev.jsonl"):
        for article in lines(gold / name):
            for event in article["events"]:
                yield Told(article["id"], event_from_json(event), read_moment(article["published"]))


def pairs(company: str, articles: list[str]) -> set[Pair]:
    return {(company_key(company), one, other) for one, other in combinations(sorted(set(articles)), 2)}


def test_stories_of_the_readers_events_are_the_readers_stories(gold: Path) -> None:
    right = set().union(*(pairs(story["company"], story["articles"]) for story in lines(gold / "stories.dev.jsonl")))
    sales = [story for story in merge(tellings(gold)) if story.kind is Kind.SALE]
    found = set().union(*(pairs(story.company, list(story.articles)) for story in sales))
    assert len(right) > 150
    assert len(right & found) / len(found) >= LEAST_PRECISION
    assert len(right & found) / len(right) >= LEAST_RECALL
