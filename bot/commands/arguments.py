"""Words after a command that asks for a list: a span of time, a smallest size, a page, a miner, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.decisions.names import find_miner
from bot.decisions.wishes import MisreadError, read_amount, unknown_miner
from extractors.model import Miner

_SPAN = re.compile(r"(\d{1,4})(d|w|m|y)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_LONGEST = timedelta(days=20 * 365)
_SIZE = re.compile(r">=?(\S+)")
_PAGE = re.compile(r"p(\d{1,4})")


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


def read_words(args: Sequence[str], flags: frozenset[str] = frozenset()) -> Words:
    """Sorts the words; "> 500" and "by miner" may be two. UsageError for a size that is none."""
    span, least, page = None, None, 1
    rest: list[str] = []
    found: set[str] = set()
    joined = re.sub(r"(>=?)\s+", r"\1", " ".join(args))
    for word in re.sub(r"\bby\s+miners?\b", "by-miner", joined, flags=re.IGNORECASE).split():
        low = word.lower()
        if _SPAN.fullmatch(low):
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


def read_miner(words: Sequence[str], command: str) -> Miner:
    """The miner that the words name; MisreadError with the command line that was most likely meant."""
    text = " ".join(words)
    miner = find_miner(text)
    if miner is not None:
        return miner
    error = unknown_miner(text)
    raise MisreadError(str(error), f"{command} {error.meant}" if error.meant else None)
