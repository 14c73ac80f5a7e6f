"""The stand-in for Telegram is itself held against what is known of Telegram, or the tests that use it prove nothing."""

import json
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from tests.support.telegram import TOKEN, FakeTelegram, Fault
from tests.support.telegram_html import HtmlRefusedError, parse_html, utf16
from tests.support.telegram_pictures import picture_trouble, tiny_png
from tests.support.telegram_spec import unknown_fields


def call(telegram: FakeTelegram, method: str, **given):
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    try:
        with urllib.request.urlopen(f"{telegram.root}/bot{telegram.token}/{method}", urlencode(form).encode(), timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error)


def broken(telegram: FakeTelegram) -> str:
    found = "\n".join(telegram.violations)
    telegram.violations.clear()
    return found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain", "plain"),
        ("<b>bold <i>both</i></b>", "bold both"),
        ('<a href="https://example.org/?a=1&amp;b=2">link</a> &lt;&#62;&quot;', 'link <>"'),
        ('<tg-time unix="1770600000" format="wDT">Monday</tg-time>', "Monday"),
        ("<blockquote expandable>long</blockquote>", "long"),
    ],
)
def test_html_that_telegram_takes(source: str, text: str) -> None:
    parsed = parse_html(source)
    assert (parsed.text, parsed.smells) == (text, [])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("1 < 2", 'Unclosed start tag at byte offset 2|Unsupported start tag ""'),
        ("<a href=https://x.org/>x</a>", "Unexpected end of name token"),
        ("<span>x</span>", 'must have class "tg-spoiler"'),
        ('<b "x">y</b>', "Empty attribute name"),
        ("<a href>x</a>", "Expected equal sign"),
    ],
)
def test_html_that_telegram_refuses(source: str, words: str) -> None:
    with pytest.raises(HtmlRefusedError, match=words.replace("(", r"\(")):
        parse_html(source)


@pytest.mark.parametrize(
    "source", ["A & B", "&nbsp;", '<a href="example.org">x</a>', '<b class="x">y</b>', "<b></b>", "<pre><b>x</b></pre>", "<b>x</b>" * 101]
)
def test_html_that_telegram_takes_and_shows_wrongly_smells(source: str) -> None:
    assert parse_html(source).smells


def test_lengths_and_offsets_count_in_utf16() -> None:
    parsed = parse_html("🟧<b>é</b>")
    assert utf16("🟧é") == 3
    assert parsed.entities == [{"type": "bold", "offset": 2, "length": 1}]


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("sendMesage", {}, "unknown method"),
        ("sendMessage", {"text": "x", "nonsense": 1}, "unknown field 'nonsense'"),
        ("sendMessage", {}, "text is missing"),
        ("sendMessage", {"text": "x", "disable_notification": "maybe"}, "not Boolean"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "🟧" * 2049}, "message is too long"),
        ("sendMessage", {"text": " \n"}, "message text is empty"),
        ("sendMessage", {"text": "<x>", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "y", "callback_data": "é" * 33}]]}}, "66 bytes"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "y", "url": "example.org"}]]}}, "BUTTON_URL_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "y"}]]}}, "Text buttons"),
        ("sendMessage", {"text": "x", "link_preview_options": {"disabled": True}}, "unknown field 'disabled'"),
        ("sendPhoto", {"photo": "https://example.org/x.png"}, "wrong file identifier"),
        ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "help", "description": ""}]}, "allowed are 1 to 256"),
        ("setMyCommands", {"commands": [], "scope": {"type": "nobody"}}, "no kind of BotCommandScope"),
    ],
)
def test_calls_that_no_correct_client_makes_are_violations(method: str, given: dict, words: str) -> None:
    with FakeTelegram() as telegram:
        chat = telegram.person()["id"]
        to = {"chat_id": chat} if method.startswith("send") else {}
        assert call(telegram, method, **to, **given)["ok"] is False
        assert words in broken(telegram)


def test_a_violation_fails_the_test_at_its_end() -> None:
    with pytest.raises(AssertionError, match="unknown method"), FakeTelegram() as telegram:
        call(telegram, "sendMesage")


def test_what_the_fake_sends_has_telegrams_own_fields() -> None:
    with FakeTelegram() as telegram:
        ada = telegram.person("Ada", username="ada")
        group = telegram.group(owner=ada, kind="supergroup", bot="administrator")
        topic = telegram.topic(group, "Sales")
        telegram.say(group, "/sales@assay_test_bot CANG", topic=topic)
        telegram.set_bot(group, "kicked", by=ada)
        telegram.migrate(telegram.group(owner=ada))
        updates = call(telegram, "getUpdates")["result"]
        assert [next(iter(set(update) - {"update_id"})) for update in updates] == ["message", "my_chat_member", "message", "message"]
        for update in updates:
            assert unknown_fields("Update", update) == []
        assert unknown_fields("ChatFullInfo", call(telegram, "getChat", chat_id=ada["id"])["result"]) == []


