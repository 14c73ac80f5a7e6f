import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.changes import changed
from bot.decisions.markup import to_plain
from bot.decisions.plan import NEWS_LIFE
from bot.decisions.wishes import read_clock, read_miners, read_zone
from bot.errors import UsageError
from bot.model import Chat, ChatKind, ChatState, Delivery, DeliveryKind, Message, Place, Subscription, Topic
from bot.speech import speaking
from tests.support.asking import GROUP, answered
from tests.support.newsroom import Newsroom
from tests.support.tales import NOW

Asking = Callable[..., str]
HERE = Place(GROUP.id)
NOTHING = Subscription(HERE)


def kept(room: Newsroom) -> Subscription:
    found = room.store.subscriptions.get(HERE)
    assert found is not None
    return found


def test_subscribe_alone_brings_the_usual(told: Newsroom, ask: Asking) -> None:
    shown = ask("/subscribe")
    assert kept(told).topics == {Topic.SALES, Topic.RETARGETS, Topic.DIGEST}
    assert "Digest every day at 08:00 UTC, next Wed 11 Feb 2026, 08:00 UTC" in shown


def test_subscribe_in_words_keeps_topics_size_and_miners(told: Newsroom, ask: Asking) -> None:
    shown = ask("/subscribe sales >100 CANG Core Scientific, riot")
    assert (kept(told).topics, kept(told).min_btc) == ({Topic.SALES}, Decimal(100))
    assert kept(told).miners == {"Cango", "Core Scientific", "Riot Platforms"}
    assert "Sales of 100 BTC or more by Cango, Core Scientific, Riot Platforms" in shown


def test_a_size_or_a_miner_alone_is_about_sales(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe >100")
    assert kept(told).topics == {Topic.SALES}


def test_subscribing_again_adds_and_loses_nothing(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe sales >100 CANG")
    ask("/subscribe digest")
    assert (kept(told).topics, kept(told).min_btc, kept(told).miners) == ({Topic.SALES, Topic.DIGEST}, Decimal(100), {"Cango"})


def test_the_digest_is_set_for_the_place_with_its_zone(told: Newsroom, ask: Asking) -> None:
    shown = ask("/digest 08:00 Europe/Berlin")
    assert (kept(told).digest_at, kept(told).timezone, kept(told).topics) == (time(8), "Europe/Berlin", {Topic.DIGEST})
    assert "next Wed 11 Feb 2026, 08:00 CET" in shown
    chat = told.store.chats.get(GROUP.id)
    assert chat is not None
    assert chat.timezone == "Europe/Berlin"


@pytest.mark.parametrize(
    "line", ["/digest 8pm new york weekdays", "/digest weekdays 20:00 America/New_York", "/digest at 20:00 america/new_york mon-fri"]
)
def test_the_digests_words_come_in_any_order(told: Newsroom, ask: Asking, line: str) -> None:
    ask(line)
    assert (kept(told).digest_at, kept(told).timezone, kept(told).days) == (time(20), "America/New_York", frozenset(range(5)))


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("/digest 25:00", "“25:00” is no time of day"),
        ("/digest 25:00 Europe/Berlin", "“25:00” is no time of day"),
        ("/digest 08:00 Europ/Berlin", "Did you mean Europe/Berlin?"),
        ("/digest tomorrow", "“tomorrow” is no time, no day and no time zone"),
        ("/digest weekly Xyz 08:00", "A digest is set like /digest weekly Mon 08:00 Europe/Berlin"),
        ("/digest a b c d e", "set like"),
        ("/digest >abc", "“>abc” is no time"),
    ],
)
def test_a_digest_that_cannot_be_set_says_how(told: Newsroom, ask: Asking, line: str, hint: str) -> None:
    assert hint in ask(line)
    assert told.store.subscriptions.get(HERE) is None


