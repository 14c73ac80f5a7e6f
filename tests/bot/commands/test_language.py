"""`/language`: by name or code, said in the language that was chosen."""

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.markup import to_plain
from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Place
from bot.speech import language
from tests.support.tales import NOW

ADA = Chat(7, ChatKind.PRIVATE, "Ada", native="de")


def asked(store: Store, text: str, **more) -> str:
    return to_plain(reply(Desk(store, NOW), Ask(text, Place(7), store.chats.get(7) or ADA, 7, **more)))


@pytest.fixture
def store():
    with Store.open("sqlite://") as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "code"),
    [("de", "de"), ("Deutsch", "de"), ("german", "de"), ("ES", "es"), ("Español", "es"), ("русский", "ru"), ("中文", "zh")],
)
def test_a_language_is_named_by_its_code_or_its_name(store: Store, name: str, code: str) -> None:
    asked(store, f"/language {name}")
    assert store.chats.get(7).language == code
    assert language().code == "en"


def test_without_a_word_it_shows_the_language_and_changes_nothing(store: Store) -> None:
    shown = asked(store, "/language")
    assert "Deutsch" in shown
    assert "/language zh (中文)" in shown
    assert "/language auto (✓ " in shown
    assert store.chats.get(7) is None


def test_the_choice_is_taken_back(store: Store) -> None:
    asked(store, "/language ru")
    assert "/language ru (✓ Русский)" in asked(store, "/language")
    asked(store, "/language auto")
    assert store.chats.get(7).language is None


def test_a_language_that_is_not_spoken_is_told_with_the_nearest_that_is(store: Store) -> None:
    told = asked(store, "/language Germann")
    assert "English, Deutsch, Español, Русский, 中文" in told
    assert "/language de" in told
    assert store.chats.get(7).language is None


def test_who_may_not_change_the_chat_does_not(store: Store) -> None:
    asked(store, "/language de", may_change=False)
    assert store.chats.get(7) is None


def test_the_settings_lead_to_it(store: Store) -> None:
    assert "/language (" in asked(store, "/settings")


def test_at_the_terminal_it_is_an_option(store: Store) -> None:
    assert to_plain(reply(Desk(store, NOW), Ask("/language de"))) == "At the terminal the language is an option: --language de"
    assert store.chats.all() == []


def test_a_chat_of_many_has_no_telegram_of_its_own_to_leave_the_choice_to(store: Store) -> None:
    group = Chat(-5, ChatKind.GROUP, "Miners")
    said = reply(Desk(store, NOW), Ask("/language", Place(group.id), group))
    assert [button.label for row in said.buttons for button in row] == ["✓ English", "Deutsch", "Español", "Русский", "中文"]
