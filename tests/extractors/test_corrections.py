"""A correction that is published as an article of its own: the same sale, told right."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from extractors import extract
from extractors.mentions.denied import denied, denying
from extractors.merge import merge
from extractors.model import Article, Kind, Span, Told
from tests.support.effort import assert_in_proportion
from tests.support.tellings import told

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def read(name: str, title: str, text: str, hours: int = 0) -> list[Told]:
    published = MONDAY + timedelta(hours=hours)
    return [Told(name, event, published, "Wire") for event in extract(Article(name, title, text, published)).events]


WRONG = read("wrong", "Riot sells 3,500 BTC", "Riot Platforms sold 3,500 BTC for $31.0 million on Saturday.")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Correction: Riot sold 350 BTC, not 3,500", "Riot Platforms sold 350 BTC on Saturday. An earlier version misstated the amount."),
        ("Correction on Riot", "Riot Platforms sold 350 bitcoin, not 3,500 bitcoin, on Saturday."),
        ("Riot sold 350 BTC", "Riot Platforms sold 350 BTC on Saturday, rather than 3,500 as first reported."),
        ("Riot sold 350 BTC", "Riot Platforms sold 350 BTC instead of the 3,500 BTC that an earlier version gave."),
        ("Riot sold 350 BTC", "Riot Platforms sold 350 BTC on Saturday. (Corrects the number of bitcoin to 350 from 3,500.)"),
        ("Riot sold 350 BTC", "Riot Platforms sold 350 BTC on Saturday. The number was corrected from 3,500 to 350."),
        ("Riot sold 350 BTC", "Riot Platforms sold 350 BTC on Saturday. An earlier version wrongly said it had sold 3,500 BTC."),
    ],
)
def test_a_correction_takes_the_place_of_what_it_takes_back(title: str, text: str) -> None:
    for order in permutations([*WRONG, *read("right", title, text, hours=3)]):
        (story,) = merge(order)
        assert (story.btc, story.articles, story.differ) == (350, ("right", "wrong"), ())


@pytest.mark.parametrize(
    "text",
    [
        "Riot Platforms sold 350 BTC on Saturday.",
        "Riot Platforms sold 350 BTC on Saturday rather than the 3,500 it had planned.",
        "Riot Platforms sold 350 BTC on Saturday, not 3,400.",
        "Riot Platforms sold 350 BTC on Saturday and holds 3,500 BTC.",
        "Riot Platforms sold 350 BTC on Saturday, up from 3,500 a year ago.",
    ],
)
def test_another_sale_takes_nothing_back(text: str) -> None:
    sales = [one for one in read("next", "Riot sells", text, hours=3) if one.event.kind is Kind.SALE]
    assert sorted(story.btc for story in merge([*WRONG, *sales])) == [350, 3500]


def test_what_is_taken_back_is_kept_with_its_words() -> None:
    (event,) = extract(Article("x", "Riot sold 350 BTC, not 3,500", "", MONDAY)).events
    assert denied(event) == {Decimal(3500)}
    assert event.evidence["not 3500"] == Span(23, 28)


def test_an_earlier_version_of_an_article_of_two_sales_is_nobodys() -> None:
    text = "Riot Platforms sold 350 BTC. Cango sold 90 BTC. An earlier version said 3,500 BTC."
    assert not any(denied(one.event) for one in read("two", "Miners sell", text))


def test_a_mistake_about_a_sale_takes_nothing_back_of_what_was_mined() -> None:
    text = "In October Argo Blockchain mined 168 BTC and sold 192 BTC. An earlier version said that 310 BTC had been sold."
    found = {one.event.kind: denied(one.event) for one in read("x", "Argo Blockchain in October", text)}
    assert found == {Kind.PRODUCTION: frozenset(), Kind.SALE: {Decimal(310)}}


def correcting(article: str, wrong: int, **fields: object) -> Told:
    one = told(article, **fields)
    return replace(one, event=denying(one.event, {Decimal(wrong): Span(0, 1)}))


@pytest.mark.parametrize(
    "right",
    [
        pytest.param({"seen": "2026-11-21"}, id="told before"),
        pytest.param({"seen": "2026-11-22"}, id="told at once"),
        pytest.param({}, id="told nobody knows when"),
        pytest.param({"seen": "2027-01-22"}, id="told months later"),
        pytest.param({"seen": "2026-11-23", "days": "2026-10"}, id="of another month"),
        pytest.param({"seen": "2026-11-23", "status": "planned"}, id="of a plan"),
        pytest.param({"seen": "2026-11-23", "kind": "purchase"}, id="of a purchase"),
    ],
)
def test_what_cannot_be_a_correction_leaves_the_other_alone(right: dict[str, str]) -> None:
    wrong = told("a", btc=3500, seen="2026-11-22", days="2026-11-21")
    assert sorted(story.btc for story in merge([wrong, correcting("b", 3500, btc=350, **right)])) == [350, 3500]


def test_a_correction_that_was_corrected_hands_on_what_it_took_back() -> None:
    tellings = [
        told("a", btc=3500, seen="2026-11-20"),
        correcting("b", 3500, btc=350, seen="2026-11-21"),
        correcting("c", 350, btc=35, seen="2026-11-22"),
    ]
    for order in permutations(tellings):
        (story,) = merge(order)
        assert (story.btc, story.articles[0], Counter(story.articles)) == (35, "c", Counter("abc"))
        assert merge(story.tellings) == [story]


def test_the_time_for_many_corrections_does_not_grow_with_their_square() -> None:
    assert_in_proportion(merge, _chain, 2_000)


def _chain(count: int) -> list[Told]:
    """Each telling takes back the one before it, a second later."""
    tellings = [correcting(f"a{number}", 1000 + number, btc=1001 + number) for number in range(count)]
    return [replace(one, published=MONDAY + timedelta(seconds=number)) for number, one in enumerate(tellings)]