def test_the_digest_is_ended_by_off_and_the_rest_stays(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe")
    ask("/digest off")
    assert kept(told).topics == {Topic.SALES, Topic.RETARGETS}


@pytest.mark.parametrize(
    "line",
    ["/digest weekly Mon 09:00 Europe/Berlin", "/digest week monday 9am berlin", "/digest weekly at 09:00 on mon Europe/Berlin"],
)
def test_the_weekly_digest_is_set_beside_the_daily_one(told: Newsroom, ask: Asking, line: str) -> None:
    ask("/digest 07:00")
    shown = ask(line)
    assert (kept(told).weekly_day, kept(told).weekly_at, kept(told).timezone) == (0, time(9), "Europe/Berlin")
    assert (kept(told).topics, kept(told).digest_at, len(kept(told).days)) == ({Topic.DIGEST, Topic.WEEKLY}, time(7), 7)
    assert "Weekly digest on Monday at 09:00 Europe/Berlin, next Mon 16 Feb 2026, 09:00 CET" in shown


def test_the_weekly_digest_is_ended_by_off_and_the_daily_one_stays(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe digest weekly fri 18:00")
    assert (kept(told).topics, kept(told).weekly_day, kept(told).weekly_at) == ({Topic.DIGEST, Topic.WEEKLY}, 4, time(18))
    ask("/digest weekly off")
    assert (kept(told).topics, kept(told).digest_at) == ({Topic.DIGEST}, time(8))


def test_the_weekly_digest_has_a_button_of_its_own(told: Newsroom) -> None:
    labels = {button.label: button.data for row in answered(told, "/subscribe").buttons for button in row}
    assert labels["Weekly digest"] == "/settings weekly on"
    answered(told, labels["Weekly digest"])
    assert Topic.WEEKLY in kept(told).topics


def test_the_week_is_shown_with_what_each_miner_sold_of_its_output(ask: Asking) -> None:
    shown = ask("/digest week")
    assert "Weekly digest, the 7 days to Tue 10 Feb 2026, 09:00 UTC" in shown
    assert "Cango (CANG), Jan 2026: mined 496 BTC · sold 550.03 BTC, 111 % of it · TheMinerMag" in shown
    assert "/digest (The last day)" in shown
    assert "Sold against mined" not in ask("/digest 7d")


def test_unsubscribe_takes_back_all_or_what_is_named(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe all")
    ask("/unsubscribe digest claims")
    assert kept(told).topics == {Topic.SALES, Topic.RETARGETS, Topic.WEEKLY}
    assert "nothing to unsubscribe from" in ask("/unsubscribe cats")
    assert "Unsubscribed" in ask("/unsubscribe")
    assert told.store.subscriptions.get(HERE) is None
    assert "nothing to end" in ask("/unsubscribe")


def test_a_chat_can_come_back_after_it_left(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe")
    ask("/unsubscribe")
    ask("/subscribe")
    assert kept(told).topics


def test_settings_are_buttons_that_type_the_words(told: Newsroom) -> None:
    shown = answered(told, "/subscribe")
    labels = {button.label: button.data for row in shown.buttons for button in row}
    assert labels["✓ Sales"] == "/settings sales off"
    after = answered(told, labels["✓ Sales"])
    assert Topic.SALES not in kept(told).topics
    assert "Sales" in {button.label for row in after.buttons for button in row}
    answered(told, "/settings sales on")
    answered(told, "/settings >500")
    assert kept(told).min_btc == 500


def test_every_button_of_the_settings_works(told: Newsroom) -> None:
    seen, left = set(), ["/settings"]
    while left:
        line = left.pop()
        if line in seen:
            continue
        seen.add(line)
        left += [button.data for row in answered(told, line).buttons for button in row if button.data]
    assert len(seen) > 12


@pytest.mark.parametrize(
    ("code", "cities"),
    [
        ("en", {"New York": "America/New_York", "London": "Europe/London", "UTC": "UTC"}),
        ("de", {"Berlin": "Europe/Berlin", "Zurich": "Europe/Zurich", "Vienna": "Europe/Vienna"}),
        ("es", {"Madrid": "Europe/Madrid", "Mexico City": "America/Mexico_City", "Buenos Aires": "America/Argentina/Buenos_Aires"}),
        ("ru", {"Moscow": "Europe/Moscow", "Almaty": "Asia/Almaty"}),
        ("zh", {"Shanghai": "Asia/Shanghai", "Hong Kong": "Asia/Hong_Kong", "Singapore": "Asia/Singapore"}),
    ],
)
def test_the_hour_and_a_zone_of_the_language_are_chosen_by_buttons(told: Newsroom, code: str, cities: dict[str, str]) -> None:
    with speaking(code):
        labels = {button.label.removeprefix("✓ "): button.data for row in answered(told, "/subscribe").buttons for button in row}
        for city, zone in cities.items():
            shown = answered(told, labels[city] or "")
            assert kept(told).timezone == zone
            assert f"✓ {city}" in {button.label for row in shown.buttons for button in row}
            assert len(f"{labels[city]} @{'x' * 32}".encode()) <= 64, "a channel's name has room in it"
        for hour in (7, 8, 9, 18):
            answered(told, labels[f"{hour:02}:00"] or "")
            assert kept(told).digest_at == time(hour)


def test_a_place_without_a_zone_is_told_that_it_reads_utc_and_how_that_changes(told: Newsroom, ask: Asking) -> None:
    note = "Times are UTC as long as no other zone is chosen:"
    assert f"{note} /settings America/New_York" in ask("/subscribe")
    with speaking("de"):
        shown = to_plain(answered(told, "/settings", aimed="@erzkanal"))
        [command] = re.findall(r"/settings @erzkanal Europe/\w+$", shown, re.MULTILINE)
    assert note not in ask(command.replace(" @erzkanal", ""))
    assert kept(told).timezone == "Europe/Berlin"
    ask("/unsubscribe")
    assert note not in ask("/settings")


def test_each_topic_of_a_forum_has_settings_of_its_own(told: Newsroom) -> None:
    reply(Desk(told.store, NOW), Ask("/subscribe sales", Place(GROUP.id, 7), GROUP))
    assert told.store.subscriptions.get(HERE) is None
    assert told.store.subscriptions.get(Place(GROUP.id, 7)) is not None


def test_who_subscribes_is_owed_nothing_that_was_before(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe all")
    assert told.store.outbox.claim("w", NOW, 50, timedelta(minutes=1)) == []
    assert told.store.outbox.expire(NOW) > 1


def test_the_digest_of_a_place_shows_what_it_chose(ask: Asking) -> None:
    ask("/subscribe digest CORZ")
    shown = ask("/digest")
    assert "plans to sell 2,500" in shown
    assert "sold 4,451" not in shown


def test_the_digest_now_tells_the_last_day_or_the_span_given(ask: Asking) -> None:
    shown = ask("/digest")
    for fact in ("4,451 BTC", "125.86 T", "Difficulty -14 %", "Jack Jin", "planned sale of 2,500 BTC"):
        assert fact in shown
    assert "New retarget" not in shown
    assert "New retarget: -11.16 %" in ask("/digest 7d")


def test_a_quiet_day_is_two_lines(ask: Asking) -> None:
    shown = ask("/digest", datetime(2026, 2, 16, 9, tzinfo=UTC))
    assert "A quiet day" in shown
    assert len(shown.splitlines()) == 2


def test_the_terminal_where_nothing_arrives_keeps_no_subscription(told: Newsroom) -> None:
    terminal = Chat(0, ChatKind.TERMINAL)
    shown = to_plain(answered(told, "/digest 08:00 Europe/Berlin", chat=terminal))
    assert "Nothing comes by itself at the terminal" in shown
    assert "08:00 Europe/Berlin" in shown
    assert told.store.subscriptions.get(Place(0)) is None


# --- single words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("quiet 22:00-07:00", "quiet", (time(22), time(7))),
        ("quiet 10pm-7am", "quiet", (time(22), time(7))),
        ("silent", "silent", True),
        ("silent off", "silent", False),
        ("sound off", "silent", True),
        ("weekdays", "days", frozenset(range(5))),
        ("sat,sun", "days", frozenset({5, 6})),
        ("fri-mon", "days", frozenset({4, 5, 6, 0})),
        ("zone Asia/Tokyo", "timezone", "Asia/Tokyo"),
        ("07:30", "digest_at", time(7, 30)),
        ("> 1,000", "min_btc", Decimal(1000)),
        ("hut 8", "miners", frozenset({"Hut 8"})),
        ("claims", "topics", frozenset({Topic.CLAIMS})),
    ],
)
def test_one_word_changes_one_thing(words: str, field: str, value: object) -> None:
    after = changed(NOTHING, words.split())
    assert getattr(after, field) == value
    assert sum(getattr(after, name) != getattr(NOTHING, name) for name in Subscription.__slots__) <= 1


@pytest.mark.parametrize("words", ["miners all", "all miners", "miners any", "any miner", "any", "sales any"])
def test_all_or_any_ends_the_choice_of_miners(words: str) -> None:
    chosen = changed(NOTHING, ["CANG"])
    after = changed(chosen, words.split())
    assert (after.miners, after.topics - {Topic.SALES}) == (frozenset(), frozenset())


def test_any_size_ends_the_smallest_size_alone_and_any_both() -> None:
    chosen = changed(NOTHING, ["CANG", ">100"])
    assert (changed(chosen, ["any", "size"]).min_btc, changed(chosen, ["any", "size"]).miners) == (0, {"Cango"})
    assert (changed(chosen, ["any", "miner"]).min_btc, changed(chosen, ["any", "miner"]).miners) == (100, frozenset())
    assert changed(chosen, ["any"]) == NOTHING
    assert changed(NOTHING, ["$ANY"]).miners == {"Sphere 3D"}


def test_the_choice_of_miners_is_taken_away_by_a_button(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe sales CANG")
    labels = {button.label: button.data for row in answered(told, "/settings").buttons for button in row}
    assert "Sales by any miner" in ask(labels["Any miner"])
    assert kept(told).miners == frozenset()
    assert "Any miner" not in {button.label for row in answered(told, "/settings").buttons for button in row}


def test_subscribing_to_all_miners_is_about_sales(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe all miners")
    assert kept(told).topics == {Topic.SALES}


def test_what_is_set_before_anything_is_subscribed_is_acknowledged(ask: Asking) -> None:
    assert "Kept" not in ask("/settings")
    ask("/settings >100 CANG RIOT")
    shown = ask("/settings quiet 22:00-07:00")
    assert "This chat gets nothing by itself.\n" in shown
    assert "Kept for when it does: Sales of 100 BTC or more by Cango, Riot Platforms · Quiet from 22:00 to 07:00 UTC" in shown
    assert "Kept" not in ask("/subscribe sales")


def test_a_topic_is_called_a_topic(told: Newsroom, ask: Asking) -> None:
    topic = Place(GROUP.id, 7)

    def in_topic(line: str) -> str:
        return to_plain(reply(Desk(told.store, NOW), Ask(line, topic, GROUP)))

    assert "This topic gets nothing by itself." in in_topic("/settings")
    assert "This chat gets nothing by itself." in ask("/settings")
    assert "This topic gets\n" in in_topic("/subscribe sales")
    shown = ask("/settings")
    assert "The General topic gets nothing by itself." in shown
    assert "The General topic gets\n" in ask("/subscribe sales")
    assert "1 other topic here has settings of its own" in shown


def test_a_paused_place_says_so(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe sales")
    told.store.subscriptions.pause_topic(HERE, "the topic was closed", NOW)
    assert "Paused, nothing is sent for now: the topic was closed" in ask("/settings")
    assert "Paused" not in ask("/settings sales on")
    paused = replace(GROUP, state=ChatState.PAUSED, pause_reason="the bot may not write here")
    assert "nothing is sent for now: the bot may not write here" in ask("/settings", chat=paused)


def test_a_channel_shows_its_readers_no_buttons(told: Newsroom) -> None:
    channel = Chat(-1005, ChatKind.CHANNEL, "Ore")
    for line in ("/subscribe sales", "/settings", "/language", "/unsubscribe", "/unsubscribe"):
        said = answered(told, line, chat=channel)
        assert not said.buttons, line
        assert "In words" not in to_plain(said)
    assert answered(told, "/settings", chat=channel, aimed="@ore").buttons


def test_settings_of_another_chat_are_told_by_its_name_and_typed_with_it(told: Newsroom) -> None:
    channel = Chat(-1005, ChatKind.CHANNEL, "Ore Channel")
    shown = to_plain(answered(told, "/subscribe sales", chat=channel, aimed="@ore_channel"))
    assert shown.startswith("@ore_channel gets\n")
    assert "/settings @ore_channel >100 CANG RIOT, /settings @ore_channel quiet 22:00-07:00, /digest @ore_channel 08:00" in shown
    nothing = to_plain(answered(told, "/settings", chat=Chat(-1006, ChatKind.CHANNEL, "Pit"), aimed="-1006"))
    assert nothing.startswith("Pit gets nothing by itself.")


def test_what_is_held_over_quiet_hours_leaves_when_they_end_earlier(told: Newsroom, ask: Asking) -> None:
    ask("/subscribe sales quiet 00:00-23:00")
    until = NOW.replace(hour=23, minute=0)
    held = Delivery(HERE, DeliveryKind.ALERT, "story:1:r7", Message("sold"), not_before=until, expires_at=until + NEWS_LIFE)
    answer = replace(held, kind=DeliveryKind.ANSWER, key="answer:1", not_before=NOW + timedelta(seconds=2))
    told.store.outbox.owe([held, replace(held, place=Place(1)), answer])

    def leave() -> dict[Place, tuple[datetime, datetime | None]]:
        return {one.place: (one.not_before, one.expires_at) for one in told.store.outbox.waiting() if one.key == held.key}

    earlier = NOW.replace(hour=12, minute=0)
    ask("/settings quiet 00:00-12:00")
    assert leave() == {HERE: (earlier, earlier + NEWS_LIFE), Place(1): (until, until + NEWS_LIFE)}
    ask("/settings quiet off")
    assert leave()[HERE] == (NOW, NOW + NEWS_LIFE)
    assert answer.not_before in {one.not_before for one in told.store.outbox.waiting()}, "an answer waits for no quiet hours"


@pytest.mark.parametrize("words", ["quiet", "quiet late", "quiet 22:00", "zone", "zone Nowhere/City", "xyzzy", ">many", "miners"])
def test_what_means_nothing_says_what_would(words: str) -> None:
    with pytest.raises(UsageError):
        changed(NOTHING, words.split())


def test_clocks_zones_and_miners_are_read_as_people_write_them() -> None:
    assert [read_clock(text) for text in ("8", "08:30", "12am", "12pm", "24:00", "8:60", "x")] == [
        time(8),
        time(8, 30),
        time(0),
        time(12),
        None,
        None,
        None,
    ]
    assert [read_zone(text) for text in ("berlin", "UTC", "america/NEW_york", "ho chi minh")] == [
        "Europe/Berlin",
        "UTC",
        "America/New_York",
        "Asia/Ho_Chi_Minh",
    ]
    assert read_miners(["Core", "Scientific", "CANG", "Hut", "8"]) == {"Core Scientific", "Cango", "Hut 8"}
