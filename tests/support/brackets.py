"""A language in which every message stands in brackets: what is left outside of them was never said.

It has the code of German, so that figures and dates are printed by other rules than English ones.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from bot.model import Answer, Line, Style
from bot.speech import LANGUAGES, Language, speaking

_GAP = re.compile(r"(\{\w+\})")
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
_QUOTED = re.compile(r"“[^”]*”")
_TYPED = re.compile(r"https?://\S+|(?<!\w)[/#>]\w[\w:/.,-]*(?: (?:p\d+|7d|30d|on|off|weekly|week|sound))*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MONTHS = "Jan Feb Mär März Apr Mai Juni Juli Aug Sept Okt Nov Dez Januar Februar April August September Oktober November Dezember"
_UNITS = "BTC USDT EH PH UTC Mio Mrd Tsd bis Quartal Mo Di Mi Do Fr Sa So JST"
_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
KNOWN = frozenset((*_MONTHS.split(), *_UNITS.split(), *_DAYS.split()))


class Brackets(Language):
    """Says "Price from {source}" as "⟦Price from ⟧{source}"."""

    def message(self, english: str) -> str:
        return "".join(part if _GAP.fullmatch(part) else f"⟦{part}⟧" for part in _GAP.split(english) if part)

    def counted(self, one: str, many: str, count: int) -> str:
        return self.message(one if count == 1 else many)


@contextmanager
def speaking_in_brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(LANGUAGES, "de", Brackets("de", "Brackets", "German"))
    with speaking("de"):
        yield


def unsaid(text: str, names: Iterable[str] = ()) -> list[str]:
    """The words outside of brackets, but for quotes, links, commands, hashtags, units, dates and the names given."""
    for pattern in (_BRACKETED, _QUOTED, _TYPED):
        text = pattern.sub(" ", text)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return [word for word in _WORD.findall(text) if word not in KNOWN]


def words_of(said: Answer) -> str:
    """Its lines and buttons without what is quoted from articles, to be typed, or a link."""
    return "\n".join([*map(_words, said.lines), *(button.label for row in said.buttons for button in row)])


def _words(line: Line) -> str:
    return "".join(" " if piece.link or piece.style in (Style.CODE, Style.ITALIC) else piece.text for piece in line)
