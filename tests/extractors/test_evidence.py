"""No figure without its words: every filled field has a span, and the span of a figure holds that figure."""

import re
from decimal import Decimal

import pytest

from benchmarks.scores import GOLD, article_of, read
from extractors.door import find_events
from extractors.mentions.amounts import find_amounts
from extractors.mentions.scan import scan
from extractors.model import Article, Event

ARTICLES = [article_of(record) for name in ("dev", "probes", "wild") for record in read(GOLD / f"{name}.jsonl")]


def filled(event: Event) -> set[str]:
    names = ("company", "ticker", "btc", "usd", "price_usd", "purposes", "period", "settlement")
    return {name for name in names if getattr(event, name) not in (None, ())}


def holds(article: Article, event: Event, field: str) -> bool:
    """Whether the words of the span, read again within the article, give the figure."""
    span, value = event.evidence[field], getattr(event, field)
    words = article.body[span.start : span.end]
    inside = [amount.value for amount in find_amounts(scan(article.body)) if span.start <= amount.start and amount.end <= span.end]
    digits = [Decimal(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*(?:\.\d+)?", words)]
    return value in inside or value in digits or any(value == figure * scale for figure in digits for scale in (1000, 10**6, 10**9))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_every_filled_field_has_its_words(article: Article) -> None:
    for event in find_events(article):
        assert filled(event) <= set(event.evidence), event
        assert "kind" in event.evidence
        for field, span in event.evidence.items():
            words = article.body[span.start : span.end]
            assert words, (field, span)
            assert words == words.strip(), (field, words)
        for field in {"btc", "usd", "price_usd"} & filled(event):
            assert holds(article, event, field), (field, article.body[slice(*event.evidence[field])], event)
