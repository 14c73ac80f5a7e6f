"""What operators see and change, and that for all others there is no such thing."""

from datetime import time, timedelta

import pytest

from bot.commands.registry import COMMANDS, OPERATORS
from bot.decisions.markup import to_plain
from bot.jobs.alerts import owe_stories
from bot.model import (
    Answer,
    Chat,
    ChatKind,
    ChatState,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Message,
    Place,
    SalesQuery,
    Subscription,
    Topic,
)
from tests.support.asking import GROUP, answered
from tests.support.newsroom import Newsroom, owed
from tests.support.tales import NOW, subscription

ADA = Chat(7, ChatKind.PRIVATE, "Ada")


def said(room: Newsroom, line: str, **more) -> Answer:
    return answered(room, line, chat=more.pop("chat", ADA), user_id=7, admin=more.pop("admin", True), **more)


def shown(room: Newsroom, line: str, **more) -> str:
    return to_plain(said(room, line, **more))


def buttons(answer: Answer) -> dict[str, str]:
    return {button.label: button.data or "" for row in answer.buttons for button in row}


# --- whose they are --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("asker", [{"admin": False}, {"chat": GROUP}])
def test_to_others_and_in_groups_they_are_like_commands_that_do_not_exist(told: Newsroom, name: str, asker: dict[str, object]) -> None:
    line = f"/{name} 1"
    unknown = shown(told, "/qqqq 1", **asker)
    assert shown(told, line, **asker).partition(".")[0] == unknown.partition(".")[0].replace("qqqq", name)
    assert not any(f"/{other}" in shown(told, f"{line}x", **asker).replace(f"/{name}", "") for other in OPERATORS)


def test_a_slip_of_the_pen_leads_nobody_else_to_them(told: Newsroom) -> None:
    assert "Did you mean /health?" in shown(told, "/helth")
    assert "/health" not in shown(told, "/helth", admin=False)


def test_help_tells_them_to_operators_alone(told: Newsroom) -> None:
    assert all(command.usage in shown(told, "/help") for command in [*COMMANDS.values(), *OPERATORS.values()] if command.name != "start")
    assert "/broadcast" not in shown(told, "/help", admin=False)
    assert "/broadcast" not in shown(told, "/help", chat=GROUP)


@pytest.mark.parametrize("payload", ["wrong_1", "health", "broadcast_send_1", "again_all", "mute_1"])
def test_no_link_of_a_stranger_makes_an_operator_do_anything(told: Newsroom, payload: str) -> None:
    assert "Assay reads bitcoin-mining news" in shown(told, f"/start {payload}")
    story = told.store.stories.get(1)
    assert story is not None
    assert not story.wrong


@pytest.mark.parametrize("name", OPERATORS)
def test_each_answers_an_empty_and_a_full_store(name: str, room: Newsroom, told: Newsroom) -> None:
    for some in (room, told):
        for rest in ("", " 1", " all", " nothing of the kind", " <b>&"):
            assert "The fault is ours" not in shown(some, f"/{name}{rest}")


# --- health ----------------------------------------------------------------------------------------------------------


def test_health_tells_of_feeds_messages_and_chats(told: Newsroom) -> None:
    store = told.store
    failing, muted, *_ = store.feeds.all()
    store.feeds.record_failure(failing.id, NOW, NOW + timedelta(hours=1), "the server answered 503")
    store.feeds.mute(muted.source.url, True)
    for chat in (1, 2, 3):
        store.chats.see(Chat(chat, ChatKind.PRIVATE))
        store.outbox.owe([delivery(f"key {chat}", chat)])
    marker = delivery("old news", 1, not_before=NOW, expires_at=NOW)  # a story from before the chat asked for sales
    store.outbox.owe([marker, delivery("stale", 1, expires_at=NOW - timedelta(minutes=1))])
    store.outbox.expire(NOW)
    store.chats.pause(3, "blocked by the user", NOW)
    [claimed, *_] = store.outbox.claim("w", NOW, 1, timedelta(minutes=1))
    assert claimed
    health = shown(told, "/health")
    for words in (
        "Feeds: 3 · 1 failing · 1 muted",
        f"{failing.source.title}: failed 1 time, “the server answered 503”",
        "Chain and market",
        "3 owed · 1 in flight · 1 waiting for paused chats · oldest due 5 min ago",
        "0 sent · 1 expired · 0 set aside",
        "Chats: 2 active · 1 paused",
        "Paused: blocked by the user, 1 chat",
    ):
        assert words in health


def delivery(key: str, chat: int = 1, **fields) -> Delivery:
    message = fields.pop("message", Message(f"<b>{key}</b> &amp; more"))
    return Delivery(Place(chat), DeliveryKind.ALERT, key, message, fields.pop("not_before", NOW - timedelta(minutes=5)), **fields)


# --- feeds -----------------------------------------------------------------------------------------------------------


