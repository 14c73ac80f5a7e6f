"""`/language`: in which language a chat is answered; chosen by a button, or by a word: its code, or its name in English or its own."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions.lines import answer, bold, clipped, code, enumerated, line, press, rows, ticked
from bot.decisions.wishes import MisreadError
from bot.model import Answer, Button, Chat, ChatKind, Line
from bot.speech import LANGUAGES, language, language_names, language_of, say, say_line, speaking

AUTOMATIC = "auto"
_LET_GO = frozenset({AUTOMATIC, "automatic", "off"})


def show_language(desk: Desk, ask: Ask) -> Answer:
    """Which language is spoken to the chat, with a button for each; where it was changed, in the new one."""
    if ask.chat.kind is ChatKind.TERMINAL:
        return answer(say("At the terminal the language is an option: {option}", option="--language de"))
    if not ask.args:
        return _shown(ask, ask.chat)
    chat = replace(desk.store.chats.see(ask.chat), language=_read(" ".join(ask.args)))
    desk.store.chats.set_language(chat.id, chat.language)
    with speaking(language().code if ask.aimed else language_of(chat)):
        return _shown(ask, chat)


def _read(text: str) -> str | None:
    """The code of the language that is named, None for the automatic choice; MisreadError for a name that is none's."""
    wanted = text.casefold()
    if wanted in _LET_GO:
        return None
    names = language_names()
    if wanted in names:
        return names[wanted]
    near = get_close_matches(wanted, list(names), n=1, cutoff=0.6)
    spoken = enumerated(one.name for one in LANGUAGES.values())
    words = say("I do not speak “{language}”. I speak {languages}", language=clipped(text), languages=spoken)
    raise MisreadError(words, f"/language {names[near[0]]}" if near else None)


def _shown(ask: Ask, chat: Chat) -> Answer:
    lines = [_spoken_in(chat, ask.aimed_at)]
    if chat.language is None and chat.kind is ChatKind.PRIVATE:
        lines.append(line(say("Chosen by itself: the language of your Telegram, or English")))
    return Answer(tuple(lines), () if ask.in_public else _buttons(chat))


def language_note(ask: Ask) -> Line:
    """What the chat of `ask` is spoken to in, and how that is changed."""
    command = code(f"/language {ask.aimed}") if ask.aimed else "/language"
    return say_line("{language}. To change it: {command}", language=_spoken_in(ask.chat, ask.aimed_at), command=command)


def _spoken_in(chat: Chat, name: str) -> Line:
    """`Language of this chat: Deutsch`; by its name where that is read in another one."""
    spoken = bold(LANGUAGES[language_of(chat)].name)
    if name:
        return say_line("Language of {chat}: {language}", chat=name, language=spoken)
    return say_line("Language of this chat: {language}", language=spoken)


def _buttons(chat: Chat) -> tuple[tuple[Button, ...], ...]:
    """A button a language. Only who has a Telegram of their own can leave the choice to it: a chat of many without one gets English."""
    own = chat.kind is ChatKind.PRIVATE
    chosen = chat.language if own else language_of(chat)
    names = [press(ticked(one.name, on=chosen == code), f"/language {code}") for code, one in LANGUAGES.items()]
    automatic = press(ticked(say("Automatic"), on=chosen is None), f"/language {AUTOMATIC}")
    return rows(names[:3], names[3:], [automatic] if own else [])
