"""Saying things in the language of the context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.model import Line, Piece
from bot.speech.catalogue import LANGUAGES, Language

_GAP = re.compile(r"\{(\w+)\}")
_spoken: ContextVar[Language] = ContextVar("language", default=LANGUAGES["en"])


def language() -> Language:
    """The language that is spoken in this context."""
    return _spoken.get()


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Speaks the language with this code in the block; one that is not known, or none, is English."""
    token = _spoken.set(LANGUAGES.get(code or "en", LANGUAGES["en"]))
    try:
        yield
    finally:
        _spoken.reset(token)


def marked(message: str, /) -> str:
    """The message itself: it marks a literal that is said later (in a table, by a remark), so that translators get it too."""
    return message


def say(message: str, /, **gaps: str) -> str:
    """The message in the spoken language with its gaps filled: `say("Price from {source}", source="kraken")`."""
    return _GAP.sub(lambda gap: gaps[gap[1]], language().message(message))


def say_many(one: str, many: str, count: int, /, **gaps: str) -> str:
    """The message in the form for `count`: `say_many("{n} block left", "{n} blocks left", 5, n=money.whole(5))`."""
    return _GAP.sub(lambda gap: gaps[gap[1]], language().counted(one, many, count))


def say_line(message: str, /, **gaps: Piece | str | Line) -> Line:
    """The message as a line whose gaps may be pieces in a style: `say_line("Price {price}", price=bold("$69,123"))`."""
    pieces: list[Piece] = []
    for number, part in enumerate(_GAP.split(language().message(message))):
        filled = gaps[part] if number % 2 else part
        if isinstance(filled, str):
            pieces.extend((Piece(filled),) if filled else ())
        elif isinstance(filled, Piece):
            pieces.append(filled)
        else:
            pieces.extend(filled)
    return tuple(pieces)
