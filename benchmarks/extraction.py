"""The speed of extraction against spaCy's blank English tokenizer alone, on the same texts, in one run on one core.

Also the growth of time with the length of an article, and hostile articles of a megabyte: without a space, of nested brackets, with a
name at every word, of small sentences and of one, of table cells. They may take 2 s and 300 MB.

Usage: python -m benchmarks.extraction
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.scores import GOLD, article_of, read
from extractors.door import extract
from extractors.model import Article

ROUNDS = 5
MEGABYTE = 1_000_000
HOSTILE: dict[str, Callable[[], str]] = {
    "no space": lambda: "a" * MEGABYTE,
    "no space, mixed": lambda: _full("Riot4,451BTC"),
    "digits": lambda: "9" * 100_000,
    "figures": lambda: _full("1,234.5 "),
    "brackets": lambda: "(" * (MEGABYTE // 2) + ")" * (MEGABYTE // 2),
    "brackets with figures": lambda: _full("(5 BTC (4 "),
    "names": lambda: _full("Riot "),
    "names in one sentence": lambda: _full("Core Scientific sold 5 BTC and "),
    "one sentence": lambda: _full("the miner sold its coins and bought 40 more of them for $5 million while hash rate rose 5% "),
    "capital letters": lambda: _full("A B C D E "),
    "lines": lambda: "\n" * MEGABYTE,
    "cells": lambda: _full("Bitcoin Sold\n475\n"),
    "cells in rows": lambda: _full("BTC sold | 475 | 300\n"),
    "glued cells": lambda: _full("sold 2,285Proceeds $44.8 millionBitcoin held 24\n"),
    "headings": lambda: _full("May 2025\nJune 2025\nBTC sold\n5\n6\n"),
    "dates": lambda: _full("May 5, 2025 "),
    "dollar signs": lambda: _full("$ "),
    "percent signs": lambda: _full("% "),
    "quotes": lambda: _full('"a" '),
    "coin": lambda: _full("BTC "),
    "small sentences": lambda: _full("A 5. "),
    "sentences of sales": lambda: _full("It sold 400 BTC for $40 million in May. "),
    "sentences of the network": lambda: _full("Difficulty rose 5.3% to 110 T. "),
    "abbreviations": lambda: _full("Inc. "),
    "han": lambda: _full("出售比特币"),
}


def _full(words: str) -> str:
    return words * (MEGABYTE // len(words))


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for the whole set, and what it holds."""

    extraction: float
    tokenizer: float
    articles: int
    words: int

    @property
    def ratio(self) -> float:
        """How many times the tokenizer's time extraction takes."""
        return self.extraction / self.tokenizer


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _all(work: Callable[[Any], object], items: Iterable[Any]) -> None:
    for item in items:
        work(item)


def measure(rounds: int = ROUNDS) -> Speed:
    """The best of some rounds in turns, after one to warm up; process time, so that other programs do not count."""
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    articles = [article_of(record) for record in read(GOLD / "dev.jsonl")]
    texts = [article.body for article in articles]
    # Extraction keeps the last article read; turns over the whole set never meet it.
    extracting, cutting = partial(_all, extract, articles), partial(_all, tokenizer, texts)
    extracting(), cutting()
    times = [(_seconds(extracting), _seconds(cutting)) for _ in range(rounds)]
    words = sum(len(tokenizer(text)) for text in texts)
    return Speed(min(first for first, _ in times), min(second for _, second in times), len(articles), words)


def measure_growth() -> list[tuple[int, float]]:
    """Characters and seconds for articles made of the set's own texts, ever longer."""
    text = "\n".join(record["text"] for record in read(GOLD / "dev.jsonl"))
    sizes = (MEGABYTE // 8, MEGABYTE // 4, MEGABYTE // 2, MEGABYTE)
    articles = [Article("long", "Digest", (text * (size // len(text) + 1))[:size]) for size in sizes]
    return [(len(article.text), _seconds(partial(extract, article))) for article in articles]


def measure_hostile() -> dict[str, float]:
    """Seconds for each hostile article."""
    return {name: _seconds(partial(extract, Article(name, "Riot sells", make()))) for name, make in HOSTILE.items()}


def main() -> None:
    speed = measure()
    print(f"extraction takes {speed.ratio:.2f} times spaCy's blank tokenizer ({speed.extraction:.3f} s against {speed.tokenizer:.3f} s)")
    print(f"{speed.articles / speed.extraction:,.0f} articles a second, {speed.words / speed.extraction:,.0f} words a second")
    for size, seconds in measure_growth():
        print(f"{size:>9,} characters {seconds:6.2f} s")
    for name, seconds in measure_hostile().items():
        print(f"hostile, {name:24} {seconds:6.2f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
