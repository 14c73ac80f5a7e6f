"""A story that reads differently keeps what it said before, unless it only says more exactly what it said."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.edges.store.store import Store
from bot.model import Correction, StoredStory
from extractors.mentions.denied import denying
from extractors.merge import merge
from extractors.model import Event, Extraction, Kind, Period, Span
from tests.support.news import NOW, period, sale, tell

LATER = NOW + timedelta(hours=1)


def edited(store: Store, before: Event, after: Event) -> StoredStory:
    """The story of an article that told one event and tells another now."""
    number = tell(store, "one", before)
    _merge(store, NOW)
    store.articles.save_extraction(number, Extraction((after,)), "2")
    _merge(store, LATER)
    [found] = store.stories.changed_since(NOW - timedelta(days=1))
    return found


def _merge(store: Store, now) -> None:
    for due in store.stories.due():
        store.stories.replace(due.company, Kind.SALE, merge(store.articles.tellings(due.company, Kind.SALE)), now, [due])


def test_a_figure_that_was_wrong_stays_known_with_the_time_of_its_correction(store: Store) -> None:
    found = edited(store, sale("4415"), sale("4451"))
    assert (found.revision, found.story.btc) == (2, Decimal(4451))
    assert found.corrected == (Correction("btc", "4415", LATER),)
    assert store.stories.get(found.id) == found


def test_an_article_that_corrects_another_is_the_same_story_told_right(store: Store) -> None:
    tell(store, "one", sale("3500"), published=NOW)
    _merge(store, NOW)
    tell(store, "two", denying(sale("350"), {Decimal(3500): Span(0, 1)}), published=LATER)
    _merge(store, LATER)
    [found] = store.stories.changed_since(NOW - timedelta(days=1))
    assert (found.story.btc, found.corrected) == (350, (Correction("btc", "3500", LATER),))


def test_a_figure_that_is_told_no_more_was_wrong(store: Store) -> None:
    found = edited(store, sale("4451", usd=Decimal(305_000_000)), sale("4451"))
    assert [(one.field, one.before) for one in found.corrected] == [("usd", "305000000")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (sale("4451"), sale("4451", usd=Decimal(305_000_000))),
        (sale("4451", usd=Decimal(305_000_000)), sale("4451", usd=Decimal(304_600_000))),
        (sale("4450.9"), sale("4451")),
        (sale("4451", period=period("2026-02-01", "2026-02-28")), sale("4451", period=period("2026-02-07", "2026-02-08"))),
        (sale("4451"), sale("4451", period=period("2026-02-07"))),
    ],
)
def test_what_grows_or_is_told_more_exactly_is_no_correction(store: Store, before: Event, after: Event) -> None:
    found = edited(store, before, after)
    assert found.revision == 2
    assert found.corrected == ()


def test_what_is_told_more_exactly_beside_a_correction_is_told_with_it(store: Store) -> None:
    wrong, right = sale("1100", usd=Decimal(100_400_000)), sale("1104", usd=Decimal(98_700_000))
    assert [(one.field, one.before) for one in edited(store, wrong, right).corrected] == [("btc", "1100"), ("usd", "100400000")]


def test_other_days_are_a_correction(store: Store) -> None:
    wrong, right = Period(*period("2026-02-01", "2026-02-02")), Period(*period("2026-02-07", "2026-02-08"))
    [one] = edited(store, sale(period=wrong), sale(period=right)).corrected
    assert (one.field, one.before) == ("period", "2026-02-01/2026-02-02")


def test_of_two_corrections_of_a_field_the_last_stays(store: Store) -> None:
    number = tell(store, "one", sale("4400"))
    for hours, coins in enumerate(("4400", "4415", "4451")):
        store.articles.save_extraction(number, Extraction((sale(coins),)), str(hours))
        _merge(store, NOW + timedelta(hours=hours))
    [found] = store.stories.changed_since(NOW - timedelta(days=1))
    assert found.corrected == (Correction("btc", "4415", NOW + timedelta(hours=2)),)
