"""Articles: what is the same article, what is an edit, and what was read in it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.edges.store.identity import normal_link
from bot.edges.store.store import Store
from bot.model import FeedKind, FeedSource
from extractors.model import Claim, Extraction, Kind, Metric, Note, NoteKind, Span
from tests.support.news import LONG, NOW, article, sale, tell

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def feeds(store: Store) -> list[int]:
    store.feeds.ensure([FeedSource(f"https://feed{n}.example/rss", f"Feed {n}") for n in range(2)])
    return [feed.id for feed in store.feeds.all()]


def test_an_article_read_twice_adds_nothing(store: Store, feeds: list[int]) -> None:
    number = store.articles.add(article(link="https://example.org/news/1"), feeds[0], NOW)
    assert number is not None
    assert store.articles.add(article(link="https://example.org/news/1"), feeds[0], LATER) is None
    assert store.articles.count() == 1
    assert store.articles.get(number).article == article(link="https://example.org/news/1")


@pytest.mark.parametrize(
    "again",
    [
        article("other-guid", link="http://www.example.org/news/1/?utm_source=rss&fbclid=x#top"),
        article("other-guid", link="https://copy.example/moved"),
        article("other-guid", title="CANGO  sells 4,451 BTC "),
    ],
    ids=["same link", "same words", "same words but for case and space"],
)
def test_the_same_article_from_two_feeds_adds_nothing(store: Store, feeds: list[int], again) -> None:
    store.articles.add(article(link="https://example.org/news/1"), feeds[0], NOW)
    assert store.articles.add(again, feeds[1], LATER) is None
    assert store.articles.count() == 1


def test_a_feed_that_is_read_again_adds_nothing(store: Store, feeds: list[int]) -> None:
    entries = [article(f"g{n}", title=f"Sale number {n}", text=f"{n} {LONG}", link=f"https://example.org/{n}") for n in range(20)]
    assert len(store.articles.add_all([*entries, entries[3]], feeds[0], NOW)) == 20
    assert store.articles.add_all(entries, feeds[0], LATER) == []
    assert store.articles.add_all(entries, feeds[1], LATER) == []


def test_an_edited_article_is_a_new_revision_under_the_same_number(store: Store, feeds: list[int]) -> None:
    number = store.articles.add(article(), feeds[0], NOW)
    store.articles.save_extraction(number, Extraction((sale(),)), "1")
    assert store.articles.unextracted(10) == []
    edited = article(text=LONG + " Correction: it was 4,541 BTC.")
    assert store.articles.add(edited, feeds[0], LATER) == number
    (waiting,) = store.articles.unextracted(10)
    assert (waiting.id, waiting.revision, waiting.article, waiting.extractor) == (number, 2, edited, None)
    assert store.articles.add(edited, feeds[0], LATER) is None


def test_old_and_new_words_in_turn_make_no_further_revisions(store: Store, feeds: list[int]) -> None:
    old, new = article(), article(text="Updated. " + LONG)
    seen = [store.articles.add(words, feeds[0], NOW) for words in (old, new, old, new, old)]
    assert seen == [1, 1, None, None, None]
    assert store.articles.get(1).article.text == new.text


def test_of_two_feeds_the_fuller_text_is_kept(store: Store, feeds: list[int]) -> None:
    link = "https://example.org/news/1"
    short, full = article("a", text="Cango sold coins.", link=link), article("b", text=LONG, link=link)
    assert [store.articles.add(words, feed, NOW) for words, feed in ((short, feeds[0]), (full, feeds[1]))] == [1, 1]
    assert [store.articles.add(words, feed, NOW) for words, feed in ((short, feeds[0]), (full, feeds[1]))] == [None, None]
    assert store.articles.get(1).article.text == LONG


def test_different_articles_are_kept_apart(store: Store, feeds: list[int]) -> None:
    home = "https://example.org/"
    entries = [
        article("1", title="First", text="a " + LONG, link=home),
        article("2", title="Second", text="b " + LONG, link=home),  # every entry links to the home page
        article("live-1", title="Live: nine o'clock", text="c " + LONG, link="https://example.org/live"),
        article("live-2", title="Live: ten o'clock", text="d " + LONG, link="https://example.org/live"),  # one page, many entries
        article("f1", title="8-K  - Current report", text="", published=NOW),
        article("f2", title="8-K  - Current report", text="", published=NOW + timedelta(days=3)),  # says nothing, on two days
        article("same", title="One", text="e " + LONG, link="https://example.org/one"),
        article("same", title="Two", text="f " + LONG, link="https://example.org/two"),  # a guid that is none
    ]
    assert len(store.articles.add_all(entries, feeds[0], NOW)) == len(entries)
    assert store.articles.add_all(entries, feeds[0], LATER) == []


def test_a_guid_counts_only_within_its_feed(store: Store, feeds: list[int]) -> None:
    store.articles.add(article("42", title="One", text="a " + LONG), feeds[0], NOW)
    assert store.articles.add(article("42", title="Two", text="b " + LONG), feeds[1], NOW) == 2


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://WWW.Example.org:443/a/b/", "example.org/a/b"),
        ("http://example.org/?p=12&utm_campaign=x", "example.org?p=12"),
        ("https://example.org/a?b=2&a=1#c", "example.org/a?a=1&b=2"),
        ("https://example.org/", None),
        ("https://example.org", None),
        ("mailto:someone", None),
        ("http://[broken/a", "http://[broken/a"),
    ],
)
def test_links_are_compared_without_what_does_not_name_the_page(link: str, page: str | None) -> None:
    assert normal_link(link) == page


def test_what_no_database_can_hold_is_replaced_in_place(store: Store) -> None:
    number = store.articles.add(article(title="A\x00B\ud800C", text="\x00" + LONG), None, NOW)
    assert store.articles.get(number).article.title == "A B?C"
    assert len(store.articles.get(number).article.body) == len("A B?C\n" + LONG) + 1
    assert store.articles.add(article(title="A\x00B\ud800C", text="\x00" + LONG), None, NOW) is None


def test_an_undated_article_gets_its_time_when_a_feed_knows_it(store: Store, feeds: list[int]) -> None:
    number = store.articles.add(article(published=None), feeds[0], LATER)
    assert [found.id for found in store.articles.since(LATER)] == [number]
    store.articles.add(article("b"), feeds[1], LATER)
    assert store.articles.get(number).article.published == NOW
    assert store.articles.since(LATER) == []


def test_reading_again_keeps_the_numbers_of_what_stays_the_same(store: Store) -> None:
    number = tell(store, "a", sale("4451"), sale("550"))
    first, second = store.articles.events(number)
    moved = replace(sale("550"), evidence={"btc": Span(5, 8)})
    changed = store.articles.save_extraction(number, Extraction((moved, sale("12"))), "2")
    assert changed == {("Cango", Kind.SALE)}
    kept, new = store.articles.events(number)
    assert (kept.id, kept.event) == (second.id, moved)
    assert new.id not in (first.id, second.id)


def test_reading_the_same_again_makes_nothing_due(store: Store) -> None:
    number = tell(store, "a", sale("4451"))
    store.stories.replace("Cango", Kind.SALE, (), NOW, store.stories.due())
    moved = replace(sale("4451"), evidence={"btc": Span(5, 8)})
    assert store.articles.save_extraction(number, Extraction((moved,)), "2") == frozenset()
    assert store.stories.due() == []


def test_a_verdict_outlives_a_new_reading_that_says_the_same(store: Store) -> None:
    from bot.decisions.remarks import day, percent, remark
    from bot.model import Judged, Verdict

    reason = remark("the chain says {change} on {day}", change=percent(Decimal("-11.1637")), day=day(date(2026, 2, 7)))
    claim = Claim(Metric.DIFFICULTY, change_pct=-14)
    number = store.articles.add(article(), None, NOW)
    store.articles.save_extraction(number, Extraction((), (claim,)), "1")
    (stored,) = store.claims.of_article(number)
    assert stored.judged is None
    store.claims.judge(stored.id, Judged(claim, Verdict.CONTRADICTS, reason), NOW)
    store.articles.save_extraction(number, Extraction((), (claim, replace(claim, change_pct=-3))), "2")
    judged, fresh = store.claims.of_article(number)
    assert (judged.judged.verdict, judged.judged.reason) == (Verdict.CONTRADICTS, reason)
    assert fresh.judged is None
    assert store.claims.told(NOW, LATER, Verdict.CONTRADICTS) == [judged]


def test_a_late_reading_of_an_earlier_revision_changes_nothing(store: Store) -> None:
    number = store.articles.add(article(), None, NOW)
    store.articles.add(article(text="Updated. " + LONG), None, NOW)
    store.articles.save_extraction(number, Extraction((sale("2"),)), "1", revision=2)
    assert store.articles.save_extraction(number, Extraction((sale("1"),)), "1", revision=1) == frozenset()
    assert store.articles.extraction(number).events == (sale("2"),)


def test_an_edit_meanwhile_leaves_the_article_to_be_read(store: Store) -> None:
    number = store.articles.add(article(), None, NOW)
    store.articles.add(article(text="Updated. " + LONG), None, NOW)
    store.articles.save_extraction(number, Extraction((sale("1"),)), "1", revision=1)
    assert [found.revision for found in store.articles.unextracted(10)] == [2]


def test_another_version_may_read_everything_again(store: Store) -> None:
    tell(store, "a", sale())
    assert store.articles.unextracted(10) == []
    assert [found.extractor for found in store.articles.unextracted(10, version="2")] == ["1"]


def test_all_articles_come_in_batches(store: Store) -> None:
    for n in range(7):
        tell(store, f"g{n}", sale(str(n)))
    assert [found.id for found in store.articles.all(batch=3)] == list(range(1, 8))


def test_an_event_with_an_amount_beyond_reason_is_left_out(store: Store) -> None:
    number = tell(store, "a", sale("1e30"), sale("7"), sale("NaN"))
    assert store.articles.extraction(number).events == (sale("7"),)


def test_tellings_name_their_source_and_whether_it_is_primary(store: Store) -> None:
    store.feeds.ensure([FeedSource("https://wire.example/rss", "The Wire", FeedKind.WIRE)])
    (wire,) = store.feeds.all()
    number = tell(store, "a", sale(), feed_id=wire.id)
    tell(store, "b", sale("3", company="Former Cango"))
    (told,) = store.articles.tellings("Cango", Kind.SALE)
    assert (told.article_id, told.source, told.primary, told.published, told.event) == (str(number), "The Wire", True, NOW, sale())
    both = store.articles.tellings(store.articles.companies(Kind.SALE), Kind.SALE)
    assert [(one.event.company, one.source, one.primary) for one in both] == [
        ("Cango", "The Wire", True),
        ("Former Cango", "example.org", False),
    ]


def test_a_release_is_a_primary_source_wherever_it_was_found(store: Store) -> None:
    words = 'MIAMI, Feb. 9, 2026 (GLOBE NEWSWIRE) -- Cango Inc. (the "Company") today announced that it sold 4,451 bitcoin.'
    tell(store, "a", sale(), text=words)
    tell(store, "b", sale(), link="https://www.sec.gov/Archives/edgar/data/1725123/0001.htm")
    tell(store, "c", sale())
    assert [told.primary for told in store.articles.tellings("Cango", Kind.SALE)] == [True, True, False]


def test_a_note_comes_with_its_own_words(store: Store) -> None:
    words = "Cango named a technology chief. It also sold coins."
    number = store.articles.add(article(text=words), None, NOW)
    start = len("Cango sells 4,451 BTC\n")
    note = Note(NoteKind.APPOINTMENT, Span(start, start + 31), "Cango", {"role": "technology chief"})
    store.articles.save_extraction(number, Extraction((), (), (note,)), "1")
    (stored,) = store.articles.notes(NOW, LATER)
    assert (stored.note, stored.source.quote) == (note, "Cango named a technology chief.")
    assert store.articles.notes(LATER, LATER + timedelta(days=1)) == []
