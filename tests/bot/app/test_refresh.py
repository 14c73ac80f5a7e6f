"""`assay refresh`: one pass over everything, what failed is named, and a second pass adds nothing."""

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Place, Subscription, Topic
from tests.support.chain_faults import Fault
from tests.support.http import Reply


def two_feeds(outside, second: str = "/broken") -> None:
    listed = outside.home / "feeds.toml"
    listed.write_text(f'{listed.read_text()}[[feed]]\nurl = "{outside.feeds.url(second)}"\ntitle = "Broken"\n', encoding="utf-8")


def test_it_tells_what_each_source_gave_and_names_what_failed(outside, assay) -> None:
    two_feeds(outside)
    outside.feeds.script("/broken", Reply(status=503))
    done = assay("refresh")
    assert done.code == 0
    assert "Ledger: 1 new article" in done.lines
    assert "Broken: HTTP 503 Service Unavailable" in done.lines
    assert "Read 1 article: 1 event, 1 new story, 0 changed." in done.lines
    assert any(line.startswith(f"Chain: block {outside.world.tip:,}, ") for line in done.lines)
    assert "Price: $69,123 from kraken." in done.lines


def test_a_second_pass_adds_nothing(outside, assay) -> None:
    assay("refresh", ASSAY_POLL_SECONDS="0.01")
    done = assay("refresh", ASSAY_POLL_SECONDS="0.01")
    assert "Ledger: 0 new articles" in done.lines
    assert "Read 0 articles: 0 events, 0 new stories, 0 changed." in done.lines
    with Store.open(outside.settings["ASSAY_DATABASE_URL"]) as store:
        assert store.articles.count() == 1


def test_a_feed_that_is_not_due_is_not_asked(outside, assay) -> None:
    assay("refresh", ASSAY_POLL_SECONDS="")
    assert "No feed was due." in assay("refresh", ASSAY_POLL_SECONDS="").lines
    assert len(outside.feeds.asked("/feed")) == 1


def test_a_chain_source_that_fails_is_named_and_the_news_is_read(outside, assay) -> None:
    outside.mempool.befall(Fault.HTML_200)
    done = assay("refresh")
    assert done.code == 0
    assert "Ledger: 1 new article" in done.lines
    assert any(line.startswith(f"{outside.mempool.name}: ") for line in done.lines)


def test_what_a_running_bot_would_post_is_owed(outside, assay) -> None:
    with Store.open(outside.settings["ASSAY_DATABASE_URL"]) as store:
        store.chats.see(Chat(1, ChatKind.PRIVATE))
        store.subscriptions.put(Subscription(Place(1), frozenset({Topic.SALES})))
        assay("refresh")
        [owed] = store.outbox.waiting()
    assert "4,451 BTC" in owed.message.html
