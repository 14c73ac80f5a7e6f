"""Words after a command that asks for a list: a span of time, a smallest size, a page, miners, in any order.

What a command does not read is left to `rest`, so that it can be told (`unread`): no word is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions.calendar_days import SINCE, days_of, days_spoken
from bot.decisions.lines import clipped, line
from bot.decisions.names import find_miner, names_of, short_key, ticker_of
from bot.decisions.typed import joined, meaning, spans_joined, unit_of
from bot.decisions.wishes import MisreadError, contradiction, find_miners, read_size, unknown_miner
from bot.errors import UsageError
from bot.model import Line
from bot.speech import say
from extractors.model import Miner, Period

LISTED = frozenset({"span", "page"})
"""The forms that lists read if they say nothing else; there are `size` and `days` besides."""

_SPAN = re.compile(r"(\d{1,4})(d|w|m|y)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_LONGEST = timedelta(days=20 * 365)
_PAGE = re.compile(r"p(\d{1,4})")
_BY_MINER = re.compile(r"\bby\s+miners?\b|\bnach\s+miner\b|\bpor\s+mineras?\b|(?<!\w)по\s+майнерам(?!\w)|按矿企", re.IGNORECASE)
_SOME_DAY = date(2026, 1, 1)  # whether a word names days is the same on any
_NO_NAME = re.compile(r"by|[<=>+-]?\d.*|[<=>].*", re.IGNORECASE)  # meant as a span or a size, and neither
_SHORTEST_PART = 3  # letters of a name that stand for the whole of it


@dataclass(frozen=True, slots=True)
class Words:
    """What the words say: `span` is "30d", `days` are of the calendar, "2026-01" or "since 2026-01-15", `rest` is what fits no form.

    `flags` are words that stand for themselves; `formed` is what was read as one of the forms.
    """

    rest: tuple[str, ...] = ()
    span: str | None = None
    days: str | None = None
    least: Decimal | None = None
    page: int = 1
    flags: frozenset[str] = frozenset()
    formed: tuple[str, ...] = ()

    def length(self) -> timedelta | None:
        """The span's length; None without one."""
        if self.span is None:
            return None
        return min(_LONGEST, timedelta(days=int(self.span[:-1]) * _DAYS[self.span[-1]]))

    def period(self, now: datetime) -> Period | None:
        """The days of the calendar that were asked for; None if none were."""
        return days_of(self.days, now.date()) if self.days is not None else None

    def since(self, now: datetime) -> date | None:
        """The first day of the span or of the days; None without."""
        if period := self.period(now):
            return period.start
        length = self.length()
        return (now - length).date() if length is not None else None


def is_span(word: str) -> bool:
    """Whether a word is meant as a span of time."""
    return bool(_SPAN.fullmatch(word.lower()))


def read_words(args: Sequence[str], flags: frozenset[str] = frozenset(), forms: frozenset[str] = LISTED) -> Words:
    """Sorts the words; "> 500", "30 days" and "by miner" may be several. UsageError for a size that is none, for a span of no days, and
    for two that contradict each other.
    """
    found: dict[str, tuple[Any, str]] = {}
    rest: list[str] = []
    flagged: set[str] = set()
    for word in _pieces(args, flags, forms):
        form, value = _form(word)
        if form in forms:
            before = found.setdefault(form, (value, word))
            if before[0] != value:
                raise contradiction(before[1], word)
        elif meaning(word) in flags and word != "ANY":  # which is a ticker
            flagged.add(meaning(word))
        else:
            rest.append(word)
    if "span" in found and "days" in found:
        raise contradiction(found["span"][1], found["days"][1])
    said = {form: value for form, (value, _) in found.items()}
    formed = tuple(word for _, word in found.values())
    return Words(tuple(rest), said.get("span"), said.get("days"), said.get("size"), said.get("page", 1), frozenset(flagged), formed)


def _pieces(args: Sequence[str], flags: frozenset[str], forms: frozenset[str]) -> list[str]:
    """The words with what belongs together in one piece; "month" by itself is a span, but not in "by month", nor where it is a flag."""
    text = _BY_MINER.sub("by-miner", " ".join(joined(spans_joined(args))))
    pieces = re.findall(rf"{SINCE}|\S+", days_spoken(text) if "days" in forms else text)
    behind = zip(["", *pieces], pieces, strict=False)
    units = [None if before.lower() == "by" or meaning(word) in flags else unit_of(word) for before, word in behind]
    return [f"1{unit}" if unit else word for word, unit in zip(pieces, units, strict=True)]


def _form(word: str) -> tuple[str, Any]:
    """Which form the word has, and its value; empty if none. UsageError for one that is meant so and is none."""
    low = word.lower().rstrip(",")
    if length := _SPAN.fullmatch(low):
        if not int(length[1]):
            raise UsageError(say("“{text}” is no time at all; try {example}", text=word, example="30d"))
        return "span", low
    if number := _PAGE.fullmatch(low):
        return "page", int(number[1])
    named = low if low.startswith("since ") else meaning(low)
    if days_of(named, _SOME_DAY) is not None:
        return "days", named
    least = read_size(low)
    return ("size", least) if least is not None else ("", None)


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


def read_companies(desk: Desk, words: Sequence[str], command: str) -> tuple[Company, ...]:
    """The miners that the words name, each by any of its names, or by a part of its name that no other's has; at least one.

    MisreadError with the command line most likely meant for words that name none.
    """
    words = [word for word in words if meaning(word) not in ("and", "of")] or words
    text = " ".join(words).strip(",")
    if (miner := find_miner(text)) or (told := _told_of(desk, text.casefold())) is None:
        single = _registered(miner) if miner else None
    else:
        single = Company(told, told)
    if single is not None:
        return (single,)
    named, left = find_miners([part for word in words for part in word.split(",") if part])
    if named and not left:
        return tuple(map(_registered, named))
    odd = next(filter(_NO_NAME.fullmatch, words), None)
    if odd is not None:
        examples = {"span": "30d", "size": ">500", "miner": "CANG"}
        told = say("“{text}” is neither a span of time ({span}) nor a size ({size}) nor a miner ({miner})", text=clipped(odd), **examples)
        raise MisreadError(told, f"{command} >{odd}" if odd.isdigit() and command == "/sales" else None)
    error = unknown_miner(" ".join(left) if named else text)
    raise MisreadError(str(error), f"{command} {error.meant}" if error.meant else None)


def _registered(miner: Miner) -> Company:
    return Company(miner.name, short_key(miner), names_of(miner), ticker_of(miner))


def corrected(ask: Ask, error: MisreadError) -> MisreadError:
    """The error with the whole command line that was most likely meant, where only a word of it was wrong."""
    if error.meant is None or error.meant.startswith("/") or error.typed is None:
        return error
    words = [error.meant if word.rstrip(",") == error.typed else word for word in ask.args]
    whole = f"/{ask.name} {' '.join(words)}" if error.meant in words else None
    return MisreadError(str(error), whole)


def _told_of(desk: Desk, text: str) -> str | None:
    """The company of that name, or the only one with a name that begins so, of all that stories tell of."""
    known = desk.companies()
    same = [name for name in known if name.casefold() == text]
    near = [name for name in known if name.casefold().startswith(text)] if len(text) >= _SHORTEST_PART else []
    return same[0] if same else near[0] if len(near) == 1 else None
