"""Each thing that Telegram or the network can do to a message has one outcome, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.edges.sender import (
    ApiError,
    ChatGone,
    Migrated,
    Outcome,
    Refused,
    RetryLater,
    Scope,
    Sender,
    Sent,
    TopicClosed,
    Unknown,
    open_bot,
)
from bot.edges.sender.learned import KEPT, MOST, Learned
from bot.edges.sender.pictures import Pictures
from bot.edges.sender.sender import LONGEST_ASKED
from bot.model import Button, Message, Place
from tests.support.telegram import FakeTelegram
from tests.support.telegram_pictures import tiny_png
from tests.support.telegram_world import Posted

pytestmark = pytest.mark.anyio


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram(watch_flood=False) as server:
        yield server


@pytest.fixture
async def sender(telegram: FakeTelegram) -> AsyncIterator[Sender]:
    bot = open_bot(telegram.token, telegram.root, seconds=0.5)
    async with bot:
        yield Sender(bot)


async def learning(sender: Sender, place: Place, message: Message) -> Outcome:
    """The outcome of the second try, after a first one that taught the sender something and sent nothing."""
    first = await sender.send(place, message)
    assert isinstance(first, RetryLater)
    assert first.seconds == 0.0, "it may be tried again at once, in a turn of its own"
    return await sender.send(place, message)


@pytest.fixture
def ada(telegram: FakeTelegram) -> dict:
    return telegram.person("Ada")


async def test_a_message_arrives_with_its_links_buttons_and_silence(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    buttons = ((Button("Next", "/sales p2"), Button("Source", url="https://example.org/a")),)
    html = '<b>Cango</b> &amp; others <a href="https://example.org/?a=1&amp;b=2">source</a>'
    outcome = await sender.send(Place(ada["id"]), Message(html, buttons, silent=True))
    (shown,) = telegram.shown(ada)
    assert outcome == Sent(shown.message_id)
    assert (shown.text, shown.links, shown.labels, shown.silent) == (
        "Cango & others source",
        ["https://example.org/?a=1&b=2"],
        ["Next", "Source"],
        True,
    )
    (call,) = telegram.called("sendMessage")
    assert call.given["link_preview_options"] == {"is_disabled": True}


async def test_a_photo_goes_with_its_caption_into_its_topic(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    forum = telegram.group(owner=ada, kind="supergroup")
    topic = telegram.topic(forum, "Sales")
    assert isinstance(await sender.send(Place(forum.id, topic), Message("<b>Digest</b>", photo=tiny_png())), Sent)
    (shown,) = telegram.shown(forum, topic)
    assert (shown.text, shown.photo) == ("Digest", tiny_png())


async def test_edits_replace_text_caption_or_picture_whichever_there_is(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    place = Place(ada["id"])
    text = await sender.send(place, Message("one"))
    photo = await sender.send(place, Message("two", photo=tiny_png()))
    assert isinstance(text, Sent)
    assert isinstance(photo, Sent)
    assert await sender.send(place, Message("one, again", edits=text.message_id)) == text
    assert await learning(sender, place, Message("two, again", edits=photo.message_id)) == photo
    assert await sender.send(place, Message("two, once more", edits=photo.message_id)) == photo
    assert await sender.send(place, Message("three", photo=tiny_png(4, 4), edits=photo.message_id)) == photo
    assert [message.text for message in telegram.shown(ada)] == ["one, again", "three"]


async def test_an_edit_that_changes_nothing_counts_as_sent(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    first = await sender.send(Place(ada["id"]), Message("same"))
    assert isinstance(first, Sent)
    assert await sender.send(Place(ada["id"]), Message("same", edits=first.message_id)) == first


async def test_a_chat_without_photos_gets_the_words(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    group = telegram.group(owner=ada)
    group.muted.add("can_send_photos")
    assert isinstance(await learning(sender, Place(group.id), Message("Digest", photo=tiny_png())), Sent)
    assert isinstance(await sender.send(Place(group.id), Message("Next", photo=tiny_png())), Sent)
    assert [(message.text, message.photo) for message in telegram.shown(group)] == [("Digest", None), ("Next", None)]
    assert len(telegram.called("sendPhoto")) == 1


async def test_a_right_that_comes_back_is_used_an_hour_later() -> None:
    now = 100.0
    learned = Learned(lambda: now)
    for fact in range(MOST + 1):
        learned.add(fact)
    assert [0 in learned, 1 in learned, MOST in learned] == [False, True, True], "of too many the oldest go"
    now += KEPT + 1
    assert 1 not in learned


def uploads(telegram: FakeTelegram) -> list[bool]:
    """Of each call with a picture whether it brought the bytes along."""
    calls = telegram.called("sendPhoto", "editMessageMedia")
    return [isinstance(call.given.get("photo"), bytes) or "_files" in call.given for call in calls]


async def test_a_picture_is_uploaded_once_and_goes_by_its_id_from_then_on(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    bob, chart, other = telegram.person("Bob"), tiny_png(4, 4), tiny_png(6, 6)
    for person in (ada, bob):
        assert isinstance(await sender.send(Place(person["id"]), Message("chart", photo=chart)), Sent)
    first = await sender.send(Place(ada["id"]), Message("other", photo=other))
    assert isinstance(first, Sent)
    assert await sender.send(Place(ada["id"]), Message("chart again", photo=chart, edits=first.message_id)) == first
    assert uploads(telegram) == [True, False, True, False]
    assert [message.photo for person in (ada, bob) for message in telegram.shown(person)] == [chart, chart, chart]


TIMED = 'Due <tg-time unix="1770724800" format="wDt">Tue 10 Feb 2026, 12:00 UTC</tg-time>, <b>soon</b>'
WORDS = "Due Tue 10 Feb 2026, 12:00 UTC, soon"


def kinds(message: Posted) -> list[str]:
    return [entity["type"] for entity in message.entities]


@pytest.mark.parametrize("times", [True, False])
async def test_moments_go_as_date_entities_where_that_is_asked_for(telegram: FakeTelegram, sender: Sender, ada: dict, times: bool) -> None:
    sender.times = times
    assert isinstance(await sender.send(Place(ada["id"]), Message(TIMED)), Sent)
    assert isinstance(await sender.send(Place(ada["id"]), Message(TIMED, photo=tiny_png())), Sent)
    wanted = (WORDS, ["date_time", "bold"] if times else ["bold"])
    assert [(message.text, kinds(message)) for message in telegram.shown(ada)] == [wanted, wanted]
    if times:
        assert telegram.shown(ada)[0].entities[0] == {
            "type": "date_time",
            "offset": 4,
            "length": 26,
            "unix_time": 1770724800,
            "date_time_format": "wDt",
        }


async def test_a_server_that_knows_no_date_entities_gets_words_at_once_and_ever_after(
    telegram: FakeTelegram, sender: Sender, ada: dict
) -> None:
    telegram.desk.knows_times, sender.times = False, True
    place = Place(ada["id"])
    first = await learning(sender, place, Message(TIMED))
    assert isinstance(first, Sent)
    assert await sender.send(place, Message(f"Edited. {TIMED}", edits=first.message_id)) == first
    assert isinstance(await sender.send(place, Message(TIMED, photo=tiny_png())), Sent)
    assert [(message.text, kinds(message)) for message in telegram.shown(ada)] == [(f"Edited. {WORDS}", ["bold"]), (WORDS, ["bold"])]
    assert [call.code for call in telegram.called("sendMessage", "editMessageText", "sendPhoto")] == [400, 200, 200, 200]


async def test_an_edit_or_a_known_picture_may_be_what_meets_the_older_server(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    place, chart = Place(ada["id"]), tiny_png()
    first = await sender.send(place, Message("chart", photo=chart))
    assert isinstance(first, Sent)
    telegram.desk.knows_times, sender.times = False, True
    assert await learning(sender, place, Message(TIMED, photo=chart, edits=first.message_id)) == first
    sender.times = True
    assert isinstance(await learning(sender, place, Message(TIMED, photo=chart)), Sent)
    assert [message.text for message in telegram.shown(ada)] == [WORDS, WORDS]
    assert uploads(telegram) == [True, False, False, False, False], "the refusal is not blamed on the picture's id"


async def test_what_is_refused_without_its_date_entities_as_well_stays_refused(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    sender.times = True
    telegram.faults.add("refuse", times=2, description="Bad Request: can't parse entities: x")
    assert isinstance(await learning(sender, Place(ada["id"]), Message(TIMED)), Refused)
    assert not telegram.shown(ada)


async def test_an_edit_that_changes_nothing_but_the_kind_of_its_times_counts_as_sent(
    telegram: FakeTelegram, sender: Sender, ada: dict
) -> None:
    first = await sender.send(Place(ada["id"]), Message(TIMED))
    assert isinstance(first, Sent)
    assert await sender.send(Place(ada["id"]), Message(WORDS.replace("soon", "<b>soon</b>"), edits=first.message_id)) == first


async def test_many_that_want_a_picture_at_once_wait_for_its_first_upload(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    people = [ada, *(telegram.person() for _ in range(9))]
    telegram.latency = lambda: 0.05
    telegram.faults.add("error", methods=("sendPhoto",))

    async def deliver(person: dict) -> Outcome:
        message = Message("digest", photo=tiny_png())
        async with sender.ready(message):
            return await sender.send(Place(person["id"]), message)

    outcomes = await asyncio.gather(*map(deliver, people))
    assert sum(isinstance(outcome, Sent) for outcome in outcomes) == 9
    assert sum(uploads(telegram)) == 2, "the one that failed, and the next"


async def test_a_picture_whose_id_is_refused_is_uploaded_again_and_ever_after(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    message = Message("chart", photo=tiny_png())
    await sender.send(Place(ada["id"]), message)
    telegram.world.lost_photos |= telegram.world.photos.keys()
    for _ in range(2):
        assert isinstance(await sender.send(Place(ada["id"]), message), Sent)
    assert uploads(telegram) == [True, False, True, True]
    assert len(telegram.shown(ada)) == 3


async def test_no_more_pictures_are_kept_in_mind_than_that_many_and_no_longer_waited_for_than_so_long() -> None:
    pictures = Pictures(most=2, patience=0.01)
    for number in (b"1", b"2", b"3"):
        pictures.learn(number, f"id {number.decode()}")
    assert [pictures.id_of(number) for number in (b"1", b"2", b"3")] == [None, "id 2", "id 3"]
    async with asyncio.timeout(5), pictures.ready(b"4"), pictures.ready(b"4"):
        assert pictures.id_of(b"4") is None


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "flood", "seconds": 7}, RetryLater(7, "429 Too Many Requests: retry after 7")),
        ({"kind": "error"}, RetryLater(None, "500 Internal Server Error")),
        ({"kind": "bad_gateway"}, RetryLater(None, "502 HTTP 502")),
        ({"kind": "refuse", "code": 403, "description": "Forbidden: bot was blocked by the user"}, ChatGone),
        ({"kind": "refuse", "code": 403, "description": "Forbidden: user is deactivated"}, ChatGone),
        ({"kind": "refuse", "description": "Bad Request: chat not found"}, ChatGone),
        ({"kind": "refuse", "description": "Bad Request: PEER_ID_INVALID"}, ChatGone),
        ({"kind": "refuse", "description": "Bad Request: CHAT_WRITE_FORBIDDEN"}, ChatGone),
        ({"kind": "refuse", "description": "Bad Request: not enough rights to send text messages to the chat"}, ChatGone),
        ({"kind": "refuse", "description": "Bad Request: TOPIC_CLOSED"}, TopicClosed),
        ({"kind": "refuse", "description": "Bad Request: message thread not found"}, TopicClosed),
        ({"kind": "refuse", "description": "Bad Request: message is too long"}, Refused),
        ({"kind": "refuse", "description": "Bad Request: can't parse entities: x"}, Refused("400 Bad Request: can't parse entities: x")),
        ({"kind": "refuse", "description": "Bad Request: upgraded", "parameters": {"migrate_to_chat_id": -1005}}, Migrated(-1005)),
        ({"kind": "refuse", "code": 413, "description": "Request Entity Too Large"}, Refused),
        ({"kind": "refuse", "code": 401, "description": "Unauthorized"}, RetryLater),
    ],
)
async def test_each_refusal_has_its_outcome(telegram: FakeTelegram, sender: Sender, ada: dict, fault: dict, outcome) -> None:
    telegram.faults.add(**fault)
    found = await sender.send(Place(ada["id"]), Message("x"))
    assert found == outcome or (isinstance(outcome, type) and isinstance(found, outcome))
    assert telegram.texts(ada) == []


@pytest.mark.parametrize(("kind", "arrived"), [("cut_before", []), ("cut_after", ["x"]), ("hang_before", []), ("hang_after", ["x"])])
async def test_a_broken_connection_leaves_the_outcome_unknown(
    telegram: FakeTelegram, sender: Sender, ada: dict, kind: str, arrived: list[str]
) -> None:
    telegram.faults.add(kind, seconds=5)
    assert isinstance(await sender.send(Place(ada["id"]), Message("x")), Unknown)
    assert telegram.texts(ada) == arrived


async def test_an_answer_that_someone_waits_for_is_given_up_early_the_earlier_in_rough_weather(
    telegram: FakeTelegram, sender: Sender, ada: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LONGEST_ASKED, False, 0.3)
    monkeypatch.setitem(LONGEST_ASKED, True, 0.1)
    for _ in range(2):
        telegram.faults.add("hang_before", seconds=0.45)
    reasons = []
    for _ in range(2):
        outcome = await sender.send(Place(ada["id"]), Message("x"), asked=True)
        assert isinstance(outcome, Unknown)
        reasons.append(outcome.reason)
    assert reasons == ["no answer in 0.3 s", "no answer in 0.1 s"]


async def test_questions_that_may_be_asked_twice_are_asked_again_when_telegram_is_in_trouble(
    telegram: FakeTelegram, sender: Sender, ada: dict
) -> None:
    group = telegram.group(owner=ada)
    asking = ("getChatMember",)
    telegram.faults.add("bad_gateway", methods=asking)
    telegram.faults.add("cut_before", methods=asking)
    assert (await sender.bot.get_chat_member(group.id, ada["id"])).status == "creator"
    assert sender.bot.weather.rough
    telegram.faults.add("error", methods=asking, times=None)
    before = len(telegram.called(*asking))
    with pytest.raises(ApiError):
        await sender.bot.get_chat_member(group.id, ada["id"])
    assert len(telegram.called(*asking)) - before == 3
    telegram.faults.planned.clear()
    telegram.faults.add("refuse", methods=asking, times=None)
    before = len(telegram.called(*asking))
    with pytest.raises(ApiError):
        await sender.bot.get_chat_member(group.id, ada["id"])
    assert len(telegram.called(*asking)) - before == 1, "a refusal is an answer"


async def test_a_server_that_is_not_there_means_that_nothing_was_sent(telegram: FakeTelegram, ada: dict) -> None:
    root = telegram.root
    telegram.close()
    bot = open_bot(telegram.token, root, seconds=0.5)
    outcome = await Sender(bot).send(Place(ada["id"]), Message("x"))
    await bot.shutdown()
    assert isinstance(outcome, RetryLater)
    assert (outcome.seconds, outcome.scope) == (None, Scope.CHAT)


async def test_an_answer_that_is_no_answer_of_telegrams_is_unknown(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    telegram.faults.add("refuse", code=200, description="a page of some proxy")
    assert isinstance(await sender.send(Place(ada["id"]), Message("x")), Unknown)


async def test_states_of_a_chat_speak_for_themselves(telegram: FakeTelegram, sender: Sender, ada: dict) -> None:
    forum = telegram.group(owner=ada, kind="supergroup")
    topic = telegram.topic(forum, "Sales")
    telegram.close_topic(forum, topic)
    assert isinstance(await sender.send(Place(forum.id, topic), Message("x")), TopicClosed)
    new = telegram.migrate(forum)
    assert await sender.send(Place(forum.id), Message("x")) == Migrated(new.id)
    telegram.set_bot(new, "kicked")
    assert isinstance(await sender.send(Place(new.id), Message("x")), ChatGone)
    telegram.set_bot(ada, "kicked")
    assert await sender.send(Place(ada["id"]), Message("x")) == ChatGone("403 Forbidden: bot was blocked by the user")


async def test_no_outcome_holds_the_token(telegram: FakeTelegram, ada: dict) -> None:
    wrong = open_bot(telegram.token + "x", telegram.root, seconds=0.5)
    outcomes = [await Sender(wrong).send(Place(ada["id"]), Message("x"))]
    await wrong.shutdown()
    telegram.close()
    outcomes.append(await Sender(wrong).send(Place(ada["id"]), Message("x")))
    assert telegram.token not in repr(outcomes)
