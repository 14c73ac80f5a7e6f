"""Hostile articles: whatever comes in, extraction takes no more than its length and says nothing that is not there."""

import pytest

from benchmarks.extraction import HOSTILE
from extractors.door import extract
from extractors.model import Article
from tests.support.effort import assert_in_proportion


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
def test_a_hostile_article_takes_no_more_than_its_length(name: str) -> None:
    text = HOSTILE[name]()
    assert_in_proportion(extract, lambda size: Article(name, "Riot sells", text[:size]), 100_000)


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
