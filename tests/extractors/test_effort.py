"""Extraction does no more work than it needs: calls of functions are counted, which are as many on any machine, however busy.

Patterns that are tried where they cannot match, and rules that are asked of sentences that they say nothing of, show here long before
the benchmark's ratio to the tokenizer does (`make bench`). Who adds rules and meets the ceiling looks first for a word without which
they never apply (`extractors.mentions.firstwords`).
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from benchmarks.scores import GOLD, article_of, read
from extractors.door import extract
from extractors.mentions.scan import scan
from extractors.model import Article

CALLS_PER_WORD = 23.3  # measured: 21.8
SEARCHES_PER_WORD = 2.07  # measured: 1.95; of patterns, tried at a place or in a stretch of text
_TRIES = frozenset({"match", "search", "fullmatch", "finditer", "findall", "split", "sub"})


class _Counter:
    """Counts calls of Python's functions and of built-in ones while it is switched on."""

    def __init__(self) -> None:
        self.calls = 0
        self.searches = 0

    def __call__(self, _frame: FrameType, event: str, called: Any) -> None:
        if event in {"call", "c_call"}:
            self.calls += 1
            if event == "c_call" and called.__name__ in _TRIES and type(called.__self__).__name__ == "Pattern":
                self.searches += 1

    def over(self, articles: list[Article]) -> None:
        """Count what their extraction calls."""
        before = sys.getprofile()
        sys.setprofile(self)
        try:
            for article in articles:
                extract(article)
        finally:
            sys.setprofile(before)


def test_extraction_calls_few_functions_and_tries_few_patterns_for_a_word() -> None:
    articles = [article_of(record) for record in read(GOLD / "dev.jsonl")][::3]
    words = sum(len(scan(article.body).words.lowers) for article in articles)
    for article in articles:  # what is read once from files, or remembered of words, does not count
        extract(article)
    counter = _Counter()
    counter.over(articles)
    assert words > 8_000
    assert words < counter.calls < CALLS_PER_WORD * words, counter.calls / words
    assert words < counter.searches < SEARCHES_PER_WORD * words, counter.searches / words
