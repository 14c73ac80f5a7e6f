"""What a line of words makes of a subscription: `sales >100 CANG RIOT`, `digest 08:00 Europe/Berlin weekdays`, `weekly Mon 09:00`.

Words may come in any order; each changes one thing and leaves the others. `any` and `all` take a filter away ("any size", "all
miners", "any" alone both); `all` alone, and before anything else, is every topic, `off` alone none. A line is taken whole or not at
all: two words that say different things of one thing are refused, and so is a word that means nothing, with what would be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from decimal import Decimal
from typing import Any

from bot.decisions.cards import as_typed
from bot.decisions.lines import clipped
from bot.decisions.typed import joined, meaning
from bot.decisions.wishes import (
    MisreadError,
    contradiction,
    days_joined,
    find_miners,
    is_clock,
    is_zone,
    read_clock,
    read_days,
    read_size,
    read_topics,
    read_zone,
    unknown_miner,
)
from bot.errors import UsageError
from bot.model import Subscription, Topic
from bot.speech import language_names, say

_BETWEEN = ("and", "of", "to", "at", "since")  # words that only lead to the next one
_BEFORE_HOURS = ("hours", "of", "at", "since")
_ABOUT_LANGUAGE = ("language", "sprache", "idioma", "язык", "语言")
_LONGEST_ZONE, _LONGEST_HOURS = 3, 4  # words


def changed(subscription: Subscription, words: Sequence[str]) -> Subscription:
    """The subscription as the words change it; UsageError for a word that means nothing, and for two that contradict each other."""
    return read_changes(subscription, words)[0]


def read_changes(subscription: Subscription, words: Sequence[str]) -> tuple[Subscription, bool]:
    """The same, and whether a word names topics; where none does, the line is about when and how."""
    reader = _Reader(subscription, words)
    while reader.words:
        reader.take()
    return reader.done(), reader.names_topics


class Changes:
    """A subscription as it is changed, with what was said so far: a later word may not say otherwise."""

    def __init__(self, made: Subscription) -> None:
        self.made = made
        self._said: dict[str, tuple[object, str]] = {}
        self._chosen: tuple[frozenset[int], str] | None = None  # days

    def keep(self, word: str, **fields: Any) -> None:
        """Changes fields because of that word; UsageError if an earlier word gave one of them another value."""
        for name, value in fields.items():
            self.note(name, value, word)
        self.made = replace(self.made, **fields)

    def note(self, thing: str, value: object, word: str) -> None:
        """Remembers what the word says of a thing; UsageError if an earlier one said otherwise."""
        before = self._said.setdefault(thing, (value, word))
        if before[0] != value:
            raise contradiction(before[1], word)

    def add_days(self, word: str, days: frozenset[int]) -> None:
        """Chooses days, beside those of earlier words: "mon tue" are two."""
        first = self._chosen[1] if self._chosen else word
        earlier = self._chosen[0] if self._chosen else frozenset[int]()
        if earlier and 7 in (len(earlier), len(days)) and earlier != days:
            raise contradiction(first, word)
        self._chosen = (earlier | days, first)
        self.made = replace(self.made, days=earlier | days)


class _Reader:
    """The words that are left, and the changes so far."""

    def __init__(self, subscription: Subscription, words: Sequence[str]) -> None:
        self.changes = Changes(subscription)
        self.words = days_joined(joined(as_typed(words)))
        self.alone = len(self.words) == 1
        self.unknown: list[str] = []
        self.names_topics = False

    def take(self) -> None:
        """Reads the next word, with those that belong to it."""
        named, size = read_topics(self.words)
        word, low = self.words[0], meaning(self.words[0])
        if self._unfilters():
            self.unfiltered(self.words.pop(0))
        elif named:
            del self.words[1:size]
            self.topics(self.words.pop(0), named)
        elif (least := read_size(word)) is not None:
            self.changes.keep(self.words.pop(0), min_btc=least)
        elif low in ("quiet", "silent", "sound", "zone"):
            self.words.pop(0)
            getattr(self, low)(word)
        elif low in ("miner", "size"):
            self.filtered(self.words.pop(0), low)
        elif (days := read_days(low)) is not None:
            self.changes.add_days(self.words.pop(0), days)
        elif is_clock(low):
            self.changes.keep(self.words.pop(0), digest_at=read_clock(low))
        elif "/" in word or low == "utc":
            self.changes.keep(self.words.pop(0), timezone=read_zone(word.rstrip(",")))
        elif low in ("off", "on"):
            self.switch_alone(self.words.pop(0))
        elif low in _BETWEEN and len(self.words) > 1:
            self.words.pop(0)
        else:
            self.unknown += filter(None, self.words.pop(0).split(","))

    # --- topics and filters

    def topics(self, word: str, topics: frozenset[Topic]) -> None:
        """Takes the `on` or `off` behind topics; what belongs to the weekly digest."""
        off = self.switch() is False
        self.names_topics = True
        if len(topics) == 1:  # "all sales off" is all but sales
            self.changes.note(min(topics).value, off, f"{word} off" if off else word)
        before = self.changes.made.topics
        self.changes.made = replace(self.changes.made, topics=before - topics if off else before | topics)
        if topics == {Topic.WEEKLY}:
            self.weekly()

    def weekly(self) -> None:
        """Takes the weekday and the clock that stand next."""
        while self.words:
            low = meaning(self.words[0])
            days = read_days(low)
            if is_clock(low):
                self.changes.keep(self.words.pop(0), weekly_at=read_clock(low))
            elif days is not None and len(days) == 1:
                self.changes.keep(self.words.pop(0), weekly_day=min(days))
            elif low in ("at", "on", "of") and len(self.words) > 1:
                self.words.pop(0)
            else:
                return

    def _unfilters(self) -> bool:
        """Whether `any` stands next, or `all` before a filter; ANY in capitals is a ticker."""
        low, following = self._next(), self._next(1)
        return (low == "any" and (self.words[0] != "ANY" or following in ("size", "miner"))) or (
            low == "all" and following in ("size", "miner")
        )

    def unfiltered(self, word: str) -> None:
        """Takes the `size` or `miner` that stands next, and that filter away; both without."""
        of = self._next() if self._next() in ("size", "miner") else None
        self.unfilter(f"{word} {self.words.pop(0)}" if of else word, of)

    def unfilter(self, typed: str, of: str | None) -> None:
        """Takes the filter by `size` or by `miner` away; both for None."""
        if of != "miner":
            self.changes.keep(typed, min_btc=Decimal(0))
        if of != "size":
            self.changes.keep(typed, miners=frozenset())

    def filtered(self, word: str, filters: str) -> None:
        """Takes the `any` or `all` behind `miners` or `size`; names and amounts are read by themselves."""
        if self._next() in ("all", "any") and self.words[0] != "ANY":
            self.unfilter(f"{word} {self.words.pop(0)}", filters)
        elif filters == "size":
            raise UsageError(say("Which size? Such as {example}, or {any}", example=">100", any="any size"))
        elif not self.words or self._next() == "off":
            raise UsageError(say("Which miners? Such as {example}, or {all}", example="CANG RIOT", all="miners all"))

    def switch(self) -> bool | None:
        """Takes the `on` or `off` that stands next, None if neither does."""
        if self._next() not in ("on", "off"):
            return None
        return meaning(self.words.pop(0)) == "on"

    def switch_alone(self, word: str) -> None:
        """`off` as the only word ends every topic; anywhere else it must stand behind what it switches."""
        if self.alone and meaning(word) == "off":
            self.names_topics = True
            self.changes.made = replace(self.changes.made, topics=frozenset())
            return
        raise UsageError(
            say("“{word}” stands behind what it switches: {example}, {other}", word=clipped(word), example="sales off", other="quiet off")
        )

    # --- when and how

    def silent(self, word: str) -> None:
        """Without sound, unless `off` stands next."""
        self.changes.keep(word, silent=self.switch() is not False)

    def sound(self, word: str) -> None:
        """With sound, unless `off` stands next."""
        self.changes.keep(word, silent=self.switch() is False)

    def quiet(self, word: str) -> None:
        """Takes the hours in any of their forms: `22:00-07:00`, "from 22:00 to 07:00", "22 - 7"; `off` for none."""
        while self._next() in _BEFORE_HOURS:
            self.words.pop(0)
        if self.switch() is False:
            self.changes.keep(word, quiet=None)
            return
        for size in range(1, min(_LONGEST_HOURS, len(self.words)) + 1):
            hours = _hours(self.words[:size])
            if hours is not None:
                del self.words[:size]
                self.changes.keep(word, quiet=hours)
                return
        raise UsageError(say("Quiet hours are given as {example}, or {off}", example="quiet 22:00-07:00", off="quiet off"))

    def zone(self, word: str) -> None:
        """Takes the zone that stands next, by its name or its city."""
        while self._next() in ("zone", "horaria"):
            self.words.pop(0)
        if not self.words:
            raise UsageError(say("Which zone? Such as {example}", example="zone Europe/Berlin"))
        size = _zone_ahead(self.words) or 1
        self.changes.keep(word, timezone=read_zone(" ".join(self.words[:size]).rstrip(",")))
        del self.words[:size]

    # --- what is left

    def _next(self, ahead: int = 0) -> str:
        return meaning(self.words[ahead]) if len(self.words) > ahead else ""

    def done(self) -> Subscription:
        """The subscription, when the words that are left name miners or a zone."""
        if not self.unknown:
            return self.changes.made
        found, left = find_miners(self.unknown)
        if left and _zone_ahead(left) == len(left):
            self.changes.keep(" ".join(left), timezone=read_zone(" ".join(left)))
        elif left:
            raise _unknown(left)
        if found:
            named = next(word for word in self.unknown if word not in left)
            self.changes.keep(named, miners=frozenset(miner.name for miner in found))
        return self.changes.made


def _hours(words: Sequence[str]) -> tuple[time, time] | None:
    text = "".join("-" if meaning(word) in ("to", "and") else word.rstrip(",") for word in words)
    start, _, end = re.sub("[到至]", "-", text).partition("-")
    times = read_clock(start), read_clock(end)
    return (times[0], times[1]) if times[0] is not None and times[1] is not None else None


def _zone_ahead(words: Sequence[str]) -> int:
    """How many of the first words name a time zone; 0 if they do not."""
    return next((size for size in range(min(_LONGEST_ZONE, len(words)), 0, -1) if is_zone(" ".join(words[:size]).rstrip(","))), 0)


def _unknown(words: Sequence[str]) -> UsageError:
    """The error for words of which the first means nothing here, with what comes nearest to it."""
    text, languages = clipped(words[0]), language_names()
    if words[0].isdigit():
        return UsageError(say("“{text}” may be a size or a time of day: write {size}, or {time}", text=text, size=f">{text}", time="08:00"))
    if words[0].casefold() in (*_ABOUT_LANGUAGE, *languages):
        code = next((languages[word.casefold()] for word in words[:2] if word.casefold() in languages), "")
        command = f"/language {code}".strip()
        return MisreadError(say("The language of a chat is set by {command}", command=command), command)
    error = unknown_miner(words[0])
    if error.meant is not None:
        return error
    return UsageError(say("“{text}” is nothing that can be set, and no miner that I know", text=text))