def test_a_button_comes_back_and_must_be_answered() -> None:
    with FakeTelegram() as telegram:
        ada = telegram.person()
        rows = {"inline_keyboard": [[{"text": "Next", "callback_data": "/sales p2"}]]}
        call(telegram, "sendMessage", chat_id=ada["id"], text="page 1", reply_markup=rows)
        number = telegram.press(telegram.shown(ada)[0], "Next", by=ada)
        (update,) = call(telegram, "getUpdates", timeout=1)["result"]
        assert unknown_fields("CallbackQuery", update["callback_query"]) == []
        with pytest.raises(AssertionError, match="never answered"):
            telegram.check()
        assert call(telegram, "answerCallbackQuery", callback_query_id=number)["ok"]
        assert not call(telegram, "answerCallbackQuery", callback_query_id=number)["ok"]


def test_privacy_mode_lets_only_own_commands_through() -> None:
    with FakeTelegram() as telegram:
        ada = telegram.person()
        group = telegram.group(owner=ada)
        for text in ("hello", "/sales@other_bot", "/sales", "/sales@assay_test_bot"):
            telegram.say(group, text)
        assert [update["message"]["text"] for update in telegram.updates] == ["/sales", "/sales@assay_test_bot"]


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        (lambda t, chat: t.set_bot(chat, "kicked"), 403, "bot was kicked from the supergroup chat"),
        (lambda t, chat: t.set_bot(chat, "left"), 403, "bot is not a member"),
        (lambda t, chat: t.migrate(chat), 400, "upgraded to a supergroup"),
        (lambda t, chat: chat.muted.add("can_send_messages"), 400, "not enough rights"),
        (lambda t, chat: t.close_topic(chat, 1), 400, "TOPIC_CLOSED"),
        (lambda t, chat: t.close_topic(chat, 1, deleted=True), 400, "message thread not found"),
    ],
)
def test_chats_refuse_in_telegrams_words(state, code: int, words: str) -> None:
    with FakeTelegram() as telegram:
        group = telegram.group(owner=telegram.person(), kind="supergroup")
        topic = telegram.topic(group, "Sales")
        state(telegram, group)
        answer = call(telegram, "sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
        assert answer["error_code"] == code
        assert words in answer["description"]


def test_flood_windows_are_watched() -> None:
    with FakeTelegram() as telegram:
        people = [telegram.person() for _ in range(31)]
        for user in people:
            telegram.answer(TOKEN, "sendMessage", {"chat_id": str(user["id"]), "text": "x"})
        assert "31 messages within a second" in broken(telegram)
        telegram.answer(TOKEN, "sendMessage", {"chat_id": str(people[0]["id"]), "text": "x"})
        assert f"chat {people[0]['id']} got a message" in broken(telegram)


def test_each_fault_befalls_as_planned() -> None:
    with FakeTelegram(watch_flood=False) as telegram:
        ada = telegram.person()
        telegram.faults.add("flood", seconds=7)
        assert call(telegram, "sendMessage", chat_id=ada["id"], text="x")["parameters"] == {"retry_after": 7}
        telegram.faults.add("error")
        assert call(telegram, "sendMessage", chat_id=ada["id"], text="x")["error_code"] == 500
        for kind, shown in (("cut_before", 0), ("hang_before", 0), ("cut_after", 1), ("hang_after", 2)):
            telegram.faults.add(kind, seconds=0.05)
            with pytest.raises((ConnectionError, urllib.error.URLError, OSError)):
                call(telegram, "sendMessage", chat_id=ada["id"], text="x")
            assert len(telegram.shown(ada)) == shown


def test_a_storm_befalls_about_its_share_of_calls() -> None:
    with FakeTelegram(watch_flood=False) as telegram:
        telegram.faults.storm(0.05, [Fault("error", times=None), Fault("bad_gateway", times=None)])
        picked = [telegram.faults.pick("sendMessage", 1) for _ in range(2000)]
        assert 150 < sum(fault is not None for fault in picked) < 250


def test_a_second_poller_ends_the_first() -> None:
    with FakeTelegram() as telegram:
        answers: list[dict] = []
        first = threading.Thread(target=lambda: answers.append(call(telegram, "getUpdates", timeout=5)))
        first.start()
        telegram.wait(lambda: telegram.poll_number == 1)
        time.sleep(0.05)
        assert call(telegram, "getUpdates", timeout=0)["ok"]
        first.join()
        assert answers[0]["error_code"] == 409


def test_pictures_are_looked_at() -> None:
    assert picture_trouble(tiny_png()) is None
    assert picture_trouble(b"not a picture") == "IMAGE_PROCESS_FAILED"
    assert picture_trouble(tiny_png()[:-1]) == "IMAGE_PROCESS_FAILED"
    assert picture_trouble(tiny_png(100, 2)) == "PHOTO_INVALID_DIMENSIONS"
