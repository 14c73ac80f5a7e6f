from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.decisions.plan import AWAITED
from bot.edges.sender import Sent, timeless
from bot.jobs.alerts import owe_retarget, owe_stories
from bot.jobs.claims import owe_claims
from bot.jobs.settle import Settler
from bot.model import BlockHeader, Chat, ChatKind, Delivery, Place, Retarget, Topic
from extractors.model import Extraction
from tests.support.asking import tell_the_news
from tests.support.newsroom import Newsroom, events, newsroom, owed
from tests.support.statements import statements
from tests.support.tales import NOW, cango, claim, stored, subscription, utc


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as made:
        tell_the_news(made)
        for chat in (1, 2):
            made.store.chats.see(Chat(chat, ChatKind.PRIVATE))
        yield made


def test_a_new_sale_is_posted_once_and_edited_when_it_grows(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    owe_stories(room.store, NOW)
    owed(room.store)
    later = NOW + timedelta(hours=1)
    room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=later)
    assert owe_stories(room.store, later + timedelta(minutes=10)) == 1
    assert owe_stories(room.store, later + timedelta(minutes=11)) == 0
    [alert] = owed(room.store, later + timedelta(minutes=12))
    assert "sold <b>1,080 BTC</b>" in alert.message.html
    assert "#RIOT" in alert.message.html
    number = int(alert.key.split(":")[1])
    room.store.chats.note_posted(number, alert.place, 77, 1, later)
    room.tell(
        *events([stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")]),
        outlet="StockTitan",
        at=later + timedelta(hours=1),
    )
    assert owe_stories(room.store, later + timedelta(hours=2)) == 1
    [edit] = owed(room.store, later + timedelta(hours=2))
    assert edit.message.edits == 77
    assert "$96M" in edit.message.html
    assert "Updated" in edit.message.html


def test_a_restart_posts_nothing_twice(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    first = owe_stories(room.store, NOW)
    assert first > 0
    assert owe_stories(room.store, NOW + timedelta(minutes=1)) == 0


def test_a_sale_that_is_told_during_a_pause_arrives_when_the_place_opens_again(room: Newsroom) -> None:
    closed = Place(-5, 7)
    for place in (Place(1), Place(2), closed):
        room.store.subscriptions.put(replace(subscription(1), place=place))
    room.store.chats.pause(1, "the bot was removed", NOW - timedelta(hours=1))
    room.store.chats.pause(2, "blocked by the user", NOW - AWAITED - timedelta(hours=1))
    room.store.subscriptions.pause_topic(closed, "the topic was closed", NOW - timedelta(hours=1))
    owe_stories(room.store, NOW)
    assert owed(room.store) == []
    room.store.chats.resume(1)
    room.store.chats.resume(2)
    room.store.subscriptions.resume_topic(closed)
    assert {delivery.place for delivery in owed(room.store, NOW + timedelta(minutes=1))} == {Place(1), closed}
    room.store.chats.pause(1, "the bot was removed", NOW)
    room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=NOW)
    owe_stories(room.store, NOW + timedelta(minutes=10))
    room.store.chats.resume(1)
    assert Place(1) not in {delivery.place for delivery in owed(room.store, NOW + timedelta(hours=13))}, "stale by then"


def test_what_sales_are_held_against_is_read_once_for_many(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    owe_stories(room.store, NOW)
    asked = {}
    for number in (2, 20):
        room.tell(*events([stored(company=f"Miner {number}-{one}", btc=str(100 + one)) for one in range(number)]), at=NOW)
        with statements(room.store) as told:
            assert owe_stories(room.store, NOW + timedelta(minutes=1)) == number
        asked[number] = sum("FROM story" in one and "story.kind = " in one for one in told)
    assert asked[20] == asked[2] > 0


def test_old_news_of_a_first_load_alert_nobody(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    room.tell(*events([stored(company="IREN", ticker="IREN", btc="99")]), at=utc("2026-02-01T00:00"))
    owe_stories(room.store, NOW)
    assert not any("IREN" in delivery.message.html for delivery in owed(room.store))


def reached(room: Newsroom, bits: int = 0x17023C7E, name: str = "a") -> None:
    """The blocks around the retarget of February 2026, as a source told them."""
    start = utc("2026-02-07T13:50")
    blocks = [
        BlockHeader(935_424 + n, f"{name}{n}", start + timedelta(minutes=10) * n, 0x1701FCA1 if n < 0 else bits) for n in (-1008, -1, 0)
    ]
    room.store.chain.add_blocks(blocks)
    room.store.chain.add_retargets([Retarget(935_424, start, bits)])


def test_a_retarget_is_posted_once_with_its_rank_and_projection(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    reached(room)
    soon = utc("2026-02-07T13:51")
    assert [owe_retarget(room.store, soon + timedelta(minutes=minute)) for minute in range(3)] == [1, 0, 0]
    [alert] = owed(room.store, soon)
    assert "fell 11.16 %" in alert.message.html
    assert "largest fall since July 2021" in alert.message.html
    assert "Next retarget about <b>+12.6 %</b>" in alert.message.html


def test_a_retarget_of_which_no_source_told_a_block_is_not_posted(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    assert owe_retarget(room.store, utc("2026-02-07T13:51")) == 0


def test_a_reorganisation_at_the_boundary_edits_the_post_once(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    reached(room)
    soon = utc("2026-02-07T13:51")
    owe_retarget(room.store, soon)
    [alert] = room.store.outbox.claim("me", soon, 10, timedelta(minutes=1))
    room.store.outbox.mark_sent(alert.id, 4711, soon)
    assert owe_retarget(room.store, soon) == 0
    reached(room, 0x17024000, "b")
    assert [owe_retarget(room.store, soon + timedelta(minutes=minute)) for minute in range(3)] == [1, 0, 0]
    [edit] = room.store.outbox.waiting()
    assert edit.message.edits == 4711
    assert "fell 11.70 %" in edit.message.html
    room.store.outbox.mark_sent(edit.id, 4711, soon)
    assert owe_retarget(room.store, soon + timedelta(minutes=5)) == 0


def test_a_retarget_of_long_ago_is_no_news(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    assert owe_retarget(room.store, NOW) == 0


def test_the_same_sale_of_a_second_outlet_is_not_posted_again(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, digest_at=time(23)))
    owe_stories(room.store, NOW)
    posted = [delivery for delivery in owed(room.store) if "4,451" in delivery.message.html]
    assert len(posted) == 1
    room.tell(*events([cango()]), outlet="Yellow", at=NOW + timedelta(minutes=5))
    owe_stories(room.store, NOW + timedelta(minutes=20))
    assert not [delivery for delivery in owed(room.store, NOW + timedelta(minutes=30)) if delivery.message.edits is None]


def night(room: Newsroom) -> None:
    """A place that sleeps, and a sale told meanwhile."""
    room.store.subscriptions.put(subscription(1, topics=frozenset({Topic.SALES}), quiet=(time(8), time(18))))
    room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=NOW)
    owe_stories(room.store, NOW + timedelta(minutes=10))


def riots(room: Newsroom) -> list[Delivery]:
    return [delivery for delivery in owed(room.store, NOW + timedelta(hours=10)) if "Riot" in delivery.message.html]


def test_a_story_that_grows_during_quiet_hours_is_told_whole_after_them(room: Newsroom) -> None:
    night(room)
    grown = stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")
    room.tell(*events([grown]), outlet="StockTitan", at=NOW + timedelta(hours=1))
    assert owe_stories(room.store, NOW + timedelta(hours=2)) == 0
    [alert] = riots(room)
    assert (alert.revision, "$96M" in alert.message.html) == (2, True)


def test_a_story_that_is_marked_as_wrong_during_quiet_hours_is_not_told_unless_it_is_right_after_all(room: Newsroom) -> None:
    night(room)
    [number] = {int(delivery.key.split(":")[1]) for delivery in room.store.outbox.waiting() if "Riot" in delivery.message.html}
    room.store.stories.mark_wrong(number, True, NOW + timedelta(hours=1))
    assert owe_stories(room.store, NOW + timedelta(hours=1)) == 0
    assert not [delivery for delivery in room.store.outbox.waiting() if "Riot" in delivery.message.html]
    room.store.stories.mark_wrong(number, False, NOW + timedelta(hours=2))
    assert owe_stories(room.store, NOW + timedelta(hours=2)) == 1
    assert len(riots(room)) == 1


def test_a_story_that_grows_while_its_message_is_under_way_is_edited_afterwards(room: Newsroom) -> None:
    night(room)
    evening = NOW + timedelta(hours=10)
    [alert] = room.store.outbox.claim("w", evening, 50, timedelta(minutes=1))
    while "Riot" not in alert.message.html:
        room.store.outbox.mark_sent(alert.id or 0, 1, evening)
        evening += timedelta(seconds=2)
        [alert] = room.store.outbox.claim("w", evening, 50, timedelta(minutes=1))
    grown = stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")
    room.tell(*events([grown]), outlet="StockTitan", at=evening)
    assert owe_stories(room.store, evening + timedelta(seconds=1)) == 0
    Settler(room.store).settle(alert, Sent(77))
    assert owe_stories(room.store, evening + timedelta(seconds=2)) == 1
    [edit] = [delivery for delivery in room.store.outbox.waiting() if delivery.message.edits == 77]
    assert "$96M" in edit.message.html


def test_a_correction_shows_what_was_told_before(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, topics=frozenset({Topic.SALES})))
    number = room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")]), at=NOW)
    owe_stories(room.store, NOW)
    [alert] = [delivery for delivery in owed(room.store) if "Riot" in delivery.message.html]
    room.store.chats.note_posted(int(alert.key.split(":")[1]), alert.place, 77, 1, NOW)
    right = events([stored(company="Riot Platforms", ticker="RIOT", btc="1008", usd="96000000")])
    room.store.articles.save_extraction(number, Extraction(tuple(right)), "test")
    room.merge(NOW + timedelta(hours=1))
    assert owe_stories(room.store, NOW + timedelta(hours=1)) == 1
    [edit] = owed(room.store, NOW + timedelta(hours=1))
    assert (edit.message.edits, timeless(edit.message.html).splitlines()[0]) == (
        77,
        "<b>Corrected</b> Tue 10 Feb 2026, 10:00 UTC: 1,080 BTC before",
    )
    assert "sold <b>1,008 BTC</b>" in edit.message.html
    assert "Updated" not in edit.message.html


def test_a_contradicted_claim_is_posted_once_to_who_asked_for_claims(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, topics=frozenset({Topic.CLAIMS})))
    at = NOW + timedelta(hours=1)
    for outlet in ("Protos", "Yellow"):
        number = room.tell(claim().claim, outlet=outlet, at=at, text="Difficulty slid 14% on 8 February.")
        [told] = room.store.claims.of_article(number)
        room.store.claims.judge(told.id, claim().judged, at)
    soon = at + timedelta(minutes=5)
    assert [owe_claims(room.store, soon + timedelta(minutes=minute)) for minute in range(2)] == [1, 0]
    [alert] = owed(room.store, soon)
    assert "the chain says -11.16 %" in alert.message.html
    assert "Protos" in alert.message.html


# --- languages -------------------------------------------------------------------------------------------------------


def test_a_sale_is_told_to_each_chat_in_its_language_and_edited_in_it(room: Newsroom) -> None:
    room.store.chats.set_language(2, "de")
    for chat in (1, 2):
        room.store.subscriptions.put(subscription(chat, topics=frozenset({Topic.SALES})))
    room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=NOW)
    owe_stories(room.store, NOW + timedelta(minutes=10))
    assert figures(room, "1,080 BTC", "1.080 BTC") == {1: "1,080 BTC", 2: "1.080 BTC"}
    [number] = {int(delivery.key.split(":")[1]) for delivery in room.store.outbox.waiting() if "Riot" in delivery.message.html}
    for chat in (1, 2):
        room.store.chats.note_posted(number, Place(chat), 70 + chat, 1, NOW)
    room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96400000")]), outlet="StockTitan", at=NOW)
    owe_stories(room.store, NOW + timedelta(minutes=20))
    assert figures(room, "$96.4M", "96,4 Mio. $") == {1: "$96.4M", 2: "96,4 Mio. $"}


def test_times_are_told_by_the_clock_of_each_chat(room: Newsroom) -> None:
    for chat in (1, 2):
        room.store.subscriptions.put(subscription(chat, topics=frozenset({Topic.RETARGETS, Topic.SALES})))
    room.store.chats.set_timezone(2, "Europe/Berlin")
    reached(room)
    assert owe_retarget(room.store, utc("2026-02-07T13:51")) == 2
    assert figures(room, "13:50 UTC", "14:50 CET") == {1: "13:50 UTC", 2: "14:50 CET"}
    number = room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=NOW)
    owe_stories(room.store, NOW)
    [told] = {int(delivery.key.split(":")[1]) for delivery in room.store.outbox.waiting() if "Riot" in delivery.message.html}
    for chat in (1, 2):
        room.store.chats.note_posted(told, Place(chat), 70 + chat, 1, NOW)
    room.store.articles.save_extraction(
        number, Extraction(tuple(events([stored(company="Riot Platforms", ticker="RIOT", btc="1008")]))), "test"
    )
    room.merge(NOW + timedelta(hours=1))
    owe_stories(room.store, NOW + timedelta(hours=1))
    assert figures(room, "10:00 UTC", "11:00 CET") == {1: "10:00 UTC", 2: "11:00 CET"}


def figures(room: Newsroom, *wanted: str) -> dict[int, str]:
    """Which of these figures the messages of each chat tell."""
    waiting = room.store.outbox.waiting(1000)
    return {delivery.place.chat_id: figure for delivery in waiting for figure in wanted if figure in delivery.message.html}


def test_what_waits_for_the_end_of_quiet_hours_takes_other_words_in_its_own_language(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(2, topics=frozenset({Topic.SALES}), quiet=(time(8), time(18))))
    room.store.chats.set_language(2, "ru")
    night(room)
    grown = stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96400000")
    room.tell(*events([grown]), outlet="StockTitan", at=NOW + timedelta(hours=1))
    owe_stories(room.store, NOW + timedelta(hours=2))
    assert figures(room, "$96.4M", "96,4 млн $") == {1: "$96.4M", 2: "96,4 млн $"}


def test_a_retarget_and_its_correction_are_told_in_the_language_of_each_chat(room: Newsroom) -> None:
    room.store.chats.set_language(2, "de")
    for chat in (1, 2):
        room.store.subscriptions.put(subscription(chat, topics=frozenset({Topic.RETARGETS})))
    reached(room)
    soon = utc("2026-02-07T13:51")
    assert owe_retarget(room.store, soon) == 2
    assert figures(room, "11.16 %", "11,16 %") == {1: "11.16 %", 2: "11,16 %"}
    for alert in room.store.outbox.claim("me", soon, 10, timedelta(minutes=1)):
        room.store.outbox.mark_sent(alert.id, 4711, soon)
    assert owe_retarget(room.store, soon) == 0
    room.store.chats.set_language(1, "zh")
    assert owe_retarget(room.store, soon) == 0, "another language is no other change"
    room.store.chats.set_language(1, None)
    reached(room, 0x17024000, "b")
    assert owe_retarget(room.store, soon) == 2
    assert figures(room, "11.70 %", "11,70 %") == {1: "11.70 %", 2: "11,70 %"}
