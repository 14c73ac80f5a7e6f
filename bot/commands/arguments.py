"""Words after a command that asks for a list: a span of time, a smallest size, a page, a miner, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.commands.desk import Desk
from bot.decisions.lines import clipped, line
from bot.decisions.names import find_miner, names_of, short_key, ticker_of
from bot.decisions.wishes import MisreadError, read_amount, unknown_miner
from bot.errors import UsageError
from bot.model import Line
from bot.speech import say

_SPAN = re.compile(r"(\d{1,4})(d|w|m|y)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_LONGEST = timedelta(days=20 * 365)
_SIZE = re.compile(r">=?(\S+)")
_PAGE = re.compile(r"p(\d{1,4})")
_NO_NAME = re.compile(r"by|[<=>+-]?\d[\d.,]*[dwmy]?|[<=>].*", re.IGNORECASE)  # meant as a span or a size, and neither
_SHORTEST_PART = 3  # letters of a name that stand for the whole of it


@dataclass(frozen=True, slots=True)
class Words:
    """What the words say; `rest` is what none of the forms fits, `span` is "30d" as typed, `flags` words that stand for themselves."""

    rest: tuple[str, ...] = ()
    span: str | None = None
    least: Decimal | None = None
    page: int = 1
    flags: frozenset[str] = frozenset()

    def length(self) -> timedelta | None:
        """The span's length; None without one."""
        if self.span is None:
            return None
        return min(_LONGEST, timedelta(days=int(self.span[:-1]) * _DAYS[self.span[-1]]))

    def since(self, now: datetime) -> date | None:
        """The first day of the span; None without one."""
        length = self.length()
        return (now - length).date() if length is not None else None


def is_span(word: str) -> bool:
    """Whether a word is meant as a span of time."""
    return bool(_SPAN.fullmatch(word.lower()))


def read_words(args: Sequence[str], flags: frozenset[str] = frozenset()) -> Words:
    """Sorts the words; "> 500" and "by miner" may be two. UsageError for a size that is none, and for a span of no days."""
    span, least, page = None, None, 1
    rest: list[str] = []
    found: set[str] = set()
    joined = re.sub(r"(>=?)\s+", r"\1", " ".join(args))
    for word in re.sub(r"\bby\s+miners?\b", "by-miner", joined, flags=re.IGNORECASE).split():
        low = word.lower()
        if length := _SPAN.fullmatch(low):
            if not int(length[1]):
                raise UsageError(say("“{text}” is no time at all; try {example}", text=word, example="30d"))
            span = low
        elif size := _SIZE.fullmatch(low):
            least = read_amount(size[1])
        elif number := _PAGE.fullmatch(low):
            page = int(number[1])
        elif low in flags:
            found.add(low)
        else:
            rest.append(word)
    return Words(tuple(rest), span, least, page, frozenset(found))


def unread(words: Sequence[str]) -> Line:
    """The line that says which words meant nothing; empty without any."""
    return line(say("Not understood and left out: {words}", words=clipped(" ".join(words)))) if words else ()


@dataclass(frozen=True, slots=True)
class Company:
    """A miner of the registry, or one that only stories tell of: its name, all names that it goes by, and the least that names it."""

    name: str
    key: str
    names: frozenset[str] = frozenset()
    ticker: str | None = None


def read_company(desk: Desk, words: Sequence[str], command: str) -> Company:
    """The miner that the words name, or a part of its name that no other's has; MisreadError with the command line most likely meant."""
    text = " ".join(words)
    if miner := find_miner(text):
        return Company(miner.name, short_key(miner), names_of(miner), ticker_of(miner))
    if told := _told_of(desk, text.casefold()):
        return Company(told, told)
    odd = next(filter(_NO_NAME.fullmatch, words), None)
    if odd is not None:
        examples = {"span": "30d", "size": ">500", "miner": "CANG"}
        raise MisreadError(
            say("“{text}” is neither a span of time ({span}) nor a size ({size}) nor a miner ({miner})", text=clipped(odd), **examples)
        )
    error = unknown_miner(text)
    raise MisreadError(str(error), f"{command} {error.meant}" if error.meant else None)


def _told_of(desk: Desk, text: str) -> str | None:
    """The company of that name, or the only one with a name that begins so, of all that stories tell of."""
    known = desk.companies()
    same = [name for name in known if name.casefold() == text]
    near = [name for name in known if name.casefold().startswith(text)] if len(text) >= _SHORTEST_PART else []
    return same[0] if same else near[0] if len(near) == 1 else None
