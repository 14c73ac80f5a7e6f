"""Feeds: the list's and the user's own, who polls them, and how they fare."""

from datetime import timedelta

from bot.edges.store.store import Store
from bot.model import FeedKind, FeedSource
from tests.support.news import NOW, article

LEASE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def source(name: str, kind: FeedKind = FeedKind.NEWS) -> FeedSource:
    return FeedSource(f"https://{name}.example/rss", name.title(), kind)


def names(store: Store) -> list[str]:
    return [feed.source.title for feed in store.feeds.all()]


def due(store: Store, now=NOW, worker: str = "w", limit: int = 9) -> list[str]:
    return [feed.source.title for feed in store.feeds.claim_due(now, worker, LEASE, limit)]


def test_the_list_changes_and_the_users_own_feeds_stay(store: Store) -> None:
    store.feeds.ensure([source("alpha"), source("beta")])
    store.feeds.add(source("own"))
    store.feeds.ensure([source("beta"), source("gamma")])
    assert names(store) == ["Beta", "Gamma", "Own"]
    store.feeds.ensure([source("alpha"), FeedSource(source("beta").url, "Better", FeedKind.WIRE)])
    assert names(store) == ["Alpha", "Better", "Own"]
    assert store.feeds.all()[1].source.kind is FeedKind.WIRE


def test_what_the_user_removed_stays_away_until_it_is_added_again(store: Store) -> None:
    store.feeds.ensure([source("alpha")])
    assert store.feeds.remove(source("alpha").url)
    assert not store.feeds.remove(source("alpha").url)
    store.feeds.ensure([source("alpha")])
    assert names(store) == due(store) == []
    assert store.feeds.add(source("alpha")).id == 1
    assert names(store) == ["Alpha"]


def test_a_removed_feed_leaves_its_articles(store: Store) -> None:
    feed = store.feeds.add(source("own"))
    number = store.articles.add(article(), feed.id, NOW)
    store.feeds.remove(feed.source.url)
    assert store.articles.get(number).feed_id == feed.id
    assert store.feeds.get(feed.id).source == feed.source
    assert store.feeds.get(99) is None


def test_what_a_worker_had_claimed_is_given_back_when_it_begins_anew(store: Store) -> None:
    store.feeds.ensure([source("alpha"), source("beta")])
    assert due(store, worker="dead", limit=1) == ["Alpha"]
    assert due(store, worker="living") == ["Beta"]
    assert store.feeds.release("dead") == 1
    assert due(store, worker="dead") == ["Alpha"]
    assert store.feeds.release("nobody") == 0


def test_a_claimed_feed_is_no_one_elses_until_its_lease_ends(store: Store) -> None:
    store.feeds.ensure([source("alpha"), source("beta")])
    assert due(store, limit=1) == ["Alpha"]
    assert due(store, worker="other") == ["Beta"]
    assert due(store, NOW + LEASE - MINUTE, "other") == []
    assert due(store, NOW + LEASE, "other") == ["Alpha", "Beta"]


def test_a_feed_is_due_again_at_its_time_and_the_longest_waiting_first(store: Store) -> None:
    store.feeds.ensure([source("alpha"), source("beta"), source("gamma")])
    for feed, wait in zip(store.feeds.claim_due(NOW, "w", LEASE, 9), (20, 10, 30), strict=True):
        store.feeds.record_success(feed.id, NOW, NOW + wait * MINUTE)
    assert due(store, NOW + 9 * MINUTE) == []
    assert due(store, NOW + 25 * MINUTE) == ["Beta", "Alpha"]


def test_a_success_and_a_failure_are_remembered(store: Store) -> None:
    feed = store.feeds.add(source("own"))
    moved = "https://new.example/rss"
    store.feeds.record_success(feed.id, NOW, NOW + MINUTE, etag='"x"', last_modified="Tue", newest_entry=NOW - MINUTE, moved_to=moved)
    store.feeds.record_failure(feed.id, NOW + MINUTE, NOW + 3 * MINUTE, "403 Forbidden")
    store.feeds.record_failure(feed.id, NOW + 3 * MINUTE, NOW + 7 * MINUTE, "timed out")
    (found,) = store.feeds.all()
    assert (found.failures, found.error, found.last_poll, found.last_success) == (2, "timed out", NOW + 3 * MINUTE, NOW)
    assert (found.etag, found.last_modified, found.address, found.source.url) == ('"x"', "Tue", moved, feed.source.url)
    store.feeds.record_success(feed.id, NOW + 7 * MINUTE, NOW + 8 * MINUTE, newest_entry=NOW - 9 * MINUTE)
    (found,) = store.feeds.all()
    assert (found.failures, found.error, found.newest_entry, found.address) == (0, None, NOW - MINUTE, moved)
    store.feeds.record_success(99, NOW, NOW)
    store.feeds.record_failure(99, NOW, NOW, "no such feed")


def test_a_muted_feed_is_seen_and_not_polled(store: Store) -> None:
    store.feeds.ensure([source("alpha")])
    assert store.feeds.mute(source("alpha").url, True)
    assert store.feeds.all()[0].muted
    assert due(store) == []
    assert store.feeds.mute(source("alpha").url, False)
    assert due(store) == ["Alpha"]
    assert not store.feeds.mute(source("nobody").url, True)


def test_a_job_belongs_to_one_worker_at_a_time(store: Store) -> None:
    assert store.try_lease("watch", "one", NOW, 60)
    assert not store.try_lease("watch", "two", NOW, 60)
    assert store.try_lease("digests", "two", NOW, 60)
    assert store.try_lease("watch", "one", NOW + MINUTE / 2, 60)
    assert not store.try_lease("watch", "two", NOW + MINUTE, 60)
    assert store.try_lease("watch", "two", NOW + 2 * MINUTE, 60)
    store.end_lease("watch", "one")
    assert not store.try_lease("watch", "one", NOW + 2 * MINUTE, 60)
    store.end_lease("watch", "two")
    assert store.try_lease("watch", "one", NOW + 2 * MINUTE, 60)


def test_a_clock_that_is_set_back_by_hours_stops_neither_feeds_nor_jobs(store: Store) -> None:
    """A machine may start with its clock hours ahead and learn the time a minute later."""
    ahead = NOW + 8 * HOUR
    store.feeds.ensure([source("polled"), source("claimed")])
    claimed, polled = sorted(store.feeds.claim_due(ahead, "dead", LEASE, 2), key=lambda feed: feed.source.title)
    store.feeds.record_success(polled.id, ahead, ahead + HOUR)
    assert store.try_lease("watch", "dead", ahead, 60)
    assert sorted(due(store)) == ["Claimed", "Polled"]
    store.feeds.record_success(polled.id, NOW, NOW + HOUR)
    store.feeds.record_failure(claimed.id, NOW, NOW + 12 * HOUR, "wait for half a day")
    assert due(store, NOW + MINUTE) == [], "a server's wish is waited for, however long"
    assert store.try_lease("watch", "living", NOW, 60)
    assert not store.try_lease("watch", "another", NOW - MINUTE, 60), "clocks that differ by a little trust each other"