def test_feeds_are_muted_and_unmuted_by_buttons(told: Newsroom) -> None:
    labels = buttons(said(told, "/feeds"))
    after = said(told, labels["Mute TheMinerMag"])
    assert "TheMinerMag is muted" in to_plain(after)
    assert {feed.source.title for feed in told.store.feeds.all() if feed.muted} == {"TheMinerMag"}
    assert "TheMinerMag is polled again" in shown(told, buttons(after)["Unmute TheMinerMag"])
    assert not any(feed.muted for feed in told.store.feeds.all())


@pytest.mark.parametrize("words", ["https://protos.example/feed", "protos", "PROT", "#{id}", "{id}"])
def test_a_feed_is_muted_by_its_address_number_or_title(told: Newsroom, words: str) -> None:
    [protos] = [feed for feed in told.store.feeds.all() if feed.source.title == "Protos"]
    assert "Protos is muted" in shown(told, f"/mute {words.format(id=protos.id)}")
    assert "Protos is polled again" in shown(told, f"/unmute {words.format(id=protos.id)}")


@pytest.mark.parametrize(
    ("line", "hint"), [("/mute", "Which feed?"), ("/mute nothing", "There is no feed “nothing”"), ("/mute example", "may be any of")]
)
def test_a_feed_that_is_not_clear_is_asked_for(told: Newsroom, line: str, hint: str) -> None:
    assert hint in shown(told, line)
    assert not any(feed.muted for feed in told.store.feeds.all())


def test_many_feeds_have_pages_and_a_switch_keeps_the_page(told: Newsroom) -> None:
    for number in range(10):
        told.feed(f"Outlet {number}")
    second = said(told, buttons(said(told, "/feeds"))["More »"])
    assert "page 2 of 3" in to_plain(second)
    assert "page 2 of 3" in shown(told, next(data for label, data in buttons(second).items() if label.startswith("Mute ")))


# --- what was set aside ----------------------------------------------------------------------------------------------


def set_aside(room: Newsroom, *owed_: Delivery) -> list[int]:
    room.store.outbox.owe(owed_)
    numbers = [found.id or 0 for found in room.store.outbox.waiting()]
    for number in numbers:
        room.store.outbox.set_aside(number, "400 Bad Request: message is <too> long", NOW)
    return numbers


def test_what_was_set_aside_is_shown_with_its_reason_and_owed_again(told: Newsroom) -> None:
    told.store.chats.see(Chat(1, ChatKind.PRIVATE, "Bob & Co"))
    [number] = set_aside(told, delivery("story:1:r1"))
    listed = said(told, "/aside")
    for words in (f"{number} alert to Bob & Co (1)", "400 Bad Request: message is <too> long", "story:1:r1", "story:1:r1 & more"):
        assert words in to_plain(listed)
    assert "is owed again" in shown(told, buttons(listed)[f"Again {number}"])
    assert [found.id for found in told.store.outbox.waiting()] == [number]
    assert "Set aside: nothing" in shown(told, "/aside")
    assert "not among those set aside" in shown(told, f"/again {number}")


def test_all_is_owed_again_but_what_is_too_late_or_leads_nowhere(told: Newsroom) -> None:
    for chat in (1, 2, 3):
        told.store.chats.see(Chat(chat, ChatKind.PRIVATE))
    numbers = set_aside(told, delivery("a", 1), delivery("b", 2, expires_at=NOW), delivery("c", 3))
    told.store.chats.pause(3, "blocked by the user", NOW)
    assert "1 message owed again" in shown(told, "/again all")
    assert "it was worth sending until" in shown(told, f"/again {numbers[1]}")
    assert "blocked by the user" in shown(told, f"/again {numbers[2]}")
    assert [told.store.outbox.get(number).state for number in numbers] == [  # type: ignore[union-attr]
        DeliveryState.OWED,
        DeliveryState.SET_ASIDE,
        DeliveryState.SET_ASIDE,
    ]


# --- broadcast -------------------------------------------------------------------------------------------------------

TEXT = "Assay rests tonight\n\nfrom 22:00 <UTC> & is back by 23:00"


def chats(room: Newsroom) -> None:
    """A private chat, a quiet and silent group, a forum that asked in a topic, a paused chat, and the operator's own."""
    for chat in (Chat(1, ChatKind.PRIVATE), Chat(-2, ChatKind.GROUP), Chat(-3, ChatKind.SUPERGROUP), Chat(4, ChatKind.PRIVATE), ADA):
        room.store.chats.see(chat)
    room.store.chats.pause(4, "blocked by the user", NOW)
    room.store.subscriptions.put(Subscription(Place(-2), frozenset({Topic.SALES}), quiet=(time(8), time(18)), silent=True))
    room.store.subscriptions.put(Subscription(Place(-3, 9), frozenset({Topic.DIGEST})))


