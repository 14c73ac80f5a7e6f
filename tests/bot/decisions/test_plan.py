from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from bot.decisions.alerts import claim_alert, retarget_alert, sale_alert
from bot.decisions.choice import Choice, choice_of, wants
from bot.decisions.figures import Known, Standing
from bot.decisions.history import shipped_history
from bot.decisions.lines import answer
from bot.decisions.markup import to_html, to_plain
from bot.decisions.plan import Past, plan_claim, plan_digest, plan_retarget, plan_silence, plan_story
from bot.decisions.schedule import DueDigest
from bot.decisions.standing import standing
from bot.model import Delivery, DeliveryKind, Place, Posted, StoredStory, Subscription, Topic, Verdict
from extractors.model import Kind
from tests.support.tales import NOW, cango, claim, source, stored, story, subscription, utc

SAID = answer("news")
JUST_AFTER = utc("2026-02-07T14:00")


def planned(told: StoredStory, *subscriptions: Subscription, posted: tuple[Posted, ...] = ()) -> list[Delivery]:
    return plan_story(told, SAID, subscriptions, posted, NOW)


def retargeted() -> Standing:
    return standing(Known(shipped_history()), JUST_AFTER)


def test_a_new_sale_goes_once_to_each_place_that_wants_sales() -> None:
    wanted, other = subscription(1), subscription(2, topics=frozenset({Topic.DIGEST}))
    [owed] = planned(cango(12), wanted, other)
    assert (owed.place, owed.key, owed.kind, owed.not_before) == (Place(1), "story:12:r1", DeliveryKind.ALERT, NOW)


def test_a_story_whose_first_message_comes_late_still_has_the_key_of_a_first_message() -> None:
    assert [owed.key for owed in planned(cango(12, revision=3), subscription())] == ["story:12:r1"]


def test_a_story_that_grows_edits_its_message_and_posts_no_second_one() -> None:
    [owed] = planned(cango(12, revision=2), subscription(), posted=(Posted(12, Place(1), 77, 1),))
    assert (owed.key, owed.message.edits) == ("story:12:r2", 77)


def test_a_message_that_shows_the_revision_already_is_left_alone() -> None:
    assert planned(cango(12, revision=2), subscription(), posted=(Posted(12, Place(1), 77, 2),)) == []


def test_a_withdrawn_story_is_edited_and_posted_nowhere_new() -> None:
    gone = cango(12, revision=2, gone=True)
    assert [owed.message.edits for owed in planned(gone, subscription(1), subscription(2), posted=(Posted(12, Place(1), 77, 1),))] == [77]
    said = sale_alert(gone, [source()])
    assert to_plain(said).startswith("Withdrawn: no article tells it any more\nCango (CANG) sold 4,451 BTC")
    assert "Source: TheMinerMag [1] · /why_12" in to_plain(said)
    [html] = to_html(said)
    assert "<s>4,451 BTC</s>" in html
    assert html.count("<b>") == 1, "only the word that it is withdrawn stands out"


def test_an_edit_reaches_also_places_that_have_left() -> None:
    assert len(planned(cango(12, revision=2), posted=(Posted(12, Place(1), 77, 1),))) == 1


@pytest.mark.parametrize("fields", [{"kind": Kind.PRODUCTION}, {"reported": utc("2026-02-08T08:59")}])
def test_other_kinds_and_old_news_alert_nobody(fields: dict[str, object]) -> None:
    assert planned(cango(12, **fields), subscription()) == []


def test_size_and_miners_filter() -> None:
    assert wants(Choice(min_btc=Decimal(4451)), cango().story)
    assert not wants(Choice(min_btc=Decimal(4452)), cango().story)
    assert wants(choice_of(subscription(miners=frozenset({"CANG"}))), cango().story)
    assert not wants(choice_of(subscription(miners=frozenset({"RIOT"}))), cango().story)
    assert wants(choice_of(subscription(miners=frozenset({"KEEL"}))), story("Bitfarms", "BITF"))


def test_a_sale_told_in_dollars_alone_passes_if_it_surely_was_large_enough() -> None:
    assert wants(Choice(min_btc=Decimal(1000)), story(usd="206800000"))
    assert not wants(Choice(min_btc=Decimal(1000)), story(usd="100000000"))
    assert wants(Choice(), story())
    assert not wants(Choice(min_btc=Decimal(1)), story())


def test_quiet_hours_put_an_alert_off_and_its_expiry_with_it() -> None:
    [owed] = planned(cango(), subscription(quiet=(time(8), time(18))))
    assert owed.not_before == utc("2026-02-10T18:00")
    assert owed.expires_at == utc("2026-02-11T06:00")


def test_an_alert_that_would_arrive_stale_is_not_sent() -> None:
    assert planned(cango(), subscription(days=frozenset({5}))) == []
    assert planned(cango(), subscription(days=frozenset())) == []


def test_a_silent_place_gets_its_messages_without_a_sound() -> None:
    [owed] = planned(cango(), subscription(silent=True))
    assert owed.message.silent


