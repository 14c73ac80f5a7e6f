"""Stories: they keep their number, grow a revision when a reader would see it, and nothing due is forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.edges.store.match import Anchor, match
from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.model import Due, FeedKind, FeedSource, Place, SalesQuery, StoryChanges
from extractors.merge import merge
from extractors.model import Difference, Extraction, Kind, Status
from tests.support.news import LONG, NOW, article, period, sale, spans, story, tell

LATER = NOW + timedelta(hours=2)


def merge_due(store: Store, now=NOW) -> StoryChanges:
    """What the job does: gather, merge, replace."""
    found = StoryChanges()
    for due in store.stories.due():
        merged = merge(store.articles.tellings(due.company, due.kind))
        found = store.stories.replace(due.company, due.kind, merged, now, [due])
    return found


def sales(store: Store, **asked) -> Sequence:
    return store.stories.list(SalesQuery(**asked), LATER)


def test_a_story_is_found_once_and_then_unchanged(store: Store) -> None:
    tell(store, "a", sale())
    (new,) = merge_due(store).new
    assert (new.id, new.revision, new.found_at, new.changed_at) == (1, 1, NOW, NOW)
    assert new.story.tellings == tuple(store.articles.tellings("Cango", Kind.SALE))
    again = store.stories.replace("Cango", Kind.SALE, [new.story], LATER)
    assert again == StoryChanges()
    assert store.stories.get(1) == new


def test_a_second_outlet_grows_the_story(store: Store) -> None:
    tell(store, "a", sale())
    merge_due(store)
    tell(store, "b", sale("4451", usd=Decimal(305_000_000)))
    changes = merge_due(store, LATER)
    assert (changes.new, changes.gone) == ((), ())
    (grown,) = changes.changed
    assert (grown.id, grown.revision, grown.found_at, grown.changed_at) == (1, 2, NOW, LATER)
    assert (grown.story.usd, set(grown.story.articles)) == (Decimal(305_000_000), {"1", "2"})
    assert store.stories.changed_since(NOW) == [grown]
    assert store.stories.changed_since(LATER) == []


def test_a_story_whose_words_only_moved_reads_the_same(store: Store) -> None:
    number = tell(store, "a", sale())
    merge_due(store)
    store.articles.save_extraction(number, Extraction((replace(sale(), evidence=spans("4451 BTC", btc="4451")),)), "2")
    changes = store.stories.replace("Cango", Kind.SALE, merge(store.articles.tellings("Cango", Kind.SALE)), LATER)
    assert changes == StoryChanges()
    assert store.stories.get(1).story.tellings[0].event.evidence == {"btc": (0, 4)}


def test_an_edited_figure_changes_the_story_and_not_its_number(store: Store) -> None:
    number = tell(store, "a", sale("4451"))
    merge_due(store)
    store.articles.save_extraction(number, Extraction((sale("4541"),)), "1")
    assert store.stories.get(1).story.btc == Decimal(4451)  # until the next merge the story stands as it was
    (changed,) = merge_due(store, LATER).changed
    assert (changed.id, changed.revision, changed.story.btc) == (1, 2, Decimal(4541))


def test_of_two_sales_in_an_article_each_keeps_its_number(store: Store) -> None:
    first, second = sale("4451", period=period("2026-02-07")), sale("550", period=period("2026-01-01", "2026-01-31"))
    number = tell(store, "a", first, second)
    merge_due(store)
    by_coins = {found.story.btc: found.id for found in sales(store)}
    store.articles.save_extraction(number, Extraction((replace(second, btc=Decimal(551)), first)), "2")
    changes = merge_due(store, LATER)
    assert [(one.id, one.story.btc) for one in changes.changed] == [(by_coins[Decimal(550)], Decimal(551))]
    assert changes.new == changes.gone == ()


def test_a_story_that_no_one_tells_any_more_is_gone_and_may_come_back(store: Store) -> None:
    number = tell(store, "a", sale())
    merge_due(store)
    store.articles.save_extraction(number, Extraction(), "2")
    (gone,) = merge_due(store, LATER).gone
    assert (gone.id, gone.gone, gone.revision) == (1, True, 2)
    assert sales(store) == []
    assert merge_due(store) == StoryChanges()
    store.articles.save_extraction(number, Extraction((sale(),)), "3")
    (back,) = merge_due(store, LATER).changed
    assert (back.id, back.gone, back.revision) == (1, False, 3)


def test_two_stories_that_turn_out_to_be_one_keep_the_number_of_one(store: Store) -> None:
    tell(store, "a", sale())
    tell(store, "b", sale("4452"))
    apart = [story(told) for told in store.articles.tellings("Cango", Kind.SALE)]
    assert [one.id for one in store.stories.replace("Cango", Kind.SALE, apart, NOW).new] == [1, 2]
    together = story(*store.articles.tellings("Cango", Kind.SALE))
    changes = store.stories.replace("Cango", Kind.SALE, [together], LATER)
    assert [one.id for one in changes.changed] == [1]
    assert [one.id for one in changes.gone] == [2]


def test_what_is_due_survives_a_crash_before_the_merge(store: Store) -> None:
    tell(store, "a", sale())
    assert store.stories.due() == [Due("Cango", Kind.SALE, 1)]
    assert store.stories.due() == [Due("Cango", Kind.SALE, 1)]
    merge_due(store)
    assert store.stories.due() == []


def test_a_telling_that_comes_during_a_merge_leaves_it_due(store: Store) -> None:
    tell(store, "a", sale())
    due = store.stories.due()
    merged = merge(store.articles.tellings("Cango", Kind.SALE))
    tell(store, "b", sale())
    store.stories.replace("Cango", Kind.SALE, merged, NOW, due)
    assert store.stories.due() == [Due("Cango", Kind.SALE, 2)]


def test_a_merge_that_was_overtaken_changes_nothing(store: Store) -> None:
    tell(store, "a", sale())
    slow, stale = store.stories.due(), merge(store.articles.tellings("Cango", Kind.SALE))
    tell(store, "b", sale())
    merge_due(store)
    assert store.stories.replace("Cango", Kind.SALE, stale, LATER, slow) == StoryChanges()
    assert store.stories.get(1).story.articles == ("1", "2")


def test_stories_of_former_names_are_merged_together(store: Store) -> None:
    tell(store, "a", sale(company="Marathon Digital"))
    merge_due(store)
    tell(store, "b", sale(company="MARA"))
    names = ["MARA", "Marathon Digital"]
    merged = [replace(story(*store.articles.tellings(names, Kind.SALE)), company="MARA")]
    (changed,) = store.stories.replace(names, Kind.SALE, merged, LATER, store.stories.due()).changed
    assert (changed.id, changed.story.company, changed.story.articles) == (1, "MARA", ("1", "2"))
    assert store.stories.due() == []


def test_a_story_comes_back_with_everything_that_is_its(store: Store) -> None:
    tell(store, "a", sale("4451", period=period("2026-02-07", "2026-02-08"), settlement="USDT", status=Status.PLANNED))
    tell(store, "b", sale("4400"))
    told = store.articles.tellings("Cango", Kind.SALE)
    differ = (Difference("btc", (("4451", ("1",)), ("4400", ("2",)))),)
    merged = [story(*told, differ=differ, linked=(1,)), replace(story(*told[1:]), linked=(0,))]
    first, second = store.stories.replace("Cango", Kind.SALE, merged, NOW).new
    assert replace(first.story, linked=(1,)) == merged[0]
    assert (first.linked, second.linked) == ((second.id,), (first.id,))


def test_sales_are_listed_newest_first_as_of_a_time(store: Store) -> None:
    tell(store, "a", sale("100", period=period("2025-12-01", "2025-12-31")))
    tell(store, "b", sale("200", period=period("2026-02-07")))
    tell(store, "c", sale("300"))
    tell(store, "d", sale(None, usd=Decimal(5_000_000)), published=LATER)
    tell(store, "e", sale("400", "Riot Platforms", ticker="RIOT"))
    merge_due(store)
    store.stories.replace("Riot Platforms", Kind.SALE, merge(store.articles.tellings("Riot Platforms", Kind.SALE)), NOW)
    store.stories.replace("Cango", Kind.SALE, [story(told) for told in store.articles.tellings("Cango", Kind.SALE)], NOW)

    def coins(now=NOW, limit=None, offset=0, **asked) -> list[int | None]:
        listed = store.stories.list(SalesQuery(**asked), now, limit, offset)
        return [found.story.btc and int(found.story.btc) for found in listed]

    assert sorted(coins()[:2]) == [300, 400]
    assert coins()[2:] == [200, 100]
    assert coins(LATER, company="cango") == [None, 300, 200, 100]
    assert coins(company="nobody", names=frozenset({"riot"})) == [400]
    assert coins(company="Cango", since=date(2026, 2, 7)) == [300, 200]
    assert coins(company="Cango", min_btc=Decimal(200)) == [300, 200]
    assert coins(company="Cango", limit=1, offset=1) == [200]
    assert coins(NOW - timedelta(days=1)) == []
    assert coins(kind=Kind.PRODUCTION) == []
    assert store.stories.count(SalesQuery(company="Cango"), NOW) == 3


def test_a_story_marked_wrong_is_listed_no_more_and_stays_wrong(store: Store) -> None:
    tell(store, "a", sale())
    merge_due(store)
    marked = store.stories.mark_wrong(1, True, LATER)
    assert (marked.wrong, marked.revision, marked.changed_at) == (True, 2, LATER)
    assert sales(store) == []
    tell(store, "b", sale())
    assert merge_due(store, LATER).changed[0].wrong
    assert store.stories.mark_wrong(1, False, LATER).revision == 4
    assert store.stories.mark_wrong(99, True, LATER) is None


def test_every_figure_has_its_sentence(store: Store) -> None:
    store.feeds.ensure([FeedSource("https://wire.example/rss", "The Wire", FeedKind.WIRE)])
    words = "Cango Inc. spoke on Monday. It sold 4,451 BTC over the weekend. The coins brought\nabout $305 million in USDT."
    body = article(text=words).body
    event = sale("4451", usd=Decimal(305_000_000), evidence=spans(body, company="Cango", btc="4,451 BTC over", usd="$305 million"))
    number = store.articles.add(article(text=words), store.feeds.all()[0].id, NOW)
    store.articles.save_extraction(number, Extraction((event,)), "1")
    merge_due(store)
    (source,) = store.stories.sources(1)
    assert (source.article_id, source.feed, source.quote) == ("1", "The Wire", "It sold 4,451 BTC over the weekend.")
    assert source.quotes == (
        ("btc", "It sold 4,451 BTC over the weekend."),
        ("usd", "about $305 million in USDT."),
        ("company", "Cango sells 4,451 BTC"),
    )
    store.articles.add(article(text="Something else. " + LONG * 2), store.feeds.all()[0].id, NOW)
    assert store.stories.sources(1)[0].quotes == source.quotes  # an edit does not move the words that were read


def test_a_telling_of_an_unknown_article_is_refused(store: Store) -> None:
    tell(store, "a", sale())
    (told,) = store.articles.tellings("Cango", Kind.SALE)
    with pytest.raises(StoreError, match="no number of a stored article"):
        store.stories.replace("Cango", Kind.SALE, [story(replace(told, article_id="x"))], NOW)


def test_messages_of_a_story_are_remembered(store: Store) -> None:
    tell(store, "a", sale())
    merge_due(store)
    for place, message in ((Place(7), 70), (Place(-5, 3), 50), (Place(-5), 51), (Place(7), 71)):
        store.chats.note_posted(1, place, message, 1, NOW)
    assert [(one.place, one.message_id) for one in store.chats.posted(1)] == [(Place(-5), 51), (Place(-5, 3), 50), (Place(7), 71)]


def anchor(*articles: int, events: Sequence[int] = (), btc: str | None = None, gone: bool = False) -> Anchor:
    figures = (None if btc is None else Decimal(btc), None)
    return Anchor(frozenset(events), frozenset(articles), figures, (None, None), gone)


@pytest.mark.parametrize(
    ("stored", "fresh", "found"),
    [
        ([], [anchor(1)], {}),
        ([anchor(1)], [anchor(2)], {}),
        ([anchor(1, events=[1]), anchor(1, events=[2])], [anchor(1, events=[2]), anchor(1, events=[1])], {0: 1, 1: 0}),
        ([anchor(1, 2, events=[1, 2])], [anchor(1, events=[1]), anchor(2, 3, events=[2, 3])], {0: 0}),
        ([anchor(1, btc="5"), anchor(1, btc="7")], [anchor(1, btc="7"), anchor(1, btc="6")], {0: 1, 1: 0}),
        ([anchor(1, gone=True), anchor(1)], [anchor(1)], {0: 1}),
    ],
    ids=["first", "unrelated", "by events", "split", "by figures", "living first"],
)
def test_which_story_is_continued(stored: list[Anchor], fresh: list[Anchor], found: dict[int, int]) -> None:
    assert match(stored, fresh) == found