def test_a_broadcast_is_shown_first_and_owed_once_it_is_confirmed(told: Newsroom) -> None:
    chats(told)
    preview = said(told, f"/broadcast {TEXT}")
    assert to_plain(preview).startswith("To 4 chats, once you confirm it:\n\nAssay rests tonight\n\nfrom 22:00 <UTC> & is back by 23:00")
    assert told.store.outbox.waiting() == []
    send = buttons(preview)["Send to 4 chats"]
    assert "4 messages owed" in shown(told, send)
    found = {owed.place: owed for owed in told.store.outbox.waiting()}
    assert set(found) == {Place(1), Place(-2), Place(-3, 9), Place(7)}
    assert {owed.message.html for owed in found.values()} == {"Assay rests tonight\n\nfrom 22:00 &lt;UTC&gt; &amp; is back by 23:00"}
    assert {owed.kind for owed in found.values()} == {DeliveryKind.NOTICE}
    quiet = found[Place(-2)]
    assert (quiet.message.silent, quiet.not_before) == (True, NOW.replace(hour=18))
    assert "sent before" in shown(told, send)
    assert len(told.store.outbox.waiting()) == 4


def test_a_broadcast_that_was_dropped_reaches_nobody(told: Newsroom) -> None:
    chats(told)
    assert "nobody gets it" in shown(told, buttons(said(told, "/broadcast hello"))["Drop it"])
    assert told.store.outbox.waiting() == []


@pytest.mark.parametrize(("line", "hint"), [("/broadcast", "What should every chat read?"), ("/broadcast send 99", "There is no draft 99")])
def test_a_broadcast_of_nothing_says_how(told: Newsroom, line: str, hint: str) -> None:
    assert hint in shown(told, line)


def test_an_old_draft_is_not_sent_by_a_stray_press(told: Newsroom) -> None:
    chats(told)
    send = buttons(said(told, "/broadcast hello"))["Send to 4 chats"]
    assert "more than a day old" in shown(told, send, now=NOW + timedelta(days=2))
    assert told.store.outbox.waiting() == []


def test_a_paused_chat_is_paused_still(told: Newsroom) -> None:
    chats(told)
    shown(told, buttons(said(told, "/broadcast hello"))["Send to 4 chats"])
    paused = told.store.chats.get(4)
    assert paused is not None
    assert paused.state is ChatState.PAUSED


# --- wrong and right -------------------------------------------------------------------------------------------------


def test_a_story_marked_as_wrong_is_listed_no_more_and_its_messages_are_corrected(told: Newsroom) -> None:
    told.store.chats.see(Chat(1, ChatKind.PRIVATE))
    told.store.subscriptions.put(subscription(1, topics=frozenset({Topic.SALES})))
    owe_stories(told.store, NOW)
    [alert] = [found for found in owed(told.store) if "4,451" in found.message.html]
    number = int(alert.key.split(":")[1])
    told.store.chats.note_posted(number, alert.place, 77, alert.revision or 1, NOW)
    answer = said(told, f"/wrong {number}")
    assert f"Story {number} is marked as wrong" in to_plain(answer)
    assert "1 alert that tells it will be corrected" in to_plain(answer)
    assert "4,451" not in shown(told, "/sales")
    assert owe_stories(told.store, NOW + timedelta(minutes=1)) == 1
    [edit] = owed(told.store, NOW + timedelta(minutes=1))
    assert edit.message.edits == 77
    assert edit.message.html.startswith("<b>Withdrawn: </b>an operator marked it as wrong")
    told.store.chats.note_posted(number, edit.place, 77, edit.revision or 1, NOW)
    back = shown(told, buttons(answer)["Right after all"])
    assert "marked as right" in back
    assert "1 alert that shows it as withdrawn will tell it again" in back
    assert "4,451" in shown(told, "/sales")
    owe_stories(told.store, NOW + timedelta(minutes=2))
    [edit] = owed(told.store, NOW + timedelta(minutes=2))
    assert "sold <b>4,451 BTC</b>" in edit.message.html


def test_marking_twice_changes_nothing(told: Newsroom) -> None:
    [first, *_] = told.store.stories.list(SalesQuery(), NOW)
    shown(told, f"/wrong {first.id}")
    assert "was marked as wrong before" in shown(told, f"/wrong #{first.id}")
    marked = told.store.stories.get(first.id)
    assert marked is not None
    assert marked.revision == first.revision + 1


def test_a_story_that_was_never_wrong_stays_as_it_is(told: Newsroom) -> None:
    [first, *_] = told.store.stories.list(SalesQuery(), NOW)
    assert f"Story {first.id} is not marked as wrong: nothing changes." in shown(told, f"/right {first.id}")


@pytest.mark.parametrize("line", ["/wrong", "/wrong soon", "/right 999999"])
def test_a_story_that_is_not_there_is_asked_for(told: Newsroom, line: str) -> None:
    assert "story" in shown(told, line)
