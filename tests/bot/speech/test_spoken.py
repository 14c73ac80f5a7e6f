"""What is said comes in the language of the context, and in English where that has no words."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from bot.model import Chat, ChatKind, Piece, Style
from bot.speech import LANGUAGES, language, language_of, nearest_code, say, say_line, say_many, speaking


def test_english_is_spoken_unless_another_language_is() -> None:
    assert language().code == "en"
    with speaking("de"):
        assert language().name == "Deutsch"
        with speaking(None):
            assert language().code == "en"
        assert language().code == "de"
    with speaking("tlh"):
        assert language().code == "en"
    assert [each.name for each in LANGUAGES.values()] == ["English", "Deutsch", "Español", "Русский", "中文"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_no_catalogue_knows_is_said_in_english(code: str) -> None:
    with speaking(code):
        assert say("Nobody has translated {this} yet", this="{that}") == "Nobody has translated {that} yet"
        assert [say_many("{n} thing unheard of", "{n} things unheard of", n, n=str(n)) for n in (1, 5)] == [
            "1 thing unheard of",
            "5 things unheard of",
        ]


def test_a_line_keeps_the_style_of_what_fills_its_gaps() -> None:
    bold = Piece("$69,123", Style.BOLD)
    line = say_line("Untranslated: {price}, {source}", price=bold, source=(Piece("a"), Piece("b")))
    assert line == (Piece("Untranslated: "), bold, Piece(", "), Piece("a"), Piece("b"))


def test_the_language_goes_along_with_the_context() -> None:
    with ThreadPoolExecutor(1) as pool, speaking("ru"):
        assert pool.submit(copy_context().run, language).result().code == "ru"
        assert pool.submit(language).result().code == "en"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de", "de"), ("de-AT", "de"), ("zh-hans", "zh"), ("es_MX", "es"), ("en", "en"), ("fr", None), ("", None), (None, None)],
)
def test_the_language_of_a_person_is_found_by_its_tag(tag: str | None, code: str | None) -> None:
    assert nearest_code(tag) == code


def test_a_chat_is_spoken_to_in_its_choice_else_in_the_language_of_its_person_else_in_english() -> None:
    assert language_of(Chat(1, ChatKind.PRIVATE, language="ru", native="de")) == "ru"
    assert language_of(Chat(1, ChatKind.PRIVATE, native="de-CH")) == "de"
    assert language_of(Chat(1, ChatKind.PRIVATE, native="fr")) == "en"
    assert language_of(Chat(-1, ChatKind.GROUP)) == language_of(None) == "en"


def test_english_and_the_command_line_load_no_catalogue() -> None:
    code = "import sys, bot.cli, bot.speech; bot.speech.say('Sales'); print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
