"""Hostile articles: whatever comes in, extraction ends soon and says nothing that is not there."""

import time

import pytest

from benchmarks.extraction import HOSTILE
from extractors.door import extract
from extractors.model import Article

SECONDS = 2.0  # for a tenth of a megabyte on a busy machine; the benchmark holds the real bound


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """What is read once from files is no work of the article that happens to come first."""
    extract(
        Article(
            "first",
            "Riot sells 5 BTC",
            "Riot sold 5 BTC for $500,000 in May to repay debt and mined 7. Difficulty rose 3% to 120 trillion.",
        )
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_article_ends_soon(name: str) -> None:
    article = Article(name, "Riot sells", HOSTILE[name]()[:100_000])
    started = time.process_time()
    extract(article)
    assert time.process_time() - started < SECONDS


def test_a_sale_is_found_at_the_end_of_a_long_article() -> None:
    text = "The network had another day of blocks, fees and weather.\n" * 3_000 + "CleanSpark sold 577 BTC in December for $51.5 million."
    (event,) = extract(Article("long", "Digest", text)).events
    assert (event.company, event.btc) == ("CleanSpark", 577)


def test_behind_a_table_without_end_sentences_are_read_and_further_rows_are_not() -> None:
    table = "Riot update for May 2025\n" + "Rigs repaired | 3 | 4\n" * 400
    (event,) = extract(Article("x", "Riot update", table + "Riot sold 400 BTC in May.\nRiot sold 77 BTC in May | 5\n")).events
    assert event.btc == 400


def test_the_same_article_always_gives_the_same() -> None:
    article = Article("x", "Riot parts with 475 BTC", "Riot Platforms sold 475 BTC in April for $38.8 million.")
    assert extract(article) == extract(article)