def test_a_retarget_is_told_with_its_height_as_key_and_only_while_it_is_news() -> None:
    now = retargeted()
    assert now.change is not None
    [owed] = plan_retarget(now.change, retarget_alert(now), [subscription(1), subscription(2, topics=frozenset({Topic.SALES}))], JUST_AFTER)
    assert (owed.key, owed.place) == ("retarget:935424", Place(1))
    assert plan_retarget(now.change, SAID, [subscription()], JUST_AFTER + timedelta(hours=12)) == []
    assert plan_retarget(now.change, SAID, [subscription()], now.change.time - timedelta(minutes=1)) == []


def test_a_retarget_says_its_size_rank_and_height() -> None:
    shown = to_plain(retarget_alert(retargeted()))
    for words in (
        "fell 11.16 % to 125.86 T",
        "From 141.67 T, at block 935,424",
        "largest fall since July 2021",
        "10th largest ever",
        "3rd fall in a row",
    ):
        assert words in shown
    assert shown.count("11.16 %") == shown.count("125.86 T") == 1


def test_a_digest_is_owed_from_its_time_for_half_a_day_under_the_key_of_its_day() -> None:
    due = DueDigest(date(2026, 2, 10), NOW, NOW - timedelta(days=1), time(9))
    [owed] = plan_digest(due, SAID, subscription(thread=7))
    assert (owed.key, owed.kind, owed.place, owed.not_before) == ("digest:2026-02-10T09:00", DeliveryKind.DIGEST, Place(1, 7), NOW)
    assert owed.expires_at is not None
    assert owed.expires_at >= NOW + timedelta(hours=12)


def test_the_parts_of_a_long_digest_have_keys_of_their_own_and_keep_their_order() -> None:
    due = DueDigest(date(2026, 2, 10), NOW, NOW - timedelta(days=1), time(9))
    parts = plan_digest(due, answer("x" * 4000, "", "y" * 4000), subscription())
    assert [owed.key for owed in parts] == ["digest:2026-02-10T09:00", "digest:2026-02-10T09:00:2"]


def test_words_have_the_same_key_with_and_without_a_picture() -> None:
    due = DueDigest(date(2026, 2, 10), NOW, NOW - timedelta(days=1), time(9))
    short, long = answer("news"), answer("x" * 2000)
    assert [owed.key for owed in plan_digest(due, short, subscription(), b"png")] == ["digest:2026-02-10T09:00"]
    picture, words = plan_digest(due, long, subscription(), b"png")
    assert (picture.key, words.key) == ("digest:2026-02-10T09:00:chart", "digest:2026-02-10T09:00")
    assert (picture.message.photo, words.message.photo) == (b"png", None)
    assert (picture.message.silent, words.message.silent) == (True, False)


def test_the_weekly_digest_has_keys_of_its_own() -> None:
    due = DueDigest(date(2026, 2, 9), NOW, NOW - timedelta(days=7), time(9), weekly=True)
    assert [owed.key for owed in plan_digest(due, SAID, subscription())] == ["weekly:2026-02-09T09:00"]


def test_an_alert_carries_the_hashtag_and_later_revisions_say_that_they_are() -> None:
    first = to_plain(sale_alert(cango(), [source()]))
    assert "#CANG" in first
    assert "Updated" not in first
    assert "Updated Tue 10 Feb 2026, 09:00 UTC" in to_plain(sale_alert(replace(cango(), revision=2, changed_at=NOW), [source()]))


def test_stories_of_another_kind_are_no_alert() -> None:
    assert planned(stored(kind=Kind.TRANSFER, btc="5"), subscription()) == []


def test_a_contradicted_claim_is_told_once_whoever_repeats_it_and_only_while_it_is_news() -> None:
    soon = utc("2026-02-09T13:00")
    first, again = claim(number=1), claim(number=2, source=source("Protos"))
    keys = [owed.key for told in (first, again) for owed in plan_claim(told, claim_alert(told), [subscription()], soon)]
    assert keys == ["claim:difficulty:-14:2026-02-08"] * 2
    assert plan_claim(first, SAID, [subscription()], soon + timedelta(hours=12)) == []
    assert plan_claim(claim(Verdict.MATCHES), SAID, [subscription()], soon) == []
    assert plan_claim(first, SAID, [subscription(topics=frozenset({Topic.SALES}))], soon) == []


# --- what happened before it was asked for ---------------------------------------------------------------------------


def silenced(before: Subscription | None, wished: Subscription) -> list[str]:
    owed = plan_silence(before, wished, Past([cango(12)], shipped_history()[463], [claim(), claim(number=2)]), NOW)
    assert all(message.expires_at == NOW for message in owed)
    return [message.key.partition("T")[0] for message in owed]


def test_who_subscribes_hears_of_nothing_that_was_before() -> None:
    assert silenced(None, subscription()) == [
        "story:12:r1",
        f"retarget:{463 * 2016}",
        "claim:difficulty:-14:2026-02-08",
    ]


def test_who_had_asked_already_misses_nothing_by_changing_something_else() -> None:
    assert silenced(subscription(), subscription(silent=True)) == []


def test_a_wider_filter_brings_back_nothing_old() -> None:
    assert silenced(subscription(min_btc=Decimal(9999)), subscription()) == ["story:12:r1"]


def test_who_leaves_needs_no_silence() -> None:
    assert silenced(subscription(), subscription(topics=frozenset())) == []
