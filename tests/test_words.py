"""The catalogues hold what the code says, and translations fit it: nothing stale, no gap lost, no plural form missing."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.speech import LANGUAGES
from tools import words

CODES = [code for code in LANGUAGES if code != "en"]
DONE = ["de", "es", "ru", "zh"]  # the languages in which everything is translated, and stays so
SAYING = ("say", "say_line", "say_many", "marked")
PASSED_ON = (ast.Name, ast.Attribute, ast.Subscript)  # what was `marked` where it was written
GAP = re.compile(r"\{\w*\}")
COMMAND = re.compile(r"(?<![\w/])/[a-z]+")  # as Telegram finds them: not behind a letter


def read(code: str) -> Catalog:
    with words.catalogue_path(code).open("rb") as file:
        return read_po(file, locale=code)


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(text: str | Iterable[str] | None) -> list[str]:
    return [text or ""] if isinstance(text, str) or text is None else list(text)


def ids(catalogue: Catalog) -> set[tuple[str, ...]]:
    return {tuple(forms(message.id)) for message in messages(catalogue)}


def gaps(text: str) -> Counter[str]:
    return Counter(GAP.findall(text))


def test_every_message_of_the_code_stands_in_the_template() -> None:
    assert len(ids(words.template())) > 40
    assert words.text_of(words.template()) == words.TEMPLATE.read_text(encoding="utf-8"), "run `make words`"


def test_a_message_in_the_gap_of_another_is_collected_with_its_forms_and_its_note(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "one.py").write_text(
        "from bot.speech import say, say_many\n"
        "def told(n: int) -> str:\n"
        "    # Translators: to whom,\n"
        "    # and how many.\n"
        '    return say("{all}, {name}", all=say_many("to {n}", "to all {n}", n, n=str(n)), name=say("you"))\n'
    )
    found = [(message.id, message.auto_comments) for message in messages(words.template(tmp_path))]
    assert found == [("{all}, {name}", ["to whom,", "and how many."]), (("to {n}", "to all {n}"), []), ("you", [])]


def test_a_message_that_is_counted_now_comes_untranslated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    path = words.catalogue_path("de")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "{n} left"\nmsgstr "{n} übrig"\n\nmsgid "gone"\nmsgstr "weg"\n', encoding="utf-8")
    new = Catalog()
    new.add(("{n} left", "{n} are left"))
    new.add("gone")
    made = words.catalogue("de", new)
    assert words.untranslated(made) == ["{n} left"]
    assert not any(message.fuzzy for message in messages(made))


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_holds_the_messages_of_the_template_and_no_others(code: str) -> None:
    text = words.catalogue_path(code).read_text(encoding="utf-8")
    assert words.text_of(words.catalogue(code, words.template())) == text, "run `make words`"
    assert not [message.id for message in messages(read(code)) if message.fuzzy]


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_gaps_of_its_message(code: str) -> None:
    wrong = [(message.id, form) for message in messages(read(code)) for form in misfits(message, read_rule(code))]
    assert not wrong


@pytest.mark.parametrize("code", CODES)
def test_a_translation_names_the_commands_of_its_message_and_keeps_its_ends(code: str) -> None:
    for message in messages(read(code)):
        for form in filter(None, forms(message.string)):
            original = forms(message.id)[-1]
            assert sorted(COMMAND.findall(form)) == sorted(COMMAND.findall(original)), message.id
            assert (form[:1].isspace(), form[-1:].isspace()) == (original[:1].isspace(), original[-1:].isspace()), message.id


def misfits(message: Message, uses: Counter[int]) -> Iterator[str]:
    """The translations with other gaps. A form for a single number may leave that number out where English does."""
    original = forms(message.id)
    for number, form in enumerate(forms(message.string)):
        fitting = [gaps(original[-1]), *([gaps(original[0])] if uses[number] == 1 else [])]
        if form and gaps(form) not in fitting:
            yield form


def read_rule(code: str) -> Counter[int]:
    """How many of the numbers up to 200 each plural form is for."""
    from gettext import c2py  # the rule as every gettext reads it

    rule = c2py(read(code).plural_expr)
    return Counter(rule(number) for number in range(201))


@pytest.mark.parametrize("code", CODES)
def test_a_plural_has_every_form_of_its_language_or_none(code: str) -> None:
    catalogue = read(code)
    counted = [message for message in messages(catalogue) if isinstance(message.id, tuple)]
    assert counted
    for message in counted:
        assert len(message.string) == catalogue.num_plurals
        assert all(message.string) or not any(message.string), message.id


@pytest.mark.parametrize("code", DONE)
def test_nothing_is_left_untranslated(code: str) -> None:
    assert words.untranslated(read(code)) == []


def test_a_misfit_is_found() -> None:
    two, three = Counter({0: 1, 1: 200}), Counter({0: 20, 1: 60, 2: 121})
    assert not list(misfits(Message("{n} of {all}", "{all}: {n}"), two))
    assert list(misfits(Message("{n} of {all}", "{n} von {alle}"), two)) == ["{n} von {alle}"]
    last = ("last day", "last {n} days")
    assert not list(misfits(Message(last, ("letzter Tag", "letzte {n} Tage")), two))
    assert list(misfits(Message(last, ("последний день", "{n} дня", "{n} дней")), three)) == ["последний день"]


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            yield node


def test_what_is_said_is_a_literal_with_a_value_for_each_gap() -> None:
    checked = 0
    for path in words.speaking_files():
        for call in calls(path):
            where = f"{path.relative_to(words.ROOT)}:{call.lineno}"
            said = call.args[:2] if call.func.id == "say_many" else call.args[:1]
            literal = [each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if call.func.id != "marked" and said and all(isinstance(each, PASSED_ON) for each in said):
                continue
            assert len(literal) == len(said) > 0, f"{where}: a message that is no literal cannot be translated"
            given = {keyword.arg for keyword in call.keywords}
            wanted = {gap.strip("{}") for text in literal for gap in GAP.findall(text)}
            fits = call.func.id == "marked" or None in given or wanted == given
            assert fits, f"{where}: gaps {sorted(wanted)}, values {sorted(given)}"
            checked += 1
    assert checked > 40
