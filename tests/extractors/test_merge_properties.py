"""What holds of every merge: the order of the input does not matter, nothing is lost or told twice, and it stays quick."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.merge import merge
from extractors.merge.figures import Agreement, agree, figure
from extractors.model import Told
from tests.support.effort import assert_in_proportion
from tests.support.tellings import told

COMPANIES = ("Riot Platforms", "Riot Blockchain", "Cango", "Some Miner Inc.")
AMOUNTS = (None, "4451", "4451.0", "4500", "4400", "250", "250.4", "1000", "9", "0", "1E+3")
DOLLARS = (None, "305000000", "304900000", "10000000", "7500000")
DAYS = (None, "2026-01", "2026-02", "2026-02-07/2026-02-08", "2026-02-09", "2026-01-01/2026-03-31", "2025-02")
SEEN = (None, "2026-02-03", "2026-02-10", "2026-03-05", "2026-08-01")

tellings = st.lists(
    st.builds(
        told,
        st.sampled_from("abcdef"),
        st.sampled_from(COMPANIES),
        btc=st.sampled_from(AMOUNTS),
        usd=st.sampled_from(DOLLARS),
        days=st.sampled_from(DAYS),
        seen=st.sampled_from(SEEN),
        kind=st.sampled_from(("sale", "sale", "sale", "production", "holdings", "transfer")),
        status=st.sampled_from(("completed", "completed", "planned", "rumoured")),
        primary=st.booleans(),
    ),
    max_size=14,
)


@given(tellings, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_input_does_not_matter(items: list[Told], chance: random.Random) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert merge(shuffled) == merge(items)


@given(tellings)
@settings(max_examples=100, deadline=None)
def test_every_telling_is_in_exactly_one_story(items: list[Told]) -> None:
    assert Counter(map(repr, items)) == Counter(repr(item) for story in merge(items) for item in story.tellings)


@given(tellings)
@settings(max_examples=100, deadline=None)
def test_merging_stories_again_changes_nothing(items: list[Told]) -> None:
    stories = merge(items)
    assert merge(item for story in stories for item in story.tellings) == stories
    for story in stories:
        (again,) = merge(story.tellings)
        assert again.tellings == story.tellings


@given(tellings)
@settings(max_examples=100, deadline=None)
def test_links_are_mutual_and_never_to_oneself(items: list[Told]) -> None:
    stories = merge(items)
    for index, story in enumerate(stories):
        assert index not in story.linked
        assert all(index in stories[other].linked for other in story.linked)


@given(st.decimals(0, 10**6, places=1), st.decimals(0, 10**6, places=1))
@settings(max_examples=200, deadline=None)
def test_agreement_is_symmetric_and_only_equal_figures_are_the_same(one, other) -> None:
    assert agree(figure(one), figure(other)) is agree(figure(other), figure(one))
    assert (agree(figure(one), figure(other)) is Agreement.SAME) == (one == other)


def test_the_time_for_one_miners_tellings_does_not_grow_with_their_square() -> None:
    assert_in_proportion(merge, _world, 10_000)


def _world(count: int) -> list[Told]:
    """Tellings of sales that lie equally close however many there are: a miner's longer history, not more sales in a month."""
    chance = random.Random(5)
    sales = [_sale(chance, count // 5) for _ in range(count // 10)]
    return [_telling(number, chance.choice(sales), chance) for number in range(count)]


def _sale(chance: random.Random, days: int) -> tuple[int, date]:
    return chance.choice((250, 500, 1000, chance.randrange(50, 9000))), date(2016, 1, 1) + timedelta(days=chance.randrange(days))


def _telling(number: int, sale: tuple[int, date], chance: random.Random) -> Told:
    btc, day = sale
    return told(f"a{number}", btc=btc, days=chance.choice((None, str(day))), seen=str(day + timedelta(days=chance.randrange(40))))
